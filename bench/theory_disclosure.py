"""What the best linear opponent learns of one colleague under several policies, and how much each of them shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from tests.rules.attacker import Opponent, World, naive_rows, opponents, releases, rows_by_roster, rows_of, world

from fieldcraft.engine.disclosure import Kind
from fieldcraft.engine.disclosure import histories as _histories  # loaded before any of its values is changed below
from fieldcraft.engine.disclosure.figures import NOISE

assert _histories.NOISE == NOISE

WINDOWS = 26
SEEDS = (1, 2, 3)
ENGINE = "fieldcraft.engine.disclosure"


@contextmanager
def _without_account(noise: float, every: int) -> Iterator[None]:
    changes = {
        "releasing.MOST_BY_TEAMS": 9.0, "releasing.MOST_BY_ALL": 9.0, "releasing.RESTS_FROM": 9.0,
        "figures.NOISE": noise, "histories.NOISE": noise, "windows.TEAMS_EVERY": every,
    }  # fmt: skip
    patches = [patch(f"{ENGINE}.{name}", value) for name, value in changes.items()]
    for one in patches:
        one.start()
    yield
    for one in patches:
        one.stop()


def disclosure() -> None:
    """Three organisations of 15 teams for two years; three in a hundred people move in each window."""
    print(f"### What figures give away: {len(SEEDS)} organisations of 15 teams of 5 to 15, {WINDOWS} windows\n")
    print(
        "Shares of the variance of a colleague's value that are known, of the worst off of each organisation: on average"
    )
    print(
        "(of all). The opponent knows who was counted in each figure, in the third column only what the screens say.\n"
    )
    print(
        "| policy | one insider | two insiders | two, by the screens alone | known to ±10 points | "
        "teams' own pictures a window | parts | windows with the whole |\n|---|---|---|---|---|---|---|---|",
        flush=True,
    )
    _naive()
    with _without_account(16.0, 1):
        _line("windows, 8 and 11 people, rounding, noise 16/n, no account", noise=16.0)
    with _without_account(NOISE, 3):
        _line("the same, noise 32/n, teams in every third window, no account", noise=NOISE)
    _line("**as shipped: the same with the account**", noise=NOISE)
    _line("as shipped, but those who come back have a new id", noise=NOISE, same_id=False)
    print()


def _naive() -> None:
    made = [world(windows=2, seed=seed) for seed in SEEDS]
    found = [list(opponents(one, list(naive_rows(one, weeks=4)))) for one in made]
    worst = [max(one.worst(pairs=0) for one in each) for each in found]
    pinned = [max(one.pinned([person]) for one in each for person in one.people[::10]) for each in found]
    print(f"| live weekly means from 5 people, four weeks | {_cells(worst)} | | {max(pinned):.1%} | | | |", flush=True)


def _line(name: str, *, noise: float, same_id: bool = True) -> None:
    worst, screens, pinned, shown = [], [], [], []
    for seed in SEEDS:
        made: World = world(windows=WINDOWS, seed=seed, same_id=same_id)
        out = releases(made)
        found = list(opponents(made, list(rows_of(made, out, noise=noise))))
        worst.append(tuple(np.max([one.worst(pairs=10) for one in found], axis=0)))
        screens.append(max(_by_screens(one) for one in opponents(made, list(rows_by_roster(made, out, noise=noise)))))
        pinned.append(max(one.pinned() for one in found))
        kinds = [figure.cell.kind for one in out for figure in one.figures]
        shown.append([kinds.count(kind) / WINDOWS for kind in (Kind.TEAM, Kind.PARENT, Kind.WHOLE)])
    teams, parts, whole = np.mean(shown, axis=0)
    print(
        f"| {name} | {_cells(worst)} | {np.mean(screens):.2f} ({max(screens):.2f}) | {max(pinned):.1%} | {teams:.1f} | {parts:.1f} of 3 | {whole:.0%} |",
        flush=True,
    )


def _by_screens(opponent: Opponent) -> float:
    return opponent.worst(pairs=0)[1]


def _cells(worst: list[tuple[float, float]]) -> str:
    alone, two = np.array(worst).T
    return " | ".join(f"{some.mean():.2f} ({some.max():.2f})" for some in (alone, two))
