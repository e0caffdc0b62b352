"""What one side moved and the other changed: the change follows to the new place, as a suggestion."""

from collections.abc import Sequence
from dataclasses import replace

from fieldcraft.engine.prose.merging.regions import SILENT, Alternative, Kind, Region
from fieldcraft.engine.prose.merging.ways import distinct

_FEWEST_WORDS = 4  # below it the same words elsewhere say nothing


def with_moves(regions: Sequence[Region]) -> list[Region]:
    """The regions; where a sentence was moved and changed, the changed one first at its new place, none at its old one."""
    found = list(regions)
    for at, region in enumerate(regions):
        for mover, editor in (("ours", "theirs"), ("theirs", "ours")):
            if _was_moved(region, mover, editor) and (there := _new_place(found, region, mover, editor)) is not None:
                found[there] = _followed(found[there], region.base.strip(), getattr(region, editor).strip())
                found[at] = _left(region, mover)
    return found


def _was_moved(region: Region, mover: str, editor: str) -> bool:
    if region.kind in SILENT or getattr(region, mover).strip() or len(region.base.split()) < _FEWEST_WORDS:
        return False
    edited = getattr(region, editor).strip()
    return bool(edited) and edited != region.base.strip()


def _new_place(regions: Sequence[Region], moved: Region, mover: str, editor: str) -> int | None:
    """Where the mover added what stood in the region; the other side has nothing there."""
    words, edited = moved.base.strip(), getattr(moved, editor).strip()
    for at, region in enumerate(regions):
        lone = not region.base.strip() and not getattr(region, editor).strip()
        if lone and region.kind is not Kind.FAR and words in getattr(region, mover):
            return at if edited not in getattr(region, mover) else None
    return None


def _followed(region: Region, words: str, edited: str) -> Region:
    best = region.ours if words in region.ours else region.theirs
    before = [(one.name, one.text) for one in region.alternatives if one.name != "moved"]
    sides = [
        (name, text) for name, text in (("ours", region.ours), ("theirs", region.theirs)) if name not in dict(before)
    ]
    alternatives = distinct([("moved", best.replace(words, edited, 1)), *before, *sides])
    return replace(region, kind=Kind.SUGGESTION, alternatives=alternatives)


def _left(region: Region, mover: str) -> Region:
    gone = [one for one in region.alternatives if one.text.strip() == getattr(region, mover).strip()]
    others: list[Alternative] = [one for one in region.alternatives if one not in gone]
    return replace(region, kind=Kind.SUGGESTION, alternatives=(*gone, *others))
