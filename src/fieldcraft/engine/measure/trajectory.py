"""A person's own line: a slow level under answers that come and go, with honest bands.

level = slow random walk; answer = level + passing mood (carried over from week to week) + noise. The scale of it all is
integrated out, which gives Student's t, and the answer is averaged over five values of how fast the level may move.
Times are as uneven as they are. Source: THEORY.md 5, whose trial writes the same model with matrices; here it is a
Kalman filter and a Rauch–Tung–Striebel smoother (1965), whose cost grows with the answers and not with their cube.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean
from typing import NamedTuple

from fieldcraft.engine.measure.smoother import Node, Sight, Smoothed, State, Walk, covariance, smooth
from fieldcraft.engine.measure.student import t_below, t_quantile

LATEST = 60
_LEAST_VARIANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at a time: weeks from any start, and 0 to 100."""

    at: float
    value: float


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is believed before the first answer; times in weeks, values in 0 to 100.

    drifts: how far the level may move in a week, in units of the answers' own spread; weights: belief in each.
    mood_share, mood_kept: share of the answers' variance that is a passing mood, and its correlation a week later.
    spread, spread_worth: the usual spread of answers, and how many answers that belief is worth (above 2).
    level, level_spread: where levels are, and how far apart, in units of the spread.
    quarter: how long a stretch of older answers becomes one mean.
    """

    drifts: tuple[float, ...] = (0.05, 0.1, 0.2, 0.35, 0.6)
    weights: tuple[float, ...] = (0.15, 0.25, 0.25, 0.2, 0.15)
    mood_share: float = 0.5
    mood_kept: float = 0.35
    spread: float = 14.0
    spread_worth: int = 6
    level: float = 60.0
    level_spread: float = 1.8
    quarter: float = 13.0

    def in_units(self, in_a_week: float) -> "Assumptions":
        """The same beliefs for times in another unit: 7 for days."""
        return replace(
            self,
            drifts=tuple(drift / math.sqrt(in_a_week) for drift in self.drifts),
            mood_kept=self.mood_kept ** (1 / in_a_week),
            quarter=self.quarter * in_a_week,
        )


WEEKLY = Assumptions()


@dataclass(frozen=True, slots=True)
class Level:
    """Where the level was at a time, 0 to 100: its middle, and where it lies with 50 and with 90 in 100."""

    at: float
    mid: float
    low50: float
    high50: float
    low90: float
    high90: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the level was at one time than at another; chance: that it was higher at all, 0 to 1."""

    by: float
    chance_higher: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """The line for one drift. nodes: in time; scale: the variance of the answers; weight: how far to believe it."""

    drift: float
    nodes: tuple[Node, ...]
    scale: float
    weight: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """All that is known about a person's level. Ask it with `levels` and `difference`."""

    times: tuple[float, ...]
    fits: tuple[_Fit, ...]
    degrees: int


def posterior(answers: Iterable[Answer], *, since: float | None = None, assume: Assumptions = WEEKLY) -> Posterior:
    """The level given the answers, in any order; those before the latest 60 are taken as quarterly means.

    since: the earliest time that will be asked for; without it, the first answer.
    Raises ValueError without answers. About 60 × 5 steps at most, plus five for each quarter before.
    """
    sights = _sights(sorted(answers, key=lambda one: (one.at, one.value)), assume)
    if not sights:
        raise ValueError("a line needs an answer")
    times = (since, *(one.at for one in sights)) if since is not None and since < sights[0].at else None
    looked_at = [*([None] if times else []), *sights]
    at = times or tuple(one.at for one in sights)
    degrees = assume.spread_worth + len(sights)
    fits = [_fit(drift, smooth(at, looked_at, *_beliefs(drift, assume)), degrees, assume) for drift in assume.drifts]
    return Posterior(at, _weighed(fits, assume.weights), degrees)


def _sights(answers: Sequence[Answer], assume: Assumptions) -> list[Sight]:
    older, latest = answers[:-LATEST], answers[-LATEST:]
    start = latest[0].at if latest else 0.0
    quarters = groupby(older, key=lambda one: math.ceil((start - one.at) / assume.quarter))
    return [*(_mean(list(each), assume) for _quarter, each in quarters), *(_single(one, assume) for one in latest)]


def _single(answer: Answer, assume: Assumptions) -> Sight:
    return Sight(answer.at, answer.value, 1.0, 1 - assume.mood_share, 0.0)


def _mean(answers: Sequence[Answer], assume: Assumptions) -> Sight:
    """A stretch as one: its moods average out as far as they are apart."""
    if len(answers) == 1:
        return _single(answers[0], assume)
    times, count = [one.at for one in answers], len(answers)
    alike = fmean(assume.mood_kept ** abs(one - other) for one in times for other in times)
    noise = assume.mood_share * alike + (1 - assume.mood_share) / count
    return Sight(fmean(times), fmean(one.value for one in answers), 0.0, noise, times[-1] - times[0])


def _beliefs(drift: float, assume: Assumptions) -> tuple[State, Walk]:
    start = State(assume.level, 0.0, assume.level_spread**2, 0.0, assume.mood_share)
    return start, Walk(drift * drift, assume.mood_share, assume.mood_kept)


def _fit(drift: float, found: Smoothed, degrees: int, assume: Assumptions) -> _Fit:
    """The scale and the weight that follow; the weight is still a logarithm, up to a constant."""
    scale = ((assume.spread_worth - 2) * assume.spread**2 + found.misfit) / degrees
    return _Fit(drift, found.nodes, scale, -(found.log_volume + degrees * math.log(scale)) / 2)


def _weighed(fits: Sequence[_Fit], beliefs: Sequence[float]) -> tuple[_Fit, ...]:
    best = max(fit.weight for fit in fits)
    raw = [belief * math.exp(fit.weight - best) for fit, belief in zip(fits, beliefs, strict=True)]
    return tuple(replace(fit, weight=one / sum(raw)) for fit, one in zip(fits, raw, strict=True))


class _Place(NamedTuple):
    """A time between two nodes: how far on from the left one (share), how far apart they are, how far past the last."""

    left: int
    right: int
    share: float
    room: float
    past: float

    @property
    def loose(self) -> float:
        """How much the walk may stray there by itself, in units of its weekly variance."""
        return self.share * (1 - self.share) * self.room + self.past


def levels(known: Posterior, times: Iterable[float]) -> tuple[Level, ...]:
    """The level at each time, also between and after the answers: the band widens where there are none.

    Raises ValueError before the first answer, unless the posterior was made `since` then.
    """
    # The mean of Student's t with this many degrees has a variance above its scale; the mixture is drawn as one t.
    wider = known.degrees / (known.degrees - 2)
    half, most = (t_quantile(share, known.degrees) / math.sqrt(wider) for share in (0.75, 0.95))
    return tuple(_level_at(known, time, wider, half, most) for time in times)


def _level_at(known: Posterior, time: float, wider: float, half: float, most: float) -> Level:
    place = _place(known.times, time)
    means = [(fit.weight, _mean_at(fit, place), fit.scale * _variance_at(fit, place)) for fit in known.fits]
    mid = sum(weight * mean for weight, mean, _variance in means)
    deviation = math.sqrt(sum(weight * (variance * wider + (mean - mid) ** 2) for weight, mean, variance in means))
    edges = (-half * deviation, half * deviation, -most * deviation, most * deviation)
    return Level(time, _within(mid), *(_within(mid + edge) for edge in edges))


def _within(value: float) -> float:
    return min(100.0, max(0.0, value))


def difference(known: Posterior, *, then: float, now: float) -> Difference:
    """How much higher the level is now than then, from their joint distribution. Raises ValueError as `levels`."""
    first, last = _place(known.times, min(then, now)), _place(known.times, max(then, now))
    by = chance = 0.0
    for fit in known.fits:
        rise = _mean_at(fit, last) - _mean_at(fit, first)
        apart = _variance_at(fit, first) + _variance_at(fit, last) - 2 * _covariance_at(fit, first, last)
        by += fit.weight * rise
        chance += fit.weight * t_below(rise / math.sqrt(max(fit.scale * apart, _LEAST_VARIANCE)), known.degrees)
    return Difference(by, chance) if then <= now else Difference(-by, 1 - chance)


def _place(times: Sequence[float], time: float) -> _Place:
    left, end = bisect_right(times, time) - 1, len(times) - 1
    if left < 0:
        raise ValueError(f"{time} is before {times[0]}, where the line begins")
    if left == end:
        return _Place(end, end, 0.0, 0.0, time - times[end])
    room = times[left + 1] - times[left]
    return _Place(left, left + 1, (time - times[left]) / room, room, 0.0)


def _mean_at(fit: _Fit, place: _Place) -> float:
    left, right = fit.nodes[place.left].state.level, fit.nodes[place.right].state.level
    return left + place.share * (right - left)


def _variance_at(fit: _Fit, place: _Place) -> float:
    """Between two nodes the walk is a bridge: their own doubt in shares, plus what it may stray between."""
    left, right, share = fit.nodes[place.left], fit.nodes[place.right].state, place.share
    both = left.back[0] * right.variance + left.back[1] * right.shared
    own = (1 - share) ** 2 * left.state.variance + share * share * right.variance + 2 * share * (1 - share) * both
    return own + fit.drift**2 * place.loose


def _covariance_at(fit: _Fit, first: _Place, last: _Place) -> float:
    ends = ((last.left, 1 - last.share), (last.right, last.share))
    starts = ((first.left, 1 - first.share), (first.right, first.share))
    own = sum(one * other * covariance(fit.nodes, min(a, b), max(a, b)) for a, one in starts for b, other in ends if one and other)  # fmt: skip
    same = first.share * (1 - last.share) * first.room + first.past if first.left == last.left else 0.0
    return own + fit.drift**2 * same
