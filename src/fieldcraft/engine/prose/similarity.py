"""How alike two texts are, to infer which revision an adaptation was made from."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fieldcraft.engine.words import words


def similarity(one: str, other: str) -> float:
    """Share of words in common, counting pairs of neighbouring words too: 0 to 1, symmetric, 1.0 for equal words."""
    mine, yours = _shingles(one), _shingles(other)
    total = mine.total() + yours.total()
    return 1.0 if total == 0 else 2 * (mine & yours).total() / total


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    found = words(text)
    return Counter([*((word,) for word in found), *pairwise(found)])


def most_similar(text: str, candidates: Sequence[str]) -> tuple[int, float] | None:
    """The index of the most similar candidate and how alike it is; the first of equals; None when there is none."""
    scored = [(similarity(text, candidate), -index) for index, candidate in enumerate(candidates)]
    if not scored:
        return None
    alike, index = max(scored)
    return -index, alike
