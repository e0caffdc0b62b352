"""Reading who is here; each query starts from what the actor may see."""

from uuid import UUID

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fieldcraft.people.access import ROLE_GRANTS, Actor, Permission, Post
from fieldcraft.people.models import Invitation, Membership, Organisation, Person, Role, Team
from fieldcraft.rows import id_of, rows

_POSTS = """
SELECT post.organisation_id, post.team_id, post.role FROM people_membership post
LEFT JOIN people_team team ON team.id = post.team_id
WHERE post.person_id = %s AND post.ended_at IS NULL AND team.closed_at IS NULL
ORDER BY post.id
"""


def actor_of(person: Person) -> Actor:
    """The person as one who acts, with all open posts; one query."""
    return Actor(
        person_id=person.pk,
        name=person.name,
        posts=tuple(
            Post(id_of(organisation), id_of(team) if team else None, Role(role))
            for organisation, team, role in rows(_POSTS, person.pk)
        ),
        is_sample=person.is_sample,
    )


_FEED = "people.feed"


def feed_key(person: Person) -> str:
    """A key that stands for the person in a feed reader's address; a new password makes it worthless."""
    return signing.dumps([person.pk.hex, person.get_session_auth_hash()[:16]], salt=_FEED)


def actor_by_feed_key(key: str) -> Actor | None:
    """Whom a feed key stands for; None when it is not, or no longer, anybody's."""
    try:
        person_id, password = signing.loads(key, salt=_FEED)
    except signing.BadSignature:
        return None
    person = person_named(person_id)
    if person is None or not constant_time_compare(person.get_session_auth_hash()[:16], password):
        return None
    return actor_of(person)


def my_teams(actor: Actor) -> QuerySet[Team]:
    """The teams the actor belongs to, by name."""
    ids = {post.team_id for post in actor.posts if post.team_id}
    return Team.objects.filter(pk__in=ids).select_related("organisation").order_by("name")


def teams_of(actor: Actor, organisation: Organisation) -> list[tuple[Team, bool]]:
    """The organisation's teams by name, each with whether the actor may open its own page; one query."""
    mine = actor.teams_where(Permission.SEE_TEAM)
    sees_all = organisation.pk in actor.organisations_where(Permission.SEE_TEAM)
    return [(team, sees_all or team.pk in mine) for team in organisation.teams.order_by("name")]


def team_of_id(team_id: UUID) -> Team:
    """The team; the caller has asked who may know of it."""
    return Team.objects.get(pk=team_id)


def quorum_of(team_id: UUID) -> int:
    """How many yeses a change of the team's manual takes, as the team set it; the caller has asked who may know of it."""
    return int(rows("SELECT quorum FROM people_team WHERE id = %s", team_id)[0][0])


def my_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations the actor belongs to, by name."""
    ids = {post.organisation_id for post in actor.posts}
    return Organisation.objects.filter(pk__in=ids).order_by("name")


def organisation_named(slug: str) -> Organisation | None:
    """For commands, which act for the installation itself."""
    return Organisation.objects.filter(slug=slug).first()


def person_named(person_id: str) -> Person | None:
    """The person of this id; None for anything that is not one."""
    try:
        return Person.objects.filter(pk=UUID(person_id), is_active=True).first()
    except ValueError:
        return None


def people_of(organisation_id: UUID, team: Team | None) -> QuerySet[Membership]:
    """Open memberships of a team, or those of the organisation itself, by name; the caller has asked who may see."""
    found = Membership.objects.filter(organisation=organisation_id, team=team, ended_at=None)
    return found.select_related("person").order_by("person__name", "role")


def yeses_that_count(team: Team) -> int:
    """The team's reflective quorum, but never more than there are people who could agree."""
    return max(1, min(team.quorum, count_who_may(Permission.WRITE_TEAM_MANUAL, team.pk))) if team.quorum > 1 else 1


def still_belongs(membership: Membership) -> bool:
    """Whether the person would still belong to the organisation without this membership."""
    held = Membership.objects.filter(
        person=membership.person_id, organisation=membership.organisation_id, ended_at=None
    )
    return held.exclude(pk=membership.pk).exists()


def count_who_may(permission: Permission, team_id: UUID) -> int:
    """How many of the team's people their role lets do this."""
    return people_who_may(permission, team_id).count()


def people_who_may(permission: Permission, team_id: UUID) -> QuerySet[Membership, UUID]:
    """The ids of those of the team's people whose role lets them do this."""
    roles = [role for role, grants in ROLE_GRANTS.items() if permission in grants]
    return Membership.objects.filter(team=team_id, ended_at=None, role__in=roles).values_list("person_id", flat=True)


def open_invitations(organisation_id: UUID, team: Team | None) -> QuerySet[Invitation]:
    """Invitations that still let somebody in; without their secrets, which are kept nowhere."""
    found = Invitation.objects.filter(organisation=organisation_id, team=team, withdrawn_at=None, places__gt=0)
    return found.filter(open_until__gt=timezone.now()).order_by("-invited_at")


def my_memberships(actor: Actor) -> QuerySet[Membership]:
    """The actor's own open memberships."""
    found = Membership.objects.filter(person=actor.person_id, ended_at=None)
    return found.select_related("organisation", "team").order_by("organisation__name", "team__name", "role")


def sample_people() -> QuerySet[Person]:
    """The people of the sample community, for anyone to enter as in demo mode."""
    return (
        Person.objects.filter(is_sample=True, is_active=True)
        .prefetch_related("memberships__team", "memberships__organisation")
        .order_by("joined_at")
    )
