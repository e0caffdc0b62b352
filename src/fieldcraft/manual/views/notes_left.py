"""Local notes whose page was taken out below, and what the team does with their words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.notes_left import make_page_of_note
from fieldcraft.manual.actions.pages import give_up
from fieldcraft.manual.models import Revision, State
from fieldcraft.manual.queries.notes_left import NoteLeft, notes_left
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def notes_left_page(request: ActorRequest, slug: str) -> HttpResponse:
    """The notes with their words; those who write the manual make pages of them, or take them out."""
    stack = stack_or_404(request.actor, slug)
    shown = notes_left(stack)
    problem = ""
    if request.method == "POST":
        require(policy.can_write(request.actor, stack.manual))
        try:
            return _acted(request, stack, shown)
        except (Invalid, Stale) as refusal:
            problem = str(refusal)
    drafts = stack.layers[0].drafts
    context = {
        "stack": stack,
        "manual": stack.manual,
        "shown": [(note, drafts.get(note.held.page_id, ())) for note in shown],
        "problem": problem,
        "write": policy.can_write(request.actor, stack.manual),
    }
    return render(request, "manual/notes_left.html", context, status=409 if problem else 200)


def _acted(request: ActorRequest, stack: Stack, shown: list[NoteLeft]) -> HttpResponse:
    chosen = next((each for each in shown if str(each.held.edition_id) == request.POST.get("note")), None)
    if chosen is None:
        raise NotFound(_("This note is not on the list any more; somebody may have dealt with it."))
    match request.POST.get("act"):
        case "page":
            made = make_page_of_note(
                actor=request.actor,
                manual=stack.manual,
                edition_id=chosen.held.edition_id,
                based_on=_uuid(request) or chosen.revision.pk,
            )
            return _told(request, stack, made, _("It is a page of your own now."))
        case "out":
            made = give_up(
                actor=request.actor,
                edition=edition_of(chosen.held),
                based_on=_uuid(request) or chosen.revision.pk,
                reason=_("Its page is not there any more."),
            )
            return _told(request, stack, made, _("Done. For thirty days it can be brought back."))
        case _:
            raise Invalid(_("Choose one of the buttons."))


def _uuid(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("based_on", ""))
    except ValueError:
        return None


def _told(request: ActorRequest, stack: Stack, made: Revision, sentence: str) -> HttpResponse:
    if made.state == State.DRAFT:
        messages.success(request, _("Your team sees your draft now. Readers get it when enough have agreed."))
        return redirect("manual:draft", stack.manual.slug, made.pk)
    messages.success(request, sentence)
    return redirect("manual:notes-left", stack.manual.slug)
