"""The account: how much could be worked out about anyone from all figures ever shown, kept as they are shown.

Who answers changes from window to window, so figures of a team over a year are as many equations about its people's usual
levels. The account is kept for an opponent who knows the spread of answers, who was counted in each figure, each figure,
and what two of the people answered, and who draws from it all that a linear estimate can. It depends on who was counted
alone and never on what they said; that something is withheld on its account therefore tells nothing about an answer.

A person's value in a window is taken as a level that stays for good, with a spread of 16 points between people, and a
part of the window's own, 10 points: THEORY.md 3.1 (weekly 14, correlation .35, about three answers).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fieldcraft.engine.disclosure.figures import NOISE, STEP

LEVEL, OF_WINDOW = 16.0**2, 10.0**2
BANDS_NOISE = 6.0**2  # of a mean read off the bands
MOST_BY_TEAMS, MOST_BY_ALL = 0.15, 0.18
_INSIDERS = 2
_NOTHING = 1e-12


@dataclass(slots=True)
class Account:
    """What is known of people's levels: their covariance after all that was shown. It only grows, by `note`.

    Cost: the square of how many people are tied together by having been counted together, for each figure.
    """

    _covariance: dict[str, dict[str, float]] = field(default_factory=dict)
    _of_window: dict[str, float] = field(default_factory=dict)

    def bears(self, people: frozenset[str], *, most: float, with_bands: bool = False) -> bool:
        """Whether a further figure of these people leaves everybody unknown enough, also to two of the others.

        most: the largest share of the variance of anybody's value that may be known after it, 0 to 1.
        """
        after = self._after(people, with_bands=with_bands)
        return all(after.share_known(person) <= most for person in after._covariance)

    def note(self, people: frozenset[str], *, with_bands: bool = False) -> None:
        """A figure of these people was shown."""
        after = self._after(people, with_bands=with_bands)
        self._covariance.update(after._covariance)
        self._of_window.update(after._of_window)

    def share_known(self, person: str) -> float:
        """The largest share of the variance of one of this person's values that the opponent can take away, 0 to 1."""
        left = self._left_beside_insiders(person)
        return (LEVEL - left + self._of_window.get(person, 0.0)) / (LEVEL + OF_WINDOW)

    def _after(self, people: frozenset[str], *, with_bands: bool) -> "Account":
        """The part of the account that a figure touches, as it would be after it."""
        pull = self._pull(people)
        noises = [(NOISE / len(people)) ** 2 + STEP**2 / 12] + [BANDS_NOISE / len(people)] * with_bands
        unknown = OF_WINDOW * max(len(people) - _INSIDERS, 1) / len(people) ** 2 + 1 / sum(
            1 / noise for noise in noises
        )
        spread = sum(pull[person] for person in people) / len(people) + unknown
        covariance = {
            one: {
                **self._covariance.get(one, {one: LEVEL}),
                **{other: self._between(one, other) - pull[one] * pull[other] / spread for other in pull},
            }
            for one in pull
        }
        return Account(covariance, {one: self._window_part(one, people, pull[one], spread) for one in pull})

    def _pull(self, people: frozenset[str]) -> dict[str, float]:
        """The covariance of each person's level with the mean of these people's levels, where there is any."""
        pull: dict[str, float] = {}
        for person in sorted(people):
            for other, shared in self._covariance.get(person, {person: LEVEL}).items():
                pull[other] = pull.get(other, 0.0) + shared / len(people)
        return pull

    def _between(self, one: str, other: str) -> float:
        return self._covariance.get(one, {one: LEVEL}).get(other, 0.0)

    def _window_part(self, person: str, people: frozenset[str], pull: float, spread: float) -> float:
        """What the figure says of the window's own part of a value, beyond the level; insiders' parts leave the mean."""
        before = self._of_window.get(person, 0.0)
        if person not in people:
            return before
        own = OF_WINDOW / len(people)
        left = max(len(people) - _INSIDERS, 1) / len(people)
        return max(before, (2 * pull * own + own**2) / (spread * left))

    def _left_beside_insiders(self, person: str) -> float:
        """The variance of a level that is left for the two who know most by knowing themselves."""
        row = self._covariance.get(person, {person: LEVEL})
        left, shared = row[person], {other: value for other, value in row.items() if other != person}
        own = {other: self._covariance[other][other] for other in shared}
        for _insider in range(min(_INSIDERS, len(shared))):
            best = max(shared, key=lambda other: (shared[other] ** 2 / own[other], other))
            taken, with_best = shared.pop(best), self._covariance[best]
            known = max(own.pop(best), _NOTHING)
            left -= taken**2 / known
            for other in shared:
                both = with_best.get(other, 0.0)
                shared[other] -= taken * both / known
                own[other] = max(own[other] - both**2 / known, _NOTHING)
        return left


def account_of(figures: Iterable[tuple[frozenset[str], bool]]) -> Account:
    """The account after some figures, each as (who was counted, whether bands were shown)."""
    account = Account()
    for people, with_bands in figures:
        account.note(people, with_bands=with_bands)
    return account
