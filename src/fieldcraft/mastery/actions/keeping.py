"""Deleting all or a period with a receipt, and how long things are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid
from fieldcraft.mastery import policy
from fieldcraft.mastery.actions.counting_in import forget_grants
from fieldcraft.mastery.models import Retention, Share
from fieldcraft.mastery.queries.keeping import MONTHS, Counted, what_is_past
from fieldcraft.mastery.queries.kinds import RETAINED, SHAREABLE, Period, what_would_go
from fieldcraft.mastery.queries.shares import still_together
from fieldcraft.people.access import Actor
from fieldcraft.rows import write_over_what_went


@dataclass(frozen=True, slots=True)
class Gone:
    """What was deleted, and the words that prove it; kept nowhere."""

    counts: tuple[Counted, ...]
    receipt: str


@transaction.atomic
def delete_compass(*, actor: Actor, period: Period | None) -> Gone:
    """Delete all, or what was written in a period with all that hangs on it; at once and for good."""
    going = what_would_go(actor, period)
    counts = [Counted(kind.label, _delete(rows)) for kind, rows in reversed(going)]
    if period is None:
        counts.insert(0, Counted(_("Times that you said yes to being counted"), forget_grants(actor=actor)))
    gone = tuple(counted for counted in reversed(counts) if counted.number)
    transaction.on_commit(write_over_what_went, robust=True)
    return Gone(gone, _receipt(actor, period, gone, timezone.localtime()))


def _delete(rows: QuerySet[Any]) -> int:
    """How many of the rows themselves went; what hangs on them was deleted before."""
    _all, by_model = rows.order_by().delete()
    return by_model.get(rows.model._meta.label, 0)


_SIGNER = Signer(salt="mastery.receipt")
_SIGNED = "Signature: "


def _receipt(actor: Actor, period: Period | None, counts: Iterable[Counted], at: datetime) -> str:
    what = _("everything")
    if period:
        days = {"first": date_format(period.first), "last": date_format(period.last)}
        what = _("what was written from %(first)s to %(last)s") % days
    lines = [
        _("Receipt for a deletion"),
        "",
        _("Whose compass: %(name)s (%(id)s)") % {"name": actor.name, "id": actor.person_id},
        _("Deleted: %(what)s") % {"what": what},
        _("When: %(moment)s") % {"moment": f"{at:%Y-%m-%d %H:%M:%S %z}"},
        _("Where: %(address)s") % {"address": settings.ADDRESS},
        "",
        *[f"{counted.label}: {counted.number}" for counted in counts],
    ]
    text = "\n".join(lines).rstrip()
    return f"{text}\n\n{_SIGNED}{_SIGNER.signature(text)}\n"


def is_receipt(text: str) -> bool:
    """Whether these very words were signed by this installation; how lines end and stand in from makes no difference."""
    words, _mark, signature = "\n".join(line.rstrip() for line in text.strip().splitlines()).rpartition(_SIGNED)
    try:
        _SIGNER.unsign(f"{words.strip()}:{signature.strip()}")
    except BadSignature:
        return False
    return True


@transaction.atomic
def keep_for(*, actor: Actor, months: Mapping[str, int | None]) -> None:
    """How long each kind is kept from now on; None until the person deletes it. What is older goes at once."""
    if not set(months) <= set(RETAINED) or not {each for each in months.values() if each} <= set(MONTHS):
        raise Invalid(_("Choose how long from the list."))
    for kind, number in months.items():
        if number:
            Retention.objects.update_or_create(owner_id=actor.person_id, kind=kind, defaults={"months": number})
        else:
            policy.mine(actor, Retention).filter(kind=kind).delete()
    forget_what_is_past(actor=actor)


@transaction.atomic
def forget_what_is_past(*, actor: Actor) -> None:
    """Do what the person's own rules say, now; and let shares of what is gone go, too. Twice does no harm."""
    rules = {rule.kind: rule.months for rule in policy.mine(actor, Retention)}
    if not rules:
        return
    for rows in what_is_past(actor, rules, timezone.now()):
        rows.order_by().delete()
    forget_shares_of_nothing(actor=actor)


def forget_shares_of_nothing(*, actor: Actor) -> None:
    """A share of a thing that was deleted is gone, with its log."""
    for kind, model in SHAREABLE.items():
        left = policy.mine(actor, model).values("pk")
        policy.mine(actor, Share).filter(kind=kind).exclude(thing__in=left).delete()


def keep_promises() -> None:
    """For everybody, once a day: what their rules say goes, and shares between people who have parted are over."""
    for owner_id in Retention.objects.order_by("owner").values_list("owner", flat=True).distinct():
        forget_what_is_past(actor=Actor(person_id=owner_id))
    for owner_id in Share.objects.order_by("owner").values_list("owner", flat=True).distinct():
        forget_shares_of_nothing(actor=Actor(person_id=owner_id))
    Share.objects.filter(~still_together(), withdrawn_at=None).update(withdrawn_at=timezone.now())
