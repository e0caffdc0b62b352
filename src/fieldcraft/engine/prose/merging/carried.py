"""What one side only carried elsewhere, word by word: nothing of it has to be read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from fieldcraft.engine.prose.merging.changes import bare
from fieldcraft.engine.prose.merging.regions import SILENT, Kind, Region
from fieldcraft.engine.prose.tokens import sentence_spans


def with_carried_text_taken(regions: Sequence[Region]) -> list[Region]:
    """The regions; where a page has more to read, what one side alone put elsewhere is taken, if it was to come first.

    About linear.
    """
    known = _carried(regions, "ours", "theirs") | _carried(regions, "theirs", "ours")
    if all(region.kind in SILENT or at in known for at, region in enumerate(regions)):
        return list(regions)
    return [
        replace(region, kind=Kind.SAME, alternatives=region.alternatives[:1])
        if at in known and region.kind not in SILENT
        else region
        for at, region in enumerate(regions)
    ]


def _carried(regions: Sequence[Region], side: str, other: str) -> set[int]:
    """Which regions this side alone took out or put in, with each sentence in turn put in or taken out by such a one.

    Silent ones stay in; of the open ones, none whose other half somebody may yet decide otherwise.
    """
    gone: dict[int, set[str]] = {}
    come: dict[int, set[str]] = {}
    for at, region in enumerate(regions):
        was, now, beside = (bare(text) for text in (region.base, getattr(region, side), getattr(region, other)))
        if was == beside and not (was and now) and _is_taken(region, now):
            (gone if was else come)[at] = _sentences(was or now)
    while left := {*_without_other_half(regions, gone, come), *_without_other_half(regions, come, gone)}:
        gone, come = ({at: told for at, told in one.items() if at not in left} for one in (gone, come))
    return {*gone, *come}


def _is_taken(region: Region, text: str) -> bool:
    return region.kind is not Kind.FAR and bare(region.alternatives[0].text) == text


def _without_other_half(
    regions: Sequence[Region], here: dict[int, set[str]], there: dict[int, set[str]]
) -> Iterator[int]:
    elsewhere = _all(there.values())
    yield from (at for at, told in here.items() if regions[at].kind not in SILENT and not told <= elsewhere)


def _sentences(text: str) -> set[str]:
    return {span.of(text).strip() for span in sentence_spans(text)}


def _all(sets: Iterable[set[str]]) -> set[str]:
    return {one for sentences in sets for one in sentences}
