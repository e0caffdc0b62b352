"""Who acts, and what a role grants: the one table, and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum, auto
from uuid import UUID

from django.http import HttpRequest

from fieldcraft.errors import NotAllowed
from fieldcraft.people.models import Role


class Permission(StrEnum):
    """One thing a role may grant, in a team or in an organisation."""

    SEE_TEAM = auto()
    WRITE_TEAM_MANUAL = auto()
    SHAPE_TEAM_MANUAL = auto()
    INVITE_TO_TEAM = auto()
    MANAGE_TEAM = auto()
    SEE_ORGANISATION = auto()
    WRITE_ORGANISATION_MANUAL = auto()
    SHAPE_ORGANISATION_MANUAL = auto()
    MANAGE_ORGANISATION = auto()
    KEEP_THEORY = auto()
    ANSWER_CONDITIONS = auto()
    INVITE_PURPOSES = auto()


_MEMBER = frozenset({Permission.SEE_TEAM, Permission.SEE_ORGANISATION, Permission.WRITE_TEAM_MANUAL})
_LEAD = _MEMBER | {Permission.SHAPE_TEAM_MANUAL, Permission.INVITE_TO_TEAM, Permission.MANAGE_TEAM}

ROLE_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.MEMBER: _MEMBER,
    Role.LEAD: _LEAD,
    Role.EDITOR: frozenset(
        {
            Permission.SEE_ORGANISATION,
            Permission.WRITE_ORGANISATION_MANUAL,
            Permission.SHAPE_ORGANISATION_MANUAL,
        }
    ),
    Role.CONVENOR: frozenset(
        {
            Permission.SEE_ORGANISATION,
            Permission.SEE_TEAM,
            Permission.KEEP_THEORY,
            Permission.ANSWER_CONDITIONS,
            Permission.INVITE_PURPOSES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_ORGANISATION,
            Permission.SEE_TEAM,
            Permission.MANAGE_ORGANISATION,
            Permission.KEEP_THEORY,
            Permission.ANSWER_CONDITIONS,
            Permission.INVITE_PURPOSES,
            Permission.MANAGE_TEAM,
            Permission.INVITE_TO_TEAM,
            Permission.SHAPE_TEAM_MANUAL,
            Permission.SHAPE_ORGANISATION_MANUAL,
        }
    ),
}
"""A team role grants in its team (and sees its organisation); an organisation's role grants in all of it."""


@dataclass(frozen=True, slots=True)
class Post:
    """One open membership, as far as access needs it."""

    organisation_id: UUID
    team_id: UUID | None
    role: Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person and their posts, or nobody in particular (`ANYONE`)."""

    person_id: UUID | None = None
    name: str = ""
    posts: tuple[Post, ...] = ()
    is_sample: bool = False

    @property
    def first_name(self) -> str:
        """What a greeting says."""
        return self.name.partition(" ")[0]

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def may(self, permission: Permission, *, organisation_id: UUID, team_id: UUID | None = None) -> bool:
        """Whether one of the actor's posts grants it there; `team_id=None` asks for the organisation itself."""
        return any(
            post.organisation_id == organisation_id
            and (post.team_id is None or permission is Permission.SEE_ORGANISATION or post.team_id == team_id)
            and permission in ROLE_GRANTS[post.role]
            for post in self.posts
        )

    def organisations_where(self, permission: Permission) -> frozenset[UUID]:
        """The organisations in all of which a post grants it."""
        return frozenset(
            post.organisation_id
            for post in self.posts
            if (post.team_id is None or permission is Permission.SEE_ORGANISATION)
            and permission in ROLE_GRANTS[post.role]
        )

    def teams_where(self, permission: Permission) -> frozenset[UUID]:
        """The teams in which a team post grants it."""
        return frozenset(
            post.team_id for post in self.posts if post.team_id is not None and permission in ROLE_GRANTS[post.role]
        )


ANYONE = Actor()


class ActorRequest(HttpRequest):
    """A request that knows who acts; `shell/middleware.py` sets it."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with its reason in the reader's words; a template shows it beside the disabled button."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: object) -> Decision:
    """A refusal with its reason (may be a lazy translation)."""
    return Decision(False, reason)


def require(decision: Decision) -> None:
    """Raise NotAllowed with the decision's reason unless it is a yes."""
    if not decision:
        raise NotAllowed(decision.reason)
