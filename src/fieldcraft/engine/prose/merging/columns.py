"""A stretch that both sides changed, cut into columns: sentences that belong together in the three texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.pieces import Added, Equal, Paired, Piece, Removed, align_pieces
from fieldcraft.engine.prose.tokens import sentence_spans, word_spans


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, item, row or heading with the white space behind it."""

    text: str
    piece: Piece


@dataclass(slots=True)
class _Side:
    """One side against the base: the partner of each sentence, and what was added before each."""

    partners: dict[int, int]
    added: dict[int, list[int]] = field(default_factory=dict)


def columns(texts: Three) -> list[Three]:
    """The stretch as columns in order; joined they give it back. A column may be empty in one text or two."""
    return columns_of(sentences(texts.base), sentences(texts.ours), sentences(texts.theirs))


def columns_of(base: Sequence[Sentence], ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Three]:
    """The same for texts that were cut already, into units that are paired by their pieces."""
    mine, yours = _side(base, ours), _side(base, theirs)
    found: list[Three] = []
    for at in range(len(base) + 1):
        found += _slot([ours[one] for one in mine.added.get(at, ())], [theirs[one] for one in yours.added.get(at, ())])
        if at < len(base):
            found.append(Three(base[at].text, _partner(ours, mine, at), _partner(theirs, yours, at)))
    return found


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; joined they give it. Linear."""
    found = []
    for span in sentence_spans(text):
        one = span.of(text)
        words = tuple(word.of(one) for word in word_spans(one))
        found.append(Sentence(one, Piece("sentence", words, one.rstrip())))
    return found


def _side(base: Sequence[Sentence], side: Sequence[Sentence]) -> _Side:
    found = _Side({})
    at = 0
    for step in align_pieces([one.piece for one in base], [one.piece for one in side]):
        match step:
            case Equal(old, new) | Paired(old, new):
                found.partners[old] = new
                at = old + 1
            case Removed(old):
                at = old + 1
            case Added(new):
                found.added.setdefault(at, []).append(new)
    return found


def _partner(side: Sequence[Sentence], found: _Side, at: int) -> str:
    return side[found.partners[at]].text if at in found.partners else ""


def _slot(mine: Sequence[Sentence], yours: Sequence[Sentence]) -> Iterator[Three]:
    """What both sides added in one place: what they share apart from the rest."""
    if [one.text for one in mine] > [one.text for one in yours]:
        yield from (Three("", one.theirs, one.ours) for one in _slot(yours, mine))
        return
    left: list[str] = []
    right: list[str] = []
    for step in align_pieces([one.piece for one in mine], [one.piece for one in yours]):
        match step:
            case Equal(one, other) | Paired(one, other):
                yield Three("", "".join(left), "".join(right))
                yield Three("", mine[one].text, yours[other].text)
                left, right = [], []
            case Removed(one):
                left.append(mine[one].text)
            case Added(other):
                right.append(yours[other].text)
    yield Three("", "".join(left), "".join(right))
