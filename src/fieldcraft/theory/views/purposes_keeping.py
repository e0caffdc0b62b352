"""What the convenor does: ask, sort what everybody can read, say what is in the way, and answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.people.access import ActorRequest, require
from fieldcraft.theory import policy
from fieldcraft.theory.actions.purposes import Question, open_invitation, publish_reply
from fieldcraft.theory.actions.purposes_sorting import point_at_purpose, put_under_theme
from fieldcraft.theory.forms.purposes import InvitationForm, PointForm, ReplyForm, SortForm
from fieldcraft.theory.models import Invitation
from fieldcraft.theory.queries.claims import organisation_or_404
from fieldcraft.theory.queries.purposes import conditions_to_choose, invitation_of, invitations_of
from fieldcraft.theory.queries.purposes_map import to_sort
from fieldcraft.theory.views.purposes import map_or_404, purposes_screen


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether it was done; else the form says what is amiss."""
    if not form.is_valid():
        return False
    try:
        act()
    except (Invalid, Stale, NotFound) as problem:
        form.add_error(None, str(problem))
        return False
    return True


@login_required
def invitation_make(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask everybody of the organisation."""
    organisation = organisation_or_404(request.actor, slug)
    require(policy.can_invite_purposes(request.actor, organisation.pk))
    form = InvitationForm(request.POST or None)

    def ask() -> None:
        open_invitation(actor=request.actor, organisation=organisation, asked=Question(**form.cleaned_data))

    if request.method == "POST" and _done(form, ask):
        return redirect("theory:purpose-map", slug)
    waiting = invitations_of(request.actor, organisation).filter(replied_at=None).first()
    more: dict[str, Any] = {"form": form, "waiting": waiting, "status": 400 if form.errors else 200}
    return purposes_screen(request, "theory/invitation_make.html", organisation, **more)


@login_required
def invitation_answer(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Publish what was read and what will be done."""
    invitation = _to_keep(request, invitation_id)
    form = ReplyForm(request.POST or None)

    def answer() -> None:
        publish_reply(actor=request.actor, invitation=invitation, reply=form.cleaned_data["reply"])

    if request.method == "POST" and _done(form, answer):
        return redirect("theory:invitation", invitation.pk)
    return _form_screen(request, "theory/invitation_answer.html", invitation, form)


def _to_keep(request: ActorRequest, invitation_id: UUID) -> Invitation:
    invitation = invitation_of(request.actor, invitation_id)
    require(policy.can_invite_purposes(request.actor, invitation.organisation_id))
    return invitation


def _form_screen(request: ActorRequest, template: str, invitation: Invitation, form: Form, **more: Any) -> HttpResponse:
    shown = {"invitation": invitation, "form": form, "status": 400 if form.errors else 200, **more}
    return purposes_screen(request, template, invitation.organisation, **shown)


@login_required
def purpose_sort(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Put what everybody can read under themes."""
    invitation = _to_keep(request, invitation_id)
    found = map_or_404(request, invitation)
    themes = [group.theme for group in found.groups if group.theme]
    form = SortForm(request.POST or None, sentences=to_sort(found), themes=themes)

    def sort() -> None:
        sent = form.cleaned_data
        chosen = {UUID(each) for each in sent["offerings"]}
        theme = sent["new_theme"] or sent["theme"]
        put_under_theme(actor=request.actor, invitation=invitation, offerings=chosen, theme=theme)

    if request.method == "POST" and _done(form, sort):
        return redirect("theory:purpose-sort", invitation.pk)
    is_empty = not to_sort(found)
    return _form_screen(request, "theory/purpose_map_sort.html", invitation, form, is_empty=is_empty, map=found)


@login_required
def purpose_point(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Say which condition is in the way of which sentence."""
    invitation = _to_keep(request, invitation_id)
    found = map_or_404(request, invitation)
    sentences = [each for group in found.all_groups for each in group.sentences]
    conditions = conditions_to_choose(request.actor, invitation.organisation_id)
    form = PointForm(request.POST or None, sentences=sentences, conditions=conditions)

    def point() -> None:
        ids = {"offering_id": form.cleaned_data["offering"], "condition_id": form.cleaned_data["condition"]}
        point_at_purpose(actor=request.actor, invitation=invitation, **ids)

    if request.method == "POST" and _done(form, point):
        return redirect("theory:invitation", invitation.pk)
    is_empty = not (sentences and conditions)
    return _form_screen(request, "theory/purpose_map_point.html", invitation, form, is_empty=is_empty)
