"""Words as people look for them: folded, cut, named in an address, found in a snippet."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "’": "'"})


def fold(text: str) -> str:
    """Lower case without accents, so that "Équipe" and "equipe" are one word. Its length may differ from the text's."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The folded words of a text in order; signs, quotes and emoji separate and are dropped."""
    return _WORD.findall(fold(text))


def name_key(title: str) -> str:
    """A title as links ask for it: folded, with single spaces, at most 500 characters."""
    return " ".join(fold(title).split())[:500]


def slug_of(title: str) -> str:
    """A title as part of an address: folded words joined by hyphens, "page" when no word is left."""
    return "-".join(words(title))[:200].strip("-") or "page"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a snippet; `found` marks the words that were looked for."""

    text: str
    found: bool


def snippet(text: str, terms: Sequence[str], *, length: int = 180) -> list[Piece]:
    """The stretch of `text` around the first term, cut at words, with the terms marked.

    terms: folded words; one matches every word that begins with it.
    length: roughly how many characters.
    """
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    hits = [index for index, (start, end) in enumerate(spans) if _begins_with(text[start:end], terms)]
    if not spans:
        return []
    first = hits[0] if hits else 0
    start = spans[max(0, first - 8)][0]
    shown = [span for span in spans if span[0] >= start and span[1] <= start + length] or [spans[first]]
    found = {spans[index] for index in hits}
    return _pieces(text, shown, found, opens=start > spans[0][0], goes_on=shown[-1][1] < spans[-1][1])


def _begins_with(word: str, terms: Iterable[str]) -> bool:
    folded = fold(word)
    return any(folded.startswith(term) for term in terms)


def _pieces(
    text: str, shown: list[tuple[int, int]], found: set[tuple[int, int]], *, opens: bool, goes_on: bool
) -> list[Piece]:
    pieces = [Piece("… ", False)] if opens else []
    at = shown[0][0]
    for start, end in shown:
        if (start, end) in found:
            pieces += [Piece(" ".join(text[at:start].split("\n")), False), Piece(text[start:end], True)]
            at = end
    pieces.append(Piece(text[at : shown[-1][1]], False))
    if goes_on:
        pieces.append(Piece(" …", False))
    return [piece for piece in pieces if piece.text]
