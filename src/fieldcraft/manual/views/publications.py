"""Gathering changes of a manual that others build on, publishing them with a note, and reading what was published."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.publications import begin, hear, keep_note, publish, stop, take_out
from fieldcraft.manual.forms.publications import GatherForm, PublicationForm
from fieldcraft.manual.models import Publication, Revision
from fieldcraft.manual.queries.drafts import is_overtaken
from fieldcraft.manual.queries.publications import gathered_in, notices, open_publication, past, publication_below
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import moved_on
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def publication(request: ActorRequest, slug: str) -> HttpResponse:
    """What is gathered, and publishing it; where nothing is gathered yet, beginning to."""
    stack = stack_or_404(request.actor, slug)
    require(policy.can_publish(request.actor, stack.manual))
    found = open_publication(stack.manual)
    if found is None:
        return _begun(request, stack)
    form, problem, status = PublicationForm(initial={"note": found.note}), "", 200
    if request.method == "POST":
        form = PublicationForm(request.POST if "note" in request.POST else None, initial={"note": found.note})
        try:
            return _acted(request, stack, found, form)
        except (Invalid, NotFound, Stale) as refusal:
            problem, status = str(refusal), 400 if isinstance(refusal, Invalid) else 409
    context = {**_shown(stack, found), "form": form, "problem": problem}
    return render(request, "manual/publication.html", context, status=status)


def _begun(request: ActorRequest, stack: Stack) -> HttpResponse:
    form = GatherForm(request.POST if "title" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        begin(actor=request.actor, manual=stack.manual, title=form.cleaned_data["title"])
        messages.success(request, _("From now on, changes wait here until you publish them together."))
        return redirect("manual:publication", stack.manual.slug)
    words = [typed] if (typed := request.POST.get("note", "").strip()) else []
    context = {"stack": stack, "manual": stack.manual, "form": form, "words": words}
    return render(request, "manual/publication_begin.html", context, status=_status_of(request, form))


def _status_of(request: ActorRequest, form: GatherForm) -> int:
    """A form of what somebody else has published or stopped meanwhile finds nothing to act on."""
    if request.method != "POST":
        return 200
    return 400 if form.is_bound else 409


def _shown(stack: Stack, found: Publication) -> dict[str, object]:
    changes = [
        (each, reverse("manual:draft", args=[stack.manual.slug, each.pk]), is_overtaken(each))
        for each in gathered_in(found)
    ]
    return {"stack": stack, "manual": stack.manual, "publication": found, "changes": changes}


def _acted(request: ActorRequest, stack: Stack, found: Publication, form: PublicationForm) -> HttpResponse:
    actor, here = request.actor, redirect("manual:publication", stack.manual.slug)
    match request.POST.get("act"):
        case "preview":
            keep_note(actor=actor, publication=found, note=_note(form))
            messages.success(request, _("Your note is kept. This is how teams will read it."))
        case "publish":
            return _published(request, stack, found, _note(form))
        case "take-out":
            change = _chosen(found, request.POST.get("revision", ""))
            take_out(actor=actor, revision=change)
            messages.success(request, _("Taken out. It is an open draft again."))
            return redirect("manual:draft", stack.manual.slug, change.pk)
        case "stop":
            stop(actor=actor, publication=found)
            messages.success(request, _("Changes reach readers at once again."))
            return redirect("manual:contents", stack.manual.slug)
        case _:
            raise Invalid(_("Choose one of the buttons."))
    return here


def _note(form: PublicationForm) -> str:
    if not form.is_valid():
        raise Invalid(_("Your note is longer than 4,000 letters. Shorten it a little."))
    return str(form.cleaned_data["note"])


def _chosen(found: Publication, revision_id: str) -> Revision:
    change = next((each for each in gathered_in(found) if str(each.pk) == revision_id), None)
    if change is None:
        raise NotFound(_("This change is not gathered any more; somebody has published it or taken it out."))
    return change


def _published(request: ActorRequest, stack: Stack, found: Publication, note: str) -> HttpResponse:
    count = gathered_in(found).count()
    made = publish(actor=request.actor, publication=found, note=note)
    sentence = ngettext(
        "Published. Readers have %(count)d change now; teams hear of it once.",
        "Published. Readers have %(count)d changes now; teams hear of it once.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect(f"{reverse('manual:publications', args=[stack.manual.slug])}#{made.pk}")


def publications(request: ActorRequest, slug: str) -> HttpResponse:
    """What this manual and those below it published together, with the notes; and saying that one was read."""
    stack = stack_or_404(request.actor, slug)
    if request.method == "POST":
        return _heard(request, stack)
    number = _number(request)
    shown, has_more = past(stack, number)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "shown": shown,
        "older": number + 1 if has_more else 0,
        "newer": number - 1,
        "can_publish": policy.can_publish(request.actor, stack.manual),
        **notices_for(request, stack),
    }
    return render(request, "manual/publications.html", context)


def _number(request: ActorRequest) -> int:
    number = request.GET.get("number", "")
    return max(1, min(int(number), 1000)) if number.isdecimal() and len(number) < 5 else 1


def notices_for(request: ActorRequest, stack: Stack) -> dict[str, Any]:
    """What `manual/publication_notice.html` shows the manual's own people."""
    if not policy.is_of_the_house(request.actor, stack.manual):
        return {"notices": []}
    found = notices([stack], moved_on([stack], timezone.localdate()))
    return {"notices": found, "may_hear": policy.can_write(request.actor, stack.manual)}


def _heard(request: ActorRequest, stack: Stack) -> HttpResponse:
    require(policy.can_write(request.actor, stack.manual))
    found = publication_below(stack, request.POST.get("heard", ""))
    if found is None:
        raise NotFound(_("There is no such publication below this manual."))
    hear(actor=request.actor, manual=stack.manual, publication=found)
    messages.success(request, _("Good. It stays on the list of what was published."))
    return redirect("manual:publications", stack.manual.slug)
