"""What a whole team shares is witnessed by the team, not by each of its people."""

import numpy as np
import pytest

from fieldcraft.engine.causal.lagged import fit, sums_of
from fieldcraft.engine.causal.panel import Answers

TEAMS, PEOPLE, WEEKS = 20, 5, 30


def shared_world(seed: int) -> tuple[Answers, dict[int, str]]:
    """A cause that is a team's, and an outcome whose ups and downs are mostly a team's too; no link between them."""
    drawn = np.random.default_rng(seed)
    cause = drawn.normal(size=(TEAMS, WEEKS))
    common = drawn.normal(size=(TEAMS, WEEKS))
    rows = []
    for person in range(TEAMS * PEOPLE):
        team = person // PEOPLE
        for week in range(WEEKS):
            rows.append((person, week, 10 * cause[team, week], 10 * common[team, week] + 5 * drawn.normal()))
    people, weeks, *values = (np.array(column) for column in zip(*rows, strict=True))
    answers = Answers(people, weeks, np.stack(values, axis=1), ("cause", "outcome"))
    return answers, {person: f"team {person // PEOPLE}" for person in range(TEAMS * PEOPLE)}


def test_people_of_one_team_are_left_out_together_so_that_the_estimate_is_not_surer_than_it_is() -> None:
    apart, together, found = [], [], []
    for seed in range(20):
        answers, teams = shared_world(seed)
        sums = sums_of(answers)
        one = fit(sums, seed=1).link("cause", "outcome").as_exact
        other = fit(sums, seed=1, together=teams).link("cause", "outcome").as_exact
        assert one.effect == pytest.approx(other.effect, abs=1e-12), "only how sure it is"
        apart.append(one.error)
        together.append(other.error)
        found.append(one.effect)

    spread = float(np.std(found))
    assert np.mean(apart) < 0.7 * spread, "person by person it is far too sure"
    assert abs(float(np.mean(together)) / spread - 1) < 0.4


def test_where_everybody_is_a_team_of_their_own_nothing_changes() -> None:
    answers, _teams = shared_world(3)
    sums = sums_of(answers)
    alone = {int(person): f"{int(person):04}" for person in sums.people}

    assert fit(sums, seed=5, together=alone) == fit(sums, seed=5)
