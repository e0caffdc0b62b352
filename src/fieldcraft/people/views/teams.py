"""Teams and organisations: who belongs, in which role, and who is invited."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldcraft.errors import FieldcraftError, NotAllowed, NotFound
from fieldcraft.people import policy
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.actions.account import choose_theme
from fieldcraft.people.actions.community import end_membership, give_role, make_team, set_quorum
from fieldcraft.people.actions.invitations import invite, send, withdraw
from fieldcraft.people.forms import InviteForm, NameForm, QuorumForm, ThemeForm
from fieldcraft.people.models import Invitation, Membership, Organisation, Role, Team
from fieldcraft.people.models.organisation import ORGANISATION_ROLES, TEAM_ROLES
from fieldcraft.people.queries import (
    my_memberships,
    my_organisations,
    my_teams,
    open_invitations,
    people_of,
    still_belongs,
    teams_of,
    yeses_that_count,
)


@login_required
def me(request: ActorRequest) -> HttpResponse:
    """My account, where I belong, and how it looks."""
    if request.method == "POST":
        choose_theme(actor=request.actor, theme=request.POST.get("theme", ""))
        return redirect("people:me")
    form = ThemeForm(initial={"theme": getattr(request.user, "theme", "")})
    return render(request, "people/me.html", {"memberships": my_memberships(request.actor), "form": form})


@login_required
def team_list(request: ActorRequest) -> HttpResponse:
    """My teams and organisations."""
    context = {"teams": my_teams(request.actor), "organisations": my_organisations(request.actor)}
    return render(request, "people/team_list.html", context)


@login_required
def organisation(request: ActorRequest, slug: str) -> HttpResponse:
    """An organisation's teams, its roles, and opening a team."""
    found = policy.visible_organisations(request.actor).filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no such organisation, or you do not belong to it."))
    may = policy.can_manage_organisation(request.actor, found.pk)
    form = NameForm(request.POST if "name" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_team(actor=request.actor, organisation_id=found.pk, name=form.cleaned_data["name"])
            return redirect("people:team", made.pk)
        except FieldcraftError as problem:
            form.add_error("name", str(problem))
    context = {"organisation": found, "teams": teams_of(request.actor, found), "may": may, "form": form}
    return _with_people(request, "people/organisation.html", context, found, None)


@login_required
def team(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """A team's people, and how many of them agree before a change counts."""
    teams = policy.visible_teams(request.actor).filter(policy.visible_team_pages(request.actor))
    found = teams.select_related("organisation").filter(pk=team_id).first()
    if found is None:
        raise NotFound(_("There is no such team, or you do not belong to it."))
    form = QuorumForm(request.POST if "quorum" in request.POST else None, initial={"quorum": found.quorum})
    if form.is_bound and form.is_valid():
        set_quorum(actor=request.actor, team=found, quorum=form.cleaned_data["quorum"])
        messages.success(request, _("Kept. It counts from the next yes on."))
        return redirect("people:team", team_id)
    may = policy.can_manage_team(request.actor, found)
    context = {
        "team": found,
        "organisation": found.organisation,
        "may": may,
        "quorum_form": form,
        "counts": yeses_that_count(found),
    }
    return _with_people(request, "people/team.html", context, found.organisation, found)


def _with_people(
    request: ActorRequest, template: str, context: dict[str, object], place: Organisation, found: Team | None
) -> HttpResponse:
    """The part that a team's and an organisation's page share: people, roles, invitations."""
    roles = TEAM_ROLES if found else ORGANISATION_ROLES
    form = InviteForm(request.POST if "role" in request.POST else None, roles=roles)
    link = ""
    if request.method == "POST" and "role" in request.POST and form.is_valid():
        try:
            link = _invited(request, form, place, found)
        except FieldcraftError as problem:
            form.add_error(None, str(problem))
    context |= {
        "memberships": people_of(place.pk, found),
        "roles": [(role.value, role.label) for role in roles],
        "invite_form": form,
        "invitations": open_invitations(place.pk, found) if context["may"] else (),
        "link": link,
        "may_invite": policy.can_invite_to_team(request.actor, found) if found else context["may"],
    }
    return render(request, template, context)


def _invited(request: ActorRequest, form: InviteForm, place: Organisation, found: Team | None) -> str:
    """Makes the invitation; the link is shown this once, and sent where an address was given."""
    asked = form.cleaned_data
    invitation, key = invite(
        actor=request.actor,
        organisation_id=place.pk,
        team=found,
        role=Role(asked["role"]),
        email=asked["email"],
        places=asked["places"],
    )
    link = request.build_absolute_uri(f"/people/join/{key}/")
    if invitation.email:
        send(invitation=invitation, link=link, sender=request.actor.name)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    return link


def _membership(request: ActorRequest, membership_id: UUID) -> Membership:
    """One that the actor may know of."""
    visible = Membership.objects.filter(organisation__in=policy.visible_organisations(request.actor), ended_at=None)
    found = visible.select_related("team", "organisation", "person").filter(pk=membership_id).first()
    if found is None:
        raise NotFound(_("There is no such membership, or it has ended already."))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def membership_end(request: ActorRequest, membership_id: UUID) -> HttpResponse:
    """Leave, or take a role back; whoever wants to leave is first told what will happen."""
    found = _membership(request, membership_id)
    is_own = found.person_id == request.actor.person_id
    if request.method == "POST":
        end_membership(actor=request.actor, membership=found)
        if is_own:
            messages.success(request, _("You have left %(place)s.") % {"place": found.team or found.organisation})
        return _back(request, found)
    if not is_own:
        raise NotAllowed(_("Everybody leaves for themselves. A lead or an administrator can end a role on their page."))
    context = {"membership": found, "still_belongs": still_belongs(found), "may": policy.can_end(found)}
    return render(request, "people/leave.html", context)


@login_required
@require_POST
def membership_role(request: ActorRequest, membership_id: UUID) -> HttpResponse:
    """Give somebody another role in their team."""
    found = _membership(request, membership_id)
    role = request.POST.get("to", "")
    if found.team is None or role not in TEAM_ROLES:
        raise NotAllowed(_("Choose a role from the list."))
    give_role(
        actor=request.actor,
        person_id=found.person_id,
        organisation_id=found.organisation_id,
        team=found.team,
        role=Role(role),
    )
    return _back(request, found)


def _back(request: ActorRequest, membership: Membership) -> HttpResponse:
    if membership.person_id == request.actor.person_id:
        return redirect("people:team-list")
    if membership.team_id:
        return redirect("people:team", membership.team_id)
    return redirect("people:organisation", membership.organisation.slug)


@login_required
@require_POST
def invitation_withdraw(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Close an invitation before its time."""
    visible = Invitation.objects.filter(organisation__in=policy.visible_organisations(request.actor))
    found = visible.select_related("team", "organisation").filter(pk=invitation_id).first()
    if found is None:
        raise NotFound(_("There is no such invitation."))
    withdraw(actor=request.actor, invitation=found)
    return (
        redirect("people:team", found.team_id)
        if found.team_id
        else redirect("people:organisation", found.organisation.slug)
    )
