"""Who answered what and when, with what is missing marked as missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Missing(Enum):
    """Why there is no number. Neither is ever counted or filled in."""

    NOT_ANSWERED = "not answered"
    RATHER_NOT_SAY = "rather not say"


Cell = float | Missing


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of one person: on which occasion (a number that grows with time), to which item."""

    person: str
    occasion: int
    item: str
    answer: Cell


@dataclass(frozen=True, slots=True)
class ResponseMatrix:
    """Answers as people × occasions × items, each axis in its own order.

    people: pseudonyms; the engine never learns a name.
    cells: `cells[person][occasion][item]` by position, as long as the axes.
    Raises ValueError where cells and axes do not fit, or an axis names something twice.
    """

    people: tuple[str, ...]
    occasions: tuple[int, ...]
    items: tuple[str, ...]
    cells: tuple[tuple[tuple[Cell, ...], ...], ...]

    def __post_init__(self) -> None:
        for axis in (self.people, self.occasions, self.items):
            if len(set(axis)) != len(axis):
                raise ValueError("an axis names something twice")
        rows = [row for sheet in self.cells for row in sheet]
        if (
            len(self.cells) != len(self.people)
            or any(len(sheet) != len(self.occasions) for sheet in self.cells)
            or any(len(row) != len(self.items) for row in rows)
        ):
            raise ValueError("cells are not people × occasions × items")

    def answers(self, person: str, occasion: int) -> Mapping[str, Cell]:
        """What one person answered on one occasion, by item. Raises ValueError for who or what is not in it."""
        row = self.cells[self.people.index(person)][self.occasions.index(occasion)]
        return dict(zip(self.items, row, strict=True))

    def series(self, person: str, item: str) -> tuple[tuple[int, float], ...]:
        """(occasion, answer) of one person's numbers to one item, in the order of occasions; what is missing is left out."""
        at = self.items.index(item)
        rows = self.cells[self.people.index(person)]
        pairs = ((occasion, row[at]) for occasion, row in zip(self.occasions, rows, strict=True))
        return tuple((occasion, cell) for occasion, cell in pairs if not isinstance(cell, Missing))

    def people_with(self, least: int) -> tuple[str, ...]:
        """Those who gave at least one number on at least so many occasions."""
        return tuple(person for person, sheet in zip(self.people, self.cells, strict=True) if _answered(sheet) >= least)


def _answered(sheet: Iterable[Iterable[Cell]]) -> int:
    return sum(any(not isinstance(cell, Missing) for cell in row) for row in sheet)


def matrix_of(responses: Iterable[Response]) -> ResponseMatrix:
    """The answers as a matrix: people and items as they first come, occasions in time, the rest not answered.

    Raises ValueError where somebody answered one item twice on one occasion.
    """
    given = list(responses)
    found = {(one.person, one.occasion, one.item): one.answer for one in given}
    if len(found) != len(given):
        raise ValueError("an item was answered twice on one occasion")
    people, items = (tuple(dict.fromkeys(names)) for names in _names(given))
    occasions = tuple(sorted({one.occasion for one in given}))
    cells = tuple(
        tuple(tuple(found.get((person, when, item), Missing.NOT_ANSWERED) for item in items) for when in occasions)
        for person in people
    )
    return ResponseMatrix(people, occasions, items, cells)


def _names(given: list[Response]) -> Iterator[Iterator[str]]:
    yield (one.person for one in given)
    yield (one.item for one in given)
