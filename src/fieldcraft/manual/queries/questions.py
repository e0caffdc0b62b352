"""Regions of a merge joined to what a person can answer at once: a sentence, not each of its words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from fieldcraft.engine.prose.merge import Alternative, Kind, Region

SILENT = (Kind.SAME, Kind.APART)
_ENDS = re.compile(r"\n\s*\n|\n\s*(?:[-*+#>|]|\d+[.)]\s)|[.!?:;][\"'”’)\]]*\s")
_FROM_SURE_TO_UNSURE = (Kind.SUGGESTION, Kind.CHOICE, Kind.FAR)


def by_question(regions: Iterable[Region]) -> Iterator[Region]:
    """The regions, with those that need somebody and stand in one sentence joined, and what is between them too.

    The texts of what it gives, joined in order, are those of the regions.
    """
    group: list[Region] = []
    between: list[Region] = []
    for region in regions:
        if region.kind in SILENT and group:
            between.append(region)
        elif region.kind in SILENT:
            yield region
        elif group and not _is_apart(group, between, region):
            group, between = [*group, *between, region], []
        else:
            yield from _closed(group, between)
            group, between = [region], []
    yield from _closed(group, between)


def _closed(group: Sequence[Region], between: Iterable[Region]) -> Iterator[Region]:
    if group:
        yield group[0] if len(group) == 1 else _joined(group)
    yield from between


def _is_apart(group: Sequence[Region], between: Sequence[Region], region: Region) -> bool:
    """Whether a sentence, an item or a paragraph ends between the two, on both sides."""
    if between:
        return bool(_ENDS.search(_end_of(group) + _best(between) + region.alternatives[0].text[:4]))
    sides = (_side(group, "ours"), _side(group, "theirs"), region.ours, region.theirs)
    return all(sides) and all(_ENDS.search(side[-3:] + "\n-") for side in sides[:2])


def _end_of(group: Sequence[Region]) -> str:
    return _best(group)[-2:]


def _best(regions: Iterable[Region]) -> str:
    return "".join(region.alternatives[0].text for region in regions)


def _side(regions: Iterable[Region], name: str) -> str:
    """One side's text; where nobody is needed, what is settled."""
    texts = (getattr(each, name) if each.kind not in SILENT else each.alternatives[0].text for each in regions)
    return "".join(texts)


def _joined(group: Sequence[Region]) -> Region:
    kind = max((each.kind for each in group if each.kind not in SILENT), key=_FROM_SURE_TO_UNSURE.index)
    base, ours, theirs = ("".join(getattr(each, name) for each in group) for name in ("base", "ours", "theirs"))
    flags = dict.fromkeys(flag for each in group for flag in each.flags)
    return Region(kind, base, ours, theirs, tuple(_alternatives(group)), tuple(flags))


def _alternatives(group: Sequence[Region]) -> Iterator[Alternative]:
    """What the engine thinks best for each, all words of both together, each side, and where both end a line, both in turn."""
    ours, theirs = _side(group, "ours"), _side(group, "theirs")
    names = {" ".join(theirs.split()): "theirs", " ".join(ours.split()): "ours"}
    told = [("combined", _best(group)), ("combined_2", "".join(_together(each) for each in group))]
    told += [("ours", ours), ("theirs", theirs)]
    if ours.endswith("\n") and theirs.endswith("\n"):
        told += [("both", ours + theirs), ("both_turned", theirs + ours)]
    seen: set[str] = set()
    for name, text in told:
        words = " ".join(text.split())
        if words not in seen:
            seen.add(words)
            yield Alternative(names.get(words, name), text)


def _together(region: Region) -> str:
    texts = {each.name: each.text for each in region.alternatives}
    return texts.get("combined", region.alternatives[0].text)
