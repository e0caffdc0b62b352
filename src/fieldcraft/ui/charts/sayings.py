"""What may be said about a person's own weeks, in the reader's words."""

import math
from datetime import date, timedelta
from typing import assert_never

from django.utils.translation import gettext_lazy as _

from fieldcraft.engine.measure.change import (
    Change,
    DotsOnly,
    HigherThanUsual,
    LowerThanUsual,
    NothingYet,
    OneDot,
    OwnBand,
    OwnLine,
    ProbablyHigher,
    ProbablyLower,
    Sayable,
    Standing,
    WithinUsual,
)
from fieldcraft.ui.charts.picture import Words, say


def saying(found: Sayable, start: date) -> Words:
    """The one sentence. start: the day that the engine's weeks count from."""
    match found:
        case NothingYet():
            return _("No check-ins yet.")
        case OneDot(answer):
            return say(_("One check-in, on %(day)s."), day=_day(start, answer.at))
        case DotsOnly(low, high):
            return say(_("Around %(low)d–%(high)d of 100 so far; too early for a line."), low=low, high=high)
        case OwnBand(_, said) | OwnLine(_, said):
            return _said(said, start)
    assert_never(found)


def _said(said: Change | Standing, start: date) -> Words:
    match said:
        case HigherThanUsual():
            return _("Your last four check-ins are higher than your usual range.")
        case LowerThanUsual():
            return _("Your last four check-ins are lower than your usual range.")
        case WithinUsual():
            return _("Your last four check-ins are within your usual range; it may be nothing.")
        case ProbablyHigher(then, chance):
            return _sure(_("Now is probably higher than on %(then)s: %(chance)d in 100."), then, chance, start)
        case ProbablyLower(then, chance):
            return _sure(_("Now is probably lower than on %(then)s: %(chance)d in 100."), then, chance, start)
    assert_never(said)


def _sure(message: Words, then: float, chance: float, start: date) -> Words:
    """Rounded down, and never 100 in 100."""
    return say(message, then=_day(start, then), chance=min(99, math.floor(chance * 100)))


def _day(start: date, weeks: float) -> date:
    return start + timedelta(days=round(weeks * 7))
