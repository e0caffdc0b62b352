"""What Today tells a person of drafts and remarks: what waits for them, and what others answered lately."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from fieldcraft.manual import policy
from fieldcraft.manual.models import Manual, Remark, Reply, Revision, State
from fieldcraft.people.access import Actor

ANSWERED_LATELY = timedelta(days=14)


def answered_for(actor: Actor, manuals: Sequence[Manual]) -> QuerySet[Revision]:
    """What the actor wrote for these manuals and others declined or changed lately, the latest first; one query.

    Each with `goes_on`, the id of the newer draft, or one on the way to it; None for what was declined. Who has said
    yes to a newer one, declined it or gone on from it knows of it, and is not told.
    """
    house = [manual.pk for manual in manuals if policy.is_of_the_house(actor, manual)]
    lately = Q(answered_at__gte=timezone.now() - ANSWERED_LATELY, by=actor.person_id, edition__manual__in=house)
    newer = Revision.objects.filter(Q(redone_from=OuterRef("pk")) | Q(redone_from__redone_from=OuterRef("pk")))
    seen = newer.filter(Q(answered_by=actor.person_id) | Q(agreements__by=actor.person_id))
    found = Revision.objects.filter(lately).annotate(goes_on=Subquery(newer.order_by("-id").values("pk")[:1]))
    told = found.filter(Q(state=State.DECLINED) | Q(goes_on__isnull=False) & ~Exists(seen))
    told = told.exclude(answered_by=actor.person_id).select_related("edition__manual", "answered_by")
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
