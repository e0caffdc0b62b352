"""What became of a page: its texts in order, two of them side by side, and what other teams made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from fieldcraft.manual import policy
from fieldcraft.manual.models import Agreement, Edition, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held, held_by
from fieldcraft.manual.queries.resolve import Stack, stacks_named
from fieldcraft.people.access import Actor

SHOWN = 200


def history(actor: Actor, stack: Stack, page_id: UUID) -> list[Revision]:
    """The page's texts in this manual and those below, newest first: who, when, why, who agreed; two queries."""
    found = _may_see(actor, stack).filter(edition__page=page_id)
    yeses = Prefetch("agreements", Agreement.objects.select_related("by").order_by("at"))
    newer = Exists(Revision.objects.filter(redone_from=OuterRef("pk")))
    told = found.select_related("edition__manual", "by", "answered_by").prefetch_related(yeses)
    told = told.annotate(is_replaced=Q(newer) & Q(state=State.WITHDRAWN))
    return list(told.defer("body", "header", "fields").order_by("-id")[:SHOWN])


def _may_see(actor: Actor, stack: Stack) -> QuerySet[Revision]:
    """Agreed texts of every layer, this manual's open drafts and what it gathers; what was declined or withdrawn is its own people's."""
    below = Q(edition__manual__in=[manual.pk for manual in stack.manuals[1:]], state=State.AGREED)
    seen = list(State) if policy.is_of_the_house(actor, stack.manual) else [State.AGREED, State.DRAFT, State.GATHERED]
    return Revision.objects.filter(below | Q(edition__manual=stack.manual.pk, state__in=seen))


def text_of_page(actor: Actor, stack: Stack, page_id: UUID, revision_id: UUID) -> Revision | None:
    """A text of the page that the actor may see: in this manual, below it, or agreed in one they may read."""
    own = _may_see(actor, stack).filter(pk=revision_id, edition__page=page_id)
    found = own.select_related("edition__manual", "by").first() or _elsewhere(page_id, revision_id)
    if found is None or found.edition.manual in stack.manuals:
        return found
    return found if readable(actor, [found.edition.manual.slug]) else None


def _elsewhere(page_id: UUID, revision_id: UUID) -> Revision | None:
    found = Revision.objects.filter(pk=revision_id, edition__page=page_id, state=State.AGREED)
    return found.select_related("edition__manual", "by").first()


def readable(actor: Actor, slugs: Sequence[str]) -> list[Stack]:
    """Those of the manuals that the actor may read."""
    return [stack for stack in stacks_named(slugs) if policy.can_read(actor, stack.manuals)]


@dataclass(frozen=True, slots=True)
class Other:
    """Another manual's own text of a page."""

    stack: Stack
    revision: Revision


def other_texts(actor: Actor, stack: Stack, page_id: UUID, limit: int = 30) -> list[Other]:
    """What other manuals that the actor may read made of the page, by the manual's title."""
    held = Edition.objects.filter(page=page_id, ended_at=None, current__isnull=False)
    own = held.exclude(manual__in=[manual.pk for manual in stack.manuals]).filter(
        standing__in=[Standing.ADAPTED, Standing.LOCAL], manual__in=policy.visible_manuals(actor)
    )
    editions = list(own.select_related("current", "manual").order_by("manual__title")[: limit * 4])
    texts = {edition.manual_id: edition.current for edition in editions}
    found = readable(actor, [edition.manual.slug for edition in editions])
    return [Other(other, revision) for other in found if (revision := texts[other.manual.pk])][:limit]


def held_last(actor: Actor, stack: Stack, address: str) -> Held | None:
    """The manual's last hold on a page that it does not have any more, for the manual's own people."""
    slug, _tilde, digits = address.partition("~")
    if not policy.is_of_the_house(actor, stack.manual):
        return None
    ended = Edition.objects.filter(manual=stack.manual.pk, slug=slug, ended_at__isnull=False, current__isnull=False)
    for each in ended.exclude(standing=Standing.NOTED).order_by("-ended_at"):
        if each.page_id.hex.endswith(digits) and stack.covering(each.page_id) is None:
            return held_by(each)
    return None


def never_agreed(stack: Stack, limit: int = 20) -> list[Revision]:
    """First drafts of pages and notes that came to nothing, newest first; their words are kept."""
    found = Revision.objects.filter(edition__manual=stack.manual.pk, edition__current=None)
    newer = Revision.objects.filter(redone_from=OuterRef("pk"))
    ended = found.filter(~Exists(newer), state__in=[State.DECLINED, State.WITHDRAWN])
    return list(ended.select_related("by").defer("body").order_by("-answered_at")[:limit])


def came_to_nothing(actor: Actor, stack: Stack, draft_id: UUID) -> Revision | None:
    """A page of the manual's own that was declined or withdrawn before readers had it, to begin again from."""
    found = _may_see(actor, stack).filter(
        pk=draft_id, edition__manual=stack.manual.pk, edition__current=None, step=None
    )
    return found.filter(standing=Standing.LOCAL, state__in=[State.DECLINED, State.WITHDRAWN]).first()


def gone_lately(stack: Stack, since: object) -> list[Edition]:
    """What the manual gave up since then and could bring back, newest first."""
    ended = Edition.objects.filter(manual=stack.manual.pk, ended_at__gte=since, current__isnull=False)
    return list(ended.select_related("current").order_by("-ended_at"))
