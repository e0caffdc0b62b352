"""The drawn picture of a theory as part of a screen."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcraft.theory.models import Theory
from fieldcraft.theory.queries.claims import Stated
from fieldcraft.theory.queries.picture import arrows, boxes
from fieldcraft.ui.charts.causal_loop import Arrow, Box, causal_loop
from fieldcraft.ui.charts.picture import Chart


def picture_of(stated: Sequence[Stated], placed: Sequence[Box]) -> Chart:
    """The picture of these links, each thing at its place."""
    return _drawn(tuple(placed), tuple(arrows(stated)), get_language())


@lru_cache(maxsize=32)
def _drawn(placed: tuple[Box, ...], links: tuple[Arrow, ...], _language: str | None) -> Chart:
    """Kept in memory, since the same things always make the same picture in a language: bending all links takes a while."""
    return causal_loop(placed, links, key="theory", title=_("How we think learning happens here"))


def drawn_part(theory: Theory, stated: Sequence[Stated], said: str = "") -> dict[str, object]:
    """What the part with the picture needs. said: what was moved just now, for those who do not see it."""
    placed = boxes(stated)
    return {"theory": theory, "chart": picture_of(stated, placed), "boxes": placed, "said": said}


def where(box: Box) -> str:
    """Where a box stands, in words."""
    across = 0 if box.across < 1 / 3 else 2 if box.across > 2 / 3 else 1
    down = 0 if box.down < 1 / 3 else 2 if box.down > 2 / 3 else 1
    return _PLACES[down][across]() % {"name": box.name}


_PLACES = (
    (
        lambda: _("“%(name)s” stands at the top left."),
        lambda: _("“%(name)s” stands at the top."),
        lambda: _("“%(name)s” stands at the top right."),
    ),
    (
        lambda: _("“%(name)s” stands at the left."),
        lambda: _("“%(name)s” stands in the middle."),
        lambda: _("“%(name)s” stands at the right."),
    ),
    (
        lambda: _("“%(name)s” stands at the bottom left."),
        lambda: _("“%(name)s” stands at the bottom."),
        lambda: _("“%(name)s” stands at the bottom right."),
    ),
)
