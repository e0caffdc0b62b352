"""What an estimate needs of each person: sums that add up over people, so that whoever withdraws is taken out again.

Nothing here depends on anybody else: the scale and the weeks' common movement are worked out from the added sums when the
links are fitted (the weeks by Frisch and Waugh, as if each had a variable of its own). So taking a person's row away and
fitting again is the same as never having had their answers. Needs NumPy: for the worker alone.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fieldcraft.engine.causal.effects import TooLittle
from fieldcraft.engine.causal.panel import Answers, Grid, Indices, Mask, Numbers, careful, grids

LEAST_PAIRS = 2
FURTHEST = 12  # weeks apart at which an error still sits in a person's own mean
_BY_PERSON = ("people", "pairs", "squares", "freedom", "moments", "weekly", "paired", "near")


@dataclass(frozen=True, slots=True)
class Sums:
    """One row a person with two usable pairs of weeks or more; a pair is a week and the next, both fully answered.

    first_week: the number of the first outcome week. people: (people,) in order. pairs: (people,).
    squares, freedom: (people, variables), movement about the own mean over all answered weeks, and answers less one.
    moments: (people, 2·variables, 2·variables), cross-products of [cause weeks, outcome weeks] about the own means.
    weekly: (people, outcome weeks, 2·variables), the same rows themselves, nought where there is no pair.
    paired: (people, outcome weeks). near: (people, 12), how many own pairs are 1, 2, … weeks apart, over pairs.
    left_out: how many people were screened out.
    """

    names: tuple[str, ...]
    first_week: int
    people: Indices
    pairs: Indices
    squares: Numbers
    freedom: Numbers
    moments: Numbers
    weekly: Numbers
    paired: Mask
    near: Numbers
    left_out: int

    def without(self, person: int) -> "Sums":
        """The sums after one person's are taken away; the same where they were not among them."""
        stay = np.flatnonzero(self.people != person)
        rows: dict[str, Any] = {name: getattr(self, name)[stay] for name in _BY_PERSON}
        return replace(self, **rows)


def sums_of(answers: Answers) -> Sums:
    """Each person's sums, careless answers left out. Raises TooLittle where nobody has two usable pairs."""
    if not len(answers.weeks):
        raise TooLittle("no answers")
    first, last = int(answers.weeks.min()), int(answers.weeks.max())
    parts, left_out = [], 0
    for grid in grids(answers, first=first, last=last):
        stay = careful(grid, answers)
        left_out += int((~stay).sum())
        parts.append(_sums(Grid(grid.people[stay], grid.values[stay], grid.seconds[stay]), answers.names, first + 1))
    together = _joined(parts)
    if not len(together.people):
        raise TooLittle("nobody answered in three consecutive weeks, or in two pairs of weeks")
    return replace(together, left_out=left_out)


def _joined(parts: list[Sums]) -> Sums:
    if len(parts) == 1:
        return parts[0]
    rows: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _BY_PERSON}
    return replace(parts[0], **rows)


def _sums(grid: Grid, names: tuple[str, ...], first_week: int) -> Sums:
    answered: Mask = np.asarray(~np.isnan(grid.values).any(axis=2), dtype=np.bool_)
    paired = answered[:, 1:] & answered[:, :-1]
    enough = np.asarray(paired.sum(axis=1) >= LEAST_PAIRS, dtype=np.bool_)
    values, paired = grid.values[enough], paired[enough]
    pairs = paired.sum(axis=1)
    rows = np.where(paired[:, :, None], np.concatenate([values[:, :-1], values[:, 1:]], axis=2), 0.0)
    rows -= (rows.sum(axis=1) / pairs[:, None])[:, None, :] * paired[:, :, None]
    squares, freedom = _movement(values)
    moments = np.swapaxes(rows, 1, 2) @ rows
    near = _near(paired, pairs)
    return Sums(names, first_week, grid.people[enough], pairs, squares, freedom, moments, rows, paired, near, 0)


def _movement(values: Numbers) -> tuple[Numbers, Numbers]:
    there = ~np.isnan(values)
    count = np.maximum(there.sum(axis=1), 1)
    filled = np.where(there, values, 0.0)
    away = np.where(there, filled - (filled.sum(axis=1) / count)[:, None, :], 0.0)
    return (away**2).sum(axis=1), count - 1.0


def _near(paired: Mask, pairs: Indices) -> Numbers:
    found = np.zeros((len(paired), FURTHEST))
    for apart in range(1, min(FURTHEST, paired.shape[1] - 1) + 1):
        found[:, apart - 1] = (paired[:, :-apart] & paired[:, apart:]).sum(axis=1) / pairs
    return found


def share_of_largest_team(sums: Sums, teams: dict[int, str]) -> float:
    """The largest part of all usable pairs that comes from one team, 0 to 1. Whoever has no team is their own."""
    pairs: dict[str, int] = {}
    for person, count in zip(sums.people.tolist(), sums.pairs.tolist(), strict=True):
        team = teams.get(person, f"person {person}")
        pairs[team] = pairs.get(team, 0) + count
    return max(pairs.values()) / sum(pairs.values())
