"""Offering one's purpose: written, looked at exactly as it will stand, offered, and taken back.

Nothing of it travels in an address, and no message waits in a session, which would be a trace; its answers are kept by
nothing in between, as are all that begin like these (`shell/middleware.py`).
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fieldcraft.errors import Invalid
from fieldcraft.people.access import ActorRequest
from fieldcraft.theory.actions.purposes_offering import offer_purpose, take_back_purpose
from fieldcraft.theory.forms.purposes import OfferForm
from fieldcraft.theory.models import Invitation, Offering
from fieldcraft.theory.queries.purposes import (
    can_take_back,
    conditions_to_choose,
    invitation_of,
    is_open,
    is_read,
    least_unnamed,
    open_invitations,
    own_offering,
    stands,
    themes_to_choose,
)


@login_required
def offering(request: ActorRequest) -> HttpResponse:
    """From the compass: to what the actor is asked today, with the words that they bring along."""
    asked = open_invitations(request.actor)
    brought = request.POST.get("sentence", "")
    if len(asked) == 1 and own_offering(request.actor, asked[0]) is None:
        return _writing(request, asked[0], _form(request, asked[0], {"sentence": brought}))
    return render(request, "theory/offering_choose.html", {"asked": asked, "sentence": brought})


@login_required
def offering_make(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """What the actor offered here, or the form for it; nothing is kept before the look at how it will stand."""
    invitation = invitation_of(request.actor, invitation_id)
    act = request.POST.get("act", "")
    if act == "take-back":
        take_back_purpose(actor=request.actor, invitation=invitation)
        return redirect("theory:offering-make", invitation.pk)
    if act in {"look", "offer", "again"}:
        return _sent(request, invitation, act)
    own = own_offering(request.actor, invitation)
    brought = request.POST.get("sentence", "")
    if own is not None and act != "change" and not brought:
        return _standing(request, invitation, own)
    if not is_open(invitation, timezone.localdate()):
        return render(request, "theory/offering_closed.html", _about(invitation))
    return _writing(request, invitation, _form(request, invitation, _first(own, brought)), has_offered=own is not None)


def _first(own: Offering | None, brought: str) -> dict[str, object]:
    """What the form holds at first: what was offered before, or the words that were brought along."""
    if own is None or brought:
        return {"sentence": brought}
    theme = own.theme.name if own.theme else ""
    conditions = [str(each.pk) for each in own.conditions.all()]
    return {"sentence": own.sentence, "stands": stands(own).value, "theme": theme, "conditions": conditions}


def _sent(request: ActorRequest, invitation: Invitation, act: str) -> HttpResponse:
    """Look at it, go back to the words, or offer it."""
    form = _form(request, invitation)
    if not form.is_valid():
        return _writing(request, invitation, form, status=400)
    if act == "again":
        return _writing(request, invitation, form)
    if act == "look":
        return _looking(request, invitation, form)
    try:
        offer_purpose(actor=request.actor, invitation=invitation, offered=form.offered)
    except Invalid as problem:
        form.add_error("sentence", str(problem))
        return _writing(request, invitation, form, status=400)
    return redirect("theory:offering-make", invitation.pk)


def _form(request: ActorRequest, invitation: Invitation, first: dict[str, object] | None = None) -> OfferForm:
    """Filled with what was sent, or with what stands there first; a theme of one's own that others do not see yet, too."""
    themes = themes_to_choose(invitation)
    named = str(first.get("theme", "")) if first else ""
    if first and named and named not in {each.name for each in themes}:
        first = {**first, "theme": "", "new_theme": named}
    conditions = conditions_to_choose(request.actor, invitation.organisation_id)
    sent = None if first is not None else request.POST
    return OfferForm(sent, initial=first, themes=themes, conditions=conditions)


def _about(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "organisation": invitation.organisation, "least": least_unnamed(invitation)}


def _writing(
    request: ActorRequest, invitation: Invitation, form: OfferForm, status: int = 200, *, has_offered: bool = True
) -> HttpResponse:
    """has_offered: False says that there is nothing to take back, to whoever came for that or has just done it."""
    context = {**_about(invitation), "form": form, "has_offered": has_offered}
    return render(request, "theory/offering_write.html", context, status=status)


def _looking(request: ActorRequest, invitation: Invitation, form: OfferForm) -> HttpResponse:
    offered = form.offered
    sent = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    conditions = [
        each
        for each in conditions_to_choose(request.actor, invitation.organisation_id)
        if each.pk in offered.conditions
    ]
    more = {"offered": offered, "sent": sent, "conditions": conditions}
    return render(request, "theory/offering_look.html", {**_about(invitation), **more})


def _standing(request: ActorRequest, invitation: Invitation, own: Offering) -> HttpResponse:
    more = {
        "own": own,
        "stands": stands(own),
        "is_open": is_open(invitation, timezone.localdate()),
        "can_take_back": can_take_back(own, invitation),
        "is_left_unread": invitation.released_on is not None and own.by_id is None and not is_read(invitation),
    }
    return render(request, "theory/offering_own.html", {**_about(invitation), **more})
