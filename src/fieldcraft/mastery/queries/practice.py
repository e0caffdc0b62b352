"""What I try and what happened: the actor's own alone, and the pages of manuals that it cites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from fieldcraft.manual import policy as manuals
from fieldcraft.manual.models import Manual
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named, stacks_named
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Practice, PracticeNote, Reflection, Vision
from fieldcraft.people.access import Actor

SHOWN_AT_HOME, SHOWN_BESIDE_PAGE, NOTES_A_SCREEN = 3, 3, 30
READ_FOR_WORDS = 400
Cites = Practice | PracticeNote


@dataclass(frozen=True, slots=True)
class Cited:
    """A page as it was read: in which manual, and which text of it."""

    manual: str
    page_id: UUID
    revision_id: UUID | None


@dataclass(frozen=True, slots=True)
class PageNow:
    """A page as the actor reads it today, in the manual in which it was cited."""

    stack: Stack
    held: Held

    @property
    def title(self) -> str:
        return self.held.title

    @property
    def manual(self) -> Manual:
        return self.stack.manual

    @property
    def address(self) -> str:
        return self.stack.address(self.held)

    @property
    def url(self) -> str:
        return page_url(self.stack, self.held)


@dataclass(frozen=True, slots=True)
class Placed:
    """A thing of one's own with the page it cites; none where it cites none, or one that is not open any more."""

    thing: Cites
    page: PageNow | None

    @property
    def is_lost(self) -> bool:
        return self.page is None and self.thing.page_id is not None

    @property
    def is_changed(self) -> bool:
        """Whether the page reads otherwise by now."""
        return self.page is not None and self.page.held.revision_id != self.thing.revision_id


def home_practice(actor: Actor) -> dict[str, object]:
    """What the first screen of the compass shows of this: a few things tried, a few notes, what came back from sleep."""
    return {
        "tried": list(open_practices(actor)[:SHOWN_AT_HOME]),
        "latest_notes": list(my_notes(actor)[:SHOWN_AT_HOME]),
        "slept_on": list(back_from_sleep(actor)[:SHOWN_AT_HOME]),
    }


def open_practices(actor: Actor) -> QuerySet[Practice]:
    """What the actor tries at present, newest first."""
    return policy.mine(actor, Practice).filter(ended_at=None).select_related("manual").order_by("-id")


def ended_practices(actor: Actor) -> QuerySet[Practice]:
    """What the actor tried once, newest first."""
    return policy.mine(actor, Practice).exclude(ended_at=None).order_by("-id")


def my_notes(actor: Actor, before: UUID | None = None) -> QuerySet[PracticeNote]:
    """The actor's practice notes, newest first; from a note of theirs on where one is named."""
    found = policy.mine(actor, PracticeNote).select_related("manual").order_by("-id")
    return found.filter(pk__lt=before) if before else found


def back_from_sleep(actor: Actor) -> QuerySet[Reflection]:
    """Questions that were put away until a day that has come, and were not opened yet."""
    return policy.mine(actor, Reflection).filter(wakes_on__lte=timezone.localdate(), woken_at=None).order_by("wakes_on")


def practice_of(actor: Actor, practice_id: UUID | None) -> Practice | None:
    """One thing the actor tries or tried; nobody else's."""
    found = policy.mine(actor, Practice).select_related("manual", "vision")
    return found.filter(pk=practice_id).first() if practice_id else None


def note_of(actor: Actor, note_id: UUID) -> PracticeNote | None:
    """One note of the actor's, with what became of it; nobody else's."""
    of_note = ("manual", "practice", "became_draft__edition__manual", "became_remark__manual")
    return policy.mine(actor, PracticeNote).select_related(*of_note).filter(pk=note_id).first()


def notes_of_practice(actor: Actor, practice: Practice) -> QuerySet[PracticeNote]:
    """What happened whenever it was tried, newest first."""
    return policy.mine(actor, PracticeNote).filter(practice=practice.pk).order_by("-id")


def own_vision(actor: Actor, vision_id: UUID | None) -> Vision | None:
    """The vision that something is tried for; nobody else's."""
    return policy.mine(actor, Vision).filter(pk=vision_id).first() if vision_id else None


def state_of(thing: Model) -> str:
    """A sign that changes whenever anything of the thing does; who changes it names the one they saw."""
    values = [(field.attname, str(getattr(thing, field.attname))) for field in thing._meta.concrete_fields]
    return sha256(repr(values).encode()).hexdigest()[:16]


def page_at(actor: Actor, slug: str, address: str) -> PageNow | None:
    """The page at an address of a manual, where the actor may read it."""
    stack = _open_stack(actor, slug)
    held = stack.at(address) if stack else None
    return PageNow(stack, held) if stack and held else None


def page_cited(actor: Actor, slug: str, page_id: UUID | None) -> PageNow | None:
    """The page in that manual, where the actor may read it."""
    stack = _open_stack(actor, slug) if slug and page_id else None
    held = stack.covering(page_id) if stack and page_id else None
    return PageNow(stack, held) if stack and held else None


def _open_stack(actor: Actor, slug: str) -> Stack | None:
    stack = stack_named(slug)
    return stack if stack and manuals.can_read(actor, stack.manuals) else None


def placed(actor: Actor, things: Iterable[Cites]) -> list[Placed]:
    """Each with the page it cites, as far as it is open to the actor; one query for all of them."""
    rows = list(things)
    named = {thing.manual.slug for thing in rows if thing.manual}
    stacks = {stack.manual.pk: stack for stack in stacks_named(sorted(named)) if manuals.can_read(actor, stack.manuals)}
    return [Placed(thing, _page_of(thing, stacks)) for thing in rows]


def _page_of(thing: Cites, stacks: dict[UUID, Stack]) -> PageNow | None:
    stack = stacks.get(thing.manual_id) if thing.manual_id else None
    held = stack.covering(thing.page_id) if stack and thing.page_id else None
    return PageNow(stack, held) if stack and held else None


@dataclass(frozen=True, slots=True)
class OnPage:
    """The actor's own on one page: what they try there, and what happened; has_more: than is given here."""

    tried: Sequence[Practice]
    notes: Sequence[PracticeNote]
    has_more: bool


def on_page(actor: Actor, page_id: UUID, most: int) -> OnPage:
    """In whichever manual it was read: a page keeps its identity through all of them."""
    tried = list(policy.mine(actor, Practice).filter(page=page_id, ended_at=None).order_by("-id")[: most + 1])
    notes = list(policy.mine(actor, PracticeNote).filter(page=page_id).order_by("-id")[: most + 1])
    return OnPage(tried[:most], notes[:most], max(len(tried), len(notes)) > most)


def words_of_notes(actor: Actor) -> list[str]:
    """The words of each of the actor's notes, newest first; for their own device, which finds what returns in them."""
    written = my_notes(actor).values_list("hunch", "happened", "surprise", "reasons")
    return ["\n".join(part for part in note if part) for note in written[:READ_FOR_WORDS]]
