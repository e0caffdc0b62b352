"""A Kalman filter and a Rauch–Tung–Striebel smoother for two things at once: a level that walks, a mood that fades.

Variances are in units of the answers' own variance, which nothing here depends on.
Sources: Kalman (1960), J. Basic Eng. 82(1), 35–45; Rauch, Tung & Striebel (1965), AIAA J. 3(8), 1445–1450.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Matrix = tuple[float, float, float, float]


class Sight(NamedTuple):
    """An answer, or a mean of older ones: does the mood weigh in (1) or not (0), how much noise, over how long."""

    at: float
    value: float
    mood: float
    noise: float
    span: float


class State(NamedTuple):
    """Level and mood with their variances and covariance, in units of the answers' variance."""

    level: float
    mood: float
    variance: float
    shared: float
    mood_variance: float


class Node(NamedTuple):
    """A time that was looked at: the smoothed state, and the matrix that leads from the next one back to it."""

    state: State
    back: Matrix


@dataclass(frozen=True, slots=True)
class Walk:
    """How level and mood go on. variance: by how much the level strays in a unit of time."""

    variance: float
    mood_share: float
    mood_kept: float


@dataclass(frozen=True, slots=True)
class Smoothed:
    """The nodes in time, and what the filter met on its way: squared surprises, and the logarithms of their variances."""

    nodes: tuple[Node, ...]
    misfit: float
    log_volume: float


def smooth(times: Sequence[float], sights: Sequence[Sight | None], start: State, walk: Walk) -> Smoothed:
    """Filter forwards and look back. A time without a sight is only passed. Steps: one a time each way."""
    state, filtered, predicted, misfit, log_volume = start, [], [], 0.0, 0.0
    gaps = [after - before for before, after in pairwise(times)]
    fades = [walk.mood_kept**gap for gap in gaps]
    for index, sight in enumerate(sights):
        if index:
            state = _moved(state, walk.variance * gaps[index - 1], fades[index - 1], walk.mood_share)
            predicted.append(state)
        if sight is not None:
            state, surprise, variance = _seen(state, sight, sight.noise + walk.variance * sight.span / 12)
            misfit += surprise * surprise / variance
            log_volume += math.log(variance)
        filtered.append(state)
    return Smoothed(_looked_back(filtered, predicted, fades), misfit, log_volume)


def covariance(nodes: Sequence[Node], first: int, last: int) -> float:
    """Of the level at two nodes, the first not after the last: the later one's variance led back step by step."""
    state = nodes[last].state
    level, mood = state.variance, state.shared
    for node in reversed(nodes[first:last]):
        a, b, c, d = node.back
        level, mood = a * level + b * mood, c * level + d * mood
    return level


def _moved(state: State, walked: float, fade: float, mood_share: float) -> State:
    """The state some time later, before anything is seen."""
    level, mood, variance, shared, mood_variance = state
    kept = fade * fade
    return State(level, fade * mood, variance + walked, fade * shared, kept * mood_variance + mood_share * (1 - kept))


def _seen(state: State, sight: Sight, noise: float) -> tuple[State, float, float]:
    """The state once the answer is known; how far off the answer was, and the variance of that."""
    level, mood, variance, shared, mood_variance = state
    with_level, with_mood = variance + sight.mood * shared, shared + sight.mood * mood_variance
    total = with_level + sight.mood * with_mood + noise
    surprise = sight.value - level - sight.mood * mood
    gain, mood_gain = with_level / total, with_mood / total
    after = State(
        level + gain * surprise,
        mood + mood_gain * surprise,
        variance - gain * with_level,
        shared - gain * with_mood,
        mood_variance - mood_gain * with_mood,
    )
    return after, surprise, total


def _looked_back(filtered: Sequence[State], predicted: Sequence[State], fades: Sequence[float]) -> tuple[Node, ...]:
    nodes = [Node(filtered[-1], (0.0, 0.0, 0.0, 0.0))]
    for now, foreseen, fade in zip(reversed(filtered[:-1]), reversed(predicted), reversed(fades), strict=True):
        nodes.append(_node(now, foreseen, nodes[-1].state, fade))
    return tuple(reversed(nodes))


def _node(now: State, foreseen: State, later: State, fade: float) -> Node:
    """The state in the light of what came later: as far off as that was from what was foreseen, led back."""
    back = a, b, c, d = _back(now, foreseen, fade)
    up, aside = later.level - foreseen.level, later.mood - foreseen.mood
    more, both, mood = (
        later.variance - foreseen.variance,
        later.shared - foreseen.shared,
        later.mood_variance - foreseen.mood_variance,
    )
    level_up, level_aside, mood_up, mood_aside = (
        a * more + b * both,
        a * both + b * mood,
        c * more + d * both,
        c * both + d * mood,
    )
    state = State(
        now.level + a * up + b * aside,
        now.mood + c * up + d * aside,
        now.variance + a * level_up + b * level_aside,
        now.shared + c * level_up + d * level_aside,
        now.mood_variance + c * mood_up + d * mood_aside,
    )
    return Node(state, back)


def _back(now: State, foreseen: State, fade: float) -> Matrix:
    """What is known now times the step on, over what was foreseen."""
    faded, mood_faded = now.shared * fade, now.mood_variance * fade
    whole = foreseen.variance * foreseen.mood_variance - foreseen.shared * foreseen.shared
    return (
        (now.variance * foreseen.mood_variance - faded * foreseen.shared) / whole,
        (faded * foreseen.variance - now.variance * foreseen.shared) / whole,
        (now.shared * foreseen.mood_variance - mood_faded * foreseen.shared) / whole,
        (mood_faded * foreseen.variance - now.shared * foreseen.shared) / whole,
    )
