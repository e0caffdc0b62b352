"""Years of weekly check-ins with a known theory behind them: eight variables, thirteen links, and people as they answer.

Each person moves from day to day by a map of their own about a level of their own, and answers on another day each week:
five sliders that are bounded, skewed and heaped on tens, two scales of seven, and a count from 0 to 3. About 45 in 100
weeks are missing, more of them in bad weeks; 15 people in 1,000 answer without reading. The theory and its strengths are
those of the trial that the rule was chosen by (THEORY.md 2.1); the code is not.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from fieldcraft.engine.causal.lagged import Answers

Numbers = Any
NAMES = ("purpose", "belief", "agency", "learning", "interest", "compassion", "energy", "contributing")
SLIDERS = frozenset({"purpose", "belief", "learning", "interest", "energy"})
OWN = (0.35, 0.35, 0.35, 0.20, 0.20, 0.30, 0.35, 0.25)
LINKS = (
    ("purpose", "learning", 0.10), ("agency", "learning", 0.10), ("belief", "learning", 0.05),
    ("learning", "contributing", 0.10), ("contributing", "agency", 0.10), ("learning", "belief", 0.07),
    ("compassion", "belief", 0.05), ("energy", "agency", 0.10), ("agency", "belief", 0.15),
    ("purpose", "interest", 0.15), ("energy", "purpose", 0.07), ("compassion", "energy", 0.10),
    ("contributing", "energy", -0.07),
)  # fmt: skip
DAYS, BEFORE = 7, 28
ENERGY, COUNT, SCALES = NAMES.index("energy"), NAMES.index("contributing"), [2, 5]


@dataclass(frozen=True)
class World:
    """noise: variance of what is answered beside what is felt, over that of a usual swing."""

    people: int
    weeks: int
    noise: float = 0.0
    missing: float = 0.45
    careless: float = 0.015


def weekly_map() -> Numbers:
    """(outcome, cause): the theory, from week to week."""
    found = np.diag(OWN)
    for cause, outcome, strength in LINKS:
        found[NAMES.index(outcome), NAMES.index(cause)] = strength
    return found


def values(world: World, *, seed: int) -> Numbers:
    """(people, weeks, variables), nan where nothing was answered."""
    dice = np.random.default_rng(seed)
    felt = _felt(world, dice)
    spread = np.exp(dice.normal(0, 0.25, (world.people, 1, 1)))
    common = dice.normal(size=(world.people, 1, 1)) * 0.4**0.5 + dice.normal(size=(world.people, 1, 8)) * 0.6**0.5
    said = felt * spread + dice.normal(size=felt.shape).astype(np.float32) * world.noise**0.5 + 1.1 * common
    found = _answered(said.astype(np.float32), dice)
    _without_reading(found, world, dice)
    if world.missing:
        found[_missing(felt[:, :, ENERGY], world, dice)] = np.nan
    return found


def answers(*, people: int, weeks: int, seed: int, noise: float = 0.0) -> Answers:
    """The same as rows."""
    return as_rows(values(World(people, weeks, noise), seed=seed))


def as_rows(found: Numbers) -> Answers:
    people, weeks = np.nonzero(~np.isnan(found).all(axis=2))
    return Answers(people, weeks, found[people, weeks].astype(np.float64), NAMES, SLIDERS)


def _felt(world: World, dice: Any) -> Numbers:
    """What each person feels on the day of each week's answer, about their own level, in usual swings."""
    step, news = _daily(world.people, dice)
    now = dice.normal(size=(world.people, 8)) @ np.linalg.cholesky(_still()).T
    day_of = np.clip(np.rint(dice.normal(3, 1.2, (world.people, world.weeks))), 0, DAYS - 1)
    found = np.empty((world.people, world.weeks, 8), np.float32)
    for day in range(-BEFORE, world.weeks * DAYS):
        now = (
            np.matmul(step, now[:, :, None])[:, :, 0] + np.matmul(news, dice.normal(size=(world.people, 8, 1)))[:, :, 0]
        )
        if day >= 0:
            today = day_of[:, day // DAYS] == day % DAYS
            found[today, day // DAYS] = now[today]
    return found


def _still() -> Numbers:
    """How swings of one day go together."""
    found = np.full((8, 8), 0.35)
    found[COUNT, :] = found[:, COUNT] = 0.10
    np.fill_diagonal(found, 1.0)
    return found


def _daily(people: int, dice: Any) -> tuple[Numbers, Numbers]:
    """Each person's map of a day, and a root of the covariance of what a day brings."""
    size, vectors = np.linalg.eig(weekly_map())
    drift = (vectors * np.log(size.astype(complex)) @ np.linalg.inv(vectors)).real
    own = dice.normal(size=(people, 8, 8)) * 0.20
    own[:, range(8), range(8)] *= 1.5
    step = _exponential((drift + own) / DAYS)
    growing = np.abs(np.linalg.eigvals(step)).max(axis=1) > 0.985
    step[growing] = _exponential(drift[None] / DAYS)
    left = _still() - step @ _still() @ np.swapaxes(step, 1, 2)
    size, vectors = np.linalg.eigh((left + np.swapaxes(left, 1, 2)) / 2)
    return step, vectors * np.sqrt(np.maximum(size, 1e-4))[:, None, :]


def _exponential(of: Numbers) -> Numbers:
    total = term = np.broadcast_to(np.eye(8), of.shape)
    for order in range(1, 12):
        term = term @ of / order
        total = total + term
    return np.array(total)


def _answered(said: Numbers, dice: Any) -> Numbers:
    found = np.rint(100 / (1 + np.exp(-1.702 * (0.35 + 0.50 * said))))
    heaped = dice.random(found.shape, dtype=np.float32) < 0.15
    found[heaped] = np.rint(found[heaped] / 10) * 10
    found[:, :, SCALES] = 1 + np.rint(found[:, :, SCALES] / 100 * 6)
    found[:, :, COUNT] = np.searchsorted([0.6, 1.4, 2.0], said[:, :, COUNT] - 0.3)
    return found


def _without_reading(found: Numbers, world: World, dice: Any) -> None:
    """Some move every slider anywhere, some leave all of them in the middle."""
    who = dice.random(world.people)
    for some, spread in ((who < world.careless / 2, None), ((who > 1 - world.careless / 2), 0.7)):
        shape = (int(some.sum()), world.weeks, 8)
        anywhere = dice.uniform(0, 100, shape) if spread is None else 50 + dice.normal(0, spread, shape)
        found[some] = np.rint(anywhere)
        found[np.ix_(some, range(world.weeks), SCALES)] = 1 + np.rint(anywhere[:, :, SCALES] / 100 * 6)
        found[some, :, COUNT] = np.minimum(anywhere[:, :, COUNT] // 34, 3)


def _missing(energy: Numbers, world: World, dice: Any) -> Numbers:
    """Who answered last week and has energy is likelier to answer."""
    usual = np.log((1 - world.missing) / world.missing) + dice.normal(0, 0.6, world.people) - 0.35
    before = dice.random(world.people) > world.missing
    gone = np.zeros(energy.shape, bool)
    for week in range(world.weeks):
        before = dice.random(world.people) < 1 / (1 + np.exp(-(usual + 0.7 * before + 0.2 * energy[:, week])))
        gone[:, week] = ~before
    return gone


@cache
def truth(*, people: int = 2000, weeks: int = 208, times: int = 4) -> Numbers:
    """(outcome, cause) in usual swings, by plain regression within people on long complete years: no estimator of ours."""
    found = []
    for one in range(times):
        all_weeks = values(World(people, weeks, missing=0.0, careless=0.0), seed=9000 + one).astype(np.float64)
        all_weeks /= np.sqrt(all_weeks.var(axis=1).mean(axis=0) * weeks / (weeks - 1))
        cause, outcome = (part - part.mean(axis=1, keepdims=True) for part in (all_weeks[:, :-1], all_weeks[:, 1:]))
        flat = cause.reshape(-1, 8)
        found.append(np.linalg.solve(flat.T @ flat, flat.T @ outcome.reshape(-1, 8)).T)
    return np.mean(found, axis=0)
