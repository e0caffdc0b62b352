"""The weekly map against closed forms, the laws it keeps, and the trial it was chosen by."""

import importlib.util
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bench import theory_worlds
from tests.engine.causal.panels import TWO, expected_moments, panel, simulated

from fieldcraft.engine.causal.correction import weekly_map
from fieldcraft.engine.causal.effects import Fit, TooLittle
from fieldcraft.engine.causal.lagged import Answers, fit, share_of_largest_team, sums_of

TRIAL = Path(__file__).parents[4] / "shared/trials/theory"
THREE = np.array([[0.35, 0.10, 0.0], [0.0, 0.30, -0.07], [0.15, 0.05, 0.20]])


def effects(fitted: Fit) -> list[float]:
    return [number for link in fitted.links for number in (link.as_exact.effect, link.as_exact.error)]


@pytest.mark.parametrize("pairs", [3, 6, 12])
@pytest.mark.parametrize("noise", [0.0, 0.25])
@pytest.mark.parametrize("to", [TWO, THREE])
def test_what_short_panels_and_noise_do_on_average_is_taken_back_exactly(pairs: int, noise: float, to: Any) -> None:
    moments, true = expected_moments(to, pairs=pairs, noise=noise)
    uncorrected = np.linalg.solve(moments.xx[0], moments.xy[0]).T

    assert weekly_map(moments, reliability=1 - noise)[0] == pytest.approx(true, abs=1e-6)
    assert np.abs(uncorrected - true).max() > 0.05


def test_one_variable_has_nickells_bias_in_closed_form() -> None:
    """Nickell (1981), equation 18: the limit of the own lag over many people with T pairs, own means taken out."""
    lag, pairs = 0.5, 5
    moments, _true = expected_moments(np.array([[lag]]), pairs=pairs, noise=0.0)
    inner = 1 - (1 - lag**pairs) / (pairs * (1 - lag))
    bias = -(1 + lag) / (pairs - 1) * inner / (1 - 2 * lag / ((1 - lag) * (pairs - 1)) * inner)

    assert float((moments.xy / moments.xx)[0, 0, 0]) == pytest.approx(lag + bias, abs=1e-12)


def test_a_map_without_news_is_found_exactly() -> None:
    """Each person swings from their own start by the map alone; a weekly movement common to all is no matter."""
    dice = np.random.default_rng(1)
    turn = 0.97 * np.array([[math.cos(0.9), -math.sin(0.9)], [math.sin(0.9), math.cos(0.9)]])
    now, rows = dice.normal(size=(60, 2)), []
    for _week in range(12):
        rows.append(now)
        now = now @ turn.T
    values = 50 + 8 * np.stack(rows, axis=1) + dice.normal(size=(60, 1, 2)) + 5 * dice.normal(size=(1, 12, 2))
    sums = sums_of(panel(values))
    swing = np.sqrt(sums.squares.sum(axis=0) / sums.freedom.sum(axis=0))
    fitted = fit(sums, seed=1)
    found = [fitted.link("b", "a").as_exact.effect, fitted.link("a", "b").as_exact.effect]

    assert fitted.weekly
    assert found == pytest.approx([turn[0, 1] * swing[1] / swing[0], turn[1, 0] * swing[0] / swing[1]], abs=1e-6)
    assert fitted.own_lags == pytest.approx((turn[0, 0], turn[1, 1]), abs=1e-6)


def test_with_long_panels_nothing_is_left_to_correct() -> None:
    moments, true = expected_moments(TWO, pairs=150, noise=0.0)
    uncorrected = np.linalg.solve(moments.xx[0], moments.xy[0]).T

    assert np.abs(uncorrected - true).max() < 0.015
    assert weekly_map(moments, reliability=1.0)[0] == pytest.approx(uncorrected, abs=0.015)


def test_many_people_give_the_map_they_swing_by() -> None:
    fitted = fit(sums_of(panel(simulated(3000, 9, seed=3, missing=0.2))), seed=1)
    _moments, true = expected_moments(TWO, pairs=3, noise=0.0)

    assert fitted.own_lags == pytest.approx((true[0, 0], true[1, 1]), abs=0.04)
    assert fitted.link("b", "a").as_exact.effect == pytest.approx(true[0, 1], abs=0.04)
    assert fitted.link("a", "b").as_exact.effect == pytest.approx(true[1, 0], abs=0.04)


def test_noisy_answers_shrink_effects_and_the_second_run_takes_it_back() -> None:
    link = fit(sums_of(panel(simulated(4000, 20, seed=4, noise=3**-0.5))), seed=1).link("b", "a")
    _moments, true = expected_moments(TWO, pairs=3, noise=0.0)

    assert link.as_noisy.effect * 0.75 == pytest.approx(true[0, 1] * 0.75, abs=0.025)
    assert link.as_exact.effect < true[0, 1] * 0.85
    assert link.as_noisy.error > link.as_exact.error


@pytest.mark.parametrize(("people", "weeks"), [(40, 8), (60, 10)])
def test_errors_are_as_large_as_estimates_are_wrong(people: int, weeks: int) -> None:
    """In blocks of weeks and in weeks, both runs, answers noisy."""
    _moments, true = expected_moments(TWO, pairs=3, noise=0.0)
    off = []
    for seed in range(150):
        link = fit(sums_of(panel(simulated(people, weeks, seed=seed, missing=0.2, noise=3**-0.5))), seed=1).link(
            "b", "a"
        )
        off.append((link.as_noisy.effect - true[0, 1]) / link.as_noisy.error)

    assert abs(np.mean(off)) < 0.3
    assert np.std(off) == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("people", [20, 49, 50, 51, 130])
def test_who_withdraws_is_gone_as_if_they_had_never_been_there(people: int) -> None:
    """Errors and their groups included, in blocks and in weeks, and where the first one's leaving changes which of both."""
    answers = panel(simulated(people, 14, seed=people, missing=0.25))
    sums = sums_of(answers)
    for person in (int(sums.people[0]), int(sums.people[-1])):
        taken_away = fit(sums.without(person), seed=7)
        never_there = fit(sums_of(answers.without(person)), seed=7)

        assert effects(taken_away) == pytest.approx(effects(never_there), abs=1e-10)
        assert taken_away.groups == never_there.groups == min(taken_away.people, 100)
        assert taken_away.weekly == (taken_away.people >= 50)


def test_neither_the_order_of_rows_nor_the_numbers_of_weeks_matter() -> None:
    values = simulated(60, 10, seed=5, missing=0.2)
    answers, later = panel(values), panel(values, first=36)
    mixed = np.random.default_rng(1).permutation(len(answers.people))
    other = Answers(answers.people[mixed], answers.weeks[mixed], answers.values[mixed], answers.names)
    found = [effects(fit(sums_of(one), seed=1)) for one in (answers, later, other)]

    assert found[1] == pytest.approx(found[0], abs=1e-9)
    assert found[2] == pytest.approx(found[0], abs=1e-9)


def test_groups_are_dealt_by_the_seed_and_only_errors_depend_on_it() -> None:
    sums = sums_of(panel(simulated(150, 12, seed=6)))
    one, again, other = (fit(sums, seed=seed) for seed in (1, 1, 2))

    assert one == again
    assert one.links[0].as_exact.effect == pytest.approx(other.links[0].as_exact.effect, abs=1e-12)
    assert one.links[0].as_exact.error != other.links[0].as_exact.error
    assert one.links[0].as_exact.error == pytest.approx(other.links[0].as_exact.error, rel=0.4)


def test_a_person_without_two_pairs_and_a_week_without_every_answer_do_not_count() -> None:
    values = simulated(40, 8, seed=8)
    values[0, 1::2] = np.nan  # every other week: no pair
    values[1, 2:] = np.nan  # one pair
    values[2, 3, 1] = np.nan  # one answer missing: its two pairs
    sums = sums_of(panel(values))

    assert sums.people.tolist() == list(range(2, 40))
    assert sums.pairs.tolist() == [5] + [7] * 37
    assert fit(sums, seed=1).net_pairs == 4 + 6 * 37


def test_careless_answers_are_left_out_and_honest_ones_are_not() -> None:
    dice = np.random.default_rng(9)
    values = simulated(300, 20, seed=9, to=THREE)
    values[0] = 50.0
    values[1] = np.where(np.arange(3) == 2, 100 - 80.0, 80.0)  # flat as asked, the third item the other way round
    values[2] = dice.uniform(0, 100, size=(20, 3))
    answers = panel(np.clip(values, 0, 100), sliders=frozenset("abc"), turned=frozenset("c"))
    sums = sums_of(answers)

    assert not {0, 1, 2} & set(sums.people.tolist())
    assert sums.left_out <= 3 + 3


def test_who_hurries_is_left_out() -> None:
    values = simulated(30, 8, seed=10)
    answers = panel(values)
    seconds = np.where(answers.people == 4, 5.0, 40.0)
    timed = Answers(answers.people, answers.weeks, answers.values, answers.names, seconds=seconds)

    assert 4 not in sums_of(timed).people
    assert sums_of(timed).left_out == 1


def test_the_largest_teams_share_is_of_pairs() -> None:
    sums = sums_of(panel(simulated(10, 6, seed=11)))

    assert share_of_largest_team(sums, {0: "x", 1: "x", 2: "x", 3: "y"}) == pytest.approx(0.3)


def test_too_little_is_said_and_not_guessed() -> None:
    still = simulated(20, 8, seed=12)
    still[:, :, 1] = 50.0
    with pytest.raises(TooLittle):
        fit(sums_of(panel(still)), seed=1)
    with pytest.raises(TooLittle):
        fit(sums_of(panel(simulated(2, 8, seed=12))), seed=1)
    with pytest.raises(TooLittle):
        sums_of(panel(simulated(5, 2, seed=12)))


def test_answers_that_do_not_fit_are_refused() -> None:
    twice = np.array([1, 1]), np.array([3, 3]), np.ones((2, 1)), ("a",)
    with pytest.raises(ValueError, match="twice"):
        sums_of(Answers(*twice))
    with pytest.raises(ValueError, match="fit"):
        Answers(np.array([1]), np.array([3]), np.ones((2, 1)), ("a",))


def test_screens_can_show_a_theory_without_numpy() -> None:
    """It is large; the process that answers requests must not load it."""
    modules = ["causal.effects", "causal.verdict", "causal.graph", "causal.layout", "disclosure"]
    imports = "; ".join(f"import fieldcraft.engine.{module}" for module in modules)
    command = f"import sys; {imports}; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


@pytest.fixture(scope="module")
def trial() -> Any:
    """The trial's own simulation and estimator, where they are beside this checkout and can run."""
    if not TRIAL.exists():
        pytest.skip("the trial is not beside this checkout")
    pytest.importorskip("scipy", reason="the trial needs SciPy, which Fieldcraft does not")
    sys.path.insert(0, str(TRIAL))
    loaded = []
    for name in ("simdata", "estim"):
        spec = importlib.util.spec_from_file_location(name, TRIAL / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        loaded.append(module)
    yield loaded
    sys.path.remove(str(TRIAL))


def test_the_estimate_is_the_trials_on_its_own_data(trial: Any) -> None:
    simdata, estim = trial
    values, _day = simdata.simulate(200, 26, np.random.default_rng(3))
    people, weeks = np.nonzero(~np.isnan(values).all(axis=2))
    names = tuple(simdata.NAMES)
    ours = fit(sums_of(Answers(people, weeks, values[people, weeks].astype(float), names, frozenset("PBLIE"))), seed=1)
    sums = estim.Stats(*estim.prep(values, week_fe=True))
    theirs, error, _freedom = estim.bc_jack(sums, 100)

    assert ours.net_pairs == len(sums.Xd) - sums.N
    for link in ours.links:
        at = names.index(link.outcome), names.index(link.cause)
        assert link.as_exact.effect == pytest.approx(theirs[at], abs=0.003)
        assert link.as_exact.error == pytest.approx(error[at], rel=0.35)


def test_a_year_of_our_own_world_gives_the_trials_truth() -> None:
    """Two simulations of one theory, written apart: the trial's figures for it, and what is found in 4,000 people of ours."""
    if not (TRIAL / "truth.npy").exists():
        pytest.skip("the trial's figures are not beside this checkout")
    truth = np.load(TRIAL / "truth.npy")
    fitted = fit(sums_of(theory_worlds.answers(people=4000, weeks=52, seed=1)), seed=1)
    off = [
        (link.as_exact.effect - truth[fitted.names.index(link.outcome), fitted.names.index(link.cause)])
        / link.as_exact.error
        for link in fitted.links
    ]

    assert max(link.as_exact.error for link in fitted.links) < 0.008
    assert max(map(abs, off)) < 4
    assert np.mean(np.square(off)) == pytest.approx(1, abs=0.8)
