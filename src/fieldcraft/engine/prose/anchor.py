"""Where a quoted passage stands in a text that has changed since.

Source: W3C Web Annotation Data Model (2017), text quote selector with prefix and suffix, and text position selector.
Texts are plain, as a reader sees them; how wide white space is drawn does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import Levenshtein

from fieldcraft.engine.prose.align import align
from fieldcraft.engine.prose.flat import Flat, evened, single_spaced
from fieldcraft.engine.prose.tokens import Span, word_spans

CONTEXT = 32
LONGEST_QUOTE = 5_000
_MOST_PLACES = 2_000
_ALIKE = 0.5
_COMMON = 40  # a word that stands more often says little about where a passage is


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage: its words, up to 32 signs before and after it, and where it stood (signs from the text's start)."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The passage stands there with all its words; white space, quotation marks and capitals may be written otherwise."""

    place: Span


@dataclass(frozen=True, slots=True)
class Changed:
    """The passage most likely stands there, but its words changed; alike: share of signs that stayed, 0 to 1."""

    place: Span
    alike: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The passage is not there any more; near: where it would stand, in signs from the text's start."""

    near: int


Answer = Found | Changed | Gone


def quote_at(text: str, start: int, end: int) -> Quote:
    """What is needed to find signs `start` to before `end` again. Raises ValueError where they are not in the text."""
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}:{end} is not within a text of {len(text)} signs")
    return Quote(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start)


def find(text: str, quote: Quote) -> Answer:
    """Where the passage stands: the place with its exact words whose surroundings fit best; else the most similar one.

    Of equally good places the one nearest to where it stood. The same answer every time. About linear in the text;
    quotes are compared up to 5,000 signs.
    """
    flat = Flat.of(text)
    wanted = Quote(
        single_spaced(quote.exact).strip()[:LONGEST_QUOTE],
        single_spaced(quote.prefix),
        single_spaced(quote.suffix),
        flat.flat_at(quote.position),
    )
    if not wanted.exact:
        return Gone(min(max(0, quote.position), len(text)))
    return _in_text(_found(flat.text, wanted) or _changed(flat.text, wanted), flat)


def _in_text(answer: Answer, flat: Flat) -> Answer:
    match answer:
        case Found(place):
            return Found(flat.span_in_text(place))
        case Changed(place, alike):
            return Changed(flat.span_in_text(place), alike)
        case Gone(near):
            return Gone(flat.text_at(near))


def _found(text: str, quote: Quote) -> Found | None:
    """The exact words, as they are written or with capitals and quotation marks evened out."""
    for even in (lambda signs: signs, evened):
        length = len(quote.exact)
        if places := _places(even(text), even(quote.exact)):
            best = min(places, key=lambda at: (-_context(text, quote, at, at + length), abs(at - quote.position), at))
            return Found(Span(best, best + length))
    return None


def _places(text: str, exact: str) -> list[int]:
    """Where the words stand, at most 2,000 times; as whole words, if they do anywhere."""
    found: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(found) < _MOST_PLACES:
        found.append(at)
        at = text.find(exact, at + 1)
    return [at for at in found if _is_whole(text, at, at + len(exact))] or found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    return not (text[max(0, start - 1) : start + 1].isalnum() and start) and not (
        text[end - 1 : end + 1].isalnum() and end < len(text)
    )


def _context(text: str, quote: Quote, start: int, end: int) -> int:
    """How many signs beside the place are those that stood beside the passage, counted from the passage outwards."""
    before, after = text[max(0, start - len(quote.prefix)) : start], text[end : end + len(quote.suffix)]
    return _same_start(before[::-1], quote.prefix[::-1]) + _same_start(after, quote.suffix)


def _same_start(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def _changed(text: str, quote: Quote) -> Changed | Gone:
    """The place between the known surroundings, or the one that shares the most words; Gone when none is alike."""
    between = _between_context(text, quote)
    likely = [place for place in (between, *_word_places(text, quote.exact)) if place]
    scored = [(_alike(place.of(text), quote.exact), -abs(place.start - quote.position), place) for place in likely]
    best = max(scored, key=lambda one: one[:2], default=None)
    if best and (best[0] >= _ALIKE or best[2] == between):
        return Changed(best[2], best[0])
    if between:
        return Changed(between, _alike(between.of(text), quote.exact))
    return Gone(_near(text, quote))


def _alike(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(one[: 2 * LONGEST_QUOTE], other)


def _between_context(text: str, quote: Quote) -> Span | None:
    """What stands between the known prefix and the known suffix, if both are there and not too far from each other."""
    if len(quote.prefix.strip()) < 8 or len(quote.suffix.strip()) < 8:
        return None
    most = 2 * len(quote.exact) + 2 * CONTEXT
    places = []
    for start in (at + len(quote.prefix) for at in _places(text, quote.prefix)):
        end = text.find(quote.suffix, start, start + most + len(quote.suffix))
        if end >= start and (place := _stripped(text, Span(start, end))):
            places.append(place)
    return min(places, key=lambda place: (abs(place.start - quote.position), place.start), default=None)


def _stripped(text: str, place: Span) -> Span:
    words = place.of(text)
    start = place.start + len(words) - len(words.lstrip())
    return Span(start, max(start, place.start + len(words.rstrip())))


def _near(text: str, quote: Quote) -> int:
    """Where the passage would stand: behind its prefix, before its suffix, or at its old place."""
    ends = [at + len(quote.prefix) for at in _places(text, quote.prefix)] if len(quote.prefix.strip()) >= 8 else []
    starts = _places(text, quote.suffix) if len(quote.suffix.strip()) >= 8 else []
    nearest = min([*ends, *starts], key=lambda at: (abs(at - quote.position), at), default=quote.position)
    return min(max(0, nearest), len(text))


def _word_places(text: str, exact: str) -> Iterator[Span]:
    """Up to three places where many of the passage's words stand in their order."""
    spans, wanted = word_spans(text), _words(exact, word_spans(exact))
    words = _words(text, spans)
    if not wanted:
        return
    for start in _likely_starts(words, wanted):
        low, high = max(0, start - len(wanted) // 2 - 3), start + len(wanted) + len(wanted) // 2 + 3
        if kept := _densest(wanted, words[low:high]):
            yield _tightest(text, exact, spans, [(offset, low + at) for offset, at in kept], len(wanted))


def _tightest(text: str, exact: str, spans: Sequence[Span], kept: Sequence[tuple[int, int]], length: int) -> Span:
    """The most similar stretch from one of the first kept words to one of the last, or as long as the passage was."""
    (first_offset, first), (last_offset, last) = kept[0], kept[-1]
    starts = {at for _offset, at in kept[:4]} | {max(0, first - first_offset)}
    ends = {at for _offset, at in kept[-4:]} | {min(len(spans) - 1, last + length - 1 - last_offset)}
    stretches = [Span(spans[one].start, spans[other].end) for one, other in product(sorted(starts), sorted(ends))]
    return max((place for place in stretches if place), key=lambda place: _alike(place.of(text), exact))


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    return [span.of(text).lower() for span in spans]


def _likely_starts(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Word places where the passage may begin, by votes: each rare word says where the beginning would be."""
    asked = set(wanted)
    stands: defaultdict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        if word in asked:
            stands[word].append(at)
    width = max(4, len(wanted) // 4)
    votes: Counter[int] = Counter()
    for offset, word in enumerate(wanted):
        for at in stands[word] if len(stands[word]) <= _COMMON else ():
            votes[(at - offset) // width] += 2
            votes[(at - offset) // width + 1] += 1
    return [bucket * width for bucket, _votes in sorted(votes.items(), key=lambda one: (-one[1], one[0]))[:3]]


def _densest(wanted: Sequence[str], words: Sequence[str]) -> list[tuple[int, int]]:
    """The wanted words, in their order, where they stand with the fewest others between: (which, where) of each."""
    found = align(wanted, words)
    matched = [(match.old + offset, match.new + offset) for match in found for offset in range(match.length)]
    best, best_score, start, score = Span(0, 0), 0.0, 0, 0.0
    for index, (_offset, at) in enumerate(matched):
        score -= 0.3 * (at - matched[index - 1][1] - 1) if index else 0
        if score <= 0:
            start, score = index, 0.0
        score += 1
        if score > best_score:
            best, best_score = Span(start, index + 1), score
    return matched[best.start : best.end]
