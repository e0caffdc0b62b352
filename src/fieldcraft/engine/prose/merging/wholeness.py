"""Whether fences, tables and lists of a combined page are as whole as those of the pages it was made of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fieldcraft.engine.prose.merging.regions import SILENT, Alternative, Kind, Region, Three
from fieldcraft.engine.prose.merging.ways import distinct

_FENCE = re.compile(r" {0,3}(?:>[ \t]?)*(`{3,}|~{3,})([^\n]*)")
_ROW = re.compile(r"[ \t]*(?:>[ \t]?)*\|")
_RULER = re.compile(r"[ \t]*(?:>[ \t]?)*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$")
_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,9}[.)]|:)(?:\s|$)|\[\^|\s+\S")


def with_wholeness(regions: list[Region], texts: Three) -> list[Region]:
    """The regions; on a page that would be combined silently into something broken, what was combined as suggestions."""
    if any(region.kind not in SILENT for region in regions) or not any(one.kind is Kind.APART for one in regions):
        return regions
    combined = "".join(region.alternatives[0].text for region in regions)
    before = [_breaks(text) for text in (texts.base, texts.ours, texts.theirs)]
    if all(now <= max(was) for now, was in zip(_breaks(combined), zip(*before, strict=True), strict=True)):
        return regions
    return [_suggested(region) if region.kind is Kind.APART else region for region in regions]


def _suggested(region: Region) -> Region:
    named = ("ours", region.ours), ("theirs", region.theirs), ("base", region.base)
    found: Iterable[tuple[str, str]] = [("combined", region.alternatives[0].text), *named]
    alternatives: tuple[Alternative, ...] = distinct(found)
    return replace(region, kind=Kind.SUGGESTION, alternatives=alternatives)


def _breaks(text: str) -> tuple[int, int, int]:
    """How many fences are never closed, rows stand without a table, and indented lines without an item."""
    lines = text.splitlines()
    outside, is_open = _outside_fences(lines)
    return int(is_open), _lost_rows(outside), _lost_lines(outside)


def _outside_fences(lines: Sequence[str]) -> tuple[list[str], bool]:
    found: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
        else:
            found.append(line)
    return found, bool(fence)


def _lost_rows(lines: Sequence[str]) -> int:
    """Runs of rows that have no ruler below their first row."""
    starts = [at for at, line in enumerate(lines) if _ROW.match(line) and (at == 0 or not _ROW.match(lines[at - 1]))]
    return sum(at + 1 >= len(lines) or not _RULER.fullmatch(lines[at + 1]) for at in starts)


def _lost_lines(lines: Sequence[str]) -> int:
    """Lines so far indented that they are code, below a blank line that follows no item."""
    lost, in_list, after_blank = 0, False, True
    for line in lines:
        if not line.strip():
            after_blank = True
            continue
        indented = line.startswith(("    ", "\t"))
        lost += indented and after_blank and not in_list
        in_list = bool(_ITEM.match(line)) or (in_list and not after_blank)
        after_blank = False
    return lost
