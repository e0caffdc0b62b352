"""The ways round in a theory: found by the program, named by people."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldcraft.engine.causal.graph import Arrow, Graph, loops
from fieldcraft.engine.causal.verdict import Sign as Way
from fieldcraft.theory.models import LoopName, Sign, Theory
from fieldcraft.theory.queries.claims import Stated

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Round:
    """One way round. key: stands for it wherever it is named; name: "" while nobody has named it.

    links: as many as constructs. grows: it feeds itself; else it holds itself in check.
    """

    key: str
    constructs: tuple[str, ...]
    links: int
    grows: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What was found, short ones first. all_shown: whether there are no others."""

    found: tuple[Round, ...]
    all_shown: bool


def graph_of(links: Sequence[Stated]) -> Graph:
    """The links as a graph; nodes are ids of constructs, in the order in which the constructs came to be."""
    ids = {str(end) for each in links for end in (each.claim.source_id, each.claim.target_id)}
    return Graph(tuple(sorted(ids)), tuple(_arrow(each) for each in links))


def _arrow(each: Stated) -> Arrow:
    way = Way.MINUS if each.text.sign == Sign.LESS else Way.PLUS
    return Arrow(str(each.claim.source_id), str(each.claim.target_id), way)


def rounds(theory: Theory, links: Sequence[Stated]) -> Rounds:
    """The loops of these links with what people call them; one query."""
    named = dict(LoopName.objects.filter(theory=theory).values_list("key", "name"))
    names = _names(links)
    found = loops(graph_of(links), at_most=SHOWN)
    shown = [
        Round(
            key=key_of(loop.nodes),
            constructs=tuple(names[node] for node in loop.nodes),
            links=len(loop.nodes),
            grows=loop.reinforcing,
            name=named.get(key_of(loop.nodes), ""),
        )
        for loop in found.found
    ]
    return Rounds(tuple(shown), found.all_found)


def key_of(nodes: Sequence[str]) -> str:
    """The ids in order, beginning with the least, so that one way round has one key wherever it is entered."""
    start = nodes.index(min(nodes))
    return " ".join((*nodes[start:], *nodes[:start]))


def _names(links: Sequence[Stated]) -> dict[str, str]:
    ends = [end for each in links for end in (each.claim.source, each.claim.target) if end]
    return {str(end.pk): end.name for end in ends}
