"""What may be said grows with the answers, and is never more than they bear."""

import math
import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.measure import change
from fieldcraft.engine.measure.change import (
    BeyondWobble,
    DotsOnly,
    HigherThanUsual,
    LowerThanUsual,
    NothingYet,
    NotSure,
    OneDot,
    OwnBand,
    OwnLine,
    ProbablyHigher,
    ProbablyLower,
    Sayable,
    Standing,
    WithinUsual,
    WithinWobble,
    change_of,
    error_of_change,
    half_width,
    reliable_change,
    sayable,
    standing_of,
)
from fieldcraft.engine.measure.trajectory import Answer, posterior


def weekly(*values: float) -> list[Answer]:
    return [Answer(float(week), value) for week, value in enumerate(values)]


def wobbling(count: int, *, around: float = 60, step: float = 0) -> list[Answer]:
    dice = random.Random(7)
    return weekly(*(around + (step if at >= count // 2 else 0) + dice.gauss(0, 9) for at in range(count)))


def test_no_answer_is_nothing_yet() -> None:
    assert sayable([]) == NothingYet()


def test_one_answer_is_its_dot() -> None:
    assert sayable(weekly(40)) == OneDot(Answer(0, 40))


def test_few_answers_are_dots_and_around_how_much() -> None:
    assert sayable(weekly(58, 69, 61)) == DotsOnly(55, 70)


def test_the_ends_are_rounded_outwards() -> None:
    assert sayable(weekly(0, 100)) == DotsOnly(0, 100)
    assert sayable(weekly(50, 50)) == DotsOnly(50, 50)


@pytest.mark.parametrize(("count", "kind"), [(7, DotsOnly), (8, OwnBand), (29, OwnBand), (30, OwnLine), (80, OwnLine)])
def test_how_much_is_shown_depends_on_how_many_there_are(count: int, kind: type) -> None:
    assert type(sayable(wobbling(count))) is kind


def test_eight_answers_within_five_weeks_are_still_dots() -> None:
    assert isinstance(sayable([Answer(at * 5.9 / 7, 50 + at) for at in range(8)]), DotsOnly)
    assert isinstance(sayable([Answer(at * 6 / 7, 50 + at) for at in range(8)]), OwnBand)


def test_the_band_is_drawn_where_it_is_asked_for() -> None:
    found = sayable(wobbling(8), times=[0, 3.5, 9])

    assert isinstance(found, OwnBand)
    assert [level.at for level in found.levels] == [0, 3.5, 9]


@pytest.mark.parametrize(("step", "said"), [(45, HigherThanUsual), (0, WithinUsual), (-45, LowerThanUsual)])
def test_with_a_band_there_are_three_sentences_and_no_other(step: float, said: type[Standing]) -> None:
    found = sayable(wobbling(8, around=50, step=step))

    assert isinstance(found, OwnBand)
    assert type(found.said) is said


@pytest.mark.parametrize(("step", "kind"), [(25, ProbablyHigher), (-25, ProbablyLower)])
def test_a_change_is_sure_at_95_in_100(step: float, kind: type) -> None:
    found = change_of(posterior(wobbling(40, step=step)), then=0, now=39)

    assert isinstance(found, ProbablyHigher | ProbablyLower)
    assert type(found) is kind
    assert found.then == 0
    assert 0.95 <= found.chance <= 1


def test_with_a_line_it_is_one_of_the_same_three_sentences() -> None:
    found = sayable(wobbling(40))

    assert isinstance(found, OwnLine)
    assert isinstance(found.said, WithinUsual)


def test_now_is_compared_with_the_time_that_is_asked_for() -> None:
    answers = wobbling(40, step=25)

    assert change_of(posterior(answers), then=30, now=39) == NotSure()


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 100)), max_size=35), st.randoms())
def test_the_order_of_answers_does_not_matter(pairs: list[tuple[float, float]], dice: random.Random) -> None:
    answers = [Answer(*pair) for pair in pairs]
    mixed = answers.copy()
    dice.shuffle(mixed)

    assert isinstance(sayable(answers), get_args(Sayable))
    assert sayable(mixed) == sayable(answers)


def test_no_case_knows_better_from_worse() -> None:
    names = " ".join(vars(change)).lower()

    assert not {word for word in ("improve", "better", "worse", "decline") if word in names}


@pytest.mark.parametrize(("weeks", "half"), [(4, 1.9), (6, 1.5), (8, 1.3), (12, 1.1), (20, 0.8)])
def test_the_usual_range_of_own_weeks_is_that_of_the_table(weeks: int, half: float) -> None:
    """MEASURES.md 5: s = 1.0 on 1–7, φ = .3."""
    assert half_width(1.0, weeks) == pytest.approx(half, abs=0.05)
    assert half_width(1.0, weeks) == half_width(1.0, weeks, weeks)


def test_more_weeks_before_make_the_usual_range_narrower() -> None:
    widths = [half_width(1.0, 4, before) for before in (4, 8, 20, 56)]

    assert widths == sorted(widths, reverse=True)


def test_equal_answers_do_not_make_the_next_small_difference_unusual() -> None:
    assert isinstance(standing_of(weekly(50, 50, 50, 50, 55, 55, 55, 55)), WithinUsual)


def test_flat_weeks_are_seldom_called_unusual() -> None:
    """Of 400 people whose level never moved, at most one in twenty after eight weeks."""
    dice = random.Random(4)
    people = (weekly(*(min(100, max(0, dice.gauss(60, 13))) for _week in range(8))) for _person in range(400))

    assert sum(not isinstance(standing_of(person), WithinUsual) for person in people) <= 20


def test_a_usual_range_needs_weeks_before() -> None:
    with pytest.raises(ValueError, match="latest four"):
        standing_of(weekly(1, 2, 3, 4))


@pytest.mark.parametrize(
    ("retest", "spread", "needed"), [(0.71, 0.8, 1.19), (0.64, 0.8, 1.33), (0.72, 3.5, 5.1), (0.80, 0.9, 1.1)]
)
def test_a_reliable_change_is_that_of_the_table(retest: float, spread: float, needed: float) -> None:
    """MEASURES.md 5: GSE-3, a pair of IE-4, Pearlin, Spreitzer."""
    found = reliable_change(0, 0, spread=spread, retest=retest)

    assert found.needed == pytest.approx(needed, abs=0.06 if needed > 2 else 0.02)
    assert found.needed == pytest.approx(1.96 * error_of_change(spread, retest))


def test_the_error_of_change_has_its_root_of_two() -> None:
    assert error_of_change(1, 0) == math.sqrt(2)
    assert error_of_change(5, 1) == 0


def test_a_change_is_beyond_wobble_in_both_directions() -> None:
    assert isinstance(reliable_change(10, 16, spread=3.5, retest=0.72), BeyondWobble)
    assert isinstance(reliable_change(16, 10, spread=3.5, retest=0.72), BeyondWobble)
    assert isinstance(reliable_change(10, 15, spread=3.5, retest=0.72), WithinWobble)


@pytest.mark.parametrize(("spread", "retest"), [(1, 1.1), (1, -0.1), (-1, 0.5)])
def test_what_is_no_correlation_and_no_spread_is_refused(spread: float, retest: float) -> None:
    with pytest.raises(ValueError, match="re-test"):
        error_of_change(spread, retest)
