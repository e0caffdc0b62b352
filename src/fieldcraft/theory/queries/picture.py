"""Where everything stands in the drawn picture of a theory, and how its links look."""

from collections.abc import Sequence
from functools import lru_cache

from fieldcraft.engine.causal.graph import Graph
from fieldcraft.engine.causal.layout import Place, places
from fieldcraft.theory.models import Construct, Delay, Says, Sign
from fieldcraft.theory.queries.claims import Stated
from fieldcraft.theory.queries.loops import graph_of
from fieldcraft.ui.charts.causal_loop import Arrow, Box, Standing, Waits

#: Shares of the picture that a box and the room around it take: round a circle, then in rows, ever tighter.
_ROUND = ((0.18, 0.12),)
_ROWS = ((0.28, 0.12), (0.28, 0.08), (0.23, 0.05), (0.205, 0.02))
_ROOM_IN_CIRCLE = 10


def constructs_of(links: Sequence[Stated]) -> list[Construct]:
    """The constructs of these links, in the order in which they came to be."""
    found = {end.pk: end for each in links for end in (each.claim.source, each.claim.target) if end}
    return [found[key] for key in sorted(found)]


def boxes(links: Sequence[Stated]) -> list[Box]:
    """Every construct at its place: where people put it, else where the picture does."""
    drawn = _placed(graph_of(links))
    return [_box(each, drawn[str(each.pk)]) for each in constructs_of(links)]


def _box(construct: Construct, place: Place) -> Box:
    if construct.x is None or construct.y is None:
        return Box(str(construct.pk), construct.name, place.across, place.down)
    return Box(str(construct.pk), construct.name, construct.x, construct.y)


@lru_cache(maxsize=64)
def _placed(graph: Graph) -> dict[str, Place]:
    """Kept in memory, since the same graph always stands the same way; nobody changes what is returned."""
    for width, height in (_ROUND if len(graph.nodes) <= _ROOM_IN_CIRCLE else ()) + _ROWS:
        try:
            return places(graph, width=width, height=height)
        except ValueError:
            continue
    columns = 4
    rows = -(-len(graph.nodes) // columns)
    return {
        node: Place((at % columns + 0.5) / columns, (at // columns + 0.5) / rows) for at, node in enumerate(graph.nodes)
    }


def arrows(links: Sequence[Stated]) -> list[Arrow]:
    """Every link, with its sign, how long it takes and how it stands."""
    return [
        Arrow(
            cause=str(each.claim.source_id),
            outcome=str(each.claim.target_id),
            is_less=each.text.sign == Sign.LESS,
            waits=_WAITS[Delay(each.text.delay)],
            standing=_STANDING.get(each.verdict, Standing.OPEN),
            says=each.text.says,
        )
        for each in links
    ]


_WAITS = {Delay.WEEK: Waits.WEEK, Delay.MONTH: Waits.MONTH, Delay.QUARTER: Waits.QUARTER}
_STANDING = {
    Says.SUPPORTS.value: Standing.HELD,
    Says.OTHER_WAY.value: Standing.AGAINST,
    Says.NO_LINK.value: Standing.AGAINST,
}
