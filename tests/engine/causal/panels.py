"""Panels that tests make: closed forms and worlds with a known weekly map."""

from typing import Any

import numpy as np

from fieldcraft.engine.causal.correction import Moments
from fieldcraft.engine.causal.lagged import Answers

Numbers = Any
TWO = np.array([[0.4, 0.15], [-0.1, 0.3]])  # outcome, cause


def panel(values: Numbers, *, first: int = 0, **how: Any) -> Answers:
    """values: people × weeks × variables; nan where nothing was answered at all."""
    people, weeks = np.nonzero(~np.isnan(values).all(axis=2))
    names = tuple("abcdefgh"[: values.shape[2]])
    return Answers(people, weeks + first, values[people, weeks], names, **how)


def simulated(
    people: int, weeks: int, *, seed: int, to: Numbers = TWO, missing: float = 0.0, noise: float = 0.0
) -> Numbers:
    """People about own levels, each with the weekly map `to`; noise: of the answers, its spread over a usual swing."""
    dice = np.random.default_rng(seed)
    size = len(to)
    now = dice.normal(size=(people, size))
    rows = []
    for week in range(-20, weeks):
        now = now @ to.T + dice.normal(size=(people, size)) * 0.9
        if week >= 0:
            rows.append(now)
    values = np.stack(rows, axis=1)
    values = values + noise * values.std() * dice.normal(size=values.shape)
    values = 50 + 10 * values + 20 * dice.normal(size=(people, 1, size))
    values[dice.random((people, weeks)) < missing] = np.nan
    return values


def expected_moments(to: Numbers, *, pairs: int, noise: float) -> tuple[Moments, Numbers]:
    """What a person's sums come to on average, with so many pairs in a row: covariances alone, no simulation.

    The process is stationary with unit innovations. noise: the variance of what is answered beside it, as a share of all.
    Returns them in usual swings, and the map in usual swings.
    """
    size, weeks = len(to), pairs + 1
    still = np.linalg.solve(np.eye(size**2) - np.kron(to, to), np.eye(size).ravel()).reshape(size, size)
    added = np.diag(np.diag(still)) * noise / (1 - noise)
    level = np.zeros((weeks, size, weeks, size))
    for one in range(weeks):
        for other in range(one + 1):
            block = np.linalg.matrix_power(to, one - other) @ still + (added if one == other else 0)
            level[one, :, other, :], level[other, :, one, :] = block, block.T
    about = np.eye(pairs) - 1 / pairs
    cause, outcome = level[:-1], level[1:]
    xx, xy, yy = (
        np.einsum("ab,bicj,ca->ij", about, part, about)
        for part in (cause[:, :, :-1], cause[:, :, 1:], outcome[:, :, 1:])
    )
    swing = np.sqrt(np.diag(still) + np.diag(added))
    scale = np.outer(swing, swing)
    near = np.array([[max(pairs - lag, 0) / pairs for lag in range(1, 13)]])
    moments = Moments(*((part / scale)[None] for part in (xx, xy, yy)), near, np.array([pairs - 1.0]))
    return moments, to * swing[None, :] / swing[:, None]
