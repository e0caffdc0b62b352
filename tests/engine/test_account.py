"""The account of histories decides as the one that is kept person by person."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.slow_account import SlowAccount

from fieldcraft.engine.disclosure import Account

LIMITS = (0.05, 0.1, 0.16, 0.21, 0.3, 0.5)

worlds = st.builds(lambda seed: Random(seed), st.integers(0, 10**9))


def figures(drawn: Random) -> list[tuple[frozenset[str], bool]]:
    """Some of a small world over a year: mostly teams of which somebody is missing, now and then everybody."""
    people = [f"p{number:02}" for number in range(drawn.randrange(4, 31))]
    team = drawn.randrange(3, 9)
    found = []
    for _window in range(drawn.randrange(1, 9)):
        first = drawn.randrange(0, len(people))
        among = people if drawn.random() < 0.4 else people[first : first + team]
        counted = frozenset(person for person in among if drawn.random() < 0.85)
        found.append((counted or frozenset(among), drawn.random() < 0.3))
    return found


@given(worlds)
def test_it_knows_as_much_as_the_slow_one_of_everybody(drawn: Random) -> None:
    quick, slow = Account(), SlowAccount()

    for counted, with_bands in figures(drawn):
        quick, slow = quick.after(counted, with_bands=with_bands), slow.after(counted, with_bands=with_bands)

        assert sorted(quick.people) == sorted(slow.people)
        assert {one: quick.known_of(one) for one in slow.people} == pytest.approx(
            {one: slow.known_of(one) for one in slow.people}, abs=1e-9
        )


@given(worlds)
def test_it_refuses_and_leaves_out_whatever_the_slow_one_does(drawn: Random) -> None:
    most, rests_from = drawn.choice(LIMITS), drawn.choice(LIMITS)
    quick, slow = Account(), SlowAccount()

    for counted, with_bands in figures(drawn):
        left_out = slow.known_above(rests_from)
        assert quick.known_above(rests_from) == left_out
        if not counted - left_out:
            continue
        after = quick.after_unless(counted - left_out, most, with_bands=with_bands)
        expected = slow.after(counted - left_out, with_bands=with_bands)
        assert (after is None) == (expected.most_known > most)
        if after is not None:
            quick, slow = after, expected


def test_a_figure_that_is_refused_changes_nothing() -> None:
    people = frozenset(f"p{number}" for number in range(8))
    before = Account().after(people)

    assert before.after_unless(people - {"p0"}, 0.01) is None

    assert before == Account().after(people)


def test_people_with_the_same_history_are_kept_once() -> None:
    people = [f"p{number:04}" for number in range(3_000)]
    account = Account()

    for counted in (people, people[:2_000], people[1_000:], people):
        account = account.after(frozenset(counted))

    assert account.kept is not None
    assert len(account.kept.taken) == 4  # the never counted, and three parts
    assert np.count_nonzero(account.kept.people) == 3
    assert account.known_of("p0000") == account.known_of("p0999") != account.known_of("p1500")
