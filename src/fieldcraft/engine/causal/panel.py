"""Weekly answers as a panel, and who of its people answered with care. Needs NumPy: for the worker alone.

Source of the screening rules: THEORY.md 2.7.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

FLAT, MOSTLY_FLAT = 2.0, 0.8
LEAST_MOVEMENT, MOST_MOVEMENT = 2.0, 27.0  # uniform noise on 0–100 has a spread of 29
QUICKEST = 8.0
AT_ONCE = 4096  # people in memory as a full grid


@dataclass(frozen=True, slots=True)
class Answers:
    """Weekly answers, one row a person and week, in any order.

    people: (rows,) anonymous numbers. weeks: (rows,) consecutive weekly slots.
    values: (rows, variables), in the direction of the variable; nan where there is no answer.
    sliders: variables on 0–100, by which careless answers are known. turned: those whose item is asked the other way
    round. seconds: (rows,) what answering took, nan where unknown.
    Raises ValueError where the shapes do not fit, or somebody answered twice in one week.
    """

    people: Indices
    weeks: Indices
    values: Numbers
    names: tuple[str, ...]
    sliders: frozenset[str] = frozenset()
    turned: frozenset[str] = frozenset()
    seconds: Numbers | None = None

    def __post_init__(self) -> None:
        rows = (len(self.people),)
        if self.weeks.shape != rows or self.values.shape != (*rows, len(self.names)):
            raise ValueError("people, weeks and values do not fit")
        if self.seconds is not None and self.seconds.shape != rows:
            raise ValueError("seconds are one a row")
        if len(set(self.names)) != len(self.names) or not self.sliders | self.turned <= set(self.names):
            raise ValueError("each variable has one name")

    def without(self, person: int) -> "Answers":
        """As if this person had never taken part."""
        stay = self.people != person
        seconds = None if self.seconds is None else self.seconds[stay]
        return Answers(
            self.people[stay], self.weeks[stay], self.values[stay], self.names, self.sliders, self.turned, seconds
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """Some people's answers as people × weeks × variables; a week counts as answered when every variable is."""

    people: Indices
    values: Numbers
    seconds: Numbers


def grids(answers: Answers, *, first: int, last: int) -> Iterator[Grid]:
    """The panel, some thousand people at a time, people in the order of their numbers."""
    order = np.lexsort((answers.weeks, answers.people))
    people, weeks = answers.people[order], answers.weeks[order]
    if np.any((people[1:] == people[:-1]) & (weeks[1:] == weeks[:-1])):
        raise ValueError("somebody answered twice in one week")
    found, starts = np.unique(people, return_index=True)
    ends = np.append(starts, len(people))
    for at in range(0, len(found), AT_ONCE):
        some = found[at : at + AT_ONCE]
        rows = slice(ends[at], ends[at + len(some)])
        row = np.searchsorted(some, people[rows])
        yield _grid(answers, some, order[rows], (row, weeks[rows] - first), last - first + 1)


def _grid(answers: Answers, some: Indices, rows: Indices, cells: tuple[Indices, Indices], weeks: int) -> Grid:
    values = np.full((len(some), weeks, len(answers.names)), np.nan)
    values[cells] = answers.values[rows]
    seconds = np.full((len(some), weeks), np.nan)
    if answers.seconds is not None:
        seconds[cells] = answers.seconds[rows]
    return Grid(some, values, seconds)


def careful(grid: Grid, answers: Answers) -> Mask:
    """(people,) who stays: not flat across the items most of the time, and moving neither hardly nor like noise."""
    columns = [at for at, name in enumerate(answers.names) if name in answers.sliders]
    if len(columns) < 2:
        return _took_time(grid.seconds)
    turned = np.array([answers.names[at] in answers.turned for at in columns])
    values = grid.values[:, :, columns]
    as_asked = np.where(turned, 100 - values, values)
    across, over = _spread(as_asked, axis=2), np.nan_to_num(_spread(values, axis=1)).mean(axis=1)
    flat = _share(across < FLAT, ~np.isnan(across)) > MOSTLY_FLAT
    moving = (over > LEAST_MOVEMENT) & (over < MOST_MOVEMENT)
    return np.asarray(~flat & moving & _took_time(grid.seconds), dtype=np.bool_)


def _took_time(seconds: Numbers) -> Mask:
    """(people,) who did not hurry through most of their check-ins, as far as it is known."""
    return np.asarray(_share(seconds < QUICKEST, ~np.isnan(seconds)) <= MOSTLY_FLAT, dtype=np.bool_)


def _spread(values: Numbers, axis: int) -> Numbers:
    """The standard deviation along an axis, over what is there; nan where there is nothing."""
    there = ~np.isnan(values)
    count = there.sum(axis=axis)
    filled = np.where(there, values, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=axis) / count
        squares = np.where(there, values - np.expand_dims(mean, axis), 0.0) ** 2
        return np.asarray(np.sqrt(squares.sum(axis=axis) / count), dtype=np.float64)


def _share(which: Mask, of: Mask) -> Numbers:
    """(people,) how many of the weeks that count are so, 0 to 1."""
    return np.asarray((which & of).sum(axis=1) / np.maximum(of.sum(axis=1), 1), dtype=np.float64)
