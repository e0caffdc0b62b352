"""The fixed windows of four calendar weeks that figures are made of."""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY = date(2024, 1, 1)  # a Monday
LENGTH = timedelta(weeks=4)
WAIT = timedelta(days=3)
TEAMS_EVERY = 3


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """number: windows since the first of January 2024; the same four weeks for everybody."""

    number: int

    @property
    def first_day(self) -> date:
        """The Monday it opens on, and the day whose roster counts."""
        return FIRST_DAY + self.number * LENGTH

    @property
    def last_day(self) -> date:
        return self.first_day + LENGTH - timedelta(days=1)

    @property
    def published_from(self) -> date:
        """Three whole days lie between its last day and this one."""
        return self.last_day + WAIT + timedelta(days=1)


def window_of(day: date) -> Window:
    """The window that a day lies in."""
    return Window((day - FIRST_DAY) // LENGTH)


def latest_published(today: date) -> Window:
    """The latest window whose figures may be out."""
    return Window((today - WAIT - FIRST_DAY) // LENGTH - 1)


def is_for_teams(window: Window) -> bool:
    """Whether teams have pictures of their own in it: in every third, since each tells a little of the same people."""
    return window.number % TEAMS_EVERY == 0
