"""What is in the way: where it can be mended in the manual, and what happened that speaks for or against a belief."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from fieldcraft.manual import policy as manual_policy
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import manuals_to_read
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named, stacks_named
from fieldcraft.manual.queries.search import search
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Obstacle, PracticeNote, Weight
from fieldcraft.people.access import Actor

NOTES_AT_ONCE = 20


def obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """All that was ever in the way, the latest first."""
    return policy.mine(actor, Obstacle).select_related("vision").order_by("-made_at", "-id")


def open_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """What is still in the way."""
    return obstacles(actor).filter(gone_at=None)


def gone_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """What was once in the way, the latest gone first."""
    return obstacles(actor).filter(gone_at__isnull=False).order_by("-gone_at", "-id")


@dataclass(frozen=True, slots=True)
class InManual:
    """A page that something in the way belongs to. change_url: "" for those who may not change that manual."""

    title: str
    url: str
    change_url: str


def page_of(actor: Actor, obstacle: Obstacle) -> InManual | None:
    """The page it names, as the actor reads it today; None when it names none or it is not there for them any more."""
    if obstacle.page_id is None or obstacle.manual is None:
        return None
    stack = readable(actor, obstacle.manual.slug)
    held = stack.covering(obstacle.page_id) if stack else None
    if stack is None or held is None:
        return None
    may = manual_policy.can_write(actor, stack.manual)
    change = reverse("manual:page-change", args=[stack.manual.slug, stack.address(held)]) if may else ""
    return InManual(held.title, page_url(stack, held), change)


def readable(actor: Actor, slug: str) -> Stack | None:
    """The manual of this name, where the actor may read it."""
    stack = stack_named(slug) if slug else None
    return stack if stack and manual_policy.can_read(actor, stack.manuals) else None


def place_named(actor: Actor, slug: str, address: str) -> tuple[Stack, Held] | None:
    """A page by its manual and address, as links carry them; None when it is not there for the actor."""
    stack = readable(actor, slug)
    held = stack.at(address) if stack and address else None
    return (stack, held) if stack and held else None


def own_manuals(actor: Actor) -> Sequence[Stack]:
    """The manuals whose pages the actor may change, their team's first."""
    writable = [each for each in manuals_to_read(actor) if manual_policy.can_write(actor, each)]
    return stacks_named([each.slug for each in writable])


@dataclass(frozen=True, slots=True)
class PageChoice:
    """A page that was found, and how a form names it."""

    title: str
    manual_title: str
    slug: str
    address: str


def pages_found(actor: Actor, text: str) -> list[PageChoice]:
    """Pages of the actor's own manuals with these words."""
    hits = search(own_manuals(actor), text).hits if text.strip() else ()
    return [
        PageChoice(hit.held.title, hit.stack.manual.title, hit.stack.manual.slug, hit.stack.address(hit.held))
        for hit in hits
    ]


@dataclass(frozen=True, slots=True)
class BesideBelief:
    """What happened, held beside a belief. not_placed: the latest notes that are on neither side, at most so many.

    next_from: from which of them to go on; 0 when these are the last.
    """

    speaks_for: list[Weight]
    speaks_against: list[Weight]
    not_placed: list[PracticeNote]
    next_from: int


def beside_belief(actor: Actor, obstacle: Obstacle, *, start: int = 0) -> BesideBelief:
    """Both sides, and the notes that could be held beside it; two queries."""
    placed = list(policy.mine(actor, Weight).filter(obstacle=obstacle).select_related("note").order_by("-at", "-id"))
    rest = policy.mine(actor, PracticeNote).exclude(pk__in=[each.note_id for each in placed])
    found = list(rest.order_by("-made_at", "-id")[start : start + NOTES_AT_ONCE + 1])
    return BesideBelief(
        speaks_for=[each for each in placed if each.speaks_for],
        speaks_against=[each for each in placed if not each.speaks_for],
        not_placed=found[:NOTES_AT_ONCE],
        next_from=start + NOTES_AT_ONCE if len(found) > NOTES_AT_ONCE else 0,
    )
