"""Which blocks of two texts belong together: equal, changed, gone, new, moved."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldcraft.engine.prose.align import Match, align, walked_back

_ALIKE = 0.35  # share of words in common from which on one block is shown as a change of another
_RARE = 6  # a word that more blocks hold says nothing about which belongs to which


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it is aligned: only pieces of one kind are paired, by their words; `exact` says whether they are equal."""

    kind: str
    words: tuple[str, ...]
    exact: Hashable


@dataclass(frozen=True, slots=True)
class Equal:
    """Piece `old` stands unchanged at `new`."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Paired:
    """Piece `old` became `new`: many of its words are still there."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Piece `old` is gone; `moved_to`: where it stands now, if it only moved."""

    old: int
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Piece `new` is new; `moved_from`: where it stood, if it only moved."""

    new: int
    moved_from: int | None = None


Step = Equal | Paired | Removed | Added


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands between two equal pieces, on both sides."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def align_pieces(old: Sequence[Piece], new: Sequence[Piece]) -> list[Step]:
    """Every piece of both sides once, in reading order: equal ones, pairs by word overlap, what is gone, new or moved.

    Linear in the words, since only pieces that share a rare word or a place are compared.
    """
    steps: list[Step] = []
    old_at = new_at = 0
    ends = [*align([piece.exact for piece in old], [piece.exact for piece in new]), Match(len(old), len(new), 0)]
    for match in ends:
        steps += _filled(old, new, _Place(old_at, match.old, new_at, match.new))
        steps += [Equal(match.old + offset, match.new + offset) for offset in range(match.length)]
        old_at, new_at = match.old + match.length, match.new + match.length
    return _with_moves(steps, old, new)


def _filled(old: Sequence[Piece], new: Sequence[Piece], place: _Place) -> Iterator[Step]:
    """What stands between two equal pieces: pairs in order, and what is left beside them."""
    old_at, new_at = place.old_start, place.new_start
    for old_end, new_end in [*_best_chain(_candidates(old, new, place)), (place.old_end, place.new_end)]:
        yield from (Removed(index) for index in range(old_at, old_end))
        yield from (Added(index) for index in range(new_at, new_end))
        if old_end < place.old_end:
            yield Paired(old_end, new_end)
        old_at, new_at = old_end + 1, new_end + 1


def _candidates(old: Sequence[Piece], new: Sequence[Piece], place: _Place) -> Iterator[tuple[int, int, float]]:
    """(old, new, how alike) for pieces that may belong together, at most five for each old one."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    bags = {index: Counter(new[index].words) for index in range(place.new_start, place.new_end)}
    for index, bag in bags.items():
        for word in bag:
            holders[word].append(index)
    for index in range(place.old_start, place.old_end):
        mine = Counter(old[index].words)
        shared = Counter(at for word in mine if len(held := holders.get(word, ())) <= _RARE for at in held)
        opposite = place.new_start + (index - place.old_start) * (place.new_end - place.new_start) // (
            place.old_end - place.old_start
        )
        likely = {at for at, _times in shared.most_common(3)} | {at for at in (opposite, opposite + 1) if at in bags}
        for at in sorted(at for at in likely if old[index].kind == new[at].kind):
            alike = _alike(mine, bags[at])
            if alike >= _ALIKE:
                yield index, at, alike


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Share of words in common: 0 to 1."""
    total = one.total() + other.total()
    fewer, more = (one, other) if len(one) <= len(other) else (other, one)
    return 2 * sum(min(times, more[word]) for word, times in fewer.items() if word in more) / total if total else 1.0


def _best_chain(candidates: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The pairs that rise on both sides and are the most alike together."""
    found: list[tuple[int, int, float, int]] = []  # old, new, weight of the chain that ends here, the one before
    front: list[tuple[int, float, int]] = []  # new, weight, index: both rise
    for old, new, alike in sorted(candidates, key=lambda one: (one[0], -one[1])):
        at = bisect_left(front, (new,))
        weight, before = (front[at - 1][1] + alike, front[at - 1][2]) if at else (alike, -1)
        end = at
        while end < len(front) and front[end][1] <= weight:
            end += 1
        if at == len(front) or front[at][0] != new or front[at][1] < weight:
            front[at:end] = [(new, weight, len(found))]
        found.append((old, new, weight, before))
    return walked_back([one[:2] for one in found], [one[3] for one in found], front[-1][2] if front else -1)


def _with_moves(steps: list[Step], old: Sequence[Piece], new: Sequence[Piece]) -> list[Step]:
    """The steps, with what was removed here and added there told as moved."""
    arrived: defaultdict[Hashable, list[int]] = defaultdict(list)
    for step in steps:
        if isinstance(step, Added) and new[step.new].words:
            arrived[new[step.new].exact].append(step.new)
    moved: dict[int, int] = {}
    for step in steps:
        if isinstance(step, Removed) and (places := arrived.get(old[step.old].exact)):
            moved[step.old] = places.pop(0)
    came = {there: here for here, there in moved.items()}
    return [_told(step, moved, came) for step in steps]


def _told(step: Step, moved: dict[int, int], came: dict[int, int]) -> Step:
    match step:
        case Removed(old):
            return Removed(old, moved.get(old))
        case Added(new):
            return Added(new, came.get(new))
        case _:
            return step
