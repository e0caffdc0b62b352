"""How many people must have raised the same before an unnamed condition shows."""

from collections.abc import Callable
from uuid import UUID

LEAST = 8
_raised_by: list[Callable[[UUID], int]] = []


def threshold(organisation_id: UUID) -> int:
    """At least eight people; an organisation may have set more, never fewer."""
    return max([LEAST, *(asked(organisation_id) for asked in _raised_by)])


def ask_for_threshold(asked: Callable[[UUID], int]) -> None:
    """A room above, where an organisation sets its thresholds, says here how many it wants; called when it is ready."""
    if asked not in _raised_by:
        _raised_by.append(asked)


_FROM = (60, 30, 15, LEAST)


def range_of(number: int) -> tuple[int, int | None]:
    """The range that is told instead of the number: (8, 14), (15, 29), (30, 59), (60, None).

    Source: the ranges in which every figure of an organisation is told. number: at least eight.
    """
    at = next(index for index, start in enumerate(_FROM) if number >= start)
    return _FROM[at], _FROM[at - 1] - 1 if at else None
