"""What other teams do with a page, and into which of one's own manuals a page of theirs could go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from fieldcraft.manual import policy
from fieldcraft.manual.models import Kind, Standing
from fieldcraft.manual.queries.history import Other
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import stacks_to_read
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stacks_named
from fieldcraft.people.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Teams:
    """How many other teams, of those whose manuals the reader may read, do what with a page."""

    follow: int = 0
    own: int = 0
    set_aside: int = 0

    def __bool__(self) -> bool:
        return bool(self.follow or self.own or self.set_aside)


def teams_with(actor: Actor, stack: Stack, page_id: UUID, hidden: Iterable[UUID]) -> Teams:
    """Counts from memory. hidden: manuals that are not to be counted, because the page was offered without a name."""
    left_out = {stack.manual.pk, *hidden}
    found = [each for each in stacks_to_read(actor) if each.manual.kind == Kind.TEAM]
    holds = [
        (each, held)
        for each in found
        if each.manual.pk not in left_out and (held := each.covering(page_id)) is not None
    ]
    own = [held for each, held in holds if held.manual_id == each.manual.pk]
    aside = sum(held.standing is Standing.SET_ASIDE for held in own)
    return Teams(follow=len(holds) - len(own), own=len(own) - aside, set_aside=aside)


def ask_url(actor: Actor, other: Other, page_id: UUID) -> str:
    """Where the reader can ask that team about its text; "" where the team does not take remarks from them."""
    stack = other.stack
    held = stack.covering(page_id)
    may = policy.can_see_remarks(actor, stack.manual) or policy.can_suggest(actor, stack.manuals)
    return reverse("manual:page-remark", args=[stack.manual.slug, stack.address(held)]) if held and may else ""


def may_write_somewhere(actor: Actor) -> bool:
    """Whether the actor changes pages of any manual; no query."""
    return any(
        actor.teams_where(permission) or actor.organisations_where(permission)
        for permission in (Permission.WRITE_TEAM_MANUAL, Permission.WRITE_ORGANISATION_MANUAL)
    )


def own_stacks(actor: Actor) -> list[Stack]:
    """The manuals whose pages the actor may change."""
    if not may_write_somewhere(actor):
        return []
    manuals = policy.visible_manuals(actor).select_related("team").order_by("team__name", "title")
    return stacks_named([manual.slug for manual in manuals if policy.can_write(actor, manual)])


def new_to_us(actor: Actor, stacks: Sequence[Stack], page_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the pages that none of the manuals has whose pages the actor may change; no query."""
    mine = [stack for stack in stacks if policy.can_write(actor, stack.manual)]
    return {page_id for page_id in page_ids if mine and all(stack.covering(page_id) is None for stack in mine)}


@dataclass(frozen=True, slots=True)
class Place:
    """One of the reader's own manuals beside another manual's page.

    held: what readers of it have of the page now; None where they do not have it.
    namesake: whether it has another page of the same name.
    url: where the page stands in it; "" where it does not.
    """

    stack: Stack
    held: Held | None
    namesake: bool
    url: str


def places_for(actor: Actor, source: Stack, held: Held) -> list[Place]:
    """The reader's own manuals that the page of `source` could go into: all but those that have this very text."""
    mine = (stack for stack in own_stacks(actor) if stack.manual != source.manual)
    found = [_place(stack, held) for stack in mine]
    return [place for place in found if place.held is None or place.held.revision_id != held.revision_id]


def _place(stack: Stack, held: Held) -> Place:
    here = stack.covering(held.page_id)
    same_name = stack.titled(held.title)
    namesake = here is None and same_name is not None and same_name.page_id != held.page_id
    return Place(stack, here, namesake, page_url(stack, here) if here else "")
