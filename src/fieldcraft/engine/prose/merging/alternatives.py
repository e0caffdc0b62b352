"""The texts that may stand in a part that needs a person."""

from collections.abc import Iterable

from fieldcraft.engine.prose.merging.parts import Change, Part
from fieldcraft.engine.prose.merging.regions import Alternative, Three
from fieldcraft.engine.prose.merging.words import both_edits, evenly_spaced

def texts_of(part: Part) -> dict[str, str]:
    """By name, the texts that may stand in the part; some may be equal."""
    texts = part.texts
    found = {"ours": texts.ours, "theirs": texts.theirs}
    match part.change:
        case Change.NONE | Change.ALIKE:
            return {"combined": settled(part), **found, "base": texts.base}
        case Change.OURS:
            return {"combined": texts.ours, **found, "base": texts.base}
        case Change.THEIRS:
            return {"combined": texts.theirs, **found, "base": texts.base}
    combined = both_edits(texts)
    return {
        **({} if combined is None else {"combined": combined}),
        **found,
        "both": in_turn(texts.ours, texts.theirs),
        "both_turned": in_turn(texts.theirs, texts.ours),
        "base": texts.base,
    }


def settled(part: Part) -> str:
    """The text of a part that at most one side changed, or both alike."""
    texts = part.texts
    match part.change:
        case Change.NONE:
            return evenly_spaced(texts)
        case Change.ALIKE:
            return max(texts.ours, texts.theirs, key=lambda text: (text.count("\n"), len(text), text))
        case Change.OURS:
            return texts.ours
        case _:
            return texts.theirs


def in_turn(one: str, other: str) -> str:
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
