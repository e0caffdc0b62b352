"""What a practice note could become in a manual, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.manual import policy as manuals
from fieldcraft.manual.models import Manual, Remark, Revision, State
from fieldcraft.manual.queries.pages import manuals_to_read, revision_in
from fieldcraft.manual.queries.resolve import Stack, stack_named, stacks_named
from fieldcraft.mastery.models import PracticeNote
from fieldcraft.mastery.queries.practice import PageNow, page_cited
from fieldcraft.people.access import Actor


class Way(StrEnum):
    """As what the words go to the team."""

    BESIDE = "beside"
    CHANGE = "change"
    OWN_PAGE = "own_page"


@dataclass(frozen=True, slots=True)
class Became:
    """What a note became, and how that stands today.

    url: where it can be looked at; "" when it is not open to the actor any more, who then learns no more of it.
    """

    sentence: str
    url: str = ""


def became(actor: Actor, note: PracticeNote) -> list[Became]:
    """The remark and the draft that were made of the note."""
    found = []
    if note.became_remark:
        found.append(_remark(actor, note.became_remark))
    if note.became_draft:
        found.append(_draft(actor, note.became_draft))
    return found


def _remark(actor: Actor, remark: Remark) -> Became:
    stack = _open(actor, remark.manual)
    if stack is None or not manuals.can_see_remarks(actor, stack.manual):
        return Became(_("You made a remark of it, in a manual that is not open to you now."))
    url = reverse("manual:remark", args=[stack.manual.slug, remark.pk])
    if not remark.outcome:
        return Became(_("A remark on the page. It is open: nobody has settled it yet."), url)
    return Became(_("A remark on the page. What came of it: %s.") % remark.get_outcome_display(), url)


def _draft(actor: Actor, draft: Revision) -> Became:
    stack = _open(actor, draft.edition.manual)
    if stack is None:
        return Became(_("You made a draft of it, for a manual that is not open to you now."))
    url = reverse("manual:draft", args=[stack.manual.slug, draft.pk])
    return Became(_said(State(draft.state)) % stack.manual.title, url)


def _said(state: State) -> str:
    match state:
        case State.DRAFT:
            return _("A draft for %s. Your team is agreeing it.")
        case State.GATHERED:
            return _("A draft for %s. It was agreed, and readers get it when it is published with others.")
        case State.AGREED:
            return _("A draft for %s. It was agreed, and readers have it.")
        case State.DECLINED:
            return _("A draft for %s. It was not taken up; the reason stands with it.")
        case State.WITHDRAWN:
            return _("A draft for %s. You took it back.")
        case _:
            assert_never(state)


def _open(actor: Actor, manual: Manual) -> Stack | None:
    stack = stack_named(manual.slug)
    return stack if stack and manuals.can_read(actor, stack.manuals) else None


def has_open_draft(note: PracticeNote) -> bool:
    """Whether a draft of it is on its way, or was agreed; one that was not taken up does not stand in the way."""
    return note.became_draft is not None and note.became_draft.state in {State.DRAFT, State.GATHERED, State.AGREED}


def may_remark(actor: Actor, page: PageNow | None) -> bool:
    """Whether the actor may make a remark on the page of the note."""
    return page is not None and bool(manuals.can_see_remarks(actor, page.manual))


def manuals_to_write(actor: Actor, note: PracticeNote) -> Sequence[Stack]:
    """The manuals that the actor may change: the one the note was written in first, then those that have its page."""
    own = [manual.slug for manual in manuals_to_read(actor) if manuals.can_write(actor, manual)]
    stacks = [stack for stack in stacks_named(own) if manuals.can_read(actor, stack.manuals)]
    return sorted(stacks, key=lambda stack: (stack.manual.pk != note.manual_id, not _has_page(stack, note)))


def _has_page(stack: Stack, note: PracticeNote) -> bool:
    return note.page_id is not None and stack.covering(note.page_id) is not None


def page_in(actor: Actor, stack: Stack, note: PracticeNote) -> PageNow | None:
    """The note's page as that manual's readers have it."""
    return page_cited(actor, stack.manual.slug, note.page_id)


def text_now(page: PageNow) -> Revision | None:
    """The text of the page that readers have."""
    return revision_in(page.stack, page.held.revision_id)
