"""The account: how much could be worked out about anyone from all figures ever shown, kept as they are shown.

Who answers changes from window to window, so figures of a team over a year are as many equations about its people's usual
levels. The account is kept for an opponent who knows the spread of answers, who was counted in each figure, each figure,
and what two of the people answered, and who draws from it all that a linear estimate can. It depends on who was counted
alone and never on what they said; that something is withheld on its account therefore tells nothing about an answer.

The arithmetic is `histories.py`'s, which needs NumPy; it is loaded with the first figure that is weighed, and not before.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldcraft.engine.disclosure.histories import Histories

BANDS_NOISE = 6.0**2  # over people: of a mean read off the bands
NO_LIMIT = float("inf")


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of people.

    People are anonymous ids; somebody who comes back must have the id they had, else less is kept of them than is known.
    Cost of a figure: the square of how many different histories there are, that is of how many sets of figures somebody
    was counted in; of a figure that is refused, those of its own people times all.
    """

    kept: "Histories | None" = field(default=None, repr=False)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who was ever counted."""
        return tuple(self.kept.place) if self.kept else ()

    def known_of(self, person: str) -> float:
        """The largest share of the variance of one of their values that the opponent can take away.

        From 0 to 1; 0 for somebody who was never counted.
        """
        return self.kept.known_of(person) if self.kept else 0.0

    def known_above(self, share: float) -> frozenset[str]:
        """The people of whom more than a share is known."""
        return self.kept.known_above(share) if self.kept else frozenset()

    @property
    def most_known(self) -> float:
        """The share known of whom most is known."""
        return self.kept.most_known if self.kept else 0.0

    def after(self, counted: frozenset[str], *, with_bands: bool = False) -> "Account":
        """The account after one more figure, of these people."""
        after = self.after_unless(counted, NO_LIMIT, with_bands=with_bands)
        assert after is not None  # nothing is beyond no limit
        return after

    def after_unless(self, counted: frozenset[str], most: float, *, with_bands: bool = False) -> "Account | None":
        """The account after one more figure; None where more than a share would be known of anybody, then or already."""
        from fieldcraft.engine.disclosure.histories import Figure, Histories

        figure = Figure(counted, BANDS_NOISE if with_bands else None)
        after = (self.kept or Histories.none()).after(figure, most)
        return Account(after) if after else None
