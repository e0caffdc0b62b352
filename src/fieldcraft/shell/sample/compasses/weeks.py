"""Weeks that wobble as weeks do: the same ones each time the sample is built."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from fieldcraft.shell.sample.compasses.entries import Weeks

_ITEMS = {"purpose": 0.7, "influence": -0.2, "same_anyway": 0.0, "better": -0.4, "reachable": -0.3, "own_sake": 0.5}
"""Each question of a week, and how far its answers usually lie from the others'."""
_REVERSED, _MONTHLY = "same_anyway", "change"
_LOW, _HIGH = 1, 7
_WANDERS, _PASSES, _CARRIED_OVER, _WOBBLES = 0.12, 0.5, 0.35, 0.75
_IS_PASSED_OVER, _A_MONTH = 0.05, 4


@dataclass(frozen=True, slots=True)
class Week:
    """One check-in. ago: how many weeks."""

    ago: int
    answers: dict[str, int]
    line: str


def weeks_of(name: str, plan: Weeks) -> Iterator[Week]:
    """The check-ins of somebody, the earliest first.

    A slow wandering, a mood that passes, and something of its own in each answer; now and then one is passed over.
    """
    chance = random.Random(name)  # noqa: S311 — wobble, no secret
    open_weeks = [ago for ago in range(plan.since, 0, -1) if not any(low <= ago <= high for low, high in plan.gaps)]
    chosen = sorted([plan.since, *chance.sample(open_weeks[1:], plan.count - 1)], reverse=True)
    lines = dict(zip(sorted(chance.sample(chosen, len(plan.lines)), reverse=True), plan.lines, strict=True))
    level, mood, last_monthly = plan.level - plan.drift / 2, 0.0, plan.since + _A_MONTH
    for ago in range(plan.since, 0, -1):
        level += plan.drift / plan.since + chance.gauss(0, _WANDERS)
        mood = _CARRIED_OVER * mood + chance.gauss(0, _PASSES)
        if ago not in chosen:
            continue
        answers = _answers(chance, level + mood)
        if last_monthly - ago >= _A_MONTH:
            last_monthly, answers[_MONTHLY] = ago, _answer(chance, level - 0.6)
        yield Week(ago, answers, lines.get(ago, ""))


def _answers(chance: random.Random, place: float) -> dict[str, int]:
    found = {item: _answer(chance, place + lies) for item, lies in _ITEMS.items()}
    found[_REVERSED] = _LOW + _HIGH - found[_REVERSED]
    return {item: value for item, value in found.items() if chance.random() >= _IS_PASSED_OVER}


def _answer(chance: random.Random, place: float) -> int:
    return max(_LOW, min(_HIGH, round(place + chance.gauss(0, _WOBBLES))))
