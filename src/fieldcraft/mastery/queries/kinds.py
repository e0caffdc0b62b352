"""Every kind of thing that a compass holds: what export, deletion and the tests of privacy go by.

A new model of a compass needs a row here; tests/rules/test_compass_is_private.py fails until it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import (
    Answer,
    CheckIn,
    Event,
    Obstacle,
    Practice,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    Retention,
    Share,
    ShareRead,
    TensionMark,
    Vision,
    VisionRevision,
    Weight,
)
from fieldcraft.people.access import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    list_name: its list in the export. label: what a person calls many of them.
    moment: the column that says when it was written; "" where that does not matter.
    goes_with: foreign keys to what takes it along when it is deleted.
    """

    model: type[Model]
    list_name: str
    label: str | StrPromise
    moment: str
    goes_with: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How a share and the database name it."""
        return self.model._meta.model_name or ""


KINDS: tuple[Kind, ...] = (
    Kind(Purpose, "purposes", _("Purposes"), "made_at"),
    Kind(Vision, "visions", _("Visions"), "made_at"),
    Kind(VisionRevision, "vision_revisions", _("Changes of a vision"), "at", ("vision",)),
    Kind(RealityNote, "reality_notes", _("Notes of what was so"), "at", ("vision",)),
    Kind(TensionMark, "tension_marks", _("Places on the band"), "at", ("vision",)),
    Kind(Obstacle, "obstacles", _("Things in the way"), "made_at"),
    Kind(Practice, "practices", _("Things to try"), "made_at"),
    Kind(PracticeNote, "practice_notes", _("Notes of what happened"), "made_at"),
    Kind(Weight, "weights", _("Notes held beside a belief"), "at", ("obstacle", "note")),
    Kind(Reflection, "reflections", _("Reflections"), "made_at"),
    Kind(CheckIn, "checkins", _("Check-ins"), "made_at"),
    Kind(Answer, "answers", _("Answers in check-ins"), "", ("checkin",)),
    Kind(Event, "events", _("Events on my weeks"), "on"),
    Kind(Share, "shares", _("Things you let somebody read"), "made_at"),
    Kind(ShareRead, "share_reads", _("Times that somebody looked"), "at", ("share",)),
    Kind(Retention, "retentions", _("Rules for how long to keep"), ""),
)
"""What takes others along stands before them."""

SHAREABLE: dict[str, type[Model]] = {
    kind.key: kind.model
    for kind in KINDS
    if kind.model in {Purpose, Vision, RealityNote, Obstacle, Practice, PracticeNote, Reflection}
}


def things(actor: Actor, kind: Kind) -> QuerySet[Any]:
    """All that the actor has of one kind, in the order of making."""
    if kind.model is ShareRead:
        return ShareRead.objects.filter(share__in=policy.mine(actor, Share)).order_by("pk")
    return policy.mine(actor, kind.model).order_by("pk")


def has_anything(actor: Actor) -> bool:
    """Whether the actor ever wrote something in a compass that is still there."""
    return any(things(actor, kind).exists() for kind in KINDS if not kind.goes_with)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, the first and the last included."""

    first: date
    last: date

    def of(self, kind: Kind) -> Q:
        """As a condition on when a thing of the kind was written; on nothing where that does not matter."""
        if not kind.moment:
            return Q(pk__in=())
        if not isinstance(kind.model._meta.get_field(kind.moment), DateTimeField):
            return Q(**{f"{kind.moment}__range": (self.first, self.last)})
        return Q(**{f"{kind.moment}__gte": _midnight(self.first), f"{kind.moment}__lt": _midnight(self.last + _A_DAY)})


_A_DAY = timedelta(days=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def what_would_go(actor: Actor, period: Period | None) -> list[tuple[Kind, QuerySet[Any]]]:
    """All of the actor's things, or those of a period with all that goes when they go; parents before children."""
    found: dict[type[Model], QuerySet[Any]] = {}
    for kind in KINDS:
        own = things(actor, kind)
        found[kind.model] = own.filter(_going(kind, period, found)) if period else own
    return [(kind, found[kind.model]) for kind in KINDS]


def _going(kind: Kind, period: Period, found: dict[type[Model], QuerySet[Any]]) -> Q:
    condition = period.of(kind)
    for name in kind.goes_with:
        parent = kind.model._meta.get_field(name).related_model
        assert isinstance(parent, type)
        condition |= Q(**{f"{name}__in": found[parent].order_by().values("pk")})
    if kind.model is Share:
        for key, model in SHAREABLE.items():
            condition |= Q(kind=key, thing__in=found[model].order_by().values("pk"))
    return condition


Past = Callable[[Actor, datetime], list[QuerySet[Any]]]
"""What of one kind is over and older than a moment."""


def _visions_past(actor: Actor, before: datetime) -> list[QuerySet[Any]]:
    """Let go before then, whenever they were begun."""
    let_go = policy.mine(actor, Vision).filter(hold="let_go", made_at__lt=before)
    return [let_go.exclude(pk__in=policy.mine(actor, VisionRevision).filter(at__gte=before).values("vision"))]


def _reflections_past(actor: Actor, before: datetime) -> list[QuerySet[Any]]:
    """Not those that are put away and have yet to come back, or came back since."""
    is_awake = Q(wakes_on=None) | Q(wakes_on__lt=before.date(), woken_at__lt=before)
    return [policy.mine(actor, Reflection).filter(is_awake, made_at__lt=before)]


RETAINED: dict[str, tuple[str | StrPromise, Past]] = {
    "purpose": (
        _("Earlier purposes"),
        lambda actor, before: [policy.mine(actor, Purpose).filter(ended_at__lt=before)],
    ),
    "vision": (_("Visions I let go, with all that belongs to them"), _visions_past),
    "realitynote": (
        _("What was so, and where I set the band"),
        lambda actor, before: [
            policy.mine(actor, RealityNote).filter(at__lt=before),
            policy.mine(actor, TensionMark).filter(at__lt=before),
        ],
    ),
    "obstacle": (
        _("What is no longer in the way"),
        lambda actor, before: [policy.mine(actor, Obstacle).filter(gone_at__lt=before)],
    ),
    "practice": (
        _("What I no longer try"),
        lambda actor, before: [policy.mine(actor, Practice).filter(ended_at__lt=before)],
    ),
    "practicenote": (
        _("Notes of what happened"),
        lambda actor, before: [policy.mine(actor, PracticeNote).filter(made_at__lt=before)],
    ),
    "reflection": (_("Reflections"), _reflections_past),
    "checkin": (
        _("Check-ins"),
        lambda actor, before: [policy.mine(actor, CheckIn).filter(week__lt=before.date())],
    ),
    "event": (_("Events on my weeks"), lambda actor, before: [policy.mine(actor, Event).filter(on__lt=before.date())]),
    "share": (
        _("What I shared that is over, and when it was looked at"),
        lambda actor, before: [
            policy.mine(actor, Share).filter(Q(until__lt=before.date()) | Q(withdrawn_at__lt=before))
        ],
    ),
}
"""By the name of a rule for how long to keep: what it is about."""
