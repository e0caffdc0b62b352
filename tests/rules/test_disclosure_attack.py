"""What the best linear opponent learns of one colleague from two years of figures, and that they would learn it elsewhere."""

from functools import cache

import numpy as np
import pytest
from tests.rules.attacker import Opponent, World, naive_rows, opponents, releases, rows_of, world

from fieldcraft.engine.disclosure import (
    Account,
    Cell,
    Kind,
    Question,
    Release,
    Roster,
    Team,
    Thresholds,
    Window,
    release,
)
from fieldcraft.engine.disclosure.figures import HIGHEST, LOWEST, NOISE, STEP, rounded

MOST_KNOWN = 0.20
LIVES = {"two years": (26, 4, None), "fewer people asked for at first": (14, 5, 6)}


@cache
def _lived(windows: int, seed: int, raised_at: int | None) -> tuple[World, list[Release], list[Opponent]]:
    made = world(windows=windows, seed=seed, parents=2, teams=4)
    shown = releases(made, raised_at=raised_at)
    return made, shown, list(opponents(made, list(rows_of(made, shown, noise=NOISE))))


@pytest.fixture(params=LIVES.values(), ids=LIVES)
def lived(request: pytest.FixtureRequest) -> tuple[World, list[Release], list[Opponent]]:
    return _lived(*request.param)


def test_one_insider_or_two_learn_a_fifth_of_a_colleagues_value_at_most(
    lived: tuple[World, list[Release], list[Opponent]],
) -> None:
    _made, _shown, found = lived
    worst = [one.worst() for one in found]

    assert max(alone for alone, _two in worst) <= MOST_KNOWN
    assert max(two for _alone, two in worst) <= MOST_KNOWN


def test_no_value_is_pinned(lived: tuple[World, list[Release], list[Opponent]]) -> None:
    _made, _shown, found = lived

    assert [one.pinned() for one in found] == [0.0] * len(found)


def test_enough_is_shown_to_be_attacked(lived: tuple[World, list[Release], list[Opponent]]) -> None:
    made, shown, _found = lived
    kinds = [figure.cell.kind for one in shown for figure in one.figures]

    assert kinds.count(Kind.TEAM) >= 6
    assert kinds.count(Kind.WHOLE) >= made.windows * 0.7


def test_the_opponent_is_as_good_as_they_think() -> None:
    """Their guesses at people's real values from the real figures are as wrong as they expect, and better than the mean."""
    made, _shown, found = _lived(26, 4, None)
    one = max(found, key=lambda opponent: len(opponent.rows))
    guesses, errors = one.estimates()
    real = np.array([vector @ made.weekly[person] for person, vector in one.targets])

    assert np.mean(((guesses - real) / errors) ** 2) == pytest.approx(1, abs=0.2)
    assert np.sqrt(np.mean((guesses - real) ** 2)) < np.sqrt(np.mean((60 - real) ** 2))


def test_the_same_opponent_breaks_live_weekly_means() -> None:
    made = world(windows=2, seed=2, parents=2, teams=3)
    found = list(opponents(made, list(naive_rows(made, weeks=5))))
    alone, _two = max(one.worst(pairs=0) for one in found)

    assert alone > 0.8
    assert max(one.pinned([insider]) for one in found for insider in one.people[:20]) > 0.02


def test_the_same_opponent_breaks_the_policy_without_its_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """A threshold, windows, rounding and noise alone: who answers changes, so a year of figures is a set of equations."""
    for name in ("MOST_BY_TEAMS", "MOST_BY_ALL", "RESTS_FROM"):
        monkeypatch.setattr(f"fieldcraft.engine.disclosure.releasing.{name}", 9.0)
    monkeypatch.setattr("fieldcraft.engine.disclosure.windows.TEAMS_EVERY", 1)
    made = world(windows=14, seed=4, parents=1, teams=4)
    found = opponents(made, list(rows_of(made, releases(made), noise=NOISE)))

    assert max(one.worst(pairs=0)[0] for one in found) > MOST_KNOWN + 0.03


def _team_mean(people: dict[str, float], window: int, secret: bytes) -> int | None:
    question = Question("purpose", Window(window), Thresholds(), secret)
    roster = Roster("all", (Team("a", "part", frozenset(people)),))
    out = release(question, roster, {one: [value] * 4 for one, value in people.items()}, account=Account()).release
    figure = out.figure(Cell(Kind.TEAM, "a"))
    return figure.mean if figure else None


@pytest.mark.parametrize("number", [8, 10, 14])
def test_one_joiner(number: int) -> None:
    """Nobody changes their answers and one person joins: the opponent multiplies out the difference of the two means."""
    before = {f"p{one}": 35.0 + 5 * (one % 10) for one in range(number)}
    after = {**before, "joiner": 100.0}
    naive = [round(sum(people.values()) / len(people), 1) for people in (before, after)]
    pairs = [(_team_mean(before, 0, b"%d" % one), _team_mean(after, 3, b"%d" % one)) for one in range(150)]
    guesses = [(number + 1) * now - number * then for then, now in pairs if then is not None and now is not None]

    assert (number + 1) * naive[1] - number * naive[0] == pytest.approx(100, abs=1.5)
    assert len(guesses) > 100
    assert np.sqrt(np.mean([(guess - 100) ** 2 for guess in guesses])) > 35


@pytest.mark.parametrize("number", [8, 11, 20, 60])
@pytest.mark.parametrize("insiders", [0.0, 50.0, 100.0])
@pytest.mark.parametrize("others", [0.0, 25.0, 50.0, 75.0, 100.0])
@pytest.mark.parametrize("draw", [-1, 0, 1])
def test_the_values_that_one_person_may_have_span_bands(number: int, insiders: float, others: float, draw: int) -> None:
    """No spread assumed: only that answers lie in 0–100, the two insiders' own, and 95 of 100 draws of the noise."""
    mean = (2 * insiders + (number - 2) * others) / number
    shown = rounded(mean + draw * NOISE / number)
    slack = STEP / 2 + 1.96 * NOISE / number
    low = 0.0 if shown == LOWEST else shown - slack
    high = 100.0 if shown == HIGHEST else shown + slack
    least = max(number * low - 2 * insiders - 100 * (number - 3), 0.0)
    most = min(number * high - 2 * insiders, 100.0)

    assert most - least > 20
    assert least < 40 <= most or least < 70 <= most
