"""The head of a page, front matter or the fields of a tiddler: cut off, and cut into fields."""

import re
from dataclasses import dataclass

from fieldcraft.engine.prose.merging.columns import Sentence
from fieldcraft.engine.prose.merging.lines import lines_of
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.pieces import Piece

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_TIDDLER = re.compile(r"(?:[^\s:#>|*`-][^:\n]*:[^\n]*\n)+(?=\r?\n)")
_TIDDLER_FIELDS = frozenset({"created", "modified", "tags", "type", "creator", "modifier"})
_KEY = re.compile(r"([^\s:#\-][^:\n]*):(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of three pages, and what follows them."""

    heads: Three
    bodies: Three


def heads_of(texts: Three) -> Heads | None:
    """The heads, if each of the three has one of the same sort, with no field twice."""
    cut = [_head_length(text) for text in (texts.base, texts.ours, texts.theirs)]
    if (
        not all(cut)
        or len({text.startswith(("---", "\ufeff---")) for text in (texts.base, texts.ours, texts.theirs)}) > 1
    ):
        return None
    base, ours, theirs = cut
    heads = Three(texts.base[:base], texts.ours[:ours], texts.theirs[:theirs])
    if any(_is_ambiguous(head) for head in (heads.base, heads.ours, heads.theirs)):
        return None
    return Heads(heads, Three(texts.base[base:], texts.ours[ours:], texts.theirs[theirs:]))


def _head_length(text: str) -> int:
    if found := _FRONT_MATTER.match(text):
        return found.end()
    found = _TIDDLER.match(text)
    keys = {line.partition(":")[0] for line in found[0].splitlines()} if found else set()
    return found.end() if found and "title" in keys and keys & _TIDDLER_FIELDS else 0


def _is_ambiguous(head: str) -> bool:
    keys = [field.piece.exact for field in fields(head)]
    return len(keys) != len(set(keys))


def fields(head: str) -> list[Sentence]:
    """The fields of a head, each with the lines that belong to it; joined they give it. Delimiters are fields, too."""
    found: list[tuple[str, str]] = []
    for line in lines_of(head):
        key = _KEY.match(line)
        if key or not found or (line.startswith(("---", "...")) and found):
            found.append((key[1].strip() if key else f"\n{len(found) > 0}", line))
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return [Sentence(text, Piece(key, (), key)) for key, text in found]
