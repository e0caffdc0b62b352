"""A stretch that both sides changed → its parts: as small as they can be read and chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from fieldcraft.engine.prose.merging.columns import columns
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.merging.words import by_word
import os
KEPT=float(os.environ.get('KEPT','0.3'))
MODE=os.environ.get('MODE','all')


class Change(Enum):
    """Who changed a part; white space does not count."""

    NONE = "none"
    OURS = "ours"
    THEIRS = "theirs"
    ALIKE = "alike"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stretch, and who changed it."""

    texts: Three
    change: Change


def parts(stretch: Three) -> list[Part]:
    """The parts in order; joined they give the stretch. No two neighbours are both unchanged."""
    return list(_joined(part for whole in by_sentence(stretch) for part in split(whole)))


def by_sentence(stretch: Three) -> list[Part]:
    """The same, with no sentence cut."""
    return list(_joined(_part(texts) for texts in columns(stretch)))


def _part(texts: Three) -> Part:
    return Part(texts, _change(bare(texts.base), bare(texts.ours), bare(texts.theirs)))


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def _change(base: str, ours: str, theirs: str) -> Change:
    if ours == theirs:
        return Change.NONE if base == ours else Change.ALIKE
    if base == ours:
        return Change.THEIRS
    return Change.OURS if base == theirs else Change.BOTH


def _joined(found: Iterable[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one; what one side added beside what the other took out, too."""
    last: Part | None = None
    for part in found:
        if last is None:
            last = part
        elif together := _together(last, part):
            last = together
        else:
            yield last
            last = part
    if last and any((last.texts.base, last.texts.ours, last.texts.theirs)):
        yield last


def _together(one: Part, other: Part) -> Part | None:
    texts = _sum(one.texts, other.texts)
    if one.change is other.change is Change.NONE or not bare(texts.base + texts.ours + texts.theirs):
        return Part(texts, one.change)
    if not any((one.texts.base, one.texts.ours, one.texts.theirs)):
        return other
    if not any((other.texts.base, other.texts.ours, other.texts.theirs)):
        return one
    if one.change is other.change and one.change is not Change.BOTH and _shape(one.texts) == _shape(other.texts):
        return Part(texts, one.change)
    if {one.change, other.change} == {Change.OURS, Change.THEIRS} and _swappable(one.texts, other.texts):
        return Part(texts, Change.BOTH)
    return None


def _sum(one: Three, other: Three) -> Three:
    return Three(one.base + other.base, one.ours + other.ours, one.theirs + other.theirs)


def _shape(texts: Three) -> tuple[bool, bool, bool]:
    return not texts.base, not texts.ours, not texts.theirs


def _swappable(one: Three, other: Three) -> bool:
    """Whether one is an addition and the other an addition or a removal, so that their order is open."""
    added = [not texts.base for texts in (one, other)]
    removed = [not texts.ours or not texts.theirs for texts in (one, other)]
    return any(added) and all(is_added or is_removed for is_added, is_removed in zip(added, removed, strict=True))


def split(part: Part) -> list[Part]:
    """A sentence that was changed, word by word, unless it was rewritten."""
    texts = part.texts
    if part.change in {Change.NONE, Change.ALIKE} or not (texts.base and texts.ours and texts.theirs) or MODE=='no':
        return [part]
    found = by_word(texts)
    return [_part(one) for one in found.parts] if found.kept >= KEPT else [part]
