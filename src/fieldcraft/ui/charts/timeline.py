"""Days from left to right: where each stands, which are named beneath, and what is pinned to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fieldcraft.ui.charts.picture import Words, drawn, percent, say

_LEFT, _RIGHT = 3.0, 97.0
_SHORTEST = timedelta(weeks=8)
_MOST_NAMES = 6
_MOST_ROWS = 3
_LONGEST_WORDS = 16
_SIGN = 2.5  # how much of a picture 288 pixels wide a sign takes, in hundredths


@dataclass(frozen=True, slots=True)
class Pin:
    """Something of one's own that belongs to a day, in a few words."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A pin and its flag. row: from the top; -1 when there is no room for its words."""

    pin: Pin
    words: str
    row: int
    x: float
    is_right_of_words: bool

    @property
    def is_whole(self) -> bool:
        """Whether all its words stand in the drawing."""
        return self.row >= 0 and self.words == self.pin.words


@dataclass(frozen=True, slots=True)
class Timeline:
    """From the first day that is shown to the last, at least eight weeks."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where the day stands, in hundredths of the width."""
        return self.x_of_days((day - self.first).days)

    def x_of_days(self, days: float) -> float:
        """Where a time stands, in days from the first."""
        return _LEFT + (_RIGHT - _LEFT) * days / (self.last - self.first).days


def timeline(days: Iterable[date]) -> Timeline:
    """All the days, with room to the left when they are close together: nothing is shown of days to come.

    Without any, the eight weeks of nowhere.
    """
    known = sorted(days) or [date(2000, 1, 1)]
    return Timeline(min(known[0], known[-1] - _SHORTEST), known[-1])


def day_names(line: Timeline, *, y: float) -> list[SafeString]:
    """The months beneath, not more than there is room for; the year in January. In the active language."""
    names, free = [], 0.0
    for day, name in _named(line):
        half = len(name) * _SIGN / 2
        x = min(max(line.x(day), half), 100 - half)
        if x - half >= free:
            names.append(drawn("text", name, x=percent(x), y=percent(y), text_anchor="middle", class_="chart-word"))
            free = x + half + 3
    return names


def _named(line: Timeline) -> list[tuple[date, str]]:
    months = [day for day in _months(line.first, line.last) if day >= line.first]
    if len(months) < 3:
        return [(day, date_format(day, "j M")) for day in (line.first, line.last)]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(months) / step <= _MOST_NAMES)
    kept = [day for day in months if (day.year * 12 + day.month - 1) % step == 0] or months[:1]
    return [(day, date_format(day, "Y" if day.month == 1 else "M")) for day in kept]


def _months(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def placed(pins: Iterable[Pin], line: Timeline) -> tuple[Placed, ...]:
    """Each pin with a row for its words, so that none overlap on a phone of 320 pixels."""
    rows: list[list[tuple[float, float]]] = [[] for _row in range(_MOST_ROWS)]
    found = []
    for pin in sorted(pins, key=lambda one: one.day):
        words = pin.words if len(pin.words) <= _LONGEST_WORDS else pin.words[: _LONGEST_WORDS - 1].rstrip() + "…"
        x, wide = line.x(pin.day), len(words) * _SIGN + 2
        is_right = x + wide > 100
        start, end = (x - wide, x) if is_right else (x, x + wide)
        row = next((at for at, taken in enumerate(rows) if all(end <= a or b <= start for a, b in taken)), -1)
        if row >= 0:
            rows[row].append((start, end))
        found.append(Placed(pin, words, row, x, is_right))
    return tuple(found)


def rows_of(pins: Sequence[Placed]) -> int:
    """How many rows of words there are."""
    return max((pin.row + 1 for pin in pins), default=0)


def notes_of(pins: Sequence[Placed]) -> tuple[Words, ...]:
    """All pins in words, when those in the drawing are not whole."""
    if all(pin.is_whole for pin in pins):
        return ()
    return tuple(say(_("%(day)s: %(words)s"), day=pin.pin.day, words=pin.pin.words) for pin in pins)


def flags(pins: Sequence[Placed], *, row_height: float, bottom: float) -> list[SafeString]:
    """A line at the day of each pin, and its words beside the line's top. Heights in hundredths."""
    lines = [
        drawn(
            "line",
            x1=percent(pin.x),
            x2=percent(pin.x),
            y1=percent(max(pin.row, 0) * row_height + 1),
            y2=percent(bottom),
            class_="chart-pin",
        )
        for pin in pins
    ]
    return [*lines, *(_flag(pin, row_height) for pin in pins if pin.row >= 0)]


def _flag(pin: Placed, row_height: float) -> SafeString:
    return drawn(
        "text",
        pin.words,
        x=percent(pin.x),
        y=percent((pin.row + 0.75) * row_height),
        dx=-5 if pin.is_right_of_words else 5,
        text_anchor="end" if pin.is_right_of_words else "start",
        class_="chart-pinned",
    )
