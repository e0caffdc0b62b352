"""The days that count for conditions: weeks begin on Monday."""

from datetime import date, timedelta

_WEEK = timedelta(weeks=1)


def monday_after(day: date) -> date:
    """The first Monday that is later than the day."""
    return day - timedelta(days=day.weekday()) + _WEEK


def joinable_monday(day: date) -> date:
    """The Monday after the next: at least a whole week lies between raising and being read by others.

    So whoever finds a text that was not there last week knows no better than to a week when it was written.
    """
    return monday_after(day) + _WEEK


def month_of(day: date) -> date:
    """The first day of its month, which is all that is kept of when an unnamed one was raised."""
    return day.replace(day=1)
