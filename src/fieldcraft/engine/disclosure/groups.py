"""Who belongs where on the day a window opens, and which groups may stand beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a cell is a picture of."""

    TEAM = "team"
    OTHER_TEAMS = "other teams"
    PARENT = "parent"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a release: a team by its key, the other teams of a parent or the parent by its key, or the whole."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Team:
    """members: anonymous ids of those who belong to it on the window's first day. parent: what it is a part of."""

    key: str
    parent: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roster:
    """All teams of an organisation. Raises ValueError where two have one key, or somebody would be counted twice."""

    key: str
    teams: tuple[Team, ...]

    def __post_init__(self) -> None:
        if len({team.key for team in self.teams}) != len(self.teams):
            raise ValueError("two teams have one key")
        if sum(len(team.members) for team in self.teams) != len(frozenset().union(*(t.members for t in self.teams))):
            raise ValueError("each person is counted in one team")

    def by_parent(self) -> Mapping[str, tuple[Team, ...]]:
        """The teams of each parent, both in the order of their keys."""
        parents = sorted({team.parent for team in self.teams})
        teams = sorted(self.teams, key=lambda team: team.key)
        return {parent: tuple(team for team in teams if team.parent == parent) for parent in parents}


def apart(one: frozenset[str], other: frozenset[str], least: int) -> bool:
    """Whether two figures tell of no small group: those in one and not in the other are none, or enough, both ways."""
    return all(not count or count >= least for count in (len(one - other), len(other - one)))


def apart_from_all(group: frozenset[str], others: Iterable[frozenset[str]], least: int) -> bool:
    """Whether a group may stand beside each of some others."""
    return all(apart(group, other, least) for other in others)
