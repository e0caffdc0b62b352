"""Where the nodes of a theory stand in its picture: in a unit square, no two boxes on each other, always the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from fieldcraft.engine.causal.graph import Graph, loops

WIDTH, HEIGHT = 0.22, 0.08
_GAP = 0.02
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of a node's box; across from the left and down from the top, 0 to 1."""

    across: float
    down: float


def places(graph: Graph, *, width: float = WIDTH, height: float = HEIGHT) -> dict[str, Place]:
    """Round a circle in an order in which few arrows cross; in rows by what leads to what where a circle is too small.

    width, height: of a box. Raises ValueError where so many boxes have no room in rows either.
    """
    if not graph.nodes:
        return {}
    circle = _circle(graph.nodes, width, height).values()
    crowded = any(_overlap(one, other, width, height) for one, other in combinations(circle, 2))
    found = _rows(graph, width, height) if crowded else _circle(_in_few_crossings(graph), width, height)
    return {node: found[node] for node in graph.nodes}


def _overlap(one: Place, other: Place, width: float, height: float) -> bool:
    return abs(one.across - other.across) < width and abs(one.down - other.down) < height


def _circle(order: Sequence[str], width: float, height: float) -> dict[str, Place]:
    """The first at the top, then clockwise."""
    if len(order) == 1:
        return {order[0]: Place(0.5, 0.5)}
    turn = 2 * math.pi / len(order)
    return {
        node: Place(
            round(0.5 + (1 - width) / 2 * math.sin(turn * at), 4),
            round(0.5 - (1 - height) / 2 * math.cos(turn * at), 4),
        )
        for at, node in enumerate(order)
    }


def _in_few_crossings(graph: Graph) -> list[str]:
    """The longest of the loops first, the rest after it; then pairs change places as long as fewer arrows cross."""
    found = loops(graph).found
    longest = max(found, key=lambda loop: len(loop.nodes)).nodes if found else ()
    order = [*longest, *(node for node in graph.nodes if node not in longest)]
    best = _cost(order, graph)
    for _round in range(_ROUNDS):
        before = best
        for one, other in combinations(range(1, len(order)), 2):
            order[one], order[other] = order[other], order[one]
            cost = _cost(order, graph)
            if cost < best:
                best = cost
            else:
                order[one], order[other] = order[other], order[one]
        if best == before:
            break
    return order


def _cost(order: Sequence[str], graph: Graph) -> tuple[int, int]:
    """(crossing arrows, how far arrows lead round the circle)."""
    at = {node: place for place, node in enumerate(order)}
    chords = sorted({(min(pair), max(pair)) for pair in ((at[one.cause], at[one.outcome]) for one in graph.arrows)})
    crossing = sum(a < c < b < d or c < a < d < b for (a, b), (c, d) in combinations(chords, 2))
    return crossing, sum(min(b - a, len(order) - b + a) for a, b in chords)


def _rows(graph: Graph, width: float, height: float) -> dict[str, Place]:
    """Each row's nodes are led to by rows above it, but for the arrows that close a loop."""
    across, down = int((1 + _GAP) / (width + _GAP)), int((1 + _GAP) / (height + _GAP))
    rows = [row[at : at + across] for row in _layers(graph) for at in range(0, len(row), max(across, 1))]
    if len(rows) > down:  # few to a row: fill them up
        order = [node for row in rows for node in row]
        rows = [order[at : at + across] for at in range(0, len(order), max(across, 1))]
    if not across or len(rows) > down:
        raise ValueError("so many boxes have no room in a square")
    return {
        node: Place(_spread(column, len(row), width), _spread(at, len(rows), height))
        for at, row in enumerate(rows)
        for column, node in enumerate(row)
    }


def _spread(at: int, count: int, size: float) -> float:
    return 0.5 if count == 1 else round(size / 2 + (1 - size) * at / (count - 1), 4)


def _layers(graph: Graph) -> list[list[str]]:
    """By the longest way that leads there; arrows back to an earlier node of the search do not count."""
    after, depth = _without_ways_back(graph), dict.fromkeys(graph.nodes, 0)
    for _round in graph.nodes:
        for cause in graph.nodes:
            for outcome in after[cause]:
                depth[outcome] = max(depth[outcome], depth[cause] + 1)
    return [[node for node in graph.nodes if depth[node] == layer] for layer in range(max(depth.values()) + 1)]


def _without_ways_back(graph: Graph) -> dict[str, list[str]]:
    after, kept = graph.after(), {node: list[str]() for node in graph.nodes}
    on_way: set[str] = set()
    done: set[str] = set()

    def visit(node: str) -> None:
        on_way.add(node)
        for other in after[node]:
            if other not in on_way:
                kept[node].append(other)
                if other not in done:
                    visit(other)
        on_way.discard(node)
        done.add(node)

    for node in graph.nodes:
        if node not in done:
            visit(node)
    return kept
