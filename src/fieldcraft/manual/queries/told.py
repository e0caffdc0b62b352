"""What Today tells a person of drafts and remarks: what waits for them, and what others answered lately."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from fieldcraft.manual import policy
from fieldcraft.manual.models import Manual, Remark, Reply, Revision, State
from fieldcraft.people.access import Actor

ANSWERED_LATELY = timedelta(days=14)


def declined_for(actor: Actor, manuals: Sequence[Manual]) -> QuerySet[Revision]:
    """What the actor wrote for these manuals and others declined lately, the latest first; one query."""
    house = [manual.pk for manual in manuals if policy.is_of_the_house(actor, manual)]
    lately = Q(state=State.DECLINED, answered_at__gte=timezone.now() - ANSWERED_LATELY)
    found = Revision.objects.filter(lately, by=actor.person_id, edition__manual__in=house)
    told = found.exclude(answered_by=actor.person_id).select_related("edition__manual")
    return told.defer("body", "header", "fields").order_by("-answered_at")


def remarks_for(actor: Actor, manuals: Sequence[Manual]) -> list[Remark]:
    """Suggestions held for the actor, oldest first, then the actor's own remarks that were answered lately; one query.

    Each with `replied_by`, the name of whoever replied last. Whoever suggested something from outside is told what
    came of it while they read the manual, but not what its people say to each other.
    """
    house = [manual.pk for manual in manuals if policy.is_of_the_house(actor, manual)]
    own = [manual.pk for manual in manuals if policy.can_write(actor, manual)]
    since, last = timezone.now() - ANSWERED_LATELY, Reply.objects.filter(remark=OuterRef("pk")).order_by("-at", "-id")
    waits = Q(manual__in=own, is_held=True, outcome="") & ~_by(actor)
    settled = Q(manual__in=policy.visible_manuals(actor), settled_at__gte=since) & ~Q(settled_by=actor.person_id)
    within = Q(manual__in=own) | Q(manual__in=house, is_held=False)
    replied = within & Q(outcome="", last_at__gte=since) & ~Q(last_by=actor.person_id)
    found = Remark.objects.annotate(
        last_at=Subquery(last.values("at")[:1]),
        last_by=Subquery(last.values("by")[:1]),
        replied_by=Subquery(last.values("by__name")[:1]),
    )
    rows = found.filter(waits | _by(actor) & (settled | replied)).select_related("manual", "revision")
    return list(rows.defer("revision__body", "revision__header").order_by(F("settled_at").asc(nulls_first=True), "id"))


def _by(actor: Actor) -> Q:
    return Q(by__isnull=False, by=actor.person_id)


def may_open(actor: Actor, remark: Remark) -> bool:
    """Whether the remark has a screen for the actor; as `policy.visible_remarks`, of one that is at hand."""
    if remark.is_held:
        return bool(policy.can_write(actor, remark.manual))
    return bool(policy.can_see_remarks(actor, remark.manual))
