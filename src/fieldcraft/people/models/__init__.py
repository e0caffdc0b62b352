"""Who is here: persons, organisations, teams, memberships, invitations. Consent is for `people/consent.py` alone."""

from fieldcraft.people.models import consent
from fieldcraft.people.models.invitation import Invitation
from fieldcraft.people.models.organisation import Membership, Organisation, Role, Team
from fieldcraft.people.models.person import Person, display_name

__all__ = [
    "Invitation", "Membership", "Organisation", "Person", "Role", "Team", "consent", "display_name",
]  # fmt: skip
