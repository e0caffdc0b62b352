"""Who may see and change organisations, teams and roles."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.access import YES, Actor, Decision, Permission, no
from fieldcraft.people.models import Membership, Organisation, Role, Team


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations the actor may know of: those they belong to."""
    return Organisation.objects.filter(pk__in=actor.organisations_where(Permission.SEE_ORGANISATION))


def visible_teams(actor: Actor) -> QuerySet[Team]:
    """Every team of the actor's organisations; what goes on inside one is another question."""
    return Team.objects.filter(organisation_id__in=actor.organisations_where(Permission.SEE_ORGANISATION))


def visible_team_pages(actor: Actor) -> Q:
    """As a condition on Team: teams whose own page the actor may open."""
    return Q(pk__in=actor.teams_where(Permission.SEE_TEAM)) | Q(
        organisation_id__in=actor.organisations_where(Permission.SEE_TEAM)
    )


def can_manage_organisation(actor: Actor, organisation_id: UUID) -> Decision:
    """May name it, open teams, give organisation roles and invite to them."""
    if actor.may(Permission.MANAGE_ORGANISATION, organisation_id=organisation_id):
        return YES
    return no(_("Only an administrator of this organisation can do this. Ask one of them."))


def can_manage_team(actor: Actor, team: Team) -> Decision:
    """May name it, set its quorum, give roles in it."""
    if actor.may(Permission.MANAGE_TEAM, organisation_id=team.organisation_id, team_id=team.pk):
        return YES
    return no(_("Only a lead of this team or an administrator can do this. Ask one of them."))


def can_invite_to_team(actor: Actor, team: Team) -> Decision:
    """May invite people to the team."""
    if actor.may(Permission.INVITE_TO_TEAM, organisation_id=team.organisation_id, team_id=team.pk):
        return YES
    return no(_("Only a lead of this team or an administrator can invite. Ask one of them."))


def can_end(membership: Membership) -> Decision:
    """May end at all: an organisation keeps at least one administrator."""
    others = Membership.objects.filter(organisation=membership.organisation_id, role=Role.ADMINISTRATOR, ended_at=None)
    if membership.role != Role.ADMINISTRATOR or others.exclude(pk=membership.pk).exists():
        return YES
    return no(_("You are the last administrator. Make somebody else administrator first."))
