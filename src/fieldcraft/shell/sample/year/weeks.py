"""The check-ins of a year, out of a small world whose links are known; the same ones each time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from fieldcraft.mastery.actions.sample import SampleWeek

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

ITEMS = {"purpose": 0.5, "influence": -0.1, "same_anyway": -0.9, "better": 0.0, "reachable": -0.2, "own_sake": 0.3}
"""Each weekly question, and how far its answers usually lie from the others'."""
LINKS: Mapping[tuple[str, str], float] = {
    ("own_sake", "better"): 0.34,
    ("better", "own_sake"): 0.2,
    ("better", "reachable"): -0.34,
    ("reachable", "better"): 0.06,
    ("same_anyway", "reachable"): -0.1,
}
"""What a week's answer carries into the next week's of another question; there is nothing else in this world.

So enjoyment and learning feed each other, and whoever has just learnt something sees how far there is to go.
"""
_CARRIED_ON, _MOVES, _LEVEL, _DIFFERS, _A_TEAM = 0.15, 1.05, 4.0, 0.95, 0.3
_ANSWERED, _PASSED_OVER, _MONTHLY, _A_MONTH = 0.9, 0.02, "change", 4
_LOW, _HIGH = 1, 7


def weeks_of(teams: Sequence[Sequence[UUID]], mondays: Sequence[date]) -> Iterator[SampleWeek]:
    """Everybody's weeks, team after team."""
    chance = random.Random("a year at Tideway")  # noqa: S311 — wobble, no secret
    for team in teams:
        usual = _LEVEL + chance.gauss(0, _A_TEAM)
        for number, person in enumerate(team):
            yield from _weeks(chance, person, usual + chance.gauss(0, _DIFFERS), mondays, asked_in=number % _A_MONTH)


def _weeks(
    chance: random.Random, person: UUID, level: float, mondays: Sequence[date], *, asked_in: int
) -> Iterator[SampleWeek]:
    """One person's; a week is passed over now and then, and what is asked monthly comes in one week of four."""
    moves = dict.fromkeys(ITEMS, 0.0)
    for number, monday in enumerate(mondays):
        moves = _next(chance, moves)
        if chance.random() > _ANSWERED:
            continue
        places = {item: level + lies + moves[item] for item, lies in ITEMS.items()}
        if number % _A_MONTH == asked_in:
            places[_MONTHLY] = level - 0.5 + chance.gauss(0, _MOVES)
        answers = {item: _answer(place) for item, place in places.items() if chance.random() > _PASSED_OVER}
        yield SampleWeek(person, monday, answers)


def _next(chance: random.Random, before: Mapping[str, float]) -> dict[str, float]:
    found = {item: _CARRIED_ON * before[item] + chance.gauss(0, _MOVES) for item in ITEMS}
    for (cause, outcome), effect in LINKS.items():
        found[outcome] += effect * before[cause]
    return found


def _answer(place: float) -> int:
    return max(_LOW, min(_HIGH, round(place)))
