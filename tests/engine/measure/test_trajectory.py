"""A person's own line is the trial's, and keeps the laws that any such line must keep."""

import importlib.util
import sys
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.measure.figures import TRIALS, Trial

from fieldcraft.engine.measure.trajectory import (
    LATEST,
    WEEKLY,
    Answer,
    Assumptions,
    difference,
    levels,
    posterior,
)

SCRIPT = Path(__file__).parents[4] / "shared/trials/theory/trajectory.py"
SERIES = st.lists(
    st.builds(Answer, st.floats(0, 60).map(lambda at: round(at, 1)), st.integers(0, 100).map(float)),
    min_size=1,
    max_size=20,
)


def answers_of(trial: Trial) -> list[Answer]:
    return [Answer(at, value) for at, value in zip(trial.at, trial.values, strict=True)]


def bands_of(answers: list[Answer], times: list[float], **how: Any) -> list[tuple[float, ...]]:
    """(low90, low50, mid, high50, high90) at each time."""
    found = levels(posterior(answers, **how), times)
    return [(one.low90, one.low50, one.mid, one.high50, one.high90) for one in found]


@pytest.mark.parametrize("trial", TRIALS.values(), ids=TRIALS)
def test_the_line_and_its_bands_are_those_of_the_trial(trial: Trial) -> None:
    found = bands_of(answers_of(trial), list(trial.times), since=trial.times[0])

    assert found == [pytest.approx(band, abs=1e-9) for band in trial.bands]


@pytest.mark.parametrize("trial", TRIALS.values(), ids=TRIALS)
def test_the_chance_that_now_is_above_then_is_that_of_the_trial(trial: Trial) -> None:
    known = posterior(answers_of(trial), since=trial.times[0])
    found = difference(known, then=trial.at[0], now=trial.at[-1])

    assert found.by == pytest.approx(trial.change, abs=1e-9)
    assert found.chance_higher == pytest.approx(trial.chance_higher, abs=1e-11)


@pytest.fixture(scope="module")
def trial_script() -> Any:
    if not SCRIPT.exists():
        pytest.skip("the trial's script is not beside this checkout")
    for library in ("numpy", "scipy"):
        pytest.importorskip(library, reason=f"the trial's script needs {library}, which Fieldcraft does not")
    spec = importlib.util.spec_from_file_location("trial_trajectory_script", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.modules.pop(spec.name, None)


@pytest.mark.parametrize("count", [1, 2, 8, 33, 60])
def test_the_script_itself_says_the_same_on_other_series(trial_script: Any, count: int) -> None:
    numpy = sys.modules["numpy"]
    dice = numpy.random.default_rng(count)
    at = numpy.sort(dice.uniform(0, 1.6 * count, count))
    values = numpy.rint(numpy.clip(dice.normal(60, 16, count), 0, 100))
    times = [float(at[0]), *numpy.linspace(at[0] + 0.01, at[-1] + 2, 9).tolist()]
    expected = trial_script.level(at, values, numpy.array(times))

    known = posterior([Answer(float(one), float(value)) for one, value in zip(at, values, strict=True)])

    assert [one.mid for one in levels(known, times)] == pytest.approx(expected["mid"].tolist(), abs=1e-8)
    assert [one.low90 for one in levels(known, times)] == pytest.approx(expected["lo90"].tolist(), abs=1e-8)
    assert [one.high50 for one in levels(known, times)] == pytest.approx(expected["hi50"].tolist(), abs=1e-8)
    if count > 1:
        chance = difference(known, then=float(at[0]), now=float(at[-1])).chance_higher
        assert chance == pytest.approx(expected["p_up"], abs=1e-9)


@given(SERIES, st.randoms())
def test_the_order_in_which_answers_come_does_not_matter(answers: list[Answer], dice: Any) -> None:
    mixed = list(answers)
    dice.shuffle(mixed)

    assert posterior(mixed) == posterior(answers)


@given(st.lists(st.floats(30, 50), min_size=1, max_size=15), st.floats(0, 20))
def test_shifting_every_answer_shifts_the_line(values: list[float], shift: float) -> None:
    """And what is believed beforehand with it; values keep off the ends, where the line is cut."""
    beliefs = replace(WEEKLY, level=40.0, spread=3.0)
    times = [float(at) for at in range(len(values))]
    plain = bands_of([Answer(at, value) for at, value in zip(times, values, strict=True)], times, assume=beliefs)

    moved = bands_of(
        [Answer(at, value + shift) for at, value in zip(times, values, strict=True)],
        times,
        assume=replace(beliefs, level=40.0 + shift),
    )

    assert moved == [pytest.approx([edge + shift for edge in band], abs=1e-6) for band in plain]


@given(SERIES, st.sampled_from([1 / 52, 7.0, 168.0]))
def test_times_in_another_unit_make_the_same_line(answers: list[Answer], in_a_week: float) -> None:
    times = sorted(one.at for one in answers)
    others = [Answer(one.at * in_a_week, one.value) for one in answers]

    found = bands_of(others, [time * in_a_week for time in times], assume=WEEKLY.in_units(in_a_week))

    assert found == [pytest.approx(band, abs=1e-6) for band in bands_of(answers, times)]


@given(SERIES, st.floats(0, 1), st.floats(0, 1))
def test_higher_one_way_is_lower_the_other(answers: list[Answer], one: float, other: float) -> None:
    known = posterior(answers)
    first, span = known.times[0], known.times[-1] - known.times[0] + 5
    then, now = first + one * span, first + other * span
    there, back = difference(known, then=then, now=now), difference(known, then=now, now=then)

    assert there.by == pytest.approx(-back.by, abs=1e-9)
    assert then == now or there.chance_higher == pytest.approx(1 - back.chance_higher, abs=1e-12)


@given(SERIES, st.floats(0.01, 0.99))
def test_a_time_that_is_only_asked_for_changes_nothing(answers: list[Answer], share: float) -> None:
    """Asking between two answers is the same as the filter stopping there: the bridge is exact."""
    known = posterior(answers)
    early = posterior(answers, since=known.times[0])

    assert levels(known, known.times) == levels(early, known.times)
    for low, high in zip(known.times, known.times[1:], strict=False):
        (between,) = levels(known, [low + share * (high - low)])
        assert between.low90 <= between.low50 <= between.mid <= between.high50 <= between.high90


def test_the_band_is_wider_where_answers_are_missing() -> None:
    answers = [Answer(float(at), 50.0 + at % 3) for at in (*range(10), *range(30, 40))]
    width = {one.at: one.high90 - one.low90 for one in levels(posterior(answers), [5, 9, 19.5, 30, 35, 39, 45])}

    assert width[19.5] > 1.2 * width[5]
    assert width[19.5] > width[9] > width[5]
    assert width[45] > width[39] > width[35]


def test_the_line_stays_between_the_ends() -> None:
    found = bands_of([Answer(float(at), 100.0) for at in range(10)], [0.0, 9.0])

    assert all(0 <= edge <= 100 for band in found for edge in band)


def test_answers_before_the_latest_sixty_are_taken_as_quarterly_means() -> None:
    answers = [Answer(float(at), 40.0 + at % 20) for at in range(LATEST + 39)]
    known = posterior(answers)

    assert len(known.times) == LATEST + 3
    assert known.times[:4] == (6, 19, 32, 39)


def test_the_steps_grow_with_the_years_and_not_with_the_answers() -> None:
    """Ten years of a daily answer: 60 and at most 40 quarters."""
    answers = [Answer(at / 7, 50.0 + at % 9) for at in range(3640)]

    assert len(posterior(answers).times) <= LATEST + 40


def test_older_answers_as_means_hardly_move_the_line_now() -> None:
    answers = [Answer(float(at), 60.0 + (at * 7) % 23 - 11) for at in range(90)]
    whole = posterior(answers, assume=replace(WEEKLY, quarter=1e-6))

    (now,), (exact,) = levels(posterior(answers), [89.0]), levels(whole, [89.0])

    assert len(whole.times) == 90
    assert astuple(now) == pytest.approx(astuple(exact), abs=1)


@pytest.mark.parametrize(("answers", "time"), [([], 0.0), ([Answer(3, 50)], 2.9)])
def test_without_answers_or_before_them_there_is_no_line(answers: list[Answer], time: float) -> None:
    with pytest.raises(ValueError, match=r"needs an answer|where the line begins"):
        levels(posterior(answers), [time])


def test_the_beliefs_are_those_of_the_trial() -> None:
    assert Assumptions() == WEEKLY == WEEKLY.in_units(1)
