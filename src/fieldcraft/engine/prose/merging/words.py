"""A stretch that both sides changed, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fieldcraft.engine.prose.align import Match, align
from fieldcraft.engine.prose.merging.chunks import Sizes, chunks
from fieldcraft.engine.prose.merging.regions import Three, with_space_moved
from fieldcraft.engine.prose.tokens import WORD, Span

_UNIT = re.compile(rf"(?:{WORD.pattern})\s*|\s+", re.VERBOSE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Units:
    """A text cut into words, each with the white space behind it; joined they give the text."""

    texts: list[str]
    words: list[str]

    @classmethod
    def of(cls, text: str) -> "Units":
        """The units of a text. Linear."""
        texts = [found[0] for found in _UNIT.finditer(text)]
        return cls(texts, [unit.rstrip() for unit in texts])

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, place: Span) -> str:
        """The text of these units."""
        return "".join(self.texts[place.start : place.end])


@dataclass(frozen=True, slots=True)
class ByWord:
    """A stretch cut where words are equal in all three; `kept`: share of the longest text's words that are (0–1)."""

    parts: list[Three]
    kept: float


def by_word(texts: Three) -> ByWord:
    """The stretch cut where words are equal in all three. About linear."""
    base, ours, theirs = Units.of(texts.base), Units.of(texts.ours), Units.of(texts.theirs)
    sizes = Sizes(len(base), len(ours), len(theirs))
    found = chunks(sizes, align(base.words, ours.words), align(base.words, theirs.words))
    kept = sum(chunk.base.end - chunk.base.start for chunk in found if chunk.stable)
    parts = [Three(base.text(chunk.base), ours.text(chunk.ours), theirs.text(chunk.theirs)) for chunk in found]
    return ByWord(list(with_space_moved(parts)), kept / max(sizes.base, sizes.ours, sizes.theirs, 1))


@dataclass(frozen=True, slots=True)
class Edit:
    """Units `place` of the base became `text`."""

    place: Span
    text: str


def both_edits(texts: Three) -> str | None:
    """The base with the edits of both sides, where they touch but do not overlap; None where they do, or words meet."""
    base = Units.of(texts.base)
    mine, yours = _edits(base, Units.of(texts.ours)), _edits(base, Units.of(texts.theirs))
    if overlapping(mine, yours):
        return None
    at, found = 0, []
    for edit in sorted([*mine, *yours], key=lambda one: (one.place.start, one.place.end)):
        found += [base.text(Span(at, edit.place.start)), edit.text]
        at = edit.place.end
    combined = "".join([*found, base.text(Span(at, len(base)))])
    return None if _words_met(combined, texts) else combined


def _words_met(combined: str, texts: Three) -> bool:
    """Whether two words stand without the space that was between them in each of the three, or may meet at its edges."""
    known = {word for text in (texts.base, texts.ours, texts.theirs) for word in _WORD.findall(text)}
    return not known.issuperset(_WORD.findall(combined)) or not _has_an_edge_of(combined, texts)


def _has_an_edge_of(combined: str, texts: Three) -> bool:
    """Whether it is empty, or begins or ends with a letter or a digit, only where one of the three does."""
    three = (texts.base, texts.ours, texts.theirs)
    return _edges(combined) <= {edge for text in three for edge in _edges(text)}


def _edges(text: str) -> set[str]:
    edges = {"begins": text[:1].isalnum(), "ends": text[-1:].isalnum(), "is empty": not text}
    return {name for name, is_so in edges.items() if is_so}


def overlapping(mine: Sequence[Edit], yours: Sequence[Edit]) -> bool:
    """Whether two of the edits change the same words, or add in one place. Both in order; linear."""
    first, second = 0, 0
    while first < len(mine) and second < len(yours):
        if _overlap(mine[first].place, yours[second].place):
            return True
        if mine[first].place.end <= yours[second].place.end:
            first += 1
        else:
            second += 1
    return False


def _overlap(one: Span, other: Span) -> bool:
    if one and other:
        return max(one.start, other.start) < min(one.end, other.end)
    if not one and not other:
        return one.start == other.start
    added, changed = (other, one) if one else (one, other)
    return changed.start < added.start < changed.end


def _edits(base: Units, side: Units) -> list[Edit]:
    found = []
    at = there = 0
    for match in [*align(base.words, side.words), Match(len(base), len(side), 0)]:
        if (at, there) != (match.old, match.new):
            found.append(Edit(Span(at, match.old), side.text(Span(there, match.new))))
        at, there = match.old + match.length, match.new + match.length
    return found


def evenly_spaced(texts: Three) -> str:
    """The text of three that have the same words: white space as the side that changed it has it.

    Where both changed it in their own way: the one that breaks more lines, then the longer one.
    """
    if not texts.changed_by_both:
        return texts.settled
    base, ours, theirs = Units.of(texts.base), Units.of(texts.ours), Units.of(texts.theirs)
    if not len(base) == len(ours) == len(theirs):
        return max(texts.ours, texts.theirs, key=_breaks)
    return "".join(_unit(*one) for one in zip(base.texts, ours.texts, theirs.texts, strict=True))


def _unit(base: str, ours: str, theirs: str) -> str:
    if ours in (base, theirs):
        return theirs
    return ours if base == theirs else max(ours, theirs, key=_breaks)


def _breaks(text: str) -> tuple[int, int, str]:
    return text.count("\n"), len(text), text
