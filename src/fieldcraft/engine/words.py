"""Words as people look for them: folded, cut, named in an address, found in a snippet."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "’": "'"})


class _Bare(dict[int, int | None]):
    """Each sign as it is, but accents as nothing; asked once for each sign that occurs."""

    def __missing__(self, sign: int) -> int | None:
        bare = self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return bare


_BARE = _Bare()


def fold(text: str) -> str:
    """Lower case without accents, so that "Équipe" and "equipe" are one word. Its length may differ from the text's."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL)).translate(_BARE)


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
    first = _earliest(text, terms)
    start = _word_start(text, max(0, first - length // 3))
    end = _word_end(text, min(len(text), start + length))
    pieces = [Piece("… ", False)] if start else []
    at = start
    for found in _found(_flat(text[:end], start), terms, start):
        pieces += [Piece(text[at : found.start], False), Piece(text[found], True)]
        at = found.stop
    pieces += [Piece(text[at:end], False), Piece(" …" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece.text]


def _earliest(text: str, terms: Sequence[str]) -> int:
    """Where the first of the terms begins a word; 0 when none does. Lower case is asked first, since it is quick."""
    lower = text.lower()
    for flat in (lower if len(lower) == len(text) else "", "" if text.isascii() else text.translate(_FLAT)):
        if places := [at for term in terms if (at := _first(flat, term)) >= 0]:
            return min(places)
    return 0


def _found(flat: str, terms: Sequence[str], start: int) -> Iterator[slice]:
    """The words that begin with one of the terms. No pattern is made of the terms: each would be kept for a while."""
    while places := [(at, len(term)) for term in terms if term and (at := _first(flat, term, start)) >= 0]:
        at, length = min(places)
        rest = _WORD.match(flat, at + length)
        start = rest.end() if rest else at + length
        yield slice(at, start)


def _flat(text: str, start: int) -> str:
    """The text as it is before `start`, folded sign by sign from there on."""
    return text[:start] + text[start:].translate(_FLAT)


def _first(flat: str, term: str, start: int = 0) -> int:
    """Where a word first begins with the term, not before `start`; -1 when none does."""
    at = flat.find(term, start)
    while at > 0 and flat[at - 1].isalnum():
        at = flat.find(term, at + 1)
    return at


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at and " " in text[at : at + 60] else at


def _word_end(text: str, at: int) -> int:
    cut = text.rfind(" ", max(0, at - 60), at)
    return at if at == len(text) or cut < 0 else cut


class _Flat(dict[int, str]):
    """Each sign as one folded sign, so that places in the flat text are places in the text."""

    def __missing__(self, sign: int) -> str:
        flat = self[sign] = fold(chr(sign))[:1] or chr(sign)
        return flat


_FLAT = _Flat()
