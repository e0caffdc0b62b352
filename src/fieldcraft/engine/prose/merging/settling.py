"""Stretches → regions: what is settled, what is suggested, what is a choice, what has gone too far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldcraft.engine.prose.merging.changes import Change, Part, part_of
from fieldcraft.engine.prose.merging.order import Kept, Stretch, likely
from fieldcraft.engine.prose.merging.parts import parts
from fieldcraft.engine.prose.merging.regions import Alternative, Kind, Region, Three
from fieldcraft.engine.prose.merging.ways import Way, distinct
from fieldcraft.engine.prose.merging.words import evenly_spaced

_RISK = 0.0007  # a sign that only one side changed is worth reading when people drop it at least this often


def settled_stretch(stretch: Three) -> Region:
    """The region of a stretch that at most one side changed, or both alike."""
    return settled_region(stretch, stretch.settled)


def settled_region(stretch: Three, text: str) -> Region:
    """The region of a stretch that has this one text."""
    return _region(Kind.SAME, stretch, [Alternative("combined", text)])


def near_regions(stretch: Three, kept: Kept, weights: Mapping[str, float]) -> list[Region]:
    """The regions of a stretch that both sides changed; at least one of them is open."""
    whole = Stretch.of(stretch, parts(stretch))
    if all(len(texts) == 1 for texts in whole.options):
        return [_by_space(part) for part in whole.parts]
    chances = likely(whole, kept, weights)
    names = {way: whole.names(way) for way in chances}
    best = next(iter(chances))
    ranks = [
        _ranked(texts, {way: names[way][at] for way in chances}, chances, names[best][at])
        for at, texts in enumerate(whole.options)
    ]
    return _shown(whole.parts, ranks)


def far_regions(stretch: Three) -> list[Region]:
    """The regions of a stretch on a page that ours rewrote: ours stays, what theirs changed is shown."""
    cut = parts(stretch) if stretch.changed_by_both else [part_of(stretch)]
    return [_far_region(part) for part in cut]


def _theirs_changed(part: Part) -> bool:
    return part.change in {Change.THEIRS, Change.BOTH}


def _far_region(part: Part) -> Region:
    if _theirs_changed(part):
        return _region(Kind.FAR, part.texts, distinct([("ours", part.texts.ours), ("theirs", part.texts.theirs)]))
    return _region(Kind.SAME, part.texts, [Alternative("ours", part.texts.ours)])


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The texts of a part, the best first, and how likely the best is (0–1)."""

    alternatives: tuple[Alternative, ...]
    chance: float


def _ranked(texts: Mapping[str, str], names: Mapping[Way, str], chances: Mapping[Way, float], first: str) -> _Ranked:
    """names: which text each way leads to; first: the name of the text to begin with."""
    chance = {
        name: sum(share for way, share in chances.items() if texts[names[way]] == text) for name, text in texts.items()
    }
    order = sorted(texts, key=lambda name: (texts[name] != texts[first], -chance[name]))
    return _Ranked(distinct((name, texts[name]) for name in order), chance[first])


def _shown(cut: Sequence[Part], ranks: Sequence[_Ranked]) -> list[Region]:
    """The regions: open where there is a choice that is worth reading, at least in one part."""
    choices = [at for at, rank in enumerate(ranks) if len(rank.alternatives) > 1]
    worth = {at for at in choices if _is_worth_reading(cut[at], ranks[at]) or _hangs_on_a_choice(cut, at)}
    worth = worth or {max(choices, key=lambda at: _risk(cut[at], ranks[at]))}
    return [
        _region(
            _kind(part, rank) if at in worth else Kind.SAME, part.texts, rank.alternatives[: None if at in worth else 1]
        )
        for at, (part, rank) in enumerate(zip(cut, ranks, strict=True))
    ]


def _hangs_on_a_choice(cut: Sequence[Part], at: int) -> bool:
    """Whether a side put it where it took out what the other side changed: who keeps that may not want this."""
    beside = (*cut[max(0, at - 1) : at], *cut[at + 1 : at + 2])
    side = "ours" if cut[at].change is Change.OURS else "theirs"
    added = not cut[at].texts.base.strip()
    return added and any(part.change is Change.BOTH and not getattr(part.texts, side).strip() for part in beside)


def _is_worth_reading(part: Part, rank: _Ranked) -> bool:
    takes_it = rank.alternatives[0].text == (part.texts.ours if part.change is Change.OURS else part.texts.theirs)
    return part.change is Change.BOTH or not takes_it or _risk(part, rank) >= _RISK


def _risk(part: Part, rank: _Ranked) -> float:
    """How often the best text is not taken, for each sign that there is to read."""
    return (1 - rank.chance) / max(len(part.texts.base), len(part.texts.ours), len(part.texts.theirs))


def _kind(part: Part, rank: _Ranked) -> Kind:
    combines = part.change is not Change.BOTH or any(one.name == "combined" for one in rank.alternatives)
    return Kind.SUGGESTION if combines else Kind.CHOICE


def _by_space(part: Part) -> Region:
    """The region of a part in which the sides differ by white space alone, if at all."""
    texts = part.texts
    if texts.ours == texts.theirs:
        return settled_stretch(texts)
    named = {"combined": evenly_spaced(texts), "ours": texts.ours, "theirs": texts.theirs}
    first = {text: name for name, text in reversed(named.items())}
    return _region(
        Kind.SUGGESTION, texts, [Alternative(name, text) for name, text in named.items() if first[text] == name]
    )


def _region(kind: Kind, texts: Three, alternatives: Sequence[Alternative]) -> Region:
    return Region(kind, texts.base, texts.ours, texts.theirs, tuple(alternatives))
