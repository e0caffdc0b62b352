"""The pages that a condition points to, as far as its reader may open them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fieldcraft.manual import policy as manual_policy
from fieldcraft.manual.models import Audience
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named, stacks_named
from fieldcraft.people.access import Actor
from fieldcraft.together import policy
from fieldcraft.together.models import Condition, ConditionPage


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page's title and where it is read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A page in a manual, as a form names it: the manual's name and the page's address.

    is_for_all: everybody of the organisation can read the manual, so that the page tells nobody's team.
    """

    slug: str
    address: str
    page_id: UUID
    title: str
    url: str
    is_for_all: bool


def place_at(actor: Actor, slug: str, address: str) -> Place | None:
    """The page at this address; None when it is not there for the actor."""
    stack = stack_named(slug) if slug and address else None
    held = stack.at(address) if stack and manual_policy.can_read(actor, stack.manuals) else None
    return _as_place(stack, held) if stack and held else None


def _as_place(stack: Stack, held: Held) -> Place:
    own = stack.manual_of(held)
    is_for_all = own.team_id is None and own.audience != Audience.TEAM
    return Place(stack.manual.slug, stack.address(held), held.page_id, held.title, page_url(stack, held), is_for_all)


def pages_of(actor: Actor, condition: Condition) -> Iterator[PageLink]:
    """The pages it points to, in the manual that has them at first; those the actor may not read are left out."""
    rows = ConditionPage.objects.filter(condition=condition).select_related("page__manual")
    slugs = {row.page_id: row.page.manual.slug for row in rows}
    stacks = {stack.manual.slug: stack for stack in stacks_named(sorted(set(slugs.values())))}
    found = []
    for page_id, slug in slugs.items():
        stack = stacks.get(slug)
        held = stack.covering(page_id) if stack and manual_policy.can_read(actor, stack.manuals) else None
        if stack and held:
            found.append(PageLink(held.title, page_url(stack, held)))
    return iter(sorted(found, key=lambda link: (link.title, link.url)))


def conditions_on(actor: Actor, page_id: UUID) -> QuerySet[Condition]:
    """What points to the page and can be seen, by its words."""
    pointing = ConditionPage.objects.filter(page=page_id).values("condition")
    return policy.visible_conditions(actor).filter(pk__in=pointing).order_by("words", "pk")
