"""A theory as a signed directed graph, and its feedback loops."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod

from fieldcraft.engine.causal.verdict import Sign

MOST_LOOPS = 200
MOST_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Arrow:
    """More of the cause goes with more (plus) or less (minus) of the outcome."""

    cause: str
    outcome: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Graph:
    """nodes: in their own order, which decides every order below.

    Raises ValueError for a node named twice, an arrow to itself or to what is no node, and two arrows the same way.
    """

    nodes: tuple[str, ...]
    arrows: tuple[Arrow, ...]

    def __post_init__(self) -> None:
        ways = [(arrow.cause, arrow.outcome) for arrow in self.arrows]
        if len(set(self.nodes)) != len(self.nodes) or len(set(ways)) != len(ways):
            raise ValueError("something is there twice")
        if any(cause == outcome or not {cause, outcome} <= set(self.nodes) for cause, outcome in ways):
            raise ValueError("an arrow leads from one node to another")

    def after(self) -> dict[str, tuple[str, ...]]:
        """The nodes that each node's arrows lead to, in the order of nodes."""
        ways = {(arrow.cause, arrow.outcome) for arrow in self.arrows}
        return {cause: tuple(other for other in self.nodes if (cause, other) in ways) for cause in self.nodes}


@dataclass(frozen=True, slots=True)
class Loop:
    """A way round, each node once, beginning with its first in the order of nodes."""

    nodes: tuple[str, ...]
    reinforcing: bool

    @property
    def balancing(self) -> bool:
        return not self.reinforcing


@dataclass(frozen=True, slots=True)
class Loops:
    """found: short ones first, then by the order of nodes. all_found: whether there are no others."""

    found: tuple[Loop, ...]
    all_found: bool


@dataclass(slots=True)
class _Steps:
    """How much searching is left: dense graphs have more loops than anybody can look at."""

    left: int

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def loops(graph: Graph, *, at_most: int = MOST_LOOPS) -> Loops:
    """The feedback loops, the same for the same graph: reinforcing where an even number of arrows are minus."""
    signs = {(arrow.cause, arrow.outcome): arrow.sign.value for arrow in graph.arrows}
    found: list[Loop] = []
    steps = _Steps(MOST_STEPS)
    for way in _ways_round(graph, steps):
        if len(found) == at_most:
            return Loops(tuple(found), all_found=False)
        turns = zip(way, (*way[1:], way[0]), strict=True)
        found.append(Loop(way, prod(signs[turn] for turn in turns) > 0))
    return Loops(tuple(found), all_found=steps.left >= 0)


def _ways_round(graph: Graph, steps: _Steps) -> Iterator[tuple[str, ...]]:
    """Each elementary way round once, found from its first node among that node and later ones."""
    after = graph.after()
    homes = [_way_home(graph.nodes[at:], after) for at in range(len(graph.nodes))]
    for length in range(2, len(graph.nodes) + 1):
        for start, home in zip(graph.nodes, homes, strict=True):
            yield from _ways((start,), length, after, home, steps)


def _way_home(among: tuple[str, ...], after: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many arrows it takes at least from each of some nodes to the first of them, along those alone."""
    before = {node: [other for other in among if node in after[other]] for node in among}
    distance, waiting = {among[0]: 0}, deque(among[:1])
    while waiting:
        node = waiting.popleft()
        for other in before[node]:
            if other not in distance:
                distance[other] = distance[node] + 1
                waiting.append(other)
    return distance


def _ways(
    way: tuple[str, ...], length: int, after: Mapping[str, tuple[str, ...]], home: Mapping[str, int], steps: _Steps
) -> Iterator[tuple[str, ...]]:
    """The ways round of one length that begin so; what is too far from home is not tried."""
    if not steps.spend():
        return
    if len(way) == length:
        if way[0] in after[way[-1]]:
            yield way
        return
    for node in after[way[-1]]:
        if node not in way and home.get(node, length) <= length - len(way):
            yield from _ways((*way, node), length, after, home, steps)
