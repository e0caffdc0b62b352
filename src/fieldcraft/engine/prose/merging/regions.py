"""The values of a merge: regions, and the texts that may stand in each."""

from collections.abc import Iterable, Iterator
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

    def __add__(self, other: "Three") -> "Three":
        return Three(self.base + other.base, self.ours + other.ours, self.theirs + other.theirs)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in any of the three."""
        return not (self.base or self.ours or self.theirs)

    @property
    def changed_by_both(self) -> bool:
        """Whether the sides changed it, and not in the same way."""
        return self.base != self.ours != self.theirs != self.base

    @property
    def settled(self) -> str:
        """The text where at most one side changed it, or both in the same way."""
        return self.theirs if self.base == self.ours else self.ours


def with_space_moved(pieces: Iterable[Three]) -> Iterator[Three]:
    """The pieces; white space that is not the same in all three goes with the changed piece behind it.

    So each piece can be taken or left without joining lines: between "x⏎" and "x 5 mg⏎" stands "⏎" or " 5 mg⏎".
    """
    last = Three("", "", "")
    for piece in pieces:
        if piece.base != piece.ours or piece.ours != piece.theirs:
            last, space = _without_space_behind(last)
            piece = space + piece
        if not last.is_empty:
            yield last
        last = piece
    if not last.is_empty:
        yield last


def _without_space_behind(piece: Three) -> tuple[Three, Three]:
    texts = (piece.base, piece.ours, piece.theirs)
    words = [text.rstrip() for text in texts]
    spaces = [text[len(word) :] for text, word in zip(texts, words, strict=True)]
    return (Three(*words), Three(*spaces)) if all(words) and len(set(spaces)) > 1 else (piece, Three("", "", ""))
