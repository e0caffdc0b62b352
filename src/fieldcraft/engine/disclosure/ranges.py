"""Counts of people and of other things as they may be shown: as ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Range:
    """low to high, both included. high None: low or more. low 0: fewer than high + 1."""

    low: int
    high: int | None


def in_range(count: int, edges: Sequence[int]) -> Range:
    """The range that a count lies in; edges: where each range but the first begins."""
    if count < edges[0]:
        return Range(0, edges[0] - 1)
    for low, following in pairwise(edges):
        if count < following:
            return Range(low, following - 1)
    return Range(edges[-1], None)
