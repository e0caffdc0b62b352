"""The account kept person by person, as it can be read off the formulas; the engine's must decide the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldcraft.engine.disclosure.figures import NOISE, STEP

LEVEL, OF_WINDOW = 16.0**2, 10.0**2
BANDS_NOISE = 6.0**2  # over people: of a mean read off the bands
_INSIDERS = 2
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class SlowAccount:
    """The covariance of people's levels given all that was shown, and the largest share known of each so far."""

    people: tuple[str, ...] = ()
    known: tuple[float, ...] = ()
    covariance: tuple[tuple[float, ...], ...] = ()
    of_window: tuple[float, ...] = ()

    def known_of(self, person: str) -> float:
        """The share known of one person, 0 for somebody who was never counted."""
        return self.known[self.people.index(person)] if person in self.people else 0.0

    def known_above(self, share: float) -> frozenset[str]:
        """The people of whom more than a share is known."""
        return frozenset(person for person, known in zip(self.people, self.known, strict=True) if known > share)

    @property
    def most_known(self) -> float:
        return max(self.known, default=0.0)

    def after(self, counted: frozenset[str], *, with_bands: bool = False) -> "SlowAccount":
        """The account after one more figure, of these people."""
        wide = self._with(sorted(counted.difference(self.people)))
        at = [place for place, person in enumerate(wide.people) if person in counted]
        pull = [sum(row[place] for place in at) / len(at) for row in wide.covariance]
        spread = sum(pull[place] for place in at) / len(at) + _unknown(len(at), with_bands=with_bands)
        covariance = tuple(
            tuple(one - mine * theirs / spread for one, theirs in zip(row, pull, strict=True)) if mine else row
            for row, mine in zip(wide.covariance, pull, strict=True)
        )
        of_window = list(wide.of_window)
        for place in at:
            of_window[place] = max(of_window[place], _window_part(pull[place], spread, len(at)))
        own = [row[place] for place, row in enumerate(covariance)]
        known = tuple(
            max(before, _share(place, covariance, own, of_window[place])) if pull[place] else before
            for place, before in enumerate(wide.known)
        )
        return SlowAccount(wide.people, known, covariance, tuple(of_window))

    def _with(self, new: Sequence[str]) -> "SlowAccount":
        """The same account with people of whom nothing is known yet."""
        nothing = (0.0,) * len(new)
        rows = tuple(row + nothing for row in self.covariance)
        before, count = len(self.people), len(new)
        more = tuple((0.0,) * (before + one) + (LEVEL,) + (0.0,) * (count - one - 1) for one in range(count))
        return SlowAccount(self.people + tuple(new), self.known + nothing, rows + more, self.of_window + nothing)


def _unknown(count: int, *, with_bands: bool) -> float:
    """The variance of a figure that levels do not make: the window's own parts but two insiders', and what blurs it."""
    blur = (NOISE / count) ** 2 + STEP**2 / 12
    if with_bands:
        blur = 1 / (1 / blur + count / BANDS_NOISE)
    return OF_WINDOW * max(count - _INSIDERS, 1) / count**2 + blur


def _window_part(pull: float, spread: float, count: int) -> float:
    """What a figure takes away of the variance of a value beyond that of its level; insiders' parts leave the figure."""
    own = OF_WINDOW / count
    return (2 * pull * own + own**2) / (spread * max(count - _INSIDERS, 1) / count)


def _share(place: int, covariance: Sequence[Sequence[float]], own: Sequence[float], of_window: float) -> float:
    """The share known of one person's value by the two who learn most by knowing themselves."""
    row = covariance[place]
    tied = [other for other, shared in enumerate(row) if shared and other != place]
    left = own[place]
    if tied:
        first = max(tied, key=lambda other: row[other] ** 2 / max(own[other], _NOTHING))
        mine, theirs = row[first], max(own[first], _NOTHING)
        beside = covariance[first]
        left -= mine**2 / theirs
        left -= max(
            (
                (row[other] - mine * beside[other] / theirs) ** 2
                / max(own[other] - beside[other] ** 2 / theirs, _NOTHING)
                for other in tied
                if other != first
            ),
            default=0.0,
        )
    return (LEVEL - left + of_window) / (LEVEL + OF_WINDOW)
