"""Who is here: persons, organisations, teams, memberships, invitations."""

from fieldcraft.people.models.consent import Grant, Use
from fieldcraft.people.models.invitation import Invitation
from fieldcraft.people.models.organisation import Membership, Organisation, Role, Team
from fieldcraft.people.models.person import Person, display_name

__all__ = [
    "Grant", "Invitation", "Membership", "Organisation", "Person", "Role", "Team", "Use", "display_name",
]  # fmt: skip
