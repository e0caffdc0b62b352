"""Who may see and change what an organisation states about learning and people."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcraft.people.access import YES, Actor, Decision, Permission, no
from fieldcraft.theory.models import Challenge, Claim, Invitation, Theory


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
    """May state, change and drop claims, and arrange the picture."""
    return _keeps(
        actor,
        organisation_id,
        _("Convenors and administrators write this down for everybody. You can challenge any of it."),
    )


def can_answer_challenge(actor: Actor, organisation_id: UUID) -> Decision:
    """May say what comes of a challenge."""
    return _keeps(
        actor, organisation_id, _("Convenors and administrators answer challenges. Everybody reads what they say.")
    )


def can_raise_thresholds(actor: Actor, organisation_id: UUID) -> Decision:
    """May say that a figure takes more people from now on."""
    return _keeps(
        actor,
        organisation_id,
        _(
            "Convenors and administrators say from how many people on a figure is shown. The ledger says how many it is."
        ),
    )


def _keeps(actor: Actor, organisation_id: UUID, why_not: object) -> Decision:
    return YES if actor.may(Permission.KEEP_THEORY, organisation_id=organisation_id) else no(why_not)


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


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Every invitation of the actor's organisations, open or answered."""
    return Invitation.objects.filter(organisation__in=actor.organisations_where(Permission.SEE_ORGANISATION))


def can_invite_purposes(actor: Actor, organisation_id: UUID) -> Decision:
    """May ask about purposes, sort what can be read, and answer."""
    if actor.may(Permission.INVITE_PURPOSES, organisation_id=organisation_id):
        return YES
    return no(_("The convenor or an administrator of the organisation asks, and answers what was offered."))


def can_offer_purpose(actor: Actor, organisation_id: UUID) -> Decision:
    """May offer a sentence, by name or unnamed: whoever belongs to the organisation."""
    if actor.may(Permission.SEE_ORGANISATION, organisation_id=organisation_id):
        return YES
    return no(_("A purpose is offered by people of the organisation. You do not belong to this one."))
