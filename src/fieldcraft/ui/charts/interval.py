"""One effect with its interval on a line with nought in the middle; no colour says good or bad."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fieldcraft.ui.charts.picture import Chart, Table, Words, drawn, image, percent, say

_WIDEST = 0.5
_LINE, _WORDS = 45.0, 92.0


@dataclass(frozen=True, slots=True)
class Interval:
    """An effect and the ends of its interval, in usual swings."""

    effect: float
    low: float
    high: float


def interval(found: Interval, *, key: str, title: Words) -> Chart:
    """The picture of one effect; what lies beyond half a swing is drawn at the end of the line."""
    values = {"effect": signed(found.effect), "low": signed(found.low), "high": signed(found.high)}
    told = say(_("%(effect)s of a usual swing; with 95 per cent between %(low)s and %(high)s."), **values)
    svg = image(
        drawn("line", x1="2%", x2="98%", y1=percent(_LINE), y2=percent(_LINE), class_="chart-base"),
        drawn("line", x1="50%", x2="50%", y1="8%", y2="72%", class_="chart-pin"),
        drawn(
            "line",
            x1=_x(found.low),
            x2=_x(found.high),
            y1=percent(_LINE),
            y2=percent(_LINE),
            class_="chart-interval-range",
        ),
        drawn("circle", cx=_x(found.effect), cy=percent(_LINE), r=6, class_="chart-dot-now"),
        _word("2%", _("less"), "start"),
        _word("50%", _("no link"), "middle"),
        _word("98%", _("more"), "end"),
        key=key,
        title=title,
        told=[told],
        shape="chart-drawing chart-interval",
    )
    head = (_("What"), _("Effect"), _("From"), _("To"))
    row = (_("This link"), values["effect"], values["low"], values["high"])
    return Chart(title, svg, (told,), Table(title, head, (row,)))


def signed(value: float) -> str:
    """With its sign and two places: +0.10, −0.05, 0.00."""
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _x(value: float) -> str:
    return percent(50 + 48 * max(-_WIDEST, min(_WIDEST, value)) / _WIDEST)


def _word(x: str, words: Words, anchor: str) -> SafeString:
    return drawn("text", words, x=x, y=percent(_WORDS), text_anchor=anchor, class_="chart-word")
