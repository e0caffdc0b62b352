"""How many stand behind something that nobody's name is on."""

from collections.abc import Set
from dataclasses import dataclass

from fieldcraft.engine.disclosure.ranges import Range
from fieldcraft.engine.disclosure.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Hidden:
    """Too few so far; how many is told to nobody, those who raised it included."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many, at least; it holds no time and no order."""

    people: Range


def tally(
    raised_by: Set[str], *, thresholds: Thresholds, across_teams: bool, before: Tally | Hidden | None = None
) -> Tally | Hidden:
    """What a tally says, to be worked out once a window when its figures are published, and never in between.

    A tally that moved at once would tell who had just been there. What was shown stays and only grows: a tally that sank
    would tell who had gone. across_teams: whether it is shown above a team. before: what it said the last time.
    """
    least = thresholds.above if across_teams else thresholds.team
    if len(raised_by) < least:
        return before or Hidden()
    now = Tally(thresholds.people(len(raised_by)))
    return before if isinstance(before, Tally) and before.people.low > now.people.low else now
