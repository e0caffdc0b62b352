"""The values of a merge: regions, and the texts that may stand in each."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How sure a region is, and who has to look at it."""

    SAME = "same"
    APART = "apart"
    SUGGESTION = "suggestion"
    CHOICE = "choice"
    FAR = "far"


SILENT = frozenset({Kind.SAME, Kind.APART})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A text that may stand in a region; `name` says where it comes from, once in each region."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the page: its text in each of the three, and what may stand there, the best first.

    The three texts of all regions, joined in order, are the three inputs sign by sign.
    """

    kind: Kind
    base: str
    ours: str
    theirs: str
    alternatives: tuple[Alternative, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Three:
    """One stretch in each of the three texts."""

    base: str
    ours: str
    theirs: str

    @property
    def changed_by_both(self) -> bool:
        """Whether the sides changed it, and not in the same way."""
        return self.base != self.ours != self.theirs != self.base

    @property
    def settled(self) -> str:
        """The text where at most one side changed it, or both in the same way."""
        return self.theirs if self.base == self.ours else self.ours
