"""The shortest script between two sequences, with ties broken as git breaks them, so that both keep the same lines apart.

Source: Myers (1986), An O(ND) difference algorithm and its variations, Algorithmica 1, 251–266, section 4b.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from fieldcraft.engine.prose.align import Match, align

_MOST_STEPS = 400  # of a middle that is looked for: beyond it the texts have little in common
_WINDOW = 100


@dataclass(frozen=True, slots=True)
class _Box:
    """Items `old_start` to before `old_end` of one sequence beside those of the other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changed_items(old: Sequence[int], new: Sequence[int]) -> tuple[bytearray, bytearray]:
    """For each item of both sides 1 where it is changed, 0 where it stays; what stays is equal, in order.

    About items × changes; where hardly anything is equal, as good as `align`.
    """
    mine, yours = _worth_comparing(old, new), _worth_comparing(new, old)
    gone, come = bytearray(b"\1") * len(old), bytearray(b"\1") * len(new)
    left, right = [old[at] for at in mine], [new[at] for at in yours]
    for match in _matches(left, right):
        for step in range(match.length):
            gone[mine[match.old + step]] = come[yours[match.new + step]] = 0
    return gone, come


def _worth_comparing(items: Sequence[int], others: Sequence[int]) -> list[int]:
    """Places of items that the other side has, too; not of frequent ones in the midst of what only one side has."""
    head, tail = _equal_ends(items, others)
    times = Counter(others)
    often = _rough_root(len(items))
    worth = bytearray(0 if not times[item] else 2 if times[item] >= often else 1 for item in items)
    inner = range(head, len(items) - tail)
    kept_inner = [at for at in inner if worth[at] == 1 or (worth[at] == 2 and not _amid_changes(worth, at, inner))]
    return [*range(head), *kept_inner, *range(len(items) - tail, len(items))]


def _equal_ends(items: Sequence[int], others: Sequence[int]) -> tuple[int, int]:
    shorter = min(len(items), len(others))
    head = 0
    while head < shorter and items[head] == others[head]:
        head += 1
    tail = 0
    while tail < shorter - head and items[-1 - tail] == others[-1 - tail]:
        tail += 1
    return head, tail


def _rough_root(count: int) -> int:
    root = 1
    while count > 0:
        root, count = root * 2, count >> 2
    return min(root, 1024)


def _amid_changes(worth: bytearray, at: int, inner: range) -> bool:
    before = worth[max(inner.start, at - _WINDOW) : at][::-1]
    behind = worth[at + 1 : min(inner.stop, at + _WINDOW + 1)]
    lone = often = 0
    for side in (before, behind):
        run = side[: side.find(1)] if 1 in side else side
        if 0 not in run:
            return False
        lone, often = lone + run.count(0), often + run.count(2)
    return often * 4 < often + lone


def _matches(old: list[int], new: list[int]) -> Iterator[Match]:
    waiting = [_Box(0, len(old), 0, len(new))]
    while waiting:
        box = waiting.pop()
        head, tail = _ends_of(old, new, box)
        if head:
            yield Match(box.old_start, box.new_start, head)
        if tail:
            yield Match(box.old_end - tail, box.new_end - tail, tail)
        inner = _Box(box.old_start + head, box.old_end - tail, box.new_start + head, box.new_end - tail)
        if inner.old_start < inner.old_end and inner.new_start < inner.new_end:
            middle = _middle(old, new, inner)
            if middle is None:
                yield from _aligned(old, new, inner)
                continue
            waiting.append(_Box(inner.old_start, middle[0], inner.new_start, middle[1]))
            waiting.append(_Box(middle[0], inner.old_end, middle[1], inner.new_end))


def _ends_of(old: list[int], new: list[int], box: _Box) -> tuple[int, int]:
    most = min(box.old_end - box.old_start, box.new_end - box.new_start)
    head = 0
    while head < most and old[box.old_start + head] == new[box.new_start + head]:
        head += 1
    tail = 0
    while tail < most - head and old[box.old_end - 1 - tail] == new[box.new_end - 1 - tail]:
        tail += 1
    return head, tail


def _aligned(old: list[int], new: list[int], box: _Box) -> Iterator[Match]:
    for match in align(old[box.old_start : box.old_end], new[box.new_start : box.new_end]):
        yield Match(box.old_start + match.old, box.new_start + match.new, match.length)


class _Front:
    """How far each diagonal has come, from one end of a box; keeps to the diagonals that the box has."""

    def __init__(self, box: _Box, diagonal: int, start: int, unreached: float) -> None:
        self.low = self.high = diagonal
        self.reach: dict[int, float] = {diagonal: start}
        self._lowest, self._highest = box.old_start - box.new_end, box.old_end - box.new_start
        self._unreached = unreached

    def widen(self) -> range:
        """The diagonals of the next step, from the highest on."""
        if self.low > self._lowest:
            self.low -= 1
            self.reach[self.low - 1] = self._unreached
        else:
            self.low += 1
        if self.high < self._highest:
            self.high += 1
            self.reach[self.high + 1] = self._unreached
        else:
            self.high -= 1
        return range(self.high, self.low - 1, -2)

    def covers(self, diagonal: int) -> bool:
        """Whether the diagonal was reached in the last step."""
        return self.low <= diagonal <= self.high


def _middle(old: list[int], new: list[int], box: _Box) -> tuple[int, int] | None:
    """Where a shortest way through the box is halfway; None when it takes too many steps."""
    ahead = _Front(box, box.old_start - box.new_start, box.old_start, -1)
    back = _Front(box, box.old_end - box.new_end, box.old_end, inf)
    odd = (ahead.low - back.low) % 2 == 1
    for _step in range(_MOST_STEPS):
        for diagonal in ahead.widen():
            at = _forward(old, new, box, ahead.reach, diagonal)
            if odd and back.covers(diagonal) and back.reach[diagonal] <= at:
                return at, at - diagonal
        for diagonal in back.widen():
            at = _backward(old, new, box, back.reach, diagonal)
            if not odd and ahead.covers(diagonal) and at <= ahead.reach[diagonal]:
                return at, at - diagonal
    return None


def _forward(old: list[int], new: list[int], box: _Box, reach: dict[int, float], diagonal: int) -> int:
    down, right = reach[diagonal - 1], reach[diagonal + 1]
    at = int(down + 1 if down >= right else right)
    there = at - diagonal
    while at < box.old_end and there < box.new_end and old[at] == new[there]:
        at, there = at + 1, there + 1
    reach[diagonal] = at
    return at


def _backward(old: list[int], new: list[int], box: _Box, reach: dict[int, float], diagonal: int) -> int:
    up, left = reach[diagonal - 1], reach[diagonal + 1]
    at = int(up if up < left else left - 1)
    there = at - diagonal
    while at > box.old_start and there > box.new_start and old[at - 1] == new[there - 1]:
        at, there = at - 1, there - 1
    reach[diagonal] = at
    return at
