"""Local notes: beside a page or a passage, changed, taken out."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import note_page, revise
from fieldcraft.manual.forms import NoteForm
from fieldcraft.manual.models import Revision
from fieldcraft.manual.queries.drafts import drafts_of_note
from fieldcraft.manual.queries.history import text_of_page
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.giving_up import given_up
from fieldcraft.manual.views.notes_together import both_notes, note_as_typed, somebody_was_quicker
from fieldcraft.manual.views.writing_asked import began_from, page_to_write, screen, told
from fieldcraft.people.access import ActorRequest


def note(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """A local note beside a page, or beside a passage of it."""
    stack, held = page_to_write(request, slug, address)
    passage = {name: request.GET.get(name, "") for name in ("quote", "prefix", "suffix")}
    form = NoteForm(request.POST or None, initial={**passage, "based_on": held.revision_id})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        around = {"prefix": asked["prefix"][-120:], "suffix": asked["suffix"][:120]}
        text = Text(held.title, asked["body"], quote=asked["quote"], **around, **_why(asked))
        try:
            made = note_page(
                actor=request.actor,
                manual=stack.manual,
                page_id=held.page_id,
                text=text,
                based_on=asked["based_on"],
            )
            return told(request, stack, held, made, _("Your note stands beside the page."))
        except Invalid as problem:
            form.add_error(None, str(problem))
    keep = f"note {stack.manual.pk} {held.page_id}"
    return screen(request, "note", stack, form, held=held, page_url=page_url(stack, held), keep=keep)


def change_note(request: ActorRequest, slug: str, address: str, edition: UUID) -> HttpResponse:
    """Change the words of a local note, or beside which words it stands."""
    stack, held = page_to_write(request, slug, address)
    note = _note_held(stack, held, edition)
    own = edition_of(note)
    old = own.current
    assert old is not None  # a note that is shown has a text
    form = NoteForm(request.POST or None, initial={**note_as_typed(old), "based_on": old.pk})
    more: dict[str, object] = {"held": held, "page_url": page_url(stack, held), "is_change": True}
    more |= {"keep": f"note {own.pk}", "drafts": partial(drafts_of_note, stack, note)}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        text = Text(old.title, asked["body"], **_beside(asked, old), **_why(asked))
        try:
            made = revise(actor=request.actor, edition=own, text=text, based_on=began_from(asked["based_on"]))
            return told(request, stack, held, made, _("Your note stands beside the page."))
        except Invalid as problem:
            form.add_error(None, str(problem))
        except Stale:
            began = text_of_page(request.actor, stack, held.page_id, asked["based_on"])
            going_on, both = both_notes(stack, asked, began, old)
            form = NoteForm(initial={**going_on, "based_on": old.pk})
            more |= {**both, "sentence": somebody_was_quicker(), "is_stale": True}
    return screen(request, "note", stack, form, **more)


def _beside(asked: dict[str, Any], old: Revision) -> dict[str, Any]:
    """What the note is to stand beside; where the words stay and none were chosen, so does what is around them."""
    if not asked["is_chosen"] and asked["quote"] == old.quote:
        return {"quote": old.quote, "prefix": old.prefix, "suffix": old.suffix}
    around = asked if asked["is_chosen"] else {"prefix": "", "suffix": ""}
    return {"quote": asked["quote"], "prefix": around["prefix"], "suffix": around["suffix"]}


def _why(asked: dict[str, Any]) -> dict[str, Any]:
    return {"reason": asked["reason"], "pole": asked["pole"]}


def take_note_out(request: ActorRequest, slug: str, address: str, edition: UUID) -> HttpResponse:
    """Take a local note out again."""
    stack, held = page_to_write(request, slug, address)
    note = _note_held(stack, held, edition)
    more: dict[str, object] = {"note": edition_of(note).current, "drafts": partial(drafts_of_note, stack, note)}
    return given_up(request, stack, held, note, "note_out", more)


def _note_held(stack: Stack, held: Held, edition: UUID) -> Held:
    """This manual's own note of that edition beside the page."""
    for note in stack.notes(held.page_id):
        if note.edition_id == edition and note.manual_id == stack.manual.pk:
            return note
    raise NotFound(_("There is no such note beside this page; somebody may have taken it out."))
