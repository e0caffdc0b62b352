"""Student's t distribution for whole degrees of freedom.

Source: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
"""

import math
from functools import lru_cache
from statistics import NormalDist

_CLOSE = 1e-13
_MOST_STEPS = 60


def t_below(value: float, degrees: int) -> float:
    """The chance of at most `value`, 0 to 1; exact to about 1e-15. Raises ValueError below one degree of freedom."""
    if degrees < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    angle = math.atan2(value, math.sqrt(degrees))
    sine, squared = math.sin(angle), math.cos(angle) ** 2
    if degrees % 2:
        odd = math.cos(angle) * _series(squared, range(2, degrees - 1, 2)) if degrees > 1 else 0.0
        return 0.5 + (angle + sine * odd) / math.pi
    return 0.5 + sine * _series(squared, range(1, degrees - 2, 2)) / 2


def _series(squared: float, steps: range) -> float:
    """1 + a·c² + a·b·c⁴ + …, where a, b, … are k/(k+1)."""
    total = term = 1.0
    for step in steps:
        term *= squared * step / (step + 1)
        total += term
    return total


@lru_cache(maxsize=512)
def t_quantile(share: float, degrees: int) -> float:
    """The value that a share of 0.5 to below 1 lies below. Raises ValueError outside that."""
    if not 0.5 <= share < 1:
        raise ValueError("a share from 0.5 to below 1")
    value = NormalDist().inv_cdf(share)  # never above the answer, and from below Newton's steps do not overshoot
    for _step in range(_MOST_STEPS):
        change = (share - t_below(value, degrees)) / _density(value, degrees)
        value += change
        if abs(change) < _CLOSE * (1 + value):
            break
    return value


def _density(value: float, degrees: int) -> float:
    top = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - math.log(math.pi * degrees) / 2
    return math.exp(top - (degrees + 1) / 2 * math.log1p(value * value / degrees))
