"""Themes as bubbles that lead to their pages; a table beside them says the same, and nothing is shown that it does not say.

The size follows the range of people, and grows where a name would not fit; too few to show is a dashed bubble.
"""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fieldcraft.ui.charts.picture import Chart, Table, Words, drawn

WIDTH, GAP = 360.0, 6.0
_SIZES = ((30, 82.0), (20, 72.0), (11, 62.0), (0, 50.0))
_LETTER, _LINE = 6.4, 15.0
_TURNS = 48


@dataclass(frozen=True, slots=True)
class Bubble:
    """One theme. least: where its range of people begins, 0 for none; people: the range in words, "" for none.

    names: who stands under it by name. Neither people nor names: too few to show.
    """

    name: Words
    least: int
    people: str
    names: tuple[str, ...]
    url: str

    @property
    def is_few(self) -> bool:
        """Nothing of it can be shown."""
        return not self.people and not self.names

    @property
    def said(self) -> str:
        """How many unnamed people, and which names; or that they are too few."""
        if self.is_few:
            return _("too few to show")
        unnamed = [_("%(people)s, unnamed") % {"people": self.people}] if self.people else []
        return " · ".join([*unnamed, ", ".join(self.names)] if self.names else unnamed)


@dataclass(frozen=True, slots=True)
class Circle:
    """Where a bubble is drawn, from the middle of the picture."""

    x: float
    y: float
    radius: float


def bubbles(shown: Sequence[Bubble], *, key: str, title: Words) -> Chart:
    """The picture: each bubble a link with its theme and its people as a name."""
    circles = places([_radius(each) for each in shown])
    top = min((each.y - each.radius for each in circles), default=0) - GAP
    bottom = max((each.y + each.radius for each in circles), default=0) + GAP
    parts = (_bubble(each, at) for each, at in zip(shown, circles, strict=True))
    svg = drawn(
        "svg",
        *parts,
        class_="bubbles",
        role="group",
        aria_label=title,
        viewBox=f"{-WIDTH / 2:.0f} {top:.0f} {WIDTH:.0f} {bottom - top:.0f}",
        id=key,
    )
    return Chart(title, svg, (), _table(shown, title))


def _table(shown: Sequence[Bubble], title: Words) -> Table:
    rows = tuple((each.name, each.said) for each in shown)
    return Table(title, (_("Theme"), _("Who offered")), rows)


def places(radii: Sequence[float]) -> list[Circle]:
    """The largest in the middle, each following one as near to it as it fits; none lies on another or outside."""
    found: dict[int, Circle] = {}
    for index in sorted(range(len(radii)), key=lambda at: (-radii[at], at)):
        tried = _tried(list(found.values()), radii[index])
        found[index] = min(tried, key=lambda each: (round(math.hypot(each.x, each.y), 3), each.y, each.x))
    return [found[index] for index in range(len(radii))]


def _tried(there: Sequence[Circle], radius: float) -> Iterator[Circle]:
    """Every place around one that is there and off all others; straight below them all fits always."""
    if not there:
        yield Circle(0.0, 0.0, radius)
        return
    yield Circle(0.0, max(each.y + each.radius for each in there) + GAP + radius, radius)
    for each in there:
        apart = each.radius + GAP + radius
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            at = Circle(each.x + apart * math.cos(angle), each.y + apart * math.sin(angle), radius)
            if abs(at.x) + radius <= WIDTH / 2 and all(_is_off(at, other) for other in there):
                yield at


def _is_off(one: Circle, other: Circle) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius + GAP - 0.01


def _radius(bubble: Bubble) -> float:
    """By its people; larger, up to a half of the picture, where the words need it."""
    radius = next(size for least, size in _SIZES if bubble.least >= least)
    while radius < WIDTH / 2 - GAP and not _fits(_lines(bubble.name, radius), radius):
        radius += 2
    return radius


def _lines(name: Words, radius: float) -> list[str]:
    return textwrap.wrap(str(name), max(6, int(1.6 * radius / _LETTER)), break_on_hyphens=True) or [""]


def _fits(lines: Sequence[str], radius: float) -> bool:
    tall = len(lines) * _LINE / 2
    wide = max(len(line) for line in lines) * _LETTER / 2
    return math.hypot(wide, tall) <= radius


def _bubble(bubble: Bubble, at: Circle) -> SafeString:
    lines = _lines(bubble.name, at.radius)
    top = at.y - _LINE * (len(lines) - 1) / 2 + 4.5
    words = (drawn("tspan", f"{line} ", x=at.x, y=top + _LINE * place) for place, line in enumerate(lines))
    kind = "bubble bubble-few" if bubble.is_few else "bubble"
    circle = drawn("circle", cx=at.x, cy=at.y, r=at.radius)
    text = drawn("text", *words, text_anchor="middle")
    return drawn("a", circle, text, href=bubble.url, class_=kind, aria_label=f"{bubble.name}: {bubble.said}")
