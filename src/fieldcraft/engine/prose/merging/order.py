"""Which way of settling a stretch a person most likely takes: a small model, learnt from recorded merges.

A way is as likely as exp(weights · features), among all ways that give different texts (conditional logit).
The weights stand in `weights.py`, made by `scripts/fit_merge_order.py`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from fieldcraft.engine.prose.align import Match
from fieldcraft.engine.prose.merging.changes import Change, Part, bare
from fieldcraft.engine.prose.merging.lines import line_matches, lines_of
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.merging.ways import Way, name_under, settled, texts_of
from fieldcraft.engine.prose.merging.words import Edit as _LineEdit
from fieldcraft.engine.prose.merging.words import overlapping
from fieldcraft.engine.prose.tokens import Span

_MARKERS = ("<<<<<<< ", ">>>>>>> ")
_NEVER = -9.0  # no text with markers comes first: set, not learnt
_FIRST = 9.0  # a sentence that only one side added is not dropped by one tap: set, not learnt
_COMBINED = {Way.COMBINED_OURS, Way.COMBINED_THEIRS, Way.BOTH, Way.BOTH_TURNED}
_LINK = re.compile(r"^\[[^\]\n]+\]: [^\n]*\n?", re.MULTILINE)  # the address of a link, told apart from the text
_IN_TURN = {Way.BOTH, Way.BOTH_TURNED}
_COMBINED_BY_WORD = {Way.COMBINED_OURS, Way.COMBINED_THEIRS}
_SENTENCE = 3  # words from which on an addition can be a sentence
_END = re.compile(r"[.!?…:][\"'”’»)\]*_]*\s*$")
_RUN = 6  # words in a row that are told twice


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that both sides changed: its texts, its parts, and what each open part may read."""

    texts: Three
    parts: list[Part]
    options: list[dict[str, str]]

    @classmethod
    def of(cls, texts: Three, parts: list[Part]) -> "Stretch":
        """The stretch of these parts; a part that is not open has one text."""
        return cls(texts, parts, [texts_of(part) if is_open(part) else {"combined": settled(part)} for part in parts])

    def names(self, way: Way) -> list[str]:
        """For each part, the name of its text under this way."""
        pairs = zip(self.parts, self.options, strict=True)
        return ["combined" if len(texts) == 1 else name_under(way, part, texts) for part, texts in pairs]

    def text(self, way: Way) -> str:
        """The stretch settled in this way."""
        return "".join(texts[name] for texts, name in zip(self.options, self.names(way), strict=True))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text for a stretch, and the ways that lead to it."""

    text: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Share of the base's sentences that a side still has: 0 to 1."""

    ours: float
    theirs: float


def is_open(part: Part) -> bool:
    """Whether there is something to choose in the part."""
    return part.change not in {Change.NONE, Change.ALIKE}


def candidates(stretch: Stretch) -> list[Candidate]:
    """The different texts that the ways lead to, white space aside."""
    found: defaultdict[str, list[tuple[Way, str]]] = defaultdict(list)
    for way in Way:
        text = stretch.text(way)
        found[bare(text)].append((way, text))
    return [Candidate(one[0][1], tuple(way for way, _text in one)) for one in found.values()]


def likely(stretch: Stretch, kept: Kept, weights: Mapping[str, float]) -> dict[Way, float]:
    """How likely each way is, the ways to the likeliest text first; ways to one text share its chance. The sum is 1."""
    found = candidates(stretch)
    has_sentence = _has_sentence_apart(stretch)
    scores = [_score(features(one, stretch, kept), weights) + _set(one, has_sentence=has_sentence) for one in found]
    most = max(scores)
    chances = [exp(score - most) for score in scores]
    total = sum(chances)
    order = sorted(range(len(found)), key=lambda at: -chances[at])
    return {way: chances[at] / total / len(found[at].ways) for at in order for way in found[at].ways}


def _score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in found.items())


def _set(candidate: Candidate, *, has_sentence: bool) -> float:
    """What speaks for or against a text whatever was learnt."""
    combines = any(way in _COMBINED_BY_WORD for way in candidate.ways)
    return _NEVER * _has_markers(candidate.text) + _FIRST * (has_sentence and combines)


def _has_sentence_apart(stretch: Stretch) -> bool:
    """Whether one side added a whole sentence to a paragraph on one line, and no sentence was changed by both."""
    texts = stretch.texts
    if "\n" in texts.base.strip() or "\n" in texts.ours.strip() or "\n" in texts.theirs.strip():
        return False
    found = [part for part in stretch.parts if is_open(part)]
    if any(part.change is Change.BOTH or part.within for part in found):
        return False
    return any(_is_sentence(part.texts.ours + part.texts.theirs) for part in found if not part.texts.base.strip())


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE and _END.search(text) is not None


def _has_markers(text: str) -> bool:
    return any(mark in text for mark in _MARKERS)


def features(candidate: Candidate, stretch: Stretch, kept: Kept) -> dict[str, float]:
    """What speaks for or against a text, each from -1 to 2."""
    edits = _Edits.of(stretch.texts)
    text = Counter(candidate.text.split())
    ours, theirs = Way.OURS in candidate.ways, Way.THEIRS in candidate.ways
    mixes = not ours and not theirs and Way.BASE not in candidate.ways
    in_turn = bool(_IN_TURN.intersection(candidate.ways)) and not _COMBINED_BY_WORD.intersection(candidate.ways)
    rewrote = kept.theirs - kept.ours
    return {
        "is ours": float(ours),
        "is theirs": float(theirs),
        "is the base": float(Way.BASE in candidate.ways),
        "combines": float(any(way in _COMBINED for way in candidate.ways)),
        "mixes words of one line": float(mixes and not edits.on_lines_of_their_own),
        "repeats itself": float(_repeats(candidate.text) > edits.repeats + 0.05),
        "added words lost": edits.lost(text),
        "is of the side that rewrote the page": rewrote * ours - rewrote * theirs,
        "keeps the edit of theirs where it is the larger one": edits.theirs.kept(text) * (0.5 - edits.share_of_ours),
        "puts the addresses of links last": float(in_turn and edits.links_of_one and _has_links_last(candidate.text)),
        "is theirs where ours took all out": float(theirs and not stretch.texts.ours.strip()),
    }


@dataclass(frozen=True, slots=True)
class _Edit:
    """The words that a side added and took out."""

    added: Counter[str]
    removed: Counter[str]

    @property
    def size(self) -> int:
        return self.added.total() + self.removed.total()

    def kept(self, text: Counter[str]) -> float:
        """Share of the edit that a text has; 1 when there was none."""
        if not self.size:
            return 1.0
        return ((self.added & text).total() + (self.removed - text).total()) / self.size

    def lost(self, text: Counter[str]) -> float:
        """Share of the added words that a text does not have."""
        return 1 - (self.added & text).total() / self.added.total() if self.added else 0.0


@dataclass(frozen=True, slots=True)
class _Edits:
    """What both sides did to a stretch."""

    ours: _Edit
    theirs: _Edit
    on_lines_of_their_own: bool
    repeats: float
    links_of_one: bool

    @classmethod
    def of(cls, texts: Three) -> "_Edits":
        base, ours, theirs = (Counter(text.split()) for text in (texts.base, texts.ours, texts.theirs))
        links = bool(_LINK.search(texts.ours)) != bool(_LINK.search(texts.theirs))
        fewest = min(_repeats(texts.ours), _repeats(texts.theirs))
        return cls(_Edit(ours - base, base - ours), _Edit(theirs - base, base - theirs), _apart(texts), fewest, links)

    @property
    def share_of_ours(self) -> float:
        total = self.ours.size + self.theirs.size
        return self.ours.size / total if total else 0.5

    def lost(self, text: Counter[str]) -> float:
        return self.ours.lost(text) + self.theirs.lost(text)


def _apart(texts: Three) -> bool:
    """Whether the sides changed different lines, though they touch."""
    base = lines_of(texts.base)
    mine, yours = _line_edits(base, lines_of(texts.ours)), _line_edits(base, lines_of(texts.theirs))
    return bool(mine and yours) and not overlapping(mine, yours)


def _line_edits(base: Sequence[str], side: Sequence[str]) -> list[_LineEdit]:
    found = []
    at = there = 0
    for match in [*line_matches(base, side), Match(len(base), len(side), 0)]:
        if bare("".join(base[at : match.old])) != bare("".join(side[there : match.new])):
            found.append(_LineEdit(Span(at, match.old), ""))
        at, there = match.old + match.length, match.new + match.length
    return found


def _has_links_last(text: str) -> bool:
    """Whether there are addresses of links, and only they stand at the end."""
    first = _LINK.search(text)
    return bool(first and not _LINK.sub("", text[first.start() :]).strip())


def _repeats(text: str) -> float:
    """Share of a text's words where six words begin that it has had before."""
    words = text.split()
    runs = Counter(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return sum(times - 1 for times in runs.values()) / max(1, len(words))
