"""Recorded merges → the weights of the order: which ways led to what people kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from fieldcraft.engine.prose.merging.divergence import is_far, kept_by
from fieldcraft.engine.prose.merging.lines import by_line
from fieldcraft.engine.prose.merging.order import Kept, Stretch, candidates, features
from fieldcraft.engine.prose.merging.parts import parts
from fieldcraft.engine.prose.merging.regions import Three

_STEPS = 150
_STEP = 0.08
_PULL = 0.5  # towards zero, so that no weight grows on a handful of cases


@dataclass(frozen=True, slots=True)
class Recorded:
    """A page of a recorded merge: the three texts, and what people kept."""

    texts: Three
    kept: str


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch that was settled: the features of each text it might have got, which were right, how much it counts."""

    rows: list[list[float]]
    right: list[bool]
    weight: float


def examples(recorded: Iterable[Recorded]) -> Iterator[tuple[list[str], Example]]:
    """Names of the features with an example, for each stretch of the pages that some choice would have given.

    Pages on which ours was rewritten are left out, since nothing is ordered there. Stretches of one page count less.
    """
    for page in recorded:
        kept = kept_by(page.texts)
        if is_far(page.texts, kept):
            continue
        found = [one for one in _settled(page, kept) if any(one[1]) and not all(one[1])]
        for rows, right in found:
            yield list(rows[0]), Example([list(row.values()) for row in rows], right, 1 / sqrt(len(found)))


def fit(names: Sequence[str], found: Sequence[Example]) -> dict[str, float]:
    """The weights under which the right texts are likeliest, by gradient ascent (Adam). The same for the same input."""
    weights, mean, square = ([0.0] * len(names) for _ in range(3))
    for step in range(1, _STEPS + 1):
        slope = _slope(weights, found)
        mean = [0.9 * one + 0.1 * now for one, now in zip(mean, slope, strict=True)]
        square = [0.99 * one + 0.01 * now * now for one, now in zip(square, slope, strict=True)]
        weights = [
            weight + _STEP * (one / (1 - 0.9**step)) / (sqrt(two / (1 - 0.99**step)) + 1e-8)
            for weight, one, two in zip(weights, mean, square, strict=True)
        ]
    return {name: round(weight, 2) for name, weight in zip(names, weights, strict=True)}


def _slope(weights: Sequence[float], found: Sequence[Example]) -> list[float]:
    slope = [-_PULL * weight for weight in weights]
    for one in found:
        chances = _chances([sum(map(float.__mul__, weights, row)) for row in one.rows])
        right = sum(chance for chance, is_right in zip(chances, one.right, strict=True) if is_right)
        for row, chance, is_right in zip(one.rows, chances, one.right, strict=True):
            pull = one.weight * ((chance / right if is_right else 0.0) - chance)
            slope = [total + pull * value for total, value in zip(slope, row, strict=True)]
    return slope


def _chances(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    shares = [exp(score - most) for score in scores]
    return [share / sum(shares) for share in shares]


def _settled(page: Recorded, kept: Kept) -> Iterator[tuple[list[Mapping[str, float]], list[bool]]]:
    """For each stretch that both sides changed, the features of its candidates, and which lead to the recorded page."""
    record = _without_space(page.kept)
    wholes = [_whole(stretch) for stretch in by_line(page.texts)]
    before = _reached(record, wholes)
    after = _reached(record[::-1], [_reversed(whole) for whole in reversed(wholes)])[::-1]
    for at, whole in enumerate(wholes):
        if len(whole.options) == 1 and len(whole.options[0]) == 1:
            continue
        ends = {len(record) - left for left in after[at + 1]}
        found = candidates(whole)
        yield (
            [features(one, whole, kept) for one in found],
            [_leads(record, _without_space(one.text), before[at], ends) for one in found],
        )


def _whole(stretch: Three) -> Stretch:
    if stretch.changed_by_both:
        return Stretch.of(stretch, parts(stretch))
    return Stretch(stretch, [], [{"combined": stretch.settled}])


def _reversed(whole: Stretch) -> Stretch:
    turned = [{name: text[::-1] for name, text in texts.items()} for texts in reversed(whole.options)]
    return Stretch(whole.texts, whole.parts[::-1], turned)


def _reached(record: str, wholes: Sequence[Stretch]) -> list[set[int]]:
    """Before each stretch, and at the end: how much of the record the choices so far can give."""
    found = [{0}]
    for whole in wholes:
        places = found[-1]
        for texts in whole.options:
            places = reached(record, places, {_without_space(text) for text in texts.values()})
        found.append(places)
    return found


def reached(record: str, places: Iterable[int], texts: Iterable[str]) -> set[int]:
    """Where in the record one comes from these places with one of the texts."""
    choices = list(texts)
    return {place + len(text) for place in places for text in choices if record.startswith(text, place)}


def _leads(record: str, text: str, places: Iterable[int], ends: set[int]) -> bool:
    return bool(reached(record, places, [text]) & ends)


def _without_space(text: str) -> str:
    return "".join(text.split())
