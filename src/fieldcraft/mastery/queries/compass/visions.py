"""Visions with what is so now beside them, where the person set the band, and what they changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import (
    PLACES,
    Hold,
    Obstacle,
    Purpose,
    RealityNote,
    TensionMark,
    Vision,
    VisionRevision,
)
from fieldcraft.people.access import Actor

AT_ONCE = 30
CHANGES_TO_A_PATTERN = 3
MOST_STEPS = 5
FIRST_PLACES = (7, 4)  # from where the first move goes; not kept
_WISH = "★ "
_LONGEST_PATTERN = 12


@dataclass(frozen=True, slots=True)
class Band:
    """Where the two ends stand, from 1 to `PLACES`, the vision above; is_set: the person moved them."""

    vision_place: int
    now_place: int
    is_set: bool

    @property
    def distance(self) -> int:
        """How far apart the person set them, from 1."""
        return self.vision_place - self.now_place


@dataclass(frozen=True, slots=True)
class Beside:
    """A vision, the latest note of what is so, and the band between them."""

    vision: Vision
    now: RealityNote | None
    band: Band


@dataclass(frozen=True, slots=True)
class Bring:
    """One answer to "what would it bring me?"; is_wish: the person said that this is what they want for itself."""

    words: str
    is_wish: bool


def brings_of(vision: Vision) -> list[Bring]:
    """The chain in its order. The wish carries a star in the stored text, so that it reads well wherever it is shown."""
    return [Bring(str(each).removeprefix(_WISH), str(each).startswith(_WISH)) for each in vision.brings]


def as_stored(brings: Iterable[Bring]) -> list[str]:
    """The chain as the column holds it."""
    return [f"{_WISH if each.is_wish else ''}{each.words.lstrip('★ ')}" for each in brings]


def visions(actor: Actor) -> QuerySet[Vision]:
    """All of the actor's, the latest first."""
    return policy.mine(actor, Vision).select_related("serves").order_by("-made_at", "-id")


def open_visions(actor: Actor) -> QuerySet[Vision]:
    """Those that are held, then those that are still forming; of each kind the latest first."""
    found = visions(actor).filter(hold__in=(Hold.HELD, Hold.FORMING))
    return found.annotate(is_held=Q(hold=Hold.HELD)).order_by("-is_held", "-id")


def beside_now(actor: Actor, chosen: Iterable[Vision]) -> list[Beside]:
    """Each vision with its latest note and mark; two queries for all of them."""
    listed = list(chosen)
    nows = {each.vision_id: each for each in _latest_of(actor, RealityNote, listed)}
    marks = {each.vision_id: each for each in _latest_of(actor, TensionMark, listed)}
    return [Beside(each, nows.get(each.pk), band_at(marks.get(each.pk))) for each in listed]


def _latest_of(actor: Actor, model: type[Any], listed: Sequence[Vision]) -> QuerySet[Any]:
    newest = policy.mine(actor, model).filter(vision=OuterRef("pk")).order_by("-at", "-id").values("pk")[:1]
    ids = policy.mine(actor, Vision).filter(pk__in=[each.pk for each in listed]).values_list(Subquery(newest))
    return policy.mine(actor, model).filter(pk__in=ids)


def band_at(mark: TensionMark | None) -> Band:
    """The band as the person last set it, or as it is drawn before they did."""
    if mark is None or mark.vision_place <= mark.now_place:
        return Band(*FIRST_PLACES, is_set=False)
    return Band(mark.vision_place, mark.now_place, is_set=True)


def moved(band: Band, end: str, way: str) -> Band:
    """The band with one end moved a step; it stays at the edge, and never passes the other end."""
    step = {"closer": -1, "further": 1}[way]
    if end == "vision":
        return Band(max(band.now_place + 1, min(PLACES, band.vision_place + step)), band.now_place, is_set=True)
    return Band(band.vision_place, min(band.vision_place - 1, max(1, band.now_place - step)), is_set=True)


def nows(actor: Actor, vision: Vision) -> QuerySet[RealityNote]:
    """What was so, the latest first."""
    return policy.mine(actor, RealityNote).filter(vision=vision).order_by("-at", "-id")


def marks(actor: Actor, vision: Vision) -> QuerySet[TensionMark]:
    """Where the person set the ends, the latest first."""
    return policy.mine(actor, TensionMark).filter(vision=vision).order_by("-at", "-id")


def in_the_way_of(actor: Actor, vision: Vision) -> QuerySet[Obstacle]:
    """What is in the way of it and not gone."""
    return policy.mine(actor, Obstacle).filter(vision=vision, gone_at=None).order_by("-made_at", "-id")


def changes(actor: Actor, vision: Vision) -> QuerySet[VisionRevision]:
    """What was done to it, the first change first."""
    return policy.mine(actor, VisionRevision).filter(vision=vision).order_by("at", "id")


def pattern(done: Sequence[VisionRevision]) -> str:
    """From the third change on, the person's own changes in one plain sentence, which judges nothing; "" before."""
    if len(done) < CHANGES_TO_A_PATTERN:
        return ""
    listed = ", ".join(_said(each) for each in done[-_LONGEST_PATTERN:])
    if len(done) > _LONGEST_PATTERN:
        return _("Lately you have made this picture, one after the other: %(changes)s.") % {"changes": listed}
    return _("So far you have made this picture, one after the other: %(changes)s.") % {"changes": listed}


def _said(change: VisionRevision) -> str:
    if not change.why:
        return str(change.get_kind_display())
    return _("%(kind)s (“%(why)s”)") % {"kind": change.get_kind_display(), "why": change.get_why_display()}


def purpose_now(actor: Actor) -> Purpose | None:
    """What the actor is here for, as they put it now."""
    return policy.mine(actor, Purpose).filter(ended_at=None).first()


def purposes(actor: Actor) -> list[Purpose]:
    """The present one first, then the earlier ones, the latest first."""
    return sorted(
        policy.mine(actor, Purpose),
        key=lambda each: (each.ended_at is None, each.ended_at or each.made_at),
        reverse=True,
    )


def earlier_than(rows: QuerySet[Any], before: datetime | None, moment: str) -> tuple[list[Any], datetime | None]:
    """The next rows, latest first, and from where to go on; None when these are the last."""
    found = list((rows.filter(**{f"{moment}__lt": before}) if before else rows)[: AT_ONCE + 1])
    return found[:AT_ONCE], getattr(found[AT_ONCE - 1], moment) if len(found) > AT_ONCE else None


def belongings(actor: Actor, thing: Model) -> list[Model]:
    """What goes along when this one thing is deleted."""
    if not isinstance(thing, Vision):
        return []
    return [each for rows in (nows, marks, changes) for each in rows(actor, thing)]
