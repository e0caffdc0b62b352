"""A draft said otherwise: a new text, brought up to date, or, where it gives something up, another reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text, redo
from fieldcraft.manual.forms import GiveUpForm, NoteForm, TextForm, aside_form_of
from fieldcraft.manual.models import Revision, Standing, State
from fieldcraft.manual.queries.combining import Told, put_together
from fieldcraft.manual.queries.drafts import is_overtaken, newest_of
from fieldcraft.manual.queries.history import text_of_page
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.comparing import beside, revisions_beside
from fieldcraft.manual.views.drafts import asked_draft
from fieldcraft.manual.views.drafts_said import said_of_done, said_of_overtaken
from fieldcraft.manual.views.keeping_asked import same_name_asked
from fieldcraft.manual.views.notes_together import both_notes, note_as_typed, somebody_was_quicker
from fieldcraft.manual.views.writing import before, both_texts, form_in, kept_open, text_form, text_of
from fieldcraft.manual.views.writing_asked import screen, told
from fieldcraft.people.access import ActorRequest, require

_GIVES_UP = frozenset({Standing.INHERITED, Standing.SET_ASIDE})
_WAITING = frozenset({State.DRAFT, State.GATHERED})


def draft_change(request: ActorRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """A new text for an open draft; also where one that was overtaken is brought up to date."""
    stack, found = asked_draft(request, slug, draft_id)
    require(policy.can_write(request.actor, stack.manual))
    if found.state not in _WAITING:
        return _too_late(request, stack, found)
    if found.standing == Standing.NOTED:
        return _note_changed(request, stack, found)
    if found.standing in _GIVES_UP:
        return _reason_changed(request, stack, found)
    return _text_changed(request, stack, found)


def _about(found: Revision) -> dict[str, Any]:
    return {"draft": found, "keep": f"draft {found.pk}"}


def _now(found: Revision) -> Revision | None:
    """The manual's own text of the page that readers have."""
    return None if found.edition.ended_at else found.edition.current


def _text_changed(request: ActorRequest, stack: Stack, found: Revision) -> HttpResponse:
    now, more = _now(found), _about(found)
    initial = {**before(found), "reason": found.reason, "pole": found.pole, "based_on": found.parent_id or ""}
    form = text_form(request, stack, initial)
    if request.method == "POST" and form.is_valid():
        return _redone(request, stack, found, now, form, more)
    if request.method != "POST" and is_overtaken(found) and now:
        return _brought_up(request, stack, found, now, initial)
    return screen(request, "change_draft", stack, form, **more)


def _brought_up(
    request: ActorRequest, stack: Stack, found: Revision, now: Revision, initial: dict[str, object]
) -> HttpResponse:
    """The draft on the text that readers have by now: both together where they changed different parts."""
    own = Told(found.title, found.body, tuple(found.tags))
    began = found.parent or found.base
    together = put_together(began, own, now) if began else None
    put = together or own
    asked = {**initial, "based_on": now.pk, "title": put.title, "body": put.body, "tags": ", ".join(put.tags)}
    shown = {
        "theirs": now,
        "compared": beside(stack, found.edition.path, now.body, put.body),
        "is_together": together is not None,
        "sent": found.body,
        "from_draft": True,
        "sentence": said_of_overtaken(found),
    }
    return screen(request, "change_draft", stack, form_in(stack, initial=asked), **shown, **_about(found))


def _redone(
    request: ActorRequest, stack: Stack, found: Revision, now: Revision | None, form: TextForm, more: dict[str, Any]
) -> HttpResponse:
    match kept_open(request, stack, form, now):
        case TextForm() as anew:
            return screen(request, "change_draft", stack, anew, **more)
        case dict() as shown:
            return screen(request, "change_draft", stack, form, **more, **shown)
    if (asked := same_name_asked(stack, form, found.edition.page_id, found.title)) is not None:
        return screen(request, "change_draft", stack, form, **more, **asked)
    try:
        based_on = form.cleaned_data["based_on"]
        made = redo(actor=request.actor, draft=found, text=text_of(stack, form), based_on=based_on)
        return told(request, stack, stack.covering(found.edition.page_id), made, _("Kept. Readers have your text now."))
    except (NotFound, Stale) as problem:
        _stack, fresh = asked_draft(request, stack.manual.slug, found.pk)
        if fresh.state not in _WAITING:
            return _too_late(request, stack, fresh)
        theirs = fresh.edition.current or fresh
        return both_texts(request, "change_draft", stack, form, theirs, {**more, "sentence": str(problem)})
    except Invalid as problem:
        form.add_error(None, str(problem))
    return screen(request, "change_draft", stack, form, **more)


def _too_late(request: ActorRequest, stack: Stack, found: Revision) -> HttpResponse:
    """The draft is no longer open: on to what took its place, with whatever was typed."""
    newest = newest_of(found)
    sentence = _said_of(found, newest)
    if request.method == "POST" and found.standing == Standing.NOTED:
        return _note_goes_on(request, stack, found, newest, sentence)
    if request.method == "POST" and found.standing not in _GIVES_UP:
        form = text_form(request, stack, {})
        if form.is_valid():
            return _goes_on(request, stack, found, newest, form, sentence)
    messages.info(request, sentence)
    name = "manual:draft-change" if newest.state in _WAITING else "manual:draft"
    return redirect(name, stack.manual.slug, newest.pk)


def _said_of(found: Revision, newest: Revision) -> str:
    if newest.pk != found.pk and newest.state in _WAITING:
        return _("Somebody changed this draft meanwhile. It is the newer one that you go on with.")
    if newest.state == State.AGREED and _now(found) is None and found.edition.standing == Standing.NOTED:
        return _("Your team has taken this note out meanwhile. Send your words again if they are to be a note anew.")
    if newest.state == State.AGREED and _now(found) is None:
        return _("Your team has given this page up meanwhile. Send your words again if they are to be a page anew.")
    if newest.state == State.AGREED:
        return _("This draft was agreed meanwhile, and readers have it.")
    return _("This draft is no longer open: somebody has declined or withdrawn it meanwhile.")


def _goes_on(
    request: ActorRequest, stack: Stack, found: Revision, newest: Revision, form: TextForm, sentence: str
) -> HttpResponse:
    """Both texts, and where sending them leads: to the newer draft, to the page, or to a new page."""
    more: dict[str, Any] = {**_about(found), "sentence": sentence}
    held, slug = stack.covering(found.edition.page_id), stack.manual.slug
    if newest.state in _WAITING:
        more["goes_on_at"] = reverse("manual:draft-change", args=[slug, newest.pk])
        on = newest.parent_id or ""
        return both_texts(request, "change_draft", stack, form, newest, more, began=found, goes_on_from=on)
    if held and (theirs := _now(found)):
        more["goes_on_at"] = f"{page_url(stack, held)}change/"
        began = found if theirs.pk == newest.pk else found.parent
        return both_texts(request, "change_draft", stack, form, theirs, more, began=began)
    form = form_in(stack, {**request.POST.dict(), "based_on": str(held.revision_id) if held else ""})
    form.add_error(None, sentence)
    at = f"{page_url(stack, held)}change/" if held else reverse("manual:page-add", args=[slug])
    return screen(request, "change_draft", stack, form, **{**more, "goes_on_at": at})


def _note_changed(request: ActorRequest, stack: Stack, found: Revision) -> HttpResponse:
    """A new text for a note that the team has not agreed yet."""
    now, more = _now(found), _about_note(stack, found)
    initial = {**note_as_typed(found), "based_on": now.pk if now else ""}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _note_redone(request, stack, found, form, more)
    if request.method != "POST" and is_overtaken(found) and now:
        going_on, both = both_notes(stack, initial, found.parent, now)
        more |= {**both, "from_draft": True, "sentence": said_of_overtaken(found)}
        form = NoteForm(initial=going_on)
    return screen(request, "note", stack, form, **more)


def _note_redone(
    request: ActorRequest, stack: Stack, found: Revision, form: NoteForm, more: dict[str, Any]
) -> HttpResponse:
    asked = form.cleaned_data
    passage = {"quote": asked["quote"], "prefix": asked["prefix"][-120:], "suffix": asked["suffix"][:120]}
    text = Text(found.title, asked["body"], reason=asked["reason"], pole=asked["pole"], **passage)
    try:
        made = redo(actor=request.actor, draft=found, text=text, based_on=asked["based_on"])
        held = stack.covering(found.edition.page_id)
        return told(request, stack, held, made, _("Your note stands beside the page."))
    except (NotFound, Stale):
        _stack, fresh = asked_draft(request, stack.manual.slug, found.pk)
        if fresh.state not in _WAITING:
            return _too_late(request, stack, fresh)
        going_on, both = _both_of_note(request, stack, fresh, asked)
        return screen(request, "note", stack, NoteForm(initial=going_on), **more, **both)


def _both_of_note(
    request: ActorRequest, stack: Stack, found: Revision, asked: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was typed for a draft of a note, and the note that was agreed or taken out meanwhile."""
    now, page_id = _now(found), found.edition.page_id
    if now is None:
        sentence = _("Somebody has taken this note out meanwhile. Send your words again if it is to stand there anew.")
        return {**asked, "based_on": ""}, {"sentence": sentence, "is_stale": True}
    began = text_of_page(request.actor, stack, page_id, asked["based_on"]) if asked["based_on"] else found.parent
    going_on, both = both_notes(stack, asked, began, now)
    return {**going_on, "based_on": now.pk}, {**both, "sentence": somebody_was_quicker(), "is_stale": True}


def _about_note(stack: Stack, found: Revision) -> dict[str, Any]:
    here = reverse("manual:draft", args=[stack.manual.slug, found.pk])
    held = stack.covering(found.edition.page_id)
    return {"held": held, "page_url": here, "is_change": True, "keep": f"draft {found.pk}"}


def _note_goes_on(
    request: ActorRequest, stack: Stack, found: Revision, newest: Revision, sentence: str
) -> HttpResponse:
    """The words typed for a note, with the note as it is now, and sent to wherever it is kept."""
    held, slug, now = stack.covering(found.edition.page_id), stack.manual.slug, _now(found)
    more = {**_about_note(stack, found), "sentence": sentence, "is_stale": True}
    typed: dict[str, Any] = {"body": "", **request.POST.dict()}
    theirs, began, based_on = now, found.parent, now.pk if now else None
    if newest.state in _WAITING:
        more["goes_on_at"] = reverse("manual:draft-change", args=[slug, newest.pk])
        theirs, began, based_on = newest, found, newest.parent_id
    elif held and now:
        more["goes_on_at"] = f"{page_url(stack, held)}notes/{found.edition_id}/"
        began = found if now.pk == newest.pk else found.parent
    elif held:
        more["goes_on_at"], based_on = f"{page_url(stack, held)}note/", held.revision_id
    if theirs:
        typed, both = both_notes(stack, typed, began, theirs)
        more |= both
    form = NoteForm(initial={**typed, "based_on": based_on or ""})
    return screen(request, "note", stack, form, **more)


def _reason_changed(request: ActorRequest, stack: Stack, found: Revision) -> HttpResponse:
    """A draft that gives a text up, or sets the page aside, has no words of its own but why."""
    is_done = bool(said_of_done(stack, found))
    if is_done and request.method != "POST":
        return redirect("manual:draft", stack.manual.slug, found.pk)
    now, is_aside = _now(found), found.standing == Standing.SET_ASIDE
    form_of = aside_form_of(stack.manual) if is_aside else GiveUpForm
    first = {"reason": found.reason, "pole": found.pole, "based_on": now.pk if now else ""}
    form = form_of(request.POST or None, initial=first)
    more: dict[str, Any] = {**_about(found), "is_aside": is_aside}
    if is_overtaken(found) and now and found.parent and not is_done:
        more |= {"compared": revisions_beside(stack, found.parent, now)}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        text = Text(found.title, found.body, tuple(found.tags), reason=asked["reason"], pole=asked["pole"])
        try:
            made = redo(actor=request.actor, draft=found, text=text, based_on=asked["based_on"])
            return told(request, stack, stack.covering(found.edition.page_id), made, _("Kept."))
        except (NotFound, Stale) as problem:
            _stack, fresh = asked_draft(request, stack.manual.slug, found.pk)
            if fresh.state not in _WAITING:
                return _too_late(request, stack, fresh)
            form = form_of(initial={**asked, "based_on": first["based_on"]})
            more |= {"sentence": str(problem), "is_stale": True}
        except Invalid as problem:
            form.add_error(None, str(problem))
    return screen(request, "draft_reason", stack, form, **more)
