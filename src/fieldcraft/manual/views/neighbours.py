"""Other teams' versions of a page: compared, asked about, borrowed, copied."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.borrowing import borrow, copy_page
from fieldcraft.manual.forms.offers import CopyForm
from fieldcraft.manual.models import Standing
from fieldcraft.manual.queries.history import Other, held_last, other_texts
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.neighbours import Place, ask_url, places_for, teams_with
from fieldcraft.manual.queries.offers import unnamed_on
from fieldcraft.manual.queries.pages import revision_in
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import beside
from fieldcraft.manual.views.writing_asked import told
from fieldcraft.people.access import ActorRequest


def page_others(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """How other teams have the page, as far as their manuals are open to the reader, and taking theirs up."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address) or held_last(request.actor, stack, address)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    hidden = unnamed_on(request.actor, held.page_id)
    others = [each for each in other_texts(request.actor, stack, held.page_id) if each.stack.manual.pk not in hidden]
    problem = ""
    if request.method == "POST":
        try:
            return _borrowed(request, stack, held, others)
        except Invalid as refusal:
            problem = str(refusal)
    context = {
        **_shown(request, stack, held, others),
        "teams": teams_with(request.actor, stack, held.page_id, hidden),
        "problem": problem,
    }
    return render(request, "manual/page_others.html", context, status=400 if problem else 200)


def _borrowed(request: ActorRequest, stack: Stack, held: Held, others: list[Other]) -> HttpResponse:
    chosen = next((each for each in others if each.stack.manual.slug == request.POST.get("from")), None)
    if chosen is None:
        raise NotFound(_("This text is not there any more, or is not open to you."))
    source = chosen.stack.manual
    step = borrow(actor=request.actor, manual=stack.manual, source=source, page_id=held.page_id)
    return redirect("manual:step", stack.manual.slug, step.pk)


def _shown(request: ActorRequest, stack: Stack, held: Held, others: list[Other]) -> dict[str, object]:
    address = stack.address(held)
    is_here = stack.covering(held.page_id) is not None
    ours = revision_in(stack, held.revision_id) if others else None
    compare = reverse("manual:page-compare", args=[stack.manual.slug, address])
    return {
        "stack": stack,
        "manual": stack.manual,
        "held": held,
        "address": address,
        "page_url": page_url(stack, held) if is_here else reverse("manual:contents", args=[stack.manual.slug]),
        "shown": [
            (
                each,
                f"{compare}?{urlencode({'old': str(held.revision_id), 'new': str(each.revision.pk)})}",
                beside(stack, held.path, ours.body if ours else "", each.revision.body).summary,
                ask_url(request.actor, each, held.page_id),
            )
            for each in others
        ],
        "write": policy.can_write(request.actor, stack.manual),
    }


def page_copy(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """Take a page of another manual into one's own: copied, or combined where one has it."""
    source = stack_or_404(request.actor, slug)
    held = source.at(address)
    if held is None or held.standing is Standing.SET_ASIDE:
        raise NotFound(_("There is no such page in this manual."))
    places = places_for(request.actor, source, held)
    first = {"into": places[0].stack.manual.slug} if len(places) == 1 else {}
    form = CopyForm(request.POST or None, initial=first, manuals=[place.stack.manual for place in places])
    if request.method == "POST" and form.is_valid():
        try:
            place = next(each for each in places if each.stack.manual.slug == form.cleaned_data["into"])
            return _taken(request, source, held, place, form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error(None, str(problem))
    context = {"stack": source, "manual": source.manual, "held": held, "page_url": page_url(source, held)}
    return render(
        request,
        "manual/page_copy.html",
        {**context, "places": places, "form": form, "combines": bool(places) and all(each.held for each in places)},
        status=400 if form.errors else 200,
    )


def _taken(request: ActorRequest, source: Stack, held: Held, place: Place, reason: str) -> HttpResponse:
    into = place.stack.manual
    if place.held:
        step = borrow(actor=request.actor, manual=into, source=source.manual, page_id=held.page_id)
        return redirect("manual:step", into.slug, step.pk)
    made = copy_page(actor=request.actor, manual=into, source=source.manual, page_id=held.page_id, reason=reason)
    now = stack_named(into.slug)
    if now is None:
        raise NotFound(_("There is no such page in this manual."))
    if made.state == "agreed":
        messages.info(request, _("It says where it came from, and can be changed like every page of yours."))
    return told(request, now, now.covering(held.page_id), made, _("Copied. Readers have it now."))
