"""Constructs and signed links as one picture; the sentences beside it say the same, and are the way to change it."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcraft.ui.charts.causal_curves import BOX_HEIGHT, BOX_WIDTH, Curve, Point, curve_between
from fieldcraft.ui.charts.picture import Chart, Table, Words, drawn, image

WIDTH, LEAST_HEIGHT, HEIGHT_A_BOX = 1000, 520, 72
_SIGNS, _LINE, _MOST_LINES, _LETTERS = 13, 17, 4, 20


class Waits(Enum):
    """After about how long a link shows; the number of strokes across its line."""

    WEEK = 0
    MONTH = 2
    QUARTER = 3


class Standing(Enum):
    """How a link stands: by the name of the class that draws its line."""

    HELD = "held"
    OPEN = "open"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Box:
    """A construct, and its middle: across from the left and down from the top, each 0 to 1."""

    id: str
    name: str
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link from one box to another, by their ids. says: the same in a sentence."""

    cause: str
    outcome: str
    is_less: bool
    waits: Waits
    standing: Standing
    says: str


def causal_loop(boxes: Sequence[Box], arrows: Sequence[Arrow], *, key: str, title: Words) -> Chart:
    """The picture of a theory. Raises KeyError for an arrow that leads to no box."""
    height = max(LEAST_HEIGHT, HEIGHT_A_BOX * len(boxes))
    at = {box.id: middle_of(box, height) for box in boxes}
    sentences = (_counted(boxes, arrows),)
    pairs = {(arrow.outcome, arrow.cause) for arrow in arrows}
    svg = image(
        *(_arrow(each, at, Point(WIDTH, height), (each.cause, each.outcome) in pairs) for each in arrows),
        *(_box(box, at[box.id]) for box in boxes),
        key=key,
        title=title,
        told=[*sentences, *(arrow.says for arrow in arrows)],
        shape="causal-drawing",
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
    )
    return Chart(title, svg, sentences, _table(title, arrows))


def middle_of(box: Box, height: float) -> Point:
    """Where the middle of a box is drawn: inside the picture with all of the box."""
    wide, tall = BOX_WIDTH / 2 + 4, BOX_HEIGHT / 2 + 4
    return Point(min(max(box.across * WIDTH, wide), WIDTH - wide), min(max(box.down * height, tall), height - tall))


def _counted(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> Words:
    if not arrows:
        return _("Nothing is drawn yet.")
    said = ngettext_lazy("One link", "%(count)d links", len(arrows))
    return _joined(said, len(arrows), len(boxes))


def _joined(links: Promise, count: int, boxes: int) -> Words:
    shown = str(links % {"count": count})
    return str(_("%(links)s between %(boxes)d things. The sentences say the same.") % {"links": shown, "boxes": boxes})


def _table(title: Words, arrows: Sequence[Arrow]) -> Table:
    rows = tuple((arrow.says, "−" if arrow.is_less else "+", _STANDS[arrow.standing]) for arrow in arrows)
    return Table(title, (_("What is claimed"), _("Sign"), _("How it stands")), rows)


_STANDS: dict[Standing, Words] = {
    Standing.HELD: _("supported by what people counted in"),
    Standing.OPEN: _("a belief: not tested, or nothing can be said yet"),
    Standing.AGAINST: _("what people counted in speaks against it"),
}


def _box(box: Box, at: Point) -> SafeString:
    """A box with its name in it; `data-box` lets a script find it."""
    lines = _lines(box.name)
    top = at.y - _LINE * (len(lines) - 1) / 2 + 5.5
    words = (drawn("tspan", f"{line} ", x=at.x, y=top + _LINE * place) for place, line in enumerate(lines))
    frame = drawn(
        "rect", x=at.x - BOX_WIDTH / 2, y=at.y - BOX_HEIGHT / 2, width=BOX_WIDTH, height=BOX_HEIGHT, rx=11,
        class_="causal-box",
    )  # fmt: skip
    text = drawn("text", *words, class_="causal-word", text_anchor="middle")
    return drawn("g", drawn("title", box.name), frame, text, class_="causal-node", data_box=box.id)


def _lines(name: str) -> list[str]:
    lines = textwrap.wrap(name, _LETTERS) or [""]
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], "…"]


def _arrow(arrow: Arrow, at: dict[str, Point], corner: Point, is_one_of_two: bool) -> SafeString:
    others = [place for box, place in at.items() if box not in {arrow.cause, arrow.outcome}]
    curve = curve_between(at[arrow.cause], at[arrow.outcome], others, corner, is_one_of_two=is_one_of_two)
    kind = "causal-less" if arrow.is_less else "causal-more"
    parts = (
        drawn("title", arrow.says),
        drawn("path", d=_path(curve), class_=f"causal-line causal-{arrow.standing.value}"),
        drawn("path", d=_head(curve), class_="causal-head"),
        *_strokes(curve, arrow.waits),
        *_sign(curve.at(0.5), arrow),
    )
    return drawn("g", *parts, class_=kind)


def _path(curve: Curve) -> str:
    start, bend, end = curve.start, curve.bend, curve.end
    return f"M{start.x:.1f} {start.y:.1f}Q{bend.x:.1f} {bend.y:.1f} {end.x:.1f} {end.y:.1f}"


def _head(curve: Curve) -> str:
    way, end = curve.direction(1.0), curve.end
    corners = ((8, 0), (-9, 8), (-9, -8))
    points = [f"{end.x + way.x * on - way.y * aside:.1f} {end.y + way.y * on + way.x * aside:.1f}"
              for on, aside in corners]  # fmt: skip
    return f"M{'L'.join(points)}Z"


def _strokes(curve: Curve, waits: Waits) -> Iterator[SafeString]:
    """Short strokes across the line: it takes longer than a week."""
    for number in range(waits.value):
        middle, way = curve.at(0.24), curve.direction(0.24)
        middle = Point(middle.x + way.x * 7 * number, middle.y + way.y * 7 * number)
        yield drawn(
            "line", x1=middle.x - way.y * 9, y1=middle.y + way.x * 9, x2=middle.x + way.y * 9, y2=middle.y - way.x * 9,
            class_="causal-wait",
        )  # fmt: skip


def _sign(at: Point, arrow: Arrow) -> Iterator[SafeString]:
    """Plus or minus in a ring, drawn, so that it looks alike in every font."""
    yield drawn("circle", cx=at.x, cy=at.y, r=_SIGNS, class_="causal-ring")
    yield drawn("line", x1=at.x - 6, y1=at.y, x2=at.x + 6, y2=at.y, class_="causal-sign")
    if not arrow.is_less:
        yield drawn("line", x1=at.x, y1=at.y - 6, x2=at.x, y2=at.y + 6, class_="causal-sign")


def as_file(chart: Chart) -> str:
    """The drawing as a file of its own, that looks the same wherever it is opened."""
    opening, rest = chart.svg.split(">", 1)
    named = opening.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return str(mark_safe(f"{named}><style>{_ON_PAPER}</style>{rest}\n"))  # noqa: S308 — a drawing of ours, and constants


_ON_PAPER = (
    "svg{background:#fffdf9}.causal-box{fill:#fbf7f0;stroke:#82796b;stroke-width:1.5}"
    ".causal-word{font:600 15px system-ui,sans-serif;fill:#25221e}"
    ".causal-line{fill:none;stroke-width:2.5}.causal-wait,.causal-sign{stroke-width:2.5}"
    ".causal-open{stroke-dasharray:7 6}.causal-against{stroke-dasharray:1 6;stroke-linecap:round}"
    ".causal-ring{fill:#fffdf9;stroke-width:2}"
    ".causal-more{stroke:#17594f}.causal-more .causal-head{fill:#17594f}"
    ".causal-less{stroke:#87391a}.causal-less .causal-head{fill:#87391a}"
)
