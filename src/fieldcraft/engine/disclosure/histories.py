"""The arithmetic of an account: what is known of people, by the histories that they share.

A person's value in a window is taken as a level that stays for good, with a spread of 16 points between people, and a
part of the window's own, 10 points: THEORY.md 3.1 (weekly 14, correlation .35, about three answers).

People who were counted in exactly the same figures cannot be told apart by them. So all is kept once for each such set,
a history: the covariance of the levels of two different people is minus what figures have taken for their two histories,
and the variance of one level is what it was at first less the same for their own history twice.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fieldcraft.engine.disclosure.figures import NOISE, STEP

LEVEL, OF_WINDOW = 16.0**2, 10.0**2
_INSIDERS = 2
_NOTHING = 1e-9
_AT_ONCE = 256  # rows that are worked on together, so that memory stays small
_FRESH = 0  # the history of those who were never counted; it stands first, and nothing was ever taken for it

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Figure:
    """Whom a figure counts. bands_noise: of a mean read off its bands, over people; None where it has none."""

    counted: frozenset[str]
    bands_noise: float | None = None

    @property
    def unknown(self) -> float:
        """The variance of it that levels do not make: the window's own parts but two insiders', and what blurs it."""
        count = len(self.counted)
        blur = (NOISE / count) ** 2 + STEP**2 / 12
        if self.bands_noise is not None:
            blur = 1 / (1 / blur + count / self.bands_noise)
        return OF_WINDOW * max(count - _INSIDERS, 1) / count**2 + blur


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """place: by person, that of their history. people: how many have each history.

    taken: histories × histories, in squared points. known, of_window: by history, the largest shares and parts so far.
    """

    place: dict[str, int]
    people: Places
    taken: Floats
    known: Floats
    of_window: Floats

    @classmethod
    def none(cls) -> "Histories":
        """Before any figure."""
        return cls({}, np.zeros(1, dtype=np.intp), np.zeros((1, 1)), np.zeros(1), np.zeros(1))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Histories)
            and self.place == other.place
            and all(np.array_equal(mine, theirs) for mine, theirs in zip(self._arrays, other._arrays, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def _arrays(self) -> tuple[Any, ...]:
        return self.people, self.taken, self.known, self.of_window

    @property
    def most_known(self) -> float:
        """The share known of whom most is known."""
        return float(self.known.max())

    def known_of(self, person: str) -> float:
        """The share known of one person."""
        return float(self.known[self.place.get(person, _FRESH)])

    def known_above(self, share: float) -> frozenset[str]:
        """The people of whom more than a share is known."""
        above = self.known > share
        return frozenset(person for person, place in self.place.items() if above[place])

    def after(self, figure: Figure, most: float) -> "Histories | None":
        """With one more figure; None where more than a share would be known of anybody."""
        if self.most_known > most:
            return None
        return _Weighing.of(self, figure).kept(most)


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One figure upon some histories, which it divides into those of the counted and of the others.

    before: by new history, the one that it comes from. is_in: which of them are counted. pull: by new history, the
    covariance of a level with the figure; spread: the variance of the figure. own: the variance of a level afterwards.
    """

    histories: Histories
    place: dict[str, int]
    before: Places
    people: Places
    is_in: NDArray[np.bool_]
    pull: Floats
    spread: float
    own: Floats
    count: int

    @classmethod
    def of(cls, histories: Histories, figure: Figure) -> "_Weighing":
        place, before, is_in = _divided(histories, figure.counted)
        people = np.bincount(np.fromiter(place.values(), np.intp, len(place)), minlength=len(before))
        count = len(figure.counted)
        share = np.where(is_in, people, 0) / count
        taken = histories.taken
        old_share = np.bincount(before, weights=share, minlength=len(taken))
        pull = LEVEL / count * is_in - (taken @ old_share)[before]
        spread = float((share * pull).sum()) + figure.unknown
        own = LEVEL - np.diagonal(taken)[before] - pull**2 / spread
        return cls(histories, place, before, people, is_in, pull, spread, own, count)

    def kept(self, most: float) -> Histories | None:
        """The histories afterwards; the counted are looked at first, since of them most becomes known."""
        of_window = self._of_window()
        known = self.histories.known[self.before].copy()
        moved = np.flatnonzero(self.pull)
        in_turn = np.concatenate([moved[self.is_in[moved]], moved[~self.is_in[moved]]])
        for start in range(0, len(in_turn), _AT_ONCE):
            rows = in_turn[start : start + _AT_ONCE]
            known[rows] = np.maximum(known[rows], self._shares(rows, of_window[rows]))
            if known[rows].max() > most:
                return None
        return Histories(self.place, self.people, self._taken(np.arange(len(self.before))), known, of_window)

    def _taken(self, rows: Places) -> Floats:
        """What is taken afterwards, for some histories with all."""
        old = self.histories.taken[np.ix_(self.before[rows], self.before)]
        old += np.outer(self.pull[rows], self.pull / self.spread)
        return old

    def _of_window(self) -> Floats:
        """What a figure takes away of the variance of a value beyond that of its level; insiders' parts leave the figure."""
        part = OF_WINDOW / self.count
        left = self.spread * max(self.count - _INSIDERS, 1) / self.count
        old = self.histories.of_window[self.before]
        return np.where(self.is_in, np.maximum(old, (2 * self.pull * part + part**2) / left), old)

    def _shares(self, rows: Places, of_window: Floats) -> Floats:
        """The shares known of one person's value by the two who learn most by knowing themselves."""
        taken, every = self._taken(rows), np.arange(len(rows))
        others = np.broadcast_to(self.people, taken.shape).copy()
        others[every, rows] -= 1
        own = np.maximum(self.own, _NOTHING)
        first = np.where(others > 0, taken**2 / own, -1.0).argmax(axis=1)
        has_first = others[every, first] > 0
        others[every, first] -= 1
        theirs = self._taken(first)
        mine = taken[every, first] / own[first]
        left = np.maximum(self.own - theirs**2 / own[first][:, None], _NOTHING)
        by_second = np.where(others > 0, (taken + mine[:, None] * theirs) ** 2 / left, 0.0).max(axis=1)
        learnt = np.where(has_first, mine * taken[every, first] + by_second, 0.0)
        return (LEVEL - self.own[rows] + learnt + of_window) / (LEVEL + OF_WINDOW)


def _divided(histories: Histories, counted: frozenset[str]) -> tuple[dict[str, int], Places, NDArray[np.bool_]]:
    """Everybody's history with the figure among them; which one each comes from; and which are of the counted.

    That of the never counted stays first; of the others only those that somebody has.
    """
    place: dict[str, int] = {}
    numbers: dict[tuple[int, bool], int] = {(_FRESH, False): _FRESH}
    everybody = [*histories.place.items(), *((one, _FRESH) for one in sorted(counted - histories.place.keys()))]
    for person, old in everybody:
        place[person] = numbers.setdefault((old, person in counted), len(numbers))
    before = np.array([old for old, _is_in in numbers], dtype=np.intp)
    return place, before, np.array([is_in for _old, is_in in numbers])
