"""Who sees a condition, who raises one, and who answers it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.access import YES, Actor, Decision, Permission, no
from fieldcraft.together.models import Condition, Voice


def visible_conditions(actor: Actor) -> QuerySet[Condition]:
    """What everybody of the actor's organisations sees; an unnamed one only from the day on which it shows."""
    organisations = actor.organisations_where(Permission.SEE_ORGANISATION)
    return Condition.objects.filter(organisation__in=organisations, shown_on__lte=timezone.localdate())


def can_raise(actor: Actor, organisation_id: UUID) -> Decision:
    """May raise something, by name or unnamed: whoever belongs to the organisation."""
    if actor.may(Permission.SEE_ORGANISATION, organisation_id=organisation_id):
        return YES
    return no(_("A condition is raised by people of the organisation. You do not belong to this one."))


def can_raise_for(actor: Actor, team_id: UUID) -> Decision:
    """May raise something in the name of the team: one of its own people."""
    if any(post.team_id == team_id for post in actor.posts):
        return YES
    return no(_("Only somebody of this team can raise something in its name."))


def can_name_owner(actor: Actor, condition: Condition) -> Decision:
    """May answer, and say who answers instead."""
    if actor.may(Permission.ANSWER_CONDITIONS, organisation_id=condition.organisation_id):
        return YES
    return no(_("The convenor or an administrator of the organisation says who answers."))


def can_answer(actor: Actor, condition: Condition) -> Decision:
    """May say what becomes of it: those who answer for the organisation, and whoever they named."""
    is_named = condition.owner_id is not None and condition.owner_id == actor.person_id
    if is_named and actor.may(Permission.SEE_ORGANISATION, organisation_id=condition.organisation_id):
        return YES
    if can_name_owner(actor, condition):
        return YES
    return no(_("The convenor, an administrator, or whoever they name answers this."))


def sees_who_wrote(actor: Actor, condition: Condition) -> bool:
    """Whether the actor sees whose words these are: everybody for a named one, the team's people for a team's."""
    match condition.voice:
        case Voice.NAMED:
            return True
        case Voice.TEAM:
            return any(post.team_id == condition.team_id for post in actor.posts)
        case _:
            return False
