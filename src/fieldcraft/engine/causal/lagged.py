"""Which swings within people come a week before which others: the weekly map of all variables, pooled over people.

Own means and the weeks' common movement are taken out, the biases of short panels and imprecise answers corrected
(`correction`), and errors come from leaving out one group of people at a time. Needs NumPy: for the worker alone.
Source: THEORY.md 2.7. It says what goes before what within people, and never why.
"""

import hashlib

import numpy as np

from fieldcraft.engine.causal.correction import Moments, weekly_map
from fieldcraft.engine.causal.effects import Estimate, Fit, Link, TooLittle
from fieldcraft.engine.causal.panel import Answers, Indices, Numbers
from fieldcraft.engine.causal.sums import Sums, share_of_largest_team, sums_of
from fieldcraft.engine.measure.student import t_quantile

__all__ = ["RELIABILITY", "Answers", "Sums", "fit", "share_of_largest_team", "sums_of"]

RELIABILITY = 0.75
MOST_GROUPS = 100
LEAST_FOR_WEEKS = 50
BLOCK = 4
_RIDGE = 1e-9  # the weeks' effects are known up to a constant; this picks one


def fit(sums: Sums, *, seed: int, reliability: float = RELIABILITY) -> Fit:
    """All links at once. seed: deals people into groups. Raises TooLittle where the sums do not determine them.

    reliability: of the second run, in which a part of the answers' movement is taken to be noise.
    """
    weekly = len(sums.people) >= LEAST_FOR_WEEKS
    samples = _samples(sums, _dealt(sums.people, seed), weekly=weekly)
    exact, noisy = (weekly_map(samples, reliability=share) for share in (1.0, reliability))
    if np.isnan(exact[0]).any():
        raise TooLittle("these weeks do not move enough to tell the variables apart")
    at = range(len(sums.names))
    links = tuple(_link(sums, exact, noisy, cause, outcome) for cause in at for outcome in at if cause != outcome)
    return Fit(
        names=sums.names,
        links=links,
        own_lags=tuple(float(exact[0, one, one]) for one in at),
        people=len(sums.people),
        pairs=int(sums.pairs.sum()),
        net_pairs=int((sums.pairs - 1).sum()),
        left_out=sums.left_out,
        groups=len(exact) - 1,
        weekly=weekly,
    )


def _dealt(people: Indices, seed: int) -> list[Indices]:
    """Groups of people as equal as can be, by a keyed digest of their anonymous numbers."""
    key = seed.to_bytes(16, "big", signed=True)
    digests = [hashlib.blake2b(b"%d" % person, key=key, digest_size=8).digest() for person in people.tolist()]
    order = np.array(sorted(range(len(people)), key=digests.__getitem__), dtype=np.int64)
    groups = min(len(people), MOST_GROUPS)
    if groups < 3:
        raise TooLittle("fewer than three people")
    return [order[group::groups] for group in range(groups)]


def _samples(sums: Sums, groups: list[Indices], *, weekly: bool) -> Moments:
    """Everybody, then everybody but one group after the other."""
    parts = (sums.moments, sums.squares, sums.freedom, sums.near, sums.pairs - 1.0)
    moments, squares, freedom, near, net = (
        _all_but(np.stack([part[some].sum(axis=0) for some in groups])) for part in parts
    )
    periods = _periods(sums, weekly=weekly)
    by_period = _all_but(np.stack([periods.T @ sums.weekly[some].sum(axis=0) for some in groups]))
    overlap = _all_but(np.stack([periods.T @ _overlap(sums, some) @ periods for some in groups]))
    swept = moments - np.swapaxes(by_period, 1, 2) @ np.linalg.solve(
        overlap + _RIDGE * np.eye(len(periods.T)), by_period
    )
    net = net - (np.diagonal(overlap, axis1=1, axis2=2) > 1e-6).sum(axis=1) + 1
    if (squares <= 1e-9).any() or (net < 2 * len(sums.names)).any():
        raise TooLittle("something hardly moves, or there are fewer pairs than variables")
    return _in_swings(swept, np.sqrt(squares / freedom), near, net)


def _all_but(groups: Numbers) -> Numbers:
    total = groups.sum(axis=0)
    return np.concatenate([total[None], total - groups])


def _periods(sums: Sums, *, weekly: bool) -> Numbers:
    """(outcome weeks, periods), 1 where the week is in the period: each week, or blocks of four where people are few."""
    weeks = np.arange(sums.first_week, sums.first_week + sums.paired.shape[1])
    _found, period = np.unique(weeks if weekly else weeks // BLOCK, return_inverse=True)
    return np.eye(period.max() + 1)[period]


def _overlap(sums: Sums, some: Indices) -> Numbers:
    """How the weeks overlap once own means are out: Σ over people of diag(m) − m·m'/pairs."""
    paired = sums.paired[some].astype(np.float64)
    return np.diag(paired.sum(axis=0)) - (paired / sums.pairs[some, None]).T @ paired


def _in_swings(moments: Numbers, swing: Numbers, near: Numbers, net: Numbers) -> Moments:
    both = np.concatenate([swing, swing], axis=1)
    scaled = moments / (both[:, :, None] * both[:, None, :])
    count = swing.shape[1]
    return Moments(scaled[:, :count, :count], scaled[:, :count, count:], scaled[:, count:, count:], near, net)


def _link(sums: Sums, exact: Numbers, noisy: Numbers, cause: int, outcome: int) -> Link:
    one, other = (_estimate(found[:, outcome, cause]) for found in (exact, noisy))
    return Link(sums.names[cause], sums.names[outcome], one, other)


def _estimate(found: Numbers) -> Estimate:
    """found: (1 + groups,), the effect with everybody and with one group left out each time."""
    effect, left_out = float(found[0]), found[1:]
    groups = len(left_out)
    error = float(np.sqrt((groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()))
    wide, wider = (error * t_quantile(share, groups - 1) for share in (0.975, 0.995))
    return Estimate(effect, error, effect - wide, effect + wide, effect - wider, effect + wider)
