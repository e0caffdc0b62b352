"""Two texts → regions of both, down to words; and what changed, counted in sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldcraft.engine.prose.align import Match, align_words
from fieldcraft.engine.prose.blocks import Block, parts
from fieldcraft.engine.prose.pieces import Added, Equal, Paired, Piece, Removed, align_pieces
from fieldcraft.engine.prose.tokens import Span, sentence_spans, word_spans

LONG_BLOCK_WORDS = 1_500


@dataclass(frozen=True, slots=True)
class Same:
    """The same signs on both sides."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class Changed:
    """`old` became `new`; one of them may be empty. Both may be white space only."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class MovedAway:
    """A block that stands at `to` in the new text, otherwise unchanged; it comes there as `MovedHere`."""

    old: Span
    to: Span


@dataclass(frozen=True, slots=True)
class MovedHere:
    """A block that stood at `came_from` in the old text, otherwise unchanged; it is there as `MovedAway`."""

    new: Span
    came_from: Span


Region = Same | Changed | MovedAway | MovedHere


@dataclass(frozen=True, slots=True)
class SentenceCounts:
    """How many sentences were changed, added, removed, and moved unchanged. Items, rows and headings are sentences."""

    changed: int
    added: int
    removed: int
    moved: int

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed or self.moved)


def diff(old: str, new: str) -> list[Region]:
    """The regions in reading order.

    The old sides joined give `old`, the new sides `new`; equal texts give `Same` alone; swapping the texts swaps the
    sides. Bounded: blocks of more than 1,500 words are compared sentence by sentence.
    """
    if old > new:
        return [_swapped(region) for region in diff(new, old)]
    mine, yours = _Cut.of(old), _Cut.of(new)
    steps = align_pieces(mine.pieces, yours.pieces)
    return _joined(_placed(region for step in steps for region in _regions(step, mine, yours)))


def change_in_words(old: str, new: str) -> SentenceCounts:
    """What changed from one Markdown text to the other, counted in sentences. White space does not count."""
    return count_changes(_sentences(old), _sentences(new))


def count_changes(old: Sequence[Piece], new: Sequence[Piece]) -> SentenceCounts:
    """The same for sentences that were cut already, each a piece."""
    steps = align_pieces(old, new)
    return SentenceCounts(
        changed=sum(isinstance(step, Paired) for step in steps),
        added=sum(isinstance(step, Added) and step.moved_from is None for step in steps),
        removed=sum(isinstance(step, Removed) and step.moved_to is None for step in steps),
        moved=sum(isinstance(step, Added) and step.moved_from is not None for step in steps),
    )


def sentence_piece(words: Sequence[str]) -> Piece:
    """A sentence of these words, for `count_changes`."""
    return Piece("sentence", tuple(words), tuple(words))


def _sentences(text: str) -> list[Piece]:
    places = [sentence for part in parts(text) for sentence in sentence_spans(text, Span(part.start, part.end))]
    pieces = (sentence_piece([span.of(text) for span in word_spans(text, place)]) for place in places)
    return [piece for piece in pieces if any(word[0].isalnum() for word in piece.words)]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text cut into units that are aligned: blocks with the gaps behind them, sentences of long blocks."""

    text: str
    units: list[Span]
    words: list[list[Span]]
    pieces: list[Piece]

    @classmethod
    def of(cls, text: str) -> "_Cut":
        cut = [(kind, unit, words) for kind, span in _with_gaps(text) for unit, words in _units(text, span)]
        pieces = [
            Piece(kind, tuple(span.of(text) for span in words), unit.of(text).rstrip()) for kind, unit, words in cut
        ]
        return cls(text, [unit for _kind, unit, _words in cut], [words for _kind, _unit, words in cut], pieces)


def _with_gaps(text: str) -> Iterator[tuple[str, Span]]:
    """Kind and span of each block with the gap behind it, the first with the gap before it too."""
    kind, start, end = "gap", 0, 0
    for part in parts(text):
        if isinstance(part, Block):
            if kind != "gap":
                yield kind, Span(start, end)
                start = end
            kind = part.kind
        end = part.end
    if end:
        yield kind, Span(start, end)


def _units(text: str, place: Span) -> Iterator[tuple[Span, list[Span]]]:
    words = word_spans(text, place)
    if len(words) <= LONG_BLOCK_WORDS:
        yield place, words
        return
    for sentence in sentence_spans(text, place):
        yield sentence, word_spans(text, sentence)


def _regions(step: Equal | Paired | Removed | Added, old: _Cut, new: _Cut) -> Iterator[Region]:
    match step:
        case Equal(one, other) | Paired(one, other):
            yield from _word_regions(old, new, one, other)
        case Removed(one, moved_to):
            away = old.units[one]
            yield Changed(away, Span(0, 0)) if moved_to is None else MovedAway(away, new.units[moved_to])
        case Added(other, moved_from):
            here = new.units[other]
            yield Changed(Span(0, 0), here) if moved_from is None else MovedHere(here, old.units[moved_from])


def _word_regions(old: _Cut, new: _Cut, one: int, other: int) -> Iterator[Region]:
    """The words of two units, with the white space between them."""
    mine, yours = old.units[one], new.units[other]
    if mine.of(old.text) == yours.of(new.text):
        yield Same(mine, yours)
        return
    old_words, new_words = old.words[one], new.words[other]
    old_at, new_at = mine.start, yours.start
    for match in align_words(old.pieces[one].words, new.pieces[other].words):
        for here, there in _stretches(old, new, old_words, new_words, match):
            yield from _between(old.text, new.text, Span(old_at, here.start), Span(new_at, there.start))
            yield Same(here, there)
            old_at, new_at = here.end, there.end
    yield from _between(old.text, new.text, Span(old_at, mine.end), Span(new_at, yours.end))


def _stretches(
    old: _Cut, new: _Cut, old_words: list[Span], new_words: list[Span], match: Match
) -> Iterator[tuple[Span, Span]]:
    """The matched words as one stretch where the white space between them is the same, word by word otherwise."""
    mine, yours = old_words[match.old : match.old + match.length], new_words[match.new : match.new + match.length]
    here, there = Span(mine[0].start, mine[-1].end), Span(yours[0].start, yours[-1].end)
    if here.of(old.text) == there.of(new.text):
        yield here, there
    else:
        yield from zip(mine, yours, strict=True)


def _between(old: str, new: str, mine: Span, yours: Span) -> Iterator[Region]:
    """What stands between two equal words: the white space that is the same at its edges, and what changed."""
    left = _same_space(mine.of(old), yours.of(new))
    right = _same_space(mine.of(old)[left:][::-1], yours.of(new)[left:][::-1])
    yield Same(Span(mine.start, mine.start + left), Span(yours.start, yours.start + left))
    yield Changed(Span(mine.start + left, mine.end - right), Span(yours.start + left, yours.end - right))
    yield Same(Span(mine.end - right, mine.end), Span(yours.end - right, yours.end))


def _same_space(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length] and one[length].isspace():
        length += 1
    return length


def _joined(regions: Iterable[Region]) -> list[Region]:
    """Neighbouring regions of one kind as one."""
    found: list[Region] = []
    for region in regions:
        match (found[-1] if found else None), region:
            case (Same(old, new), Same(mine, yours)):
                found[-1] = Same(Span(old.start, mine.end), Span(new.start, yours.end))
            case (Changed(old, new), Changed(mine, yours)):
                found[-1] = Changed(Span(old.start, mine.end), Span(new.start, yours.end))
            case _:
                found.append(region)
    return found


def _placed(regions: Iterable[Region]) -> Iterator[Region]:
    """The regions without empty ones, an empty side standing where the last one ended."""
    old_at = new_at = 0
    for region in regions:
        if isinstance(region, Same | Changed):
            if region.old or region.new:
                mine, yours = region.old or Span(old_at, old_at), region.new or Span(new_at, new_at)
                old_at, new_at = mine.end, yours.end
                yield type(region)(mine, yours)
        elif isinstance(region, MovedAway):
            old_at = region.old.end
            yield region
        else:
            new_at = region.new.end
            yield region


def _swapped(region: Region) -> Region:
    match region:
        case Same(old, new):
            return Same(new, old)
        case Changed(old, new):
            return Changed(new, old)
        case MovedAway(old, to):
            return MovedHere(old, to)
        case MovedHere(new, came_from):
            return MovedAway(new, came_from)
