"""Parts of a stretch, and who changed them."""

from dataclasses import dataclass
from enum import Enum

from fieldcraft.engine.prose.merging.regions import Three


class Change(Enum):
    """Who changed a part; white space does not count."""

    NONE = "none"
    OURS = "ours"
    THEIRS = "theirs"
    ALIKE = "alike"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stretch, and who changed it; `within`: it is part of a sentence that both sides changed."""

    texts: Three
    change: Change
    within: bool = False


def part_of(texts: Three) -> Part:
    """The texts as a part."""
    return Part(texts, _change(bare(texts.base), bare(texts.ours), bare(texts.theirs)))


def bare(text: str) -> str:
    """The words of the text with single spaces."""
    return " ".join(text.split())


def _change(base: str, ours: str, theirs: str) -> Change:
    if ours == theirs:
        return Change.NONE if base == ours else Change.ALIKE
    if base == ours:
        return Change.THEIRS
    return Change.OURS if base == theirs else Change.BOTH
