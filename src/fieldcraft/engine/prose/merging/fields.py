"""Fields of a page's head that both sides changed, and yet cannot disagree: dates and lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import Levenshtein

from fieldcraft.engine.prose.align import align
from fieldcraft.engine.prose.merging.chunks import Chunk, Sizes, chunks
from fieldcraft.engine.prose.merging.columns import columns_of
from fieldcraft.engine.prose.merging.heads import fields
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.similarity import similarity

_TOLD_LAST = re.compile(
    r"(?:last[-_ ]?)?(?:modified|updated?|mod|revised)(?:[-_ ]?(?:at|on|date))?|date", re.IGNORECASE
)
_WITH_THE_LATER = "modifier"
_MOMENT = re.compile(r"['\"]?(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?|\d{14,17})['\"]?")
_FLOW = re.compile(r"([^\n:]+:[ \t]*\[)([^\[\]{}\n]*)(\][ \t]*\r?\n?)")
_BLOCK = re.compile(r"([^\n:]+:[ \t]*\r?\n)((?:[ \t]*- [^\n]*\n)+)")
_TAGS = re.compile(r"(tags:[ \t]*)((?:\[\[[^\]\n]*\]\]|[^\s\[\]]+)(?:[ \t]+(?:\[\[[^\]\n]*\]\]|[^\s\[\]]+))*)(\r?\n)")
_TOO_ALIKE = 0.6  # two added entries that share so many words may be one entry in two spellings,
_TOO_ALIKE_SPELT = 0.85  # and so may two with so many letters in common: "network" and "networks"


def field_columns(heads: Three) -> list[Three]:
    """The fields of three heads side by side, in order; joined they give the heads."""
    return columns_of(fields(heads.base), fields(heads.ours), fields(heads.theirs))


def settled_field(field: Three, heads: Three) -> str | None:
    """The text of a field that both sides changed, where that is safe: the later date, lists as sets; None otherwise."""
    if not field.base and _keys(field.ours).isdisjoint(_keys(field.theirs)):
        return "".join(sorted((field.ours, field.theirs)))
    if _later(field):
        return _later(field)
    if all(text.startswith(f"{_WITH_THE_LATER}:") for text in (field.base, field.ours, field.theirs)):
        return _of_the_later(field, heads)
    return _as_sets(field)


def _keys(text: str) -> set[object]:
    return {one.piece.exact for one in fields(text)}


def _later(field: Three) -> str | None:
    moments = [_moment(text) for text in (field.base, field.ours, field.theirs)]
    if not all(moments) or len({len(moment) for moment in moments}) > 1:
        return None
    return field.ours if moments[1] > moments[2] else field.theirs


def _moment(text: str) -> str:
    """The moment that a field tells, if it tells when the page was last changed; "" otherwise."""
    key, _colon, value = text.partition(":")
    found = _MOMENT.fullmatch(value.strip())
    return found[1] if found and _TOLD_LAST.fullmatch(key.strip()) else ""


def _of_the_later(field: Three, heads: Three) -> str | None:
    for one in field_columns(heads):
        if one.changed_by_both and (later := _later(one)):
            return field.ours if later == one.ours else field.theirs
    return None


@dataclass(frozen=True, slots=True)
class _List:
    """A field that is a list: what stands before its entries, the entries, what stands behind, and between two."""

    before: str
    entries: tuple[str, ...]
    behind: str
    between: str


def _as_sets(field: Three) -> str | None:
    lists = [_list_of(text) for text in (field.base, field.ours, field.theirs)]
    base, ours, theirs = lists
    if not base or not ours or not theirs:
        return None
    if len({(one.before, one.behind, one.between) for one in lists if one}) > 1:
        return None
    entries = _combined(base.entries, ours.entries, theirs.entries)
    return None if entries is None else base.before + base.between.join(entries) + base.behind


def _list_of(text: str) -> _List | None:
    if found := _BLOCK.fullmatch(text):
        return _List(found[1], tuple(found[2].splitlines(keepends=True)), "", "")
    if found := _FLOW.fullmatch(text):
        return _List(found[1], tuple(one.strip() for one in found[2].split(",") if one.strip()), found[3], ", ")
    if found := _TAGS.fullmatch(text):
        return _List(found[1], tuple(re.findall(r"\[\[[^\]]*\]\]|\S+", found[2])), found[3], " ")
    return None


def _combined(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The entries with what either side added and without what either took out; None where one was reworded."""
    sizes = Sizes(len(base), len(ours), len(theirs))
    found: list[str] = []
    for chunk in chunks(sizes, align(base, ours), align(base, theirs)):
        here = _chunk(chunk, base, ours, theirs)
        if here is None:
            return None
        found += here
    return list(dict.fromkeys(found))


def _chunk(chunk: Chunk, base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    old, mine, yours = (
        list(side[place.start : place.end])
        for side, place in ((base, chunk.base), (ours, chunk.ours), (theirs, chunk.theirs))
    )
    if yours in (mine, old):
        return mine
    if old == mine:
        return yours
    added = [[one for one in side if one not in old] for side in (mine, yours)]
    stay = [one for one in old if one in mine and one in yours]
    reworded = any(added) and len(stay) < len(old)
    return None if reworded or _alike(*added) else [*stay, *chain.from_iterable(sorted(added))]


def _alike(mine: Sequence[str], yours: Sequence[str]) -> bool:
    """Whether an entry of one side may be an entry of the other in another spelling."""
    return any(one != other and _may_be_one(one.strip(), other.strip()) for one in mine for other in yours)


def _may_be_one(one: str, other: str) -> bool:
    return similarity(one, other) > _TOO_ALIKE or Levenshtein.normalized_similarity(one, other) > _TOO_ALIKE_SPELT
