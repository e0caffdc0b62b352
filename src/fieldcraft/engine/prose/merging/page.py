"""A whole page: its stretches, and what stands in each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fieldcraft.engine.prose.merging.carried import with_carried_text_taken
from fieldcraft.engine.prose.merging.divergence import is_far, kept_by
from fieldcraft.engine.prose.merging.fields import field_columns, settled_field
from fieldcraft.engine.prose.merging.flags import flagged
from fieldcraft.engine.prose.merging.heads import heads_of
from fieldcraft.engine.prose.merging.lines import by_line
from fieldcraft.engine.prose.merging.moves import with_moves
from fieldcraft.engine.prose.merging.order import Kept
from fieldcraft.engine.prose.merging.regions import SILENT, Kind, Region, Three
from fieldcraft.engine.prose.merging.settling import far_regions, near_regions, settled_region, settled_stretch
from fieldcraft.engine.prose.merging.weights import WEIGHTS
from fieldcraft.engine.prose.merging.wholeness import with_wholeness


def page_regions(texts: Three, weights: Mapping[str, float] = WEIGHTS) -> list[Region]:
    """The regions of a page in reading order."""
    found = with_carried_text_taken(with_moves(_all_regions(texts, weights)))
    return flagged(with_wholeness(_told_apart(found), texts))


def _all_regions(texts: Three, weights: Mapping[str, float]) -> list[Region]:
    stretches = by_line(texts)
    heads = heads_of(texts) if _is_open(stretches) else None
    if heads and _is_open(by_line(heads.heads)):
        head = _head_regions(heads.heads, kept_by(texts), weights)
        return head + _regions(texts, by_line(heads.bodies), weights)
    return _regions(texts, stretches, weights)


def _is_open(stretches: Sequence[Three]) -> bool:
    return any(stretch.changed_by_both for stretch in stretches)


def _head_regions(heads: Three, kept: Kept, weights: Mapping[str, float]) -> list[Region]:
    """The regions of the head, field by field."""
    found: list[Region] = []
    for field in field_columns(heads):
        text = settled_field(field, heads) if field.changed_by_both else None
        found += _near(field, kept, weights) if text is None else [settled_region(field, text)]
    return found


def _regions(texts: Three, stretches: Sequence[Three], weights: Mapping[str, float]) -> list[Region]:
    if not _is_open(stretches):
        return [settled_stretch(stretch) for stretch in stretches]
    kept = kept_by(texts)
    if is_far(texts, kept):
        far = [region for stretch in stretches for region in far_regions(stretch)]
        if any(region.kind is Kind.FAR for region in far):
            return far
    return [region for stretch in stretches for region in _near(stretch, kept, weights)]


def _near(stretch: Three, kept: Kept, weights: Mapping[str, float]) -> list[Region]:
    return near_regions(stretch, kept, weights) if stretch.changed_by_both else [settled_stretch(stretch)]


def _told_apart(regions: list[Region]) -> list[Region]:
    """The regions, those that one side changed as `APART` where the other changed something else."""
    lone = [region.ours != region.theirs for region in regions]
    sides = {side for one in regions if one.ours != one.theirs for side in _changed_by(one)}
    if len(sides) < 2 and all(region.kind in SILENT for region in regions):
        return regions
    return [
        replace(region, kind=Kind.APART) if is_lone and region.kind is Kind.SAME else region
        for region, is_lone in zip(regions, lone, strict=True)
    ]


def _changed_by(region: Region) -> list[str]:
    return [side for side, text in (("ours", region.ours), ("theirs", region.theirs)) if text != region.base]
