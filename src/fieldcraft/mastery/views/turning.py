"""A note becomes something for the team: its owner sees, chooses and sends the words."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.models import Revision, State
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.comparing import beside
from fieldcraft.mastery.actions.turning import turn_into_draft, turn_into_remark
from fieldcraft.mastery.forms.turning import DraftForm, WayForm, WordsForm
from fieldcraft.mastery.models import PracticeNote
from fieldcraft.mastery.queries.practice import placed
from fieldcraft.mastery.queries.turning import Way, manuals_to_write, may_remark, page_in, text_now
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.mastery.views.practice import note_or_404
from fieldcraft.people.access import ActorRequest


@compass
def note_remark(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """A remark on the page, in words of the owner's choosing; what is sent here is read, so the screen does not say otherwise."""
    note = note_or_404(request, note_id)
    (found,) = placed(request.actor, [note])
    if found.page is None or not may_remark(request.actor, found.page):
        raise NotFound(_("This note stands on no page where you can make a remark."))
    form = WordsForm(request.POST or None, initial={"words": _first_words(note)})
    if request.method == "POST" and form.is_valid():
        try:
            turn_into_remark(actor=request.actor, note=note, words=form.cleaned_data["words"])
            messages.success(request, _("Your remark stands with the page. The note itself stays yours alone."))
            return redirect("mastery:note", note_id)
        except (Invalid, NotAllowed) as problem:
            form.add_error(None, str(problem))
    context = {"form": form, "note": note, "page": found.page}
    return render(request, "mastery/note_remark.html", context, status=400 if form.is_bound and form.errors else 200)


def _first_words(note: PracticeNote) -> str:
    """What happened and what surprised; hunch and reasons stay where they are unless their owner copies them."""
    return "\n\n".join(part for part in (note.happened, note.surprise) if part)


@compass
def note_draft(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """First the words and as what; then the text as it goes to the team."""
    note = note_or_404(request, note_id)
    stacks = manuals_to_write(request.actor, note)
    if not stacks:
        raise NotFound(_("There is no manual here that you can change."))
    if request.method == "POST" and "based_on" in request.POST:
        return _send(request, note, stacks)
    ways = _ways(request, stacks, note)
    named = [(stack.manual.slug, stack.manual.title) for stack in stacks]
    form = WayForm(request.POST or None, initial={"words": _first_words(note)}, ways=ways, manuals=named)
    if request.method == "POST" and form.is_valid():
        return _begin(request, note, stacks, form)
    status = 400 if form.is_bound and form.errors else 200
    return screen(request, "mastery/note_draft.html", {"form": form, "note": note}, status)


def _ways(request: ActorRequest, stacks: Sequence[Stack], note: PracticeNote) -> list[Way]:
    """What the note can become: beside a page only where it is not the manual's own words already."""
    pages = [page for stack in stacks if (page := page_in(request.actor, stack, note))]
    if any(page.held.manual_id != page.manual.pk for page in pages):
        return [Way.BESIDE, Way.CHANGE, Way.OWN_PAGE]
    return [Way.CHANGE, Way.OWN_PAGE] if pages else [Way.OWN_PAGE]


def _begin(request: ActorRequest, note: PracticeNote, stacks: Sequence[Stack], form: WayForm) -> HttpResponse:
    """The text as it would be: words beside the page, words at the end of its text, or a page of its own."""
    stack, way, words = _chosen(stacks, form), Way(form.cleaned_data["way"]), form.cleaned_data["words"]
    page = page_in(request.actor, stack, note)
    if way is not Way.OWN_PAGE and page is None:
        form.add_error("manual", _("That manual does not have the page of this note. Choose a page of its own there."))
        return screen(request, "mastery/note_draft.html", {"form": form, "note": note}, 400)
    if page and way is Way.BESIDE and page.held.manual_id == stack.manual.pk:
        way = Way.CHANGE  # of several manuals, one that has words of its own there was chosen
    current = text_now(page) if page and way is Way.CHANGE else None
    begun = {
        "title": page.title if page and way is not Way.OWN_PAGE else "",
        "body": f"{current.body.rstrip()}\n\n{words}\n" if current else words,
        "way": way.value,
        "manual": stack.manual.slug,
        "based_on": current.pk if current else None,
    }
    return _draft_screen(request, note, stack, DraftForm(initial=begun), way)


def _chosen(stacks: Sequence[Stack], form: WayForm | DraftForm) -> Stack:
    found = next((stack for stack in stacks if stack.manual.slug == form.cleaned_data["manual"]), None)
    if found is None:
        raise NotFound(_("That manual is not one that you can change."))
    return found


def _send(request: ActorRequest, note: PracticeNote, stacks: Sequence[Stack]) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_screen(request, note, stacks[0], form, Way.CHANGE)
    sent, stack = form.cleaned_data, _chosen(stacks, form)
    way = Way(sent["way"])
    try:
        made = turn_into_draft(
            actor=request.actor,
            note=note,
            manual=stack.manual,
            way=way,
            text=_text(request, note, stack, sent),
            based_on=sent["based_on"],
        )
    except Stale as problem:
        return _newer(request, note, stack, form, problem)
    except Invalid as problem:
        form.add_error(None, str(problem))
        return _draft_screen(request, note, stack, form, way)
    messages.success(request, _told(made))
    return redirect("mastery:note", note.pk)


def _text(request: ActorRequest, note: PracticeNote, stack: Stack, sent: dict[str, Any]) -> Text:
    """As manuals take it; a change keeps the tags of the page."""
    page = page_in(request.actor, stack, note) if sent["way"] == Way.CHANGE else None
    tags = page.held.tags if page else ()
    return Text(sent["title"], sent["body"], tags, reason=sent["reason"], pole=sent["pole"])


def _told(made: Revision) -> str:
    if made.state == State.DRAFT:
        return _("Your team sees your draft now. Readers get it when enough have agreed. The note stays yours alone.")
    if made.state == State.GATHERED:
        return _("It is gathered: readers get it when it is published with others. The note stays yours alone.")
    return _("Readers have it now. The note itself stays yours alone.")


def _newer(request: ActorRequest, note: PracticeNote, stack: Stack, form: DraftForm, problem: Stale) -> HttpResponse:
    """Somebody else was quicker: both texts side by side, and going on is based on the newer one."""
    page = page_in(request.actor, stack, note)
    theirs = text_now(page) if page else None
    going_on = DraftForm({**request.POST.dict(), "based_on": str(theirs.pk) if theirs else ""})
    compared = beside(stack, theirs.edition.path, theirs.body, form.cleaned_data["body"]) if theirs else None
    return _draft_screen(request, note, stack, going_on, Way.CHANGE, problem=problem, compared=compared)


def _draft_screen(
    request: ActorRequest, note: PracticeNote, stack: Stack, form: DraftForm, way: Way, **more: object
) -> HttpResponse:
    """The last look before it goes to the team."""
    context = {
        "form": form,
        "note": note,
        "manual": stack.manual,
        "needed": yeses_needed(stack.manual),
        "is_beside": way is Way.BESIDE,
        "is_own_page": way is Way.OWN_PAGE,
        **more,
    }
    form.fields["body"].widget.attrs["data-pages-url"] = reverse("manual:page-titles", args=[stack.manual.slug])
    status = 409 if more.get("problem") else 400 if form.is_bound and form.errors else 200
    return render(request, "mastery/note_draft_text.html", context, status=status)
