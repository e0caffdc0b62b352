"""The rule for what may be said of a link, at its edges."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.causal.effects import Estimate, Link
from fieldcraft.engine.causal.verdict import (
    Basis,
    Because,
    Range,
    Says,
    Shown,
    Sign,
    Verdict,
    is_out_of_date,
    judge,
    judge_both_ways,
    verdict_dates,
)

ENOUGH = Basis(people=120, net_pairs=1_100, largest_team=0.2)


def estimate(effect: float, error: float) -> Estimate:
    return Estimate(effect, error, effect - 2 * error, effect + 2 * error, effect - 2.7 * error, effect + 2.7 * error)


def link(effect: float, error: float, *, noisy: float | None = None, noisy_error: float | None = None) -> Link:
    other = estimate(effect * 1.3 if noisy is None else noisy, error * 1.4 if noisy_error is None else noisy_error)
    return Link("purpose", "learning", estimate(effect, error), other)


def says(found: Link | None, stated: Sign = Sign.PLUS, basis: Basis = ENOUGH) -> Says:
    return judge(found, stated, basis).says


@pytest.mark.parametrize(
    ("found", "stated", "expected"),
    [
        (link(0.12, 0.03), Sign.PLUS, Says.SUPPORTS),
        (link(-0.12, 0.03), Sign.MINUS, Says.SUPPORTS),
        (link(-0.12, 0.03), Sign.PLUS, Says.OTHER_WAY),
        (link(0.12, 0.03), Sign.MINUS, Says.OTHER_WAY),
        (link(0.01, 0.01), Sign.PLUS, Says.NOT_NOTICEABLE),
        (link(0.025, 0.002), Sign.PLUS, Says.NOT_NOTICEABLE),  # sure, and too small to speak of
        (link(0.07, 0.03), Sign.PLUS, Says.CANNOT_SAY_YET),  # clear at 95 %, not at 99 %
        (link(0.12, 0.03, noisy=0.10, noisy_error=0.05), Sign.PLUS, Says.CANNOT_SAY_YET),  # clear in one run alone
        (link(0.12, 0.03, noisy=-0.2, noisy_error=0.02), Sign.PLUS, Says.CANNOT_SAY_YET),  # the runs disagree
    ],
)
def test_what_is_said(found: Link, stated: Sign, expected: Says) -> None:
    assert says(found, stated) is expected


def test_both_ways_of_speaking_against_are_that_and_the_others_are_not() -> None:
    assert [one for one in Says if one.speaks_against] == [Says.OTHER_WAY, Says.NOT_NOTICEABLE]


@pytest.mark.parametrize(
    ("basis", "found", "because"),
    [
        (Basis(29, 1_100, 0.2), link(0.3, 0.01), Because.FEW_PEOPLE),
        (Basis(120, 1_100, 0.51), link(0.3, 0.01), Because.ONE_TEAM),
        (ENOUGH, link(0.3, 0.04, noisy_error=0.0601), Because.IMPRECISE),
        (ENOUGH, link(math.nan, math.nan), Because.IMPRECISE),
        (ENOUGH, None, Because.IMPRECISE),
        (ENOUGH, link(0.07, 0.03), Because.BETWEEN),
    ],
)
def test_why_nothing_can_be_said(basis: Basis, found: Link | None, because: Because) -> None:
    verdict = judge(found, Sign.PLUS, basis)

    assert (verdict.says, verdict.because) == (Says.CANNOT_SAY_YET, because)


def test_at_the_edges_it_can_be_said() -> None:
    assert says(link(0.3, 0.04, noisy_error=0.06), basis=Basis(30, 900, 0.5)) is Says.SUPPORTS
    assert says(link(0.03, 0.005), basis=ENOUGH) is Says.SUPPORTS


def test_how_far_it_is_comes_in_ranges_and_from_the_error() -> None:
    verdict = judge(link(0.1, 0.06, noisy_error=0.085), Sign.PLUS, Basis(64, 424, 0.3))

    assert verdict.how_far
    assert verdict.how_far.have == Range(400, 499)
    assert verdict.how_far.needed == 850  # 424 × (0.085 / 0.06)²
    assert verdict.people == Range(50, 99)


def test_without_an_estimate_the_usual_number_is_said() -> None:
    how_far = judge(None, Sign.PLUS, Basis(12, 40, 1.0)).how_far

    assert how_far
    assert (how_far.have, how_far.needed) == (Range(0, 99), 850)


def test_the_effect_is_shown_to_the_nearest_twentieth_and_never_of_few_people_or_one_team() -> None:
    found = link(0.118, 0.03)

    assert judge(found, Sign.PLUS, ENOUGH).shown == Shown(0.1, 0.05, 0.2)
    assert judge(found, Sign.PLUS, Basis(29, 900, 0.2)).shown is None
    assert judge(found, Sign.PLUS, Basis(90, 900, 0.7)).shown is None


def test_the_way_back_is_judged_beside_it() -> None:
    there = link(0.12, 0.03)
    back = Link("learning", "purpose", estimate(0.0, 0.01), estimate(0.0, 0.015))
    both = judge_both_ways(there, back, Sign.PLUS, ENOUGH)

    assert (both.stated.says, both.back.says) == (Says.SUPPORTS, Says.NOT_NOTICEABLE)
    with pytest.raises(ValueError, match="way back"):
        judge_both_ways(there, there, Sign.PLUS, ENOUGH)


@given(st.floats(-0.5, 0.5), st.floats(0.001, 0.2), st.sampled_from(Sign))
def test_stating_a_link_the_other_way_turns_the_answer_round(effect: float, error: float, stated: Sign) -> None:
    turned = {Says.SUPPORTS: Says.OTHER_WAY, Says.OTHER_WAY: Says.SUPPORTS}
    found, other = link(effect, error), Sign(-stated.value)

    assert says(found, other) is turned.get(says(found, stated), says(found, stated))


@given(st.floats(-0.5, 0.5), st.floats(0.001, 0.2), st.integers(0, 5000), st.integers(0, 20_000), st.floats(0, 1))
def test_nothing_shown_tells_an_exact_count_or_effect(
    effect: float, error: float, people: int, pairs: int, team: float
) -> None:
    verdict: Verdict = judge(link(effect, error), Sign.PLUS, Basis(people, pairs, team))

    assert verdict.people.high is None or verdict.people.high - verdict.people.low >= 19
    assert verdict.pairs.high is None or verdict.pairs.high - verdict.pairs.low >= 99
    assert verdict.how_far is None or verdict.how_far.needed % 50 == 0
    assert verdict.shown is None or verdict.shown.effect * 20 == pytest.approx(round(verdict.shown.effect * 20))


def test_there_are_four_days_a_year_and_a_verdict_lasts_for_two_of_them() -> None:
    days = verdict_dates(2026)

    assert days == (date(2026, 1, 15), date(2026, 4, 15), date(2026, 7, 15), date(2026, 10, 15))
    assert not is_out_of_date(judged=days[0], today=days[2])
    assert is_out_of_date(judged=days[0], today=days[2] + timedelta(days=10))
