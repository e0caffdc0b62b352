"""The ways in which a person may settle a stretch, and what each part of it reads then."""

from collections.abc import Iterable
from enum import StrEnum

from fieldcraft.engine.prose.merging.changes import Change, Part
from fieldcraft.engine.prose.merging.regions import Alternative
from fieldcraft.engine.prose.merging.words import both_edits, evenly_spaced


class Way(StrEnum):
    """One stance towards a whole stretch. What only one side changed is taken, but by `OURS`, `THEIRS` and `BASE`."""

    OURS = "ours"
    THEIRS = "theirs"
    BASE = "base"
    COMBINED_OURS = "combined, ours where it overlaps"
    COMBINED_THEIRS = "combined, theirs where it overlaps"
    BOTH = "combined, both in turn where it overlaps"
    BOTH_TURNED = "combined, both turned where it overlaps"
    SENTENCES_OURS = "combined by sentence, ours where both changed one"
    SENTENCES_THEIRS = "combined by sentence, theirs where both changed one"


_PLAIN = {Way.OURS: "ours", Way.THEIRS: "theirs", Way.BASE: "base"}
_WHERE_IT_OVERLAPS = {
    Way.COMBINED_OURS: "ours",
    Way.COMBINED_THEIRS: "theirs",
    Way.BOTH: "both",
    Way.BOTH_TURNED: "both_turned",
    Way.SENTENCES_OURS: "ours",
    Way.SENTENCES_THEIRS: "theirs",
}
_BY_SENTENCE = {Way.SENTENCES_OURS, Way.SENTENCES_THEIRS}


def texts_of(part: Part) -> dict[str, str]:
    """By name, the texts that may stand in the part; some may be equal. The first is the one that combines."""
    texts = part.texts
    sides = {"ours": texts.ours, "theirs": texts.theirs}
    if part.change is not Change.BOTH:
        return {"combined": settled(part), **sides, "base": texts.base}
    combined = both_edits(texts)
    return {
        **({} if combined is None else {"combined": combined}),
        **sides,
        "both": _in_turn(texts.ours, texts.theirs),
        "both_turned": _in_turn(texts.theirs, texts.ours),
        "base": texts.base,
    }


def settled(part: Part) -> str:
    """The text of a part that at most one side changed, or both alike."""
    texts = part.texts
    match part.change:
        case Change.OURS:
            return texts.ours
        case Change.THEIRS:
            return texts.theirs
        case _:
            return evenly_spaced(texts)


def name_under(way: Way, part: Part, texts: dict[str, str]) -> str:
    """Which of the part's texts stands there when the stretch is settled in this way."""
    if way in _PLAIN:
        return _PLAIN[way]
    if "combined" in texts and not (part.within and way in _BY_SENTENCE):
        return "combined"
    return _WHERE_IT_OVERLAPS[way]


def _in_turn(one: str, other: str) -> str:
    """Both texts one after the other."""
    if one and other and not one[-1].isspace():
        return one + ("\n" if "\n" in one + other else " ") + other
    return one + other


def distinct(texts: Iterable[tuple[str, str]]) -> tuple[Alternative, ...]:
    """The texts without those that came before, white space aside."""
    found: dict[str, Alternative] = {}
    for name, text in texts:
        found.setdefault(" ".join(text.split()), Alternative(name, text))
    return tuple(found.values())
