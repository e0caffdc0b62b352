"""How much may be said about a person's answers, and about a change in them. Values only; the words are the screen's.

Sources: MEASURES.md 5 (usual range, reliable change), THEORY.md 5 (what to show from how many answers).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from fieldcraft.engine.measure.trajectory import (
    LATEST,
    WEEKLY,
    Answer,
    Assumptions,
    Level,
    Posterior,
    difference,
    levels,
    posterior,
)

LEAST_FOR_BAND = 8
LEAST_WEEKS_FOR_BAND = 6.0
LEAST_FOR_LINE = 30
SURE = 0.95
BLOCK = 4
CARRIED_OVER = 0.3
_NINETY_FIVE = 1.96
_STEP = 5


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Where the mean of the latest block lies when nothing but the usual wobble is at work; 0 to 100 as the answers."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class HigherThanUsual:
    """The latest block is above the usual range."""

    usual: UsualRange
    latest: float


@dataclass(frozen=True, slots=True)
class LowerThanUsual:
    """The latest block is below the usual range."""

    usual: UsualRange
    latest: float


@dataclass(frozen=True, slots=True)
class WithinUsual:
    """The latest block is within the usual range; it may be nothing."""

    usual: UsualRange
    latest: float


Standing = HigherThanUsual | LowerThanUsual | WithinUsual


@dataclass(frozen=True, slots=True)
class ProbablyHigher:
    """The level now is above the level then; chance: 0.95 to 1."""

    then: float
    chance: float


@dataclass(frozen=True, slots=True)
class ProbablyLower:
    """The level now is below the level then; chance: 0.95 to 1."""

    then: float
    chance: float


@dataclass(frozen=True, slots=True)
class NotSure:
    """Nothing may be said about a change: neither way is it 95 % sure."""


Change = ProbablyHigher | ProbablyLower


@dataclass(frozen=True, slots=True)
class NothingYet:
    """No answer, nothing to show."""


@dataclass(frozen=True, slots=True)
class OneDot:
    """One answer: the dot, and not a word."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class DotsOnly:
    """Around low to high so far; too early for a line. The answers' own ends, outwards to the next five."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OwnBand:
    """Dots and the soft band, no line, and one of three sentences."""

    levels: tuple[Level, ...]
    said: Standing


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Dots, band and line, and one of the same three sentences; whether a change is sure, `change_of` says."""

    levels: tuple[Level, ...]
    said: Standing


Sayable = NothingYet | OneDot | DotsOnly | OwnBand | OwnLine


def sayable(
    answers: Iterable[Answer],
    *,
    times: Sequence[float] = (),
    assume: Assumptions = WEEKLY,
) -> Sayable:
    """What may be shown and said about a person's answers, in any order; times in weeks, values 0 to 100.

    times: where the band is drawn, also where there are no answers; without them, at the latest 60 answers.
    """
    given = sorted(answers, key=lambda one: (one.at, one.value))
    if len(given) < 2:
        return OneDot(given[0]) if given else NothingYet()
    if len(given) < LEAST_FOR_BAND or given[-1].at - given[0].at < LEAST_WEEKS_FOR_BAND:
        return _dots(given)
    drawn_at = times or [one.at for one in given[-LATEST:]]
    known = posterior(given, since=min(given[0].at, *drawn_at), assume=assume)
    shown = OwnBand if len(given) < LEAST_FOR_LINE else OwnLine
    return shown(levels(known, drawn_at), standing_of(given, assume=assume))


def _dots(answers: Sequence[Answer]) -> DotsOnly:
    values = [one.value for one in answers]
    return DotsOnly(math.floor(min(values) / _STEP) * _STEP, math.ceil(max(values) / _STEP) * _STEP)


def change_of(known: Posterior, *, then: float, now: float) -> Change | NotSure:
    """The change that may be said, from the joint distribution of the two levels."""
    chance = difference(known, then=then, now=now).chance_higher
    if chance >= SURE:
        return ProbablyHigher(then, chance)
    return ProbablyLower(then, 1 - chance) if 1 - chance >= SURE else NotSure()


def standing_of(answers: Sequence[Answer], *, assume: Assumptions = WEEKLY) -> Standing:
    """The latest four answers against the person's own earlier ones, up to 56 of them.

    answers: in time. Raises ValueError below five.
    """
    if len(answers) <= BLOCK:
        raise ValueError("a usual range needs weeks before the latest four")
    before = [one.value for one in answers[-LATEST:-BLOCK]]
    latest = [one.value for one in answers[-BLOCK:]]
    half = half_width(_spread(before, latest, assume), BLOCK, len(before))
    usual, now = UsualRange(fmean(before) - half, fmean(before) + half), fmean(latest)
    if now > usual.high:
        return HigherThanUsual(usual, now)
    return LowerThanUsual(usual, now) if now < usual.low else WithinUsual(usual, now)


def _spread(before: Sequence[float], latest: Sequence[float], assume: Assumptions) -> float:
    """The spread within both blocks, steadied by the spread that answers usually have.

    Steadied, since four equal answers do not mean that the fifth must be the same.
    """
    squares = sum(sum((value - fmean(block)) ** 2 for value in block) for block in (before, latest))
    count = len(before) + len(latest) - 2
    return math.sqrt((assume.spread_worth * assume.spread**2 + squares) / (assume.spread_worth + count))


def half_width(
    spread: float, weeks: int, weeks_before: int | None = None, *, carried_over: float = CARRIED_OVER
) -> float:
    """How far two blocks of own weeks may lie apart by chance, 95 times in 100; in the unit of `spread`.

    weeks, weeks_before: answers in each block; for equal ones 1.96 · s · √(2/m) · √((1+φ)/(1−φ)).
    carried_over: φ, the correlation of an answer with the next one.
    Source: MEASURES.md 5; the last factor is that of a mean of a first-order autoregression.
    """
    blocks = 1 / weeks + 1 / (weeks if weeks_before is None else weeks_before)
    return _NINETY_FIVE * spread * math.sqrt(blocks) * math.sqrt((1 + carried_over) / (1 - carried_over))


@dataclass(frozen=True, slots=True)
class BeyondWobble:
    """The change is larger than what one re-test alone would show 95 times in 100. Never "improved"."""

    by: float
    needed: float


@dataclass(frozen=True, slots=True)
class WithinWobble:
    """The change cannot be told from wobble."""

    by: float
    needed: float


def error_of_change(spread: float, retest: float) -> float:
    """Standard error of a difference of two scores: SD · √2 · √(1 − r).

    retest: test–retest correlation over a like interval, 0 to 1; internal consistency would flatter.
    Raises ValueError outside that. Source: Christensen & Mendoza (1986), Behav. Ther. 17, 305–308, who put in the √2.
    """
    if not 0 <= retest <= 1 or spread < 0:
        raise ValueError("a re-test correlation from 0 to 1, and a spread of at least 0")
    return spread * math.sqrt(2) * math.sqrt(1 - retest)


def reliable_change(before: float, after: float, *, spread: float, retest: float) -> BeyondWobble | WithinWobble:
    """Whether a change between two scores of one scale is more than wobble. Raises ValueError as `error_of_change`.

    Source: Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12–19.
    """
    by, needed = after - before, _NINETY_FIVE * error_of_change(spread, retest)
    return BeyondWobble(by, needed) if abs(by) > needed else WithinWobble(by, needed)
