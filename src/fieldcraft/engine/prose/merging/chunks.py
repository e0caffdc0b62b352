"""Three sequences → chunks: what all three share, and what stands between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldcraft.engine.prose.align import Match
from fieldcraft.engine.prose.tokens import Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """Items of the three sequences that belong together; `stable`: the items are equal in all three."""

    base: Span
    ours: Span
    theirs: Span
    stable: bool


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many items each sequence has."""

    base: int
    ours: int
    theirs: int


def chunks(sizes: Sizes, to_ours: Sequence[Match], to_theirs: Sequence[Match]) -> list[Chunk]:
    """Stable chunks and what stands between them, in order; together they cover all items. Linear.

    to_ours, to_theirs: which items of the base stand in the sides, in order.
    """
    found: list[Chunk] = []
    at = (0, 0, 0)
    for base, ours, theirs, length in _shared(to_ours, to_theirs):
        if at != (base, ours, theirs):
            found.append(Chunk(Span(at[0], base), Span(at[1], ours), Span(at[2], theirs), stable=False))
        at = (base + length, ours + length, theirs + length)
        found.append(Chunk(Span(base, at[0]), Span(ours, at[1]), Span(theirs, at[2]), stable=True))
    if at != (sizes.base, sizes.ours, sizes.theirs):
        ends = (Span(at[0], sizes.base), Span(at[1], sizes.ours), Span(at[2], sizes.theirs))
        found.append(Chunk(*ends, stable=False))
    return found


def _shared(to_ours: Sequence[Match], to_theirs: Sequence[Match]) -> Iterator[tuple[int, int, int, int]]:
    """Runs that stand in all three: where in base, ours, theirs, and how long."""
    mine, yours = 0, 0
    while mine < len(to_ours) and yours < len(to_theirs):
        one, other = to_ours[mine], to_theirs[yours]
        start, end = max(one.old, other.old), min(one.old + one.length, other.old + other.length)
        if start < end:
            yield start, one.new + start - one.old, other.new + start - other.old, end - start
        if one.old + one.length <= other.old + other.length:
            mine += 1
        else:
            yours += 1
