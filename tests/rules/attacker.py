"""The best linear opponent of the organisation's figures, and years of an organisation for them to look at.

They know the spread of answers, who belongs where, who was counted in which figure, every figure ever shown, and what one
or two of the people answered. That is more than any screen tells: none says who was counted. From it they work out
what is left unknown of one colleague's value in one window; `known` is the share of its variance that is gone, 0 to 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np

from fieldcraft.engine.disclosure import Account, Kind, Question, Release, Roster, Team, Thresholds, Window, release

BETWEEN, WITHIN, CARRIED, MEAN = 16.0, 14.0, 0.35, 60.0
SECRET = b"a secret of this test"
Numbers = Any


@dataclass(frozen=True)
class Row:
    """One thing seen: a weighted sum of people's weekly answers, with what is unknown of it."""

    weights: Mapping[int, Mapping[int, float]]
    unknown: float
    seen: float


@dataclass
class Life:
    """One person. team: none while they are gone; home: where they come back to. name: what the figures' ids are made of."""

    team: str
    often: float
    name: str
    home: str = ""
    counted_in: bool = True


@dataclass
class World:
    """An organisation over some windows. weekly: people × weeks, answered or not; there: who answered."""

    windows: int
    weekly: Numbers
    there: Numbers
    teams: list[dict[str, list[int]]] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    names: list[dict[str, int]] = field(default_factory=list)

    def roster(self, window: int) -> Roster:
        name = {person: account for account, person in self.names[window].items()}
        return Roster(
            "all",
            tuple(
                Team(key, self.parents[key], frozenset(name[person] for person in people))
                for key, people in self.teams[window].items()
            ),
        )

    def answers(self, window: int) -> dict[str, list[float]]:
        weeks = range(4 * window, 4 * window + 4)
        return {
            account: [float(self.weekly[person, week]) for week in weeks if self.there[person, week]]
            for account, person in self.names[window].items()
        }


def covariance(weeks: int) -> Numbers:
    """Of one person's answers: a level that stays, and weeks that carry over."""
    return BETWEEN**2 + WITHIN**2 * CARRIED ** np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))


def world(
    *, windows: int, seed: int, parents: int = 3, teams: int = 5, moving: float = 0.03, same_id: bool = True
) -> World:
    """moving: how likely a person leaves, changes team, withdraws or is replaced, each window; two in five who left come
    back within five windows. same_id: whether they then have the id they had.
    """
    dice = np.random.default_rng(seed)
    place = {f"{parent}{team}": str(parent) for parent in range(parents) for team in range(teams)}
    lives = [Life(key, dice.beta(6, 3), f"{key}-{one}") for key in place for one in range(dice.integers(5, 16))]
    made = World(windows, None, None, parents=place)
    there: list[Numbers] = []
    for _window in range(windows):
        _move(lives, moving, dice, same_id=same_id)
        made.teams.append({key: [at for at, life in enumerate(lives) if life.team == key] for key in place})
        made.names.append({life.name: at for at, life in enumerate(lives) if life.team})
        often = [life.often if life.counted_in and life.team else 0.0 for life in lives]
        there.append(dice.random((len(lives), 4)) < np.array(often)[:, None])
    weeks = 4 * windows
    made.there = np.concatenate([np.pad(part, ((0, len(lives) - len(part)), (0, 0))) for part in there], axis=1)
    made.weekly = MEAN + dice.normal(size=(len(lives), weeks)) @ np.linalg.cholesky(covariance(weeks)).T
    return made


def _move(lives: list[Life], moving: float, dice: Any, *, same_id: bool) -> None:
    for life in list(lives):
        if not life.team:
            if dice.random() < 0.1:
                life.team, life.counted_in = life.home, True
                life.name = life.name if same_id else f"{life.name} again"
        elif dice.random() < moving:
            _happens(life, lives, int(dice.integers(0, 4)), dice)


def _happens(life: Life, lives: list[Life], what: int, dice: Any) -> None:
    match what:
        case 0:  # leaves, for some time or for good; somebody new comes
            lives.append(Life(life.team, dice.beta(6, 3), f"joined-{len(lives)}"))
            life.home, life.team = life.team, ""
        case 1:
            life.team = lives[int(dice.integers(0, len(lives)))].team or life.team
        case _:  # withdraws, or lets themselves be counted again
            life.counted_in = not life.counted_in


def releases(made: World, *, raised_at: int | None = None) -> list[Release]:
    """All that is shown of one item. raised_at: the window from which the organisation asks for more people."""
    account, before, shown = Account(), None, []
    for window in range(made.windows):
        raised = raised_at is not None and window >= raised_at
        thresholds = Thresholds(team=10, above=14) if raised else Thresholds()
        question = Question("purpose", Window(window), thresholds, SECRET)
        out = release(question, made.roster(window), made.answers(window), account=account, before=before)
        account, before = out.account, out.release
        shown.append(before)
    return shown


def rows_of(made: World, shown: Sequence[Release], *, noise: float) -> Iterator[Row]:
    """What the figures say, and the bands; totals say nothing that their cells do not."""
    for one in shown:
        names = made.names[one.window.number]
        for counted in one.counted:
            if not counted.direct:
                continue
            figure = one.figure(counted.cell)
            assert figure
            weights = _weights(made, one.window.number, [names[account] for account in sorted(counted.people)])
            yield Row(weights, (noise / len(weights)) ** 2 + 25 / 12, figure.mean)
            if figure.bands:
                yield from _bands(weights, figure.bands.low, figure.bands.high)


def rows_by_roster(made: World, shown: Sequence[Release], *, noise: float) -> Iterator[Row]:
    """The same figures for an opponent who knows the screens and who belongs where, but not who of them was counted.

    To them a figure is the mean of all who belong there, off by whoever was not counted; the number counted they know.
    """
    value = BETWEEN**2 + 10.0**2
    for one in shown:
        window, names = one.window.number, made.names[one.window.number]
        team_of = {person: key for key, people in made.teams[window].items() for person in people}
        direct = [counted for counted in one.counted if counted.direct]
        in_teams = {counted.cell.key for counted in direct if counted.cell.kind is Kind.TEAM}
        for counted in direct:
            figure = one.figure(counted.cell)
            assert figure
            people = {names[account] for account in counted.people}
            teams = {team_of[person] for person in people} - (in_teams - {counted.cell.key})
            belong = sorted({person for key in teams for person in made.teams[window][key]})
            weeks = range(4 * window, 4 * window + 4)
            weights = {person: dict.fromkeys(weeks, 1 / 4 / len(belong)) for person in belong}
            off = value * (1 / len(people) - 1 / len(belong))
            yield Row(weights, off + (noise / len(people)) ** 2 + 25 / 12, figure.mean)


def _weights(made: World, window: int, people: Sequence[int]) -> dict[int, dict[int, float]]:
    weeks = {p: [w for w in range(4 * window, 4 * window + 4) if made.there[p, w]] for p in people}
    return {p: {w: 1 / len(weeks[p]) / len(people) for w in weeks[p]} for p in people}


def _bands(weights: Mapping[int, Mapping[int, float]], low: int, high: int) -> Iterator[Row]:
    """A share of people, as far as it is linear in their values, in per cent; the rest of it is unknown."""
    spread = (BETWEEN**2 + 10.0**2) ** 0.5
    for edge, seen, side in ((40.0, low, -1), (70.0, high, 1)):
        z = (edge - MEAN) / spread
        share, slope = NormalDist().cdf(side * -z), side * 100 * NormalDist().pdf(z) / spread
        rest = 1e4 * share * (1 - share) - (slope * spread) ** 2
        scaled = {p: {w: slope * weight for w, weight in weeks.items()} for p, weeks in weights.items()}
        yield Row(scaled, rest / len(weights) + 100 / 12, seen - 100 * share + slope * MEAN)


@dataclass
class Opponent:
    """What can be worked out from some rows about the people in them."""

    rows: Sequence[Row]
    weeks: int

    def __post_init__(self) -> None:
        self.people = sorted({person for row in self.rows for person in row.weights})
        self.prior = covariance(self.weeks)
        self.pull = {person: self._pull(person) for person in self.people}
        through = {p: pull @ self.prior for p, pull in self.pull.items()}
        self.part = {p: through[p] @ pull.T for p, pull in self.pull.items()}
        self.total = sum(self.part.values()) + np.diag([row.unknown + 1e-9 for row in self.rows])
        self.targets = [(p, t) for p in self.people for t in self._values(p)]
        self.vectors = np.array([t for _p, t in self.targets])
        self.before = np.einsum("tw,tw->t", self.vectors @ self.prior, self.vectors)
        self.cross = np.stack([through[p] @ t for p, t in self.targets], axis=1)

    def _pull(self, person: int) -> Numbers:
        found = np.zeros((len(self.rows), self.weeks))
        for at, row in enumerate(self.rows):
            for week, weight in row.weights.get(person, {}).items():
                found[at, week] = weight
        return found

    def _values(self, person: int) -> list[Numbers]:
        """The person's value in each window, or answer in each week, that was shown as a part of something."""
        found = {tuple((row != 0).tolist()) for row in self.pull[person] if row.any()}
        return [np.array(where, float) / sum(where) for where in sorted(found)]

    def pinned(self, insiders: Sequence[int] = ()) -> float:
        """The share of single answers and values that are known to within about ten points, 95 times in 100."""
        left = self.before * (1 - self.known(insiders))
        return float((left < 25.0).mean())

    def known(self, insiders: Sequence[int] = ()) -> Numbers:
        """(targets,) the share of variance that is gone; insiders' own values are left out."""
        left = self.total - sum((self.part[one] for one in insiders), start=np.zeros_like(self.total))
        found = np.einsum("mt,mt->t", self.cross, np.linalg.solve(left, self.cross)) / self.before
        found[[p in insiders for p, _t in self.targets]] = 0.0
        return found

    def worst(self, *, pairs: int = 40) -> tuple[float, float]:
        """The most that one insider knows of anybody, and that two do: the worst one's with each other, some pairs more."""
        alone = {one: float(self.known([one]).max()) for one in self.people}
        worst = max(alone, key=lambda one: alone[one])
        together = [(worst, other) for other in self.people if other != worst]
        together += list(combinations(sorted(self.people, key=lambda one: -alone[one])[:10], 2))[:pairs]
        return alone[worst], max(float(self.known(pair).max()) for pair in together)

    def estimates(self) -> tuple[Numbers, Numbers]:
        """(targets,) the best guess at each value, and the error that the opponent expects of it."""
        seen = np.array([row.seen - MEAN * sum(sum(w.values()) for w in row.weights.values()) for row in self.rows])
        guess = MEAN + self.cross.T @ np.linalg.solve(self.total, seen)
        return guess, np.sqrt(self.before * (1 - self.known()))


def opponents(made: World, rows: Sequence[Row]) -> Iterator[Opponent]:
    """One for each set of people who are tied together by figures; who is tied to nobody else tells nothing more."""
    groups: list[tuple[set[int], list[Row]]] = []
    for row in rows:
        people, own = set(row.weights), [row]
        for other in [one for one in groups if one[0] & people]:
            people |= other[0]
            own = other[1] + own
            groups.remove(other)
        groups.append((people, own))
    for _people, own in groups:
        yield Opponent(own, 4 * made.windows)


def naive_rows(made: World, *, weeks: int, least: int = 5) -> Iterator[Row]:
    """What many tools show: a mean of the week to one decimal for every team, part and whole, live as answers come in."""
    day = np.random.default_rng(1).integers(0, 5, size=made.there.shape)
    for week in range(weeks):
        teams = made.teams[week // 4]
        parts = [
            [p for key in teams if made.parents[key] == part for p in teams[key]] for part in {*made.parents.values()}
        ]
        for group in (*teams.values(), *parts, [p for people in teams.values() for p in people]):
            for today in range(5):
                people = [p for p in group if made.there[p, week] and day[p, week] <= today]
                if len(people) >= least:
                    mean = float(np.mean([made.weekly[p, week] for p in people]))
                    yield Row({p: {week: 1 / len(people)} for p in people}, 0.01 / 12, round(mean, 1))
