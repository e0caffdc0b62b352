"""What may be said about a person's own weeks, in the reader's words."""

from datetime import date, timedelta
from typing import assert_never

from django.utils.translation import gettext_lazy as _

from fieldcraft.engine.measure.change import (
    DotsOnly,
    HigherThanUsual,
    LowerThanUsual,
    NothingYet,
    OneDot,
    OwnBand,
    OwnLine,
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
            return _said(said)
    assert_never(found)


def _said(said: Standing) -> Words:
    match said:
        case HigherThanUsual():
            return _("Your last four check-ins are higher than your usual range.")
        case LowerThanUsual():
            return _("Your last four check-ins are lower than your usual range.")
        case WithinUsual():
            return _("Your last four check-ins are within your usual range; it may be nothing.")
    assert_never(said)


def _day(start: date, weeks: float) -> date:
    return start + timedelta(days=round(weeks * 7))
