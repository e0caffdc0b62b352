"""Which items of two sequences are equal, in order: words of two sentences, blocks of two texts."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_LARGEST_TABLE = 100_000_000  # old × new items that are compared in full: 12 MB, about 50 ms
_DEPTH = 12
_SENTENCE_ENDS = frozenset(".!?…。！？:")


@dataclass(frozen=True, slots=True)
class Match:
    """`length` items from `old` on equal those from `new` on."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class _Range:
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    depth: int = 0


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """Equal items in order: first those that stand once on each side (patience), then the most there can be between them.

    About linear; between items that all repeat it grows with old × new / 64, and gives up beyond ten thousand of each.
    """
    numbers: dict[Hashable, int] = {}
    mine = [numbers.setdefault(item, len(numbers)) for item in old]
    yours = [numbers.setdefault(item, len(numbers)) for item in new]
    return list(joined(sorted(_pairs(mine, yours))))


def align_words(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Equal words as a reader would see them: no lone word or two left standing amid a change, additions cut at sentences."""
    matches = list(joined(_without_islands(align(old, new), old, new)))
    return [match for match in _slid(matches, old, new) if match.length]


def _pairs(old: list[int], new: list[int]) -> Iterator[tuple[int, int]]:
    waiting = [_Range(0, len(old), 0, len(new))]
    while waiting:
        place = waiting.pop()
        inner = _trimmed(old, new, place)
        yield from zip(range(place.old_start, inner.old_start), range(place.new_start, inner.new_start), strict=True)
        yield from zip(range(inner.old_end, place.old_end), range(inner.new_end, place.new_end), strict=True)
        if inner.old_start == inner.old_end or inner.new_start == inner.new_end:
            continue
        if anchors := _anchors(old, new, inner) if inner.depth < _DEPTH else []:
            yield from anchors
            waiting += _between(anchors, inner)
        else:
            yield from _longest(old, new, inner)


def _trimmed(old: list[int], new: list[int], place: _Range) -> _Range:
    """The range without what is equal at its start and at its end."""
    left, right = place.old_start, place.new_start
    while left < place.old_end and right < place.new_end and old[left] == new[right]:
        left, right = left + 1, right + 1
    old_end, new_end = place.old_end, place.new_end
    while old_end > left and new_end > right and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return _Range(left, old_end, right, new_end, place.depth)


def _anchors(old: list[int], new: list[int], place: _Range) -> list[tuple[int, int]]:
    """Items that stand once on each side of the range, as many as keep their order."""
    mine, yours = _once(old, place.old_start, place.old_end), _once(new, place.new_start, place.new_end)
    return _longest_rise([(at, yours[item]) for item, at in mine.items() if item in yours])


def _once(items: list[int], start: int, end: int) -> dict[int, int]:
    times = Counter(items[start:end])
    return {items[at]: at for at in range(start, end) if times[items[at]] == 1}


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, sorted by old, whose new side rises too (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for index, (_old, new) in enumerate(pairs):
        pile = bisect_left(tops, new)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile:] = [new, *tops[pile + 1 :]] if pile < len(tops) else [new]
        piles[pile:] = [index, *piles[pile + 1 :]] if pile < len(piles) else [index]
    return walked_back(pairs, before, piles[-1] if piles else -1)


def walked_back(pairs: list[tuple[int, int]], before: list[int], at: int) -> list[tuple[int, int]]:
    """The chain of pairs that ends at index `at`; before: for each pair the index of the one before it, -1 for none."""
    found = []
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(anchors: list[tuple[int, int]], place: _Range) -> Iterator[_Range]:
    old_at, new_at = place.old_start, place.new_start
    for old, new in [*anchors, (place.old_end, place.new_end)]:
        yield _Range(old_at, old, new_at, new, place.depth + 1)
        old_at, new_at = old + 1, new + 1


def _longest(old: list[int], new: list[int], place: _Range) -> Iterator[tuple[int, int]]:
    """The longest common subsequence; nothing where the table would be too large."""
    mine, yours = old[place.old_start : place.old_end], new[place.new_start : place.new_end]
    if len(mine) * len(yours) > _LARGEST_TABLE:
        return
    for step in LCSseq.opcodes(mine, yours):
        if step.tag == "equal":
            start, end = place.old_start + step.src_start, place.old_start + step.src_end
            yield from zip(range(start, end), range(place.new_start + step.dest_start, place.new_end), strict=False)


def joined(pairs: Iterable[tuple[int, int]]) -> Iterator[Match]:
    """Pairs of places in order, as runs."""
    start, length = (0, 0), 0
    for old, new in pairs:
        if length and (old, new) == (start[0] + length, start[1] + length):
            length += 1
            continue
        if length:
            yield Match(*start, length)
        start, length = (old, new), 1
    if length:
        yield Match(*start, length)


def _without_islands(matches: list[Match], old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of the matches, less those of one or two words between changes that touch both sides."""
    for index, match in enumerate(matches):
        if index and index < len(matches) - 1 and _is_island(matches[index - 1 : index + 2], old):
            continue
        yield from zip(
            range(match.old, match.old + match.length), range(match.new, match.new + match.length), strict=True
        )


def _is_island(three: list[Match], old: Sequence[str]) -> bool:
    before, match, after = three
    if match.length > 8 or sum(word[0].isalnum() for word in old[match.old : match.old + match.length]) > 2:
        return False
    removes = (match.old - before.old - before.length, after.old - match.old - match.length)
    adds = (match.new - before.new - before.length, after.new - match.new - match.length)
    return any(removes) and any(adds)


def _slid(matches: list[Match], old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The same matches, where an addition or a removal could stand elsewhere moved to where a sentence begins."""
    found = list(matches)
    for index in range(len(found) - 1):
        before, after = found[index], found[index + 1]
        old_gap, new_gap = after.old - before.old - before.length, after.new - before.new - before.length
        if (old_gap == 0) == (new_gap == 0):
            continue
        words, start = (new, before.new + before.length) if new_gap else (old, before.old + before.length)
        by = _slide(words, start, start + max(old_gap, new_gap), before.length)
        found[index] = Match(before.old, before.new, before.length - by)
        found[index + 1] = Match(after.old - by, after.new - by, after.length + by)
    return found


def _slide(words: Sequence[str], start: int, end: int, most: int) -> int:
    """By how many words to move `start:end` to the left so that it follows the end of a sentence; 0 if it cannot."""
    for by in range(min(most, 60)):
        if words[start - by - 1][0] in _SENTENCE_ENDS:
            return by
        if words[start - by - 1] != words[end - by - 1]:
            return 0
    return most if most <= 60 and most == start else 0
