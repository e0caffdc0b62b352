"""A stretch that both sides changed → its parts: as small as they can be read and chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fieldcraft.engine.prose.merging.changes import Change, Part, part_of
from fieldcraft.engine.prose.merging.columns import columns
from fieldcraft.engine.prose.merging.joints import with_whole_words
from fieldcraft.engine.prose.merging.regions import Three, with_space_moved
from fieldcraft.engine.prose.merging.words import by_word

_KEPT = 0.3  # share of its words that a sentence keeps in all three, from which on it is cut into words


def parts(stretch: Three) -> list[Part]:
    """The parts in order; joined they give the stretch. No two neighbours are both unchanged."""
    whole = list(_joined(map(part_of, with_space_moved(columns(stretch)))))
    return list(_joined(with_whole_words(_joined(part for one in whole for part in _cut(one)))))


def _joined(found: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one; what one side added beside what the other took out, too."""
    last: Part | None = None
    for part in found:
        if part.texts.is_empty:
            continue
        if last and (together := _together(last, part)):
            last = together
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _together(one: Part, other: Part) -> Part | None:
    texts, within = one.texts + other.texts, one.within or other.within
    if one.change is other.change is Change.NONE:
        return Part(texts, Change.NONE)
    if one.change is other.change is not Change.BOTH and _shape(one.texts) == _shape(other.texts):
        return Part(texts, one.change, within)
    if {one.change, other.change} == {Change.OURS, Change.THEIRS} and _order_is_open(one.texts, other.texts):
        return Part(texts, Change.BOTH, within)
    if _is_addition(one) and _is_addition(other) and Change.BOTH in {one.change, other.change}:
        return Part(texts, Change.BOTH, within)
    return None


def _is_addition(part: Part) -> bool:
    return not part.texts.base.strip() and part.change in {Change.OURS, Change.THEIRS, Change.BOTH}


def _shape(texts: Three) -> tuple[bool, bool, bool]:
    return not texts.base.strip(), not texts.ours.strip(), not texts.theirs.strip()


def _order_is_open(one: Three, other: Three) -> bool:
    """Whether one is an addition and the other an addition or a removal, so that either may come first."""
    added = [not texts.base.strip() for texts in (one, other)]
    removed = [not texts.ours.strip() or not texts.theirs.strip() for texts in (one, other)]
    return any(added) and all(come or gone for come, gone in zip(added, removed, strict=True))


def _cut(part: Part) -> list[Part]:
    """A sentence that was changed, word by word, unless it was rewritten."""
    texts = part.texts
    if part.change in {Change.NONE, Change.ALIKE} or any(_shape(texts)):
        return [part]
    found = by_word(texts)
    if found.kept < _KEPT:
        return [replace(part, within=part.change is Change.BOTH)]
    return [replace(part_of(one), within=part.change is Change.BOTH) for one in found.parts]
