"""What may be said about a stated link from its figures: supports, speaks against, or cannot say yet. Takes figures only.

Source of the rule and its limits: THEORY.md 2.6, tried over simulated years.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from fieldcraft.engine.causal.effects import Estimate, Link
from fieldcraft.engine.disclosure.ranges import Range, in_range

LEAST_PEOPLE = 30
MOST_OF_ONE_TEAM = 0.5
SURE_ENOUGH = 0.06
LEAST_EFFECT = 0.03
JUST_NOTICEABLE = 0.06
USUAL_PAIRS_NEEDED = 850
SHOWN_STEP = 0.05
VERDICT_MONTHS = (1, 4, 7, 10)
STANDS_FOR = timedelta(weeks=26)

PEOPLE_FROM = (30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
PAIRS_FROM = (100, 200, 300, 400, 500, 700, 850, 1_200, 1_700, 2_500, 5_000, 10_000, 20_000, 50_000, 100_000)
_PAIRS_STEP = 50


class Sign(Enum):
    """Which way a link is stated."""

    PLUS = 1
    MINUS = -1


class Says(Enum):
    """The four answers to a stated link."""

    SUPPORTS = "supports"
    OTHER_WAY = "points the other way"
    NOT_NOTICEABLE = "no noticeable link"
    CANNOT_SAY_YET = "cannot say yet"

    @property
    def speaks_against(self) -> bool:
        return self in {Says.OTHER_WAY, Says.NOT_NOTICEABLE}


class Because(Enum):
    """Why nothing can be said yet."""

    FEW_PEOPLE = "few people"
    ONE_TEAM = "one team"
    IMPRECISE = "imprecise"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class HowFar:
    """Usable pairs so far, and about how many would be enough, to the nearest 50."""

    have: Range
    needed: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures rest on. largest_team: the largest part of the pairs that comes from one team, 0 to 1."""

    people: int
    net_pairs: int
    largest_team: float


@dataclass(frozen=True, slots=True)
class Shown:
    """An effect and its 95 % interval to the nearest 0.05, in usual weekly swings."""

    effect: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one stated link, and all that may be shown beside it.

    because, how_far: only with "cannot say yet". shown: None where nothing can be estimated or people are too few.
    """

    says: Says
    because: Because | None
    how_far: HowFar | None
    shown: Shown | None
    people: Range
    pairs: Range


@dataclass(frozen=True, slots=True)
class BothWays:
    """The verdict on a stated link, and what the same weeks say of the way back."""

    stated: Verdict
    back: Verdict


def judge(link: Link | None, stated: Sign, basis: Basis) -> Verdict:
    """link: None where nothing could be estimated; then nothing can be said."""
    says, because = _said(link, stated, basis)
    waits = says is Says.CANNOT_SAY_YET
    return Verdict(
        says=says,
        because=because if waits else None,
        how_far=HowFar(in_range(basis.net_pairs, PAIRS_FROM), _needed(link, basis)) if waits else None,
        shown=None if link is None or because in {Because.FEW_PEOPLE, Because.ONE_TEAM} else _shown(link.as_exact),
        people=in_range(basis.people, PEOPLE_FROM),
        pairs=in_range(basis.net_pairs, PAIRS_FROM),
    )


def judge_both_ways(link: Link, back: Link, stated: Sign, basis: Basis, *, stated_back: Sign = Sign.PLUS) -> BothWays:
    """back: the link from the outcome to the cause. Raises ValueError where it is another.

    stated_back: the way back's own sign, where the theory states it; else it is judged as if it were stated with plus.
    """
    if (back.cause, back.outcome) != (link.outcome, link.cause):
        raise ValueError(f"{back.cause} to {back.outcome} is not the way back")
    return BothWays(judge(link, stated, basis), judge(back, stated_back, basis))


def _said(link: Link | None, stated: Sign, basis: Basis) -> tuple[Says, Because | None]:
    if basis.people < LEAST_PEOPLE:
        return Says.CANNOT_SAY_YET, Because.FEW_PEOPLE
    if basis.largest_team > MOST_OF_ONE_TEAM:
        return Says.CANNOT_SAY_YET, Because.ONE_TEAM
    if link is None or not link.as_noisy.error <= SURE_ENOUGH:
        return Says.CANNOT_SAY_YET, Because.IMPRECISE
    if _clear(link, stated.value):
        return Says.SUPPORTS, None
    if _clear(link, -stated.value):
        return Says.OTHER_WAY, None
    if link.as_noisy.low95 > -JUST_NOTICEABLE and link.as_noisy.high95 < JUST_NOTICEABLE:
        return Says.NOT_NOTICEABLE, None
    return Says.CANNOT_SAY_YET, Because.BETWEEN


def _clear(link: Link, side: int) -> bool:
    """Both 99 % intervals on one side of nought, and the effect large enough to speak of."""
    ends = [min(side * one.low99, side * one.high99) for one in (link.as_exact, link.as_noisy)]
    return min(ends) > 0 and abs(link.as_exact.effect) >= LEAST_EFFECT


def _needed(link: Link | None, basis: Basis) -> int:
    """An error falls with the root of the pairs. Never fewer than there are: what lacks is then something else."""
    needed: float = USUAL_PAIRS_NEEDED
    if link is not None and link.as_noisy.error > SURE_ENOUGH:
        needed = basis.net_pairs * (link.as_noisy.error / SURE_ENOUGH) ** 2
    return round(max(needed, basis.net_pairs) / _PAIRS_STEP) * _PAIRS_STEP


def _shown(estimate: Estimate) -> Shown | None:
    ends = (estimate.effect, estimate.low95, estimate.high95)
    if any(end != end for end in ends):  # noqa: PLR0124 - nan alone differs from itself
        return None
    return Shown(*(round(round(end / SHOWN_STEP) * SHOWN_STEP, 2) + 0.0 for end in ends))


def verdict_dates(year: int) -> tuple[date, ...]:
    """The four days of a year on which links are judged: the fifteenth of January, April, July and October."""
    return tuple(date(year, month, 15) for month in VERDICT_MONTHS)


def is_out_of_date(*, judged: date, today: date) -> bool:
    """Whether two such days have passed without a new fit; it is then shown in grey."""
    return today - judged > STANDS_FOR
