"""From added sums to the weekly map: what short panels and imprecise answers do to it, taken back exactly.

A person's mean over few weeks holds the errors of those weeks, so that own means bias every lagged effect (Nickell 1981,
Econometrica 49(6), 1417–1426; here for several variables and weeks that are missing). Answers that are partly noise
shrink effects. Both biases are functions of the map itself: the map is the fixed point of

    XY = (XX − m·N)·Φ' − (Σ_d w_d·Φ^(d−1))·S − w_1·N

X: cause weeks, Y: outcome weeks, about own means, in usual swings; m: net pairs; w_d: own pairs d weeks apart over own
pairs, added over people; S: what is new in each week; N: the noise in the answers. Needs NumPy: for the worker alone.
"""

from dataclasses import dataclass

import numpy as np

from fieldcraft.engine.causal.panel import Numbers

ROUNDS, CLOSE, STEP = 60, 1e-8, 0.7
STEADIEST = 0.98
LEAST_SIGNAL = 0.02  # the smallest share of a usual swing's variance that may be left in any direction


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums of several samples at once, in usual swings.

    xx, xy, yy: (samples, variables, variables). near: (samples, lags). net: (samples,), net pairs.
    """

    xx: Numbers
    xy: Numbers
    yy: Numbers
    near: Numbers
    net: Numbers


def weekly_map(moments: Moments, *, reliability: float) -> Numbers:
    """(samples, outcomes, causes); nan for a sample that does not determine it.

    reliability: the share of the answers' movement within people that is not noise, above 0 to 1.
    """
    noise = (1 - reliability) * np.eye(moments.xx.shape[-1])
    signal = moments.xx - moments.net[:, None, None] * noise
    weak = np.linalg.eigvalsh(signal)[:, 0] <= LEAST_SIGNAL * moments.net
    signal = np.where(weak[:, None, None], np.eye(signal.shape[-1]), signal)
    found = _kept_steady(np.swapaxes(np.linalg.solve(signal, moments.xy), 1, 2))
    for _round in range(ROUNDS):
        bias = _error_in_means(found, moments.near) @ _news(found, moments, noise)
        leaked = moments.near[:, 0, None, None] * noise
        new = _kept_steady(np.swapaxes(np.linalg.solve(signal, moments.xy + bias + leaked), 1, 2))
        change = np.abs(new - found).max()
        found = found + STEP * (new - found)
        if change < CLOSE:
            break
    found[weak] = np.nan
    return found


def _news(found: Numbers, moments: Moments, noise: Numbers) -> Numbers:
    """S: the covariance of what a week brings that the week before did not."""
    back = np.swapaxes(found, 1, 2)
    cross = found @ moments.xy
    left = moments.yy - cross - np.swapaxes(cross, 1, 2) + found @ moments.xx @ back
    again = moments.near[:, 0, None, None] * (
        found @ noise
    )  # a week's noise is in that week's rest, and in the next one's
    left = left - again - np.swapaxes(again, 1, 2)
    return np.asarray(left / moments.net[:, None, None] - noise - found @ noise @ back, dtype=np.float64)


def _error_in_means(found: Numbers, near: Numbers) -> Numbers:
    """Σ_d w_d·Φ^(d−1), by Horner's rule."""
    one = np.eye(found.shape[-1])
    total = near[:, -1, None, None] * one
    for lag in range(near.shape[1] - 2, -1, -1):
        total = found @ total + near[:, lag, None, None] * one
    return np.asarray(total, dtype=np.float64)


def _kept_steady(found: Numbers) -> Numbers:
    """Shrunk where swings would grow for ever; the eighth power is a quick first look."""
    second = found @ found
    fourth = second @ second
    growing = np.abs(fourth @ fourth).sum(axis=2).max(axis=1) > STEADIEST**8
    if growing.any():
        largest = np.abs(np.linalg.eigvals(found[growing])).max(axis=1)
        found[growing] *= np.minimum(1.0, STEADIEST / np.maximum(largest, 1e-12))[:, None, None]
    return found
