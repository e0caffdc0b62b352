"""Answers → scale scores, by keys that are data: which items, which are turned round, how many must be answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from fieldcraft.engine.measure.responses import Cell, Missing


@dataclass(frozen=True, slots=True)
class ScaleKey:
    """How a scale is made of items.

    reversed_items: those that speak the other way; they count as low + high − answer.
    least: how many must be answered before there is a score, 1 to all.
    low, high: the ends of the answers.
    Raises ValueError for a key that makes no sense.
    """

    items: tuple[str, ...]
    reversed_items: frozenset[str] = frozenset()
    least: int = 1
    low: float = 1.0
    high: float = 7.0

    def __post_init__(self) -> None:
        if not 1 <= self.least <= len(set(self.items)) or len(set(self.items)) != len(self.items):
            raise ValueError("a scale needs different items, and between one and all of them answered")
        if not self.reversed_items <= set(self.items) or not self.low < self.high:
            raise ValueError("reversed items are items of the scale, and its low end is below its high end")


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, from how many answers."""

    value: float
    answered: int


@dataclass(frozen=True, slots=True)
class TooFewAnswers:
    """No score, since fewer items were answered than the scale needs."""

    answered: int
    least: int


Score = Scored | TooFewAnswers


def mean_score(answers: Mapping[str, Cell], key: ScaleKey) -> Score:
    """The mean of the items that were answered, reversed ones turned round; from key.low to key.high.

    answers: by item; others than the scale's are left aside, missing ones are not filled in.
    Raises ValueError for a number outside low to high.
    """
    values = list(_values(answers, key))
    return Scored(fmean(values), len(values)) if len(values) >= key.least else TooFewAnswers(len(values), key.least)


def sum_score(answers: Mapping[str, Cell], key: ScaleKey) -> Score:
    """The sum over all items, as instruments with a range such as 7–28 have it.

    Where a key lets items be missing, they count as the mean of the others. Raises ValueError as `mean_score`.
    """
    score = mean_score(answers, key)
    return Scored(score.value * len(key.items), score.answered) if isinstance(score, Scored) else score


def mean_of_means(answers: Mapping[str, Cell], keys: Sequence[ScaleKey]) -> Score:
    """The mean of the parts of an instrument, each weighing the same; only where every part has its own score.

    Raises ValueError as `mean_score`, and without parts.
    """
    if not keys:
        raise ValueError("an instrument has at least one part")
    parts = [mean_score(answers, key) for key in keys]
    answered, means = sum(part.answered for part in parts), [part.value for part in parts if isinstance(part, Scored)]
    if len(means) < len(parts):
        return TooFewAnswers(answered, sum(key.least for key in keys))
    return Scored(fmean(means), answered)


def _values(answers: Mapping[str, Cell], key: ScaleKey) -> Iterator[float]:
    for item in key.items:
        answer = answers.get(item, Missing.NOT_ANSWERED)
        if isinstance(answer, Missing):
            continue
        if not key.low <= answer <= key.high:
            raise ValueError(f"{item}: {answer} is not between {key.low} and {key.high}")
        yield turned(answer, low=key.low, high=key.high) if item in key.reversed_items else float(answer)


def turned(answer: float, *, low: float, high: float) -> float:
    """The answer read from the other end: 8 − x on 1 to 7."""
    return low + high - answer


def on_hundred(value: float, *, low: float = 1.0, high: float = 7.0) -> float:
    """The same place on a line from 0 to 100."""
    return (value - low) / (high - low) * 100


def _numbered(*numbers: int) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)


def _all_of(*items: str, low: float = 1, high: float = 7, reverse: Sequence[str] = ()) -> ScaleKey:
    return ScaleKey(items, frozenset(reverse), len(items), low, high)


#: Own items (PRODUCT.md 4): a feeling of having a hand in things; not validated.
SENSE_OF_MASTERY = ScaleKey(
    ("influence", "same_anyway", "better", "reachable"), frozenset({"same_anyway"}), least=3, low=1, high=7
)
#: Pearlin & Schooler (1978), J. Health Soc. Behav. 19, 2–21: a sum of 7–28.
PEARLIN = _all_of(*_numbered(1, 2, 3, 4, 5, 6, 7), high=4, reverse=_numbered(1, 2, 3, 5, 7))
#: The same without its two positive items, which fit badly: a sum of 5–20.
PEARLIN_5 = _all_of(*_numbered(1, 2, 3, 5, 7), high=4, reverse=_numbered(1, 2, 3, 5, 7))
#: Niessen et al. (2022), PLOS ONE: two pairs that are kept apart.
IE4_INTERNAL = _all_of(*_numbered(1, 2), high=5)
IE4_EXTERNAL = _all_of(*_numbered(3, 4), high=5)
#: GSE-3: a mean only when all three are answered.
GSE3 = _all_of(*_numbered(1, 2, 3), high=5)
#: Spreitzer (1995), Acad. Manage. J. 38(5), 1442–1465: the mean of four means of three.
SPREITZER = tuple(
    _all_of(*(f"{part}_{number}" for number in (1, 2, 3)))
    for part in ("meaning", "competence", "self_determination", "impact")
)
