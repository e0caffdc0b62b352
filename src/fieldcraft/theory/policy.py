"""Who may see and change what an organisation states about learning and people."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.access import YES, Actor, Decision, Permission, no
from fieldcraft.theory.models import Challenge, Claim, Theory


def visible_theories(actor: Actor) -> QuerySet[Theory]:
    """What the actor's organisations state; every one of their staff reads it, nobody outside."""
    return Theory.objects.filter(organisation__in=actor.organisations_where(Permission.SEE_ORGANISATION))


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """The claims of those theories, dropped ones too."""
    return Claim.objects.filter(theory__in=visible_theories(actor))


def visible_challenges(actor: Actor) -> QuerySet[Challenge]:
    """What was said against those claims, with its answers."""
    return Challenge.objects.filter(claim__in=visible_claims(actor))


def can_keep_theory(actor: Actor, organisation_id: UUID) -> Decision:
    """May state, change and drop claims, answer challenges, and arrange the picture."""
    if actor.may(Permission.KEEP_THEORY, organisation_id=organisation_id):
        return YES
    return no(_("Convenors and administrators write this down for everybody. You can challenge any of it."))


def can_challenge(actor: Actor, organisation_id: UUID) -> Decision:
    """May say what speaks against a claim, or what is missing: everybody of the organisation."""
    if actor.may(Permission.SEE_ORGANISATION, organisation_id=organisation_id):
        return YES
    return no(_("Only people of this organisation can challenge what it says."))


def can_see_team_picture(actor: Actor, team_id: UUID) -> Decision:
    """May see a team's own picture: whoever belongs to the team, all of them alike."""
    if team_id in actor.teams_where(Permission.SEE_TEAM):
        return YES
    return no(_("This picture is for the people of the team alone, and for nobody above them."))
