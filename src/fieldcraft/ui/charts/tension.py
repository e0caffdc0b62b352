"""Vision and now as a band between two ends, as far apart as the person set them; and both over time.

Nothing here is computed from what was written, and no number stands in the picture: the distance belongs to the person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fieldcraft.ui.charts.picture import Chart, End, Table, Words, drawn, image

CLOSEST, FURTHEST = 1, 9
_CENTRE, _PEG, _LOOP = 30, 6, 10
_EDGE, _STEP = 16, 22


class Unwritten(Enum):
    """Why an end has no words."""

    NOT_YET = "not yet"
    SEALED = "sealed"


class Apart(Enum):
    """The person has not said how far apart the ends are."""

    NOT_SET = "not set"


@dataclass(frozen=True, slots=True)
class Held:
    """Vision and now, side by side. distance: 1 to 9 as the person set it; ValueError outside that."""

    vision: str | Unwritten
    now: str | Unwritten
    distance: int | Apart = Apart.NOT_SET

    def __post_init__(self) -> None:
        if isinstance(self.distance, int) and not CLOSEST <= self.distance <= FURTHEST:
            raise ValueError(f"a distance from {CLOSEST} to {FURTHEST}, not {self.distance}")

    @property
    def is_stretched(self) -> bool:
        """Whether there are two ends and a distance, and so a band between them."""
        ends = (self.vision, self.now)
        return Unwritten.NOT_YET not in ends and not isinstance(self.distance, Apart)


def tension(held: Held, *, key: str) -> Chart:
    """The band, hung from the vision. key: different for every picture of a page."""
    sentences = tuple(_sentences(held))
    title = _("Vision and now")
    svg = image(
        *_drawing(held),
        key=key,
        title=title,
        told=sentences,
        shape="tension-drawing",
        viewBox=f"0 0 {_CENTRE * 2} {_height(held)}",
        width=_CENTRE * 2,
        height=_height(held),
    )
    vision, now = _words(held.vision), _words(held.now)
    rows = ((_("Vision"), vision), (_("Now"), now), (_("Between them"), how_far(held.distance)))
    table = Table(title, (_("What"), _("As I wrote and set it")), rows)
    return Chart(title, svg, sentences, table, (End(_("Vision"), vision),), (End(_("Now"), now),))


def _words(end: str | Unwritten) -> Words:
    if isinstance(end, str):
        return end
    return _("not written yet") if end is Unwritten.NOT_YET else _("sealed: only your own device can open it")


def how_far(distance: int | Apart) -> Words:
    """The distance in words, the same for those who do not see the picture."""
    if isinstance(distance, Apart):
        return _("not set")
    names = (
        _("very close together"), _("close together"), _("quite close together"), _("a little apart"), _("some way apart"),
        _("quite far apart"), _("far apart"), _("very far apart"), _("as far apart as they go"),
    )  # fmt: skip
    return names[distance - CLOSEST]


def _sentences(held: Held) -> Iterator[Words]:
    if held.vision is Unwritten.NOT_YET and held.now is Unwritten.NOT_YET:
        yield _("Neither a vision nor what is so now is written yet.")
    elif held.vision is Unwritten.NOT_YET:
        yield _("What is so now is written; a vision to hold beside it is not yet.")
    elif held.now is Unwritten.NOT_YET:
        yield _("The vision is written; what is so now is not yet.")
    elif isinstance(held.distance, Apart):
        yield _("You have not set how far apart they are.")
    else:
        yield _SET[held.distance - CLOSEST]
        yield _("The pull is normal: it is what learning feels like.")


#: Whole sentences, since languages put the words in another order.
_SET = (
    _("You set them very close together."), _("You set them close together."), _("You set them quite close together."),
    _("You set them a little apart."), _("You set them some way apart."), _("You set them quite far apart."),
    _("You set them far apart."), _("You set them very far apart."), _("You set them as far apart as they go."),
)  # fmt: skip


def _height(held: Held) -> int:
    return 2 * _EDGE + _STEP * (3 if isinstance(held.distance, Apart) else held.distance)


def _drawing(held: Held) -> Iterator[SafeString]:
    bottom = _height(held) - _EDGE
    if held.is_stretched:
        yield drawn("path", d=_band(held), class_="tension-band")
    else:
        yield drawn("line", x1=_CENTRE, x2=_CENTRE, y1=_EDGE + _LOOP, y2=bottom - _LOOP, class_="tension-open")
    for end, y in ((held.vision, _EDGE), (held.now, bottom)):
        is_open = end is Unwritten.NOT_YET
        yield drawn("circle", cx=_CENTRE, cy=y, r=_PEG, class_="tension-peg-open" if is_open else "tension-peg")


def _band(held: Held) -> str:
    """A loop around both pegs: slack and wide when they are close, taut and narrow in the middle when they are far."""
    bottom = _height(held) - _EDGE
    distance = CLOSEST if isinstance(held.distance, Apart) else held.distance
    left, right, third = _CENTRE - _LOOP, _CENTRE + _LOOP, (bottom - _EDGE) / 3
    slack = min(11 - 1.9 * distance, third * 0.6)
    return (
        f"M{left} {_EDGE}C{left - slack:.1f} {_EDGE + third:.1f} {left - slack:.1f} {bottom - third:.1f} {left} {bottom}"
        f"A{_LOOP} {_LOOP} 0 0 0 {right} {bottom}"
        f"C{right + slack:.1f} {bottom - third:.1f} {right + slack:.1f} {_EDGE + third:.1f} {right} {_EDGE}"
        f"A{_LOOP} {_LOOP} 0 0 0 {left} {_EDGE}Z"
    )
