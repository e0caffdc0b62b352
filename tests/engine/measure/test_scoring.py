"""Scores follow the published rules of their instruments; what is missing is never filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.measure.responses import Cell, Missing
from fieldcraft.engine.measure.scoring import (
    GSE3,
    IE4_EXTERNAL,
    IE4_INTERNAL,
    PEARLIN,
    PEARLIN_5,
    SENSE_OF_MASTERY,
    SPREITZER,
    ScaleKey,
    Scored,
    TooFewAnswers,
    mean_of_means,
    mean_score,
    on_hundred,
    sum_score,
    turned,
)

WEEK: dict[str, Cell] = {"influence": 5, "same_anyway": 2, "better": 4, "reachable": 3, "purpose": 7}
ONE_TO_SEVEN = st.integers(1, 7)


def test_sense_of_mastery_is_the_mean_of_four_with_powerlessness_turned_round() -> None:
    assert mean_score(WEEK, SENSE_OF_MASTERY) == Scored((5 + (8 - 2) + 4 + 3) / 4, answered=4)


def test_three_of_four_are_enough_for_a_sense_of_mastery() -> None:
    answers = WEEK | {"same_anyway": Missing.RATHER_NOT_SAY}

    assert mean_score(answers, SENSE_OF_MASTERY) == Scored(4, answered=3)


@pytest.mark.parametrize("missing", list(Missing))
def test_two_of_four_are_too_few(missing: Missing) -> None:
    answers = WEEK | {"same_anyway": missing, "better": missing}

    assert mean_score(answers, SENSE_OF_MASTERY) == TooFewAnswers(answered=2, least=3)


def test_an_item_that_was_not_shown_is_missing() -> None:
    assert mean_score({}, SENSE_OF_MASTERY) == TooFewAnswers(answered=0, least=3)


def test_pearlin_goes_from_seven_to_twenty_eight_with_1_2_3_5_7_turned_round() -> None:
    least: dict[str, Cell] = {item: 1 if item in {"4", "6"} else 4 for item in PEARLIN.items}
    most: dict[str, Cell] = {item: 4 if item in {"4", "6"} else 1 for item in PEARLIN.items}

    assert sum_score(least, PEARLIN) == Scored(7, answered=7)
    assert sum_score(most, PEARLIN) == Scored(28, answered=7)
    assert sum_score(most, PEARLIN_5) == Scored(20, answered=5)
    assert sum_score(most | {"4": Missing.NOT_ANSWERED}, PEARLIN) == TooFewAnswers(answered=6, least=7)


def test_the_pairs_of_ie4_stay_apart() -> None:
    answers: dict[str, Cell] = {"1": 5, "2": 4, "3": 1, "4": 2}

    assert mean_score(answers, IE4_INTERNAL) == Scored(4.5, answered=2)
    assert mean_score(answers, IE4_EXTERNAL) == Scored(1.5, answered=2)


def test_gse3_needs_all_three() -> None:
    assert mean_score({"1": 5, "2": 4}, GSE3) == TooFewAnswers(answered=2, least=3)


def test_spreitzer_is_the_mean_of_four_means() -> None:
    answers: dict[str, Cell] = {
        item: value for key, value in zip(SPREITZER, (7, 5, 3, 2), strict=True) for item in key.items
    }

    assert mean_of_means(answers, SPREITZER) == Scored(4.25, answered=12)
    assert mean_of_means(answers | {"impact_3": Missing.RATHER_NOT_SAY}, SPREITZER) == TooFewAnswers(11, 12)


def test_parts_of_unequal_length_weigh_the_same() -> None:
    parts = (ScaleKey(("a", "b", "c")), ScaleKey(("d",)))

    assert mean_of_means({"a": 1, "b": 1, "c": 1, "d": 7}, parts) == Scored(4, answered=4)


@given(st.dictionaries(st.sampled_from(SENSE_OF_MASTERY.items), ONE_TO_SEVEN | st.sampled_from(Missing)))
def test_a_mean_lies_between_the_ends_or_says_why_there_is_none(answers: dict[str, Cell]) -> None:
    score = mean_score(answers, SENSE_OF_MASTERY)
    numbers = [cell for cell in answers.values() if not isinstance(cell, Missing)]

    assert isinstance(score, Scored) == (len(numbers) >= 3)
    assert isinstance(score, TooFewAnswers) or 1 <= score.value <= 7


@given(st.lists(ONE_TO_SEVEN, min_size=3, max_size=3))
def test_turning_every_item_and_every_answer_round_changes_nothing(given_answers: list[int]) -> None:
    items = ("a", "b", "c")
    plain, reverse = ScaleKey(items), ScaleKey(items, frozenset(items))
    answers = dict(zip(items, given_answers, strict=True))

    assert mean_score(answers, plain) == mean_score({item: 8 - x for item, x in answers.items()}, reverse)


@given(st.floats(-50, 50), st.floats(-50, 0), st.floats(1, 50))
def test_turning_twice_is_turning_never(value: float, low: float, high: float) -> None:
    assert turned(turned(value, low=low, high=high), low=low, high=high) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(("value", "place"), [(1, 0), (4, 50), (7, 100)])
def test_one_to_seven_lies_on_nought_to_a_hundred(value: float, place: float) -> None:
    assert on_hundred(value) == place


def test_an_answer_outside_the_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="influence: 8 is not between"):
        mean_score({"influence": 8}, SENSE_OF_MASTERY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": ()},
        {"items": ("a", "a")},
        {"items": ("a",), "least": 2},
        {"items": ("a",), "reversed_items": frozenset("b")},
        {"items": ("a",), "low": 7, "high": 1},
    ],
)
def test_a_key_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"scale"):
        ScaleKey(**wrong)  # type: ignore[arg-type]


def test_an_instrument_without_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="part"):
        mean_of_means({}, ())
