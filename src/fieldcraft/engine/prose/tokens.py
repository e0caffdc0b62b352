"""Text → words and sentences, with spans back into the text."""

import re
from dataclasses import dataclass

# Marks that belong to the letter before them, and whole scripts whose letters are written with such marks.
_JOINED = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u200c\u200d"
# Scripts that write no space between words: each sign counts as a word.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{_SPACELESS}]"
WORD = re.compile(
    rf"""
    https?://[^\s<>()\[\]"]+                                       # an address is never cut
    | \d+ (?:[.,:]\d+)* {_LETTER}*                                 # 1,000  3.5  09:30  5mg
    | {_LETTER} (?:{_LETTER}|[{_JOINED}])* (?:['’] (?:{_LETTER}|[{_JOINED}])+)*
    | [{_SPACELESS}] [{_JOINED}]*
    | \[\[ | \]\] | ([*_~`#=>|-]) \1*                               # a mark of Markdown is never cut
    | \S (?:[\ufe0f\u0300-\u036f\U0001f3fb-\U0001f3ff] | \u200d\S)*
    """,
    re.VERBOSE,
)
_SENTENCE_END = re.compile(
    r"""
    (?<![.!?…]) [.!?…]++ ["'”’»)\]*_]*+ \s++ (?![a-zß-ÿ])
    | [。！？]++ \s*+
    | \n [ \t]*+ \n \s*+                                            # a blank line
    | \n (?= [ \t]*+ (?:[-*+>|\#] | \d{1,9}+[.)] ) )                # an item, a quote, a row, a heading
    """,
    re.VERBOSE,
)
_ABBREVIATED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Prof|vs|cf|approx|e\.g|i\.e|z\.B|d\.h|\w))\.\s+$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Signs `start` to before `end` of a text."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start

    def of(self, text: str) -> str:
        """The signs themselves."""
        return text[self.start : self.end]


def word_spans(text: str, within: Span | None = None) -> list[Span]:
    """Where the words and signs stand, in order; what lies between them is white space only. Linear."""
    place = within or Span(0, len(text))
    return [Span(*found.span()) for found in WORD.finditer(text, place.start, place.end)]


def sentence_spans(text: str, within: Span | None = None) -> list[Span]:
    """Sentences with the white space behind them; joined they give the text. Items and rows are sentences too. Linear."""
    place = within or Span(0, len(text))
    starts = [place.start]
    for found in _SENTENCE_END.finditer(text, place.start, place.end):
        if found.end() < place.end and not _is_abbreviation(text, found):
            starts.append(found.end())
    ends = [*starts[1:], place.end]
    return [span for start, end in zip(starts, ends, strict=True) if (span := Span(start, end))]


def _is_abbreviation(text: str, found: re.Match[str]) -> bool:
    """Whether the full stop belongs to a word ("Dr. Ray", "J. Smith"), not to a sentence."""
    return found[0][0] == "." and bool(_ABBREVIATED.search(text[max(0, found.start() - 8) : found.end()]))
