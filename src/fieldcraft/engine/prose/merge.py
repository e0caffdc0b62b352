"""Three texts → regions; what both sides changed comes with prepared texts, the best first."""

from collections.abc import Iterable, Sequence

from fieldcraft.engine.prose.merging.page import page_regions
from fieldcraft.engine.prose.merging.regions import SILENT, Alternative, Kind, Region, Three

__all__ = ["Alternative", "Kind", "Region", "is_silent", "merge", "text_of"]


def merge(base: str, ours: str, theirs: str) -> list[Region]:
    """The regions of a page in reading order.

    Silent is only what a merge by line keeps apart, and fields of a page's head that cannot disagree. About linear in
    the length of the texts; never raises.
    """
    return page_regions(Three(base, ours, theirs))


def is_silent(regions: Iterable[Region]) -> bool:
    """Whether nothing of it needs a person."""
    return all(region.kind in SILENT for region in regions)


def text_of(regions: Sequence[Region], chosen: Sequence[str] | None = None) -> str:
    """The page. chosen: a text for each region; the first alternative of each when left out."""
    if chosen is None:
        return "".join(region.alternatives[0].text for region in regions)
    return "".join(text for _region, text in zip(regions, chosen, strict=True))
