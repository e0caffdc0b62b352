"""Loops of a theory and where its nodes stand."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldcraft.engine.causal.graph import Arrow, Graph, Loop, loops
from fieldcraft.engine.causal.layout import HEIGHT, WIDTH, places
from fieldcraft.engine.causal.verdict import Sign

PLUS, MINUS = Sign.PLUS, Sign.MINUS


def graph(text: str) -> Graph:
    """ "a+b b-a": nodes as they come, an arrow for each word."""
    arrows = [Arrow(word[0], word[2], PLUS if word[1] == "+" else MINUS) for word in text.split()]
    nodes = dict.fromkeys(node for arrow in arrows for node in (arrow.cause, arrow.outcome))
    return Graph(tuple(nodes), tuple(arrows))


def complete(size: int) -> Graph:
    nodes = tuple(f"n{one:02}" for one in range(size))
    return Graph(nodes, tuple(Arrow(one, other, PLUS) for one, other in permutations(nodes, 2)))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    nodes = tuple("abcdefg"[: draw(st.integers(1, 7))])
    ways = [(one, other) for one, other in product(nodes, nodes) if one != other]
    chosen = draw(st.lists(st.sampled_from(ways), unique=True, max_size=14)) if ways else []
    return Graph(nodes, tuple(Arrow(*way, draw(st.sampled_from(Sign))) for way in chosen))


def by_trying_all(of: Graph) -> set[tuple[str, ...]]:
    """Each loop once, from its first node: every order of every set of nodes, tried."""
    ways = {(arrow.cause, arrow.outcome) for arrow in of.arrows}
    found = set()
    for size in range(2, len(of.nodes) + 1):
        for some in combinations(of.nodes, size):
            for rest in permutations(some[1:]):
                way = (some[0], *rest)
                if all(turn in ways for turn in zip(way, (*way[1:], way[0]), strict=True)):
                    found.add(way)
    return found


def test_an_even_number_of_minus_signs_reinforces() -> None:
    found = loops(graph("a+b b+a b-c c+a c-b")).found

    assert found == (
        Loop(("a", "b"), reinforcing=True),
        Loop(("b", "c"), reinforcing=True),
        Loop(("a", "b", "c"), reinforcing=False),
    )
    assert [one.balancing for one in found] == [False, False, True]


@given(graphs())
@settings(max_examples=60)
def test_all_loops_are_found_once_and_short_ones_first(of: Graph) -> None:
    found = loops(of)
    ways = [loop.nodes for loop in found.found]

    assert found.all_found
    assert set(ways) == by_trying_all(of)
    assert len(set(ways)) == len(ways)
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)


@given(graphs())
@settings(max_examples=30)
def test_the_order_of_arrows_does_not_matter(of: Graph) -> None:
    other = Graph(of.nodes, tuple(reversed(of.arrows)))

    assert loops(of) == loops(other)
    assert places(of) == places(other)


def test_a_theory_in_which_all_leads_to_all_says_that_there_are_more() -> None:
    found = loops(complete(20), at_most=50)

    assert len(found.found) == 50
    assert not found.all_found
    assert len(loops(complete(4)).found) == 6 + 8 + 6


def test_twenty_nodes_without_a_loop_are_no_trouble() -> None:
    full = complete(20)
    forward = Graph(full.nodes, tuple(arrow for arrow in full.arrows if arrow.cause < arrow.outcome))

    assert loops(forward).found == ()
    assert loops(forward).all_found


@pytest.mark.parametrize("arrows", ["a+a", "a+b a-b"])
def test_what_is_no_theory_is_refused(arrows: str) -> None:
    with pytest.raises(ValueError, match=r"arrow|twice"):
        graph(arrows)


def test_an_arrow_needs_its_nodes() -> None:
    with pytest.raises(ValueError, match="arrow"):
        Graph(("a",), (Arrow("a", "b", PLUS),))


@pytest.mark.parametrize("size", range(1, 21))
@pytest.mark.parametrize("every", [1, 3])
def test_no_two_boxes_lie_on_each_other_and_all_are_inside(size: int, every: int) -> None:
    full = complete(size)
    found = places(Graph(full.nodes, full.arrows[::every][:60]))

    assert list(found) == list(full.nodes)
    for one in found.values():
        assert WIDTH / 2 - 1e-9 <= one.across <= 1 - WIDTH / 2 + 1e-9
        assert HEIGHT / 2 - 1e-9 <= one.down <= 1 - HEIGHT / 2 + 1e-9
    for one, other in combinations(found.values(), 2):
        assert abs(one.across - other.across) >= WIDTH - 1e-9 or abs(one.down - other.down) >= HEIGHT - 1e-9


def test_a_loop_goes_round_the_circle() -> None:
    """Named so that going by name would cross: the longest loop is followed instead."""
    found = places(graph("a+c c+b b+d d+a"))

    assert (found["a"].across, found["a"].down) == (0.5, HEIGHT / 2)
    assert found["b"].across == 0.5
    assert found["c"].down == found["d"].down == 0.5


def test_what_leads_stands_above_what_it_leads_to_in_rows() -> None:
    nodes = tuple(f"n{one:02}" for one in range(16))
    chain = Graph(nodes, tuple(Arrow(nodes[one], nodes[one + 4], PLUS) for one in range(12)))
    found = places(chain)

    assert all(found[arrow.cause].down < found[arrow.outcome].down for arrow in chain.arrows)


def test_more_boxes_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        places(complete(20), width=0.5, height=0.3)
