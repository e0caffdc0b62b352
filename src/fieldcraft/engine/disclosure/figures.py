"""From people's answers in one window to what may be shown of a group: coarse, and with keyed noise.

The noise is normal and belongs to the item, the window and the very people counted: the same people give the same figure
for ever, so that asking again tells nothing. It is not differential privacy, and is never called that.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import NormalDist, fmean

from fieldcraft.engine.disclosure.windows import Window

LEAST_ANSWERS = 2
NOISE = 32.0  # points over people; why not 16: docs/decisions
STEP, LOWEST, HIGHEST = 5, 10, 90
MIDDLE_FROM, HIGH_FROM = 40.0, 70.0
BAND_STEP, BAND_LEAST, BAND_MOST = 10, 10, 90
NOTICEABLE = 10
LEFT_OUT_OF = 20


class Change(Enum):
    """What may be said of two windows' figures."""

    UP = "up"
    ABOUT_THE_SAME = "about the same"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Bands:
    """Shares of people below 40, from 40 and from 70, in per cent to the nearest ten.

    10 stands for ten or fewer, 90 for ninety or more, so they need not add up.
    """

    low: int
    middle: int
    high: int


def value_of(answers: Sequence[float]) -> float | None:
    """A person's value: the mean of their own answers in the window, 0–100; None below two."""
    return fmean(answers) if len(answers) >= LEAST_ANSWERS else None


def mean_shown(values: Mapping[str, float], *, secret: bytes, item: str, window: Window) -> int:
    """The mean of some people's values as shown: with noise, to the nearest five, from "10 or less" to "90 or more"."""
    chance = _chance(secret, "noise", item, str(window.number), *sorted(values))
    noise = NormalDist(0, NOISE / len(values)).inv_cdf(chance)
    return rounded(fmean(values.values()) + noise)


def rounded(mean: float) -> int:
    """To the nearest five, within what is shown."""
    return min(max(int((mean + STEP / 2) // STEP) * STEP, LOWEST), HIGHEST)


def bands_shown(values: Collection[float]) -> Bands:
    """The bands of some people's values."""
    low = sum(value < MIDDLE_FROM for value in values)
    high = sum(value >= HIGH_FROM for value in values)
    return Bands(*(_share(count, len(values)) for count in (low, len(values) - low - high, high)))


def _share(count: int, of: int) -> int:
    return min(max(int((100 * count / of + BAND_STEP / 2) // BAND_STEP) * BAND_STEP, BAND_LEAST), BAND_MOST)


def change_between(then: int, now: int) -> Change:
    """Both as shown, so that the word tells nothing that they do not."""
    if abs(now - then) <= NOTICEABLE:
        return Change.ABOUT_THE_SAME
    return Change.UP if now > then else Change.DOWN


def alike(values: Iterable[float]) -> bool:
    """Whether all lie in one band: a figure would then be a statement about each of them."""
    return len({(value >= MIDDLE_FROM) + (value >= HIGH_FROM) for value in values}) < 2


def left_out_by_chance(*, secret: bytes, item: str, window: Window, cell: str) -> bool:
    """One in twenty, so that a figure left out does not say that all were alike."""
    return _chance(secret, "left out", item, str(window.number), cell) < 1 / LEFT_OUT_OF


def _chance(secret: bytes, *words: str) -> float:
    """A number between 0 and 1, excluded, that nobody without the secret can work out."""
    text = b"".join(len(word.encode()).to_bytes(4, "big") + word.encode() for word in words)
    digest = hmac.new(secret, text, hashlib.sha256).digest()
    return (int.from_bytes(digest[:6], "big") + 0.5) / 2**48
