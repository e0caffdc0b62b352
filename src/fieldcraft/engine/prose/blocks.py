"""Markdown → its top-level blocks, as line ranges that leave no sign of the text out.

The rule, the same here and in the editor (`tests/shared_blocks/` holds the cases for both):

1. A line ends at `\\r\\n`, `\\r` or `\\n`; lines count from 0; an end is exclusive.
2. A block is a token of nesting level 0 with a line range, as markdown-it's block parser gives it (grammar below).
3. Blank lines at the end of a range are cut off: lines of nothing but spaces and tabs; the first line always stays.
4. A range that begins before the last one ended begins there; if nothing is left of it, it is no block.
5. All other lines are gaps: blank lines, link reference definitions. Blocks and gaps joined give the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

Kind = Literal["heading", "paragraph", "list", "quote", "table", "code", "html", "rule", "other"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_KINDS: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block: lines `first_line` to before `end_line`, signs `start` to before `end` of the text."""

    kind: Kind
    first_line: int
    end_line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between blocks: blank lines and link reference definitions; signs `start` to before `end`."""

    start: int
    end: int


def grammar() -> MarkdownIt:
    """A new parser of the Markdown that pages are written in, with HTML left in; whoever renders must sanitise."""
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin)


def blocks(text: str) -> list[Block]:
    """The blocks in order, without overlap. About linear in the text's length; never raises for any text."""
    places = _line_starts(text)
    blank = [not text[start:end].strip(" \t\r\n") for start, end in pairwise(places)]
    found: list[Block] = []
    for token in _top_level(text):
        first, end = token.map or (0, 0)
        first = max(first, found[-1].end_line if found else 0)
        end = min(end, len(blank))
        while end > first + 1 and blank[end - 1]:
            end -= 1
        if end > first:
            found.append(Block(_KINDS.get(token.type, "other"), first, end, places[first], places[end]))
    return found


def parts(text: str) -> list[Block | Gap]:
    """Blocks and the gaps between them in order: their spans joined give the text sign by sign."""
    found: list[Block | Gap] = []
    at = 0
    for block in blocks(text):
        found += [Gap(at, block.start), block] if block.start > at else [block]
        at = block.end
    return [*found, Gap(at, len(text))] if at < len(text) else found


def _line_starts(text: str) -> list[int]:
    """Where each line starts, and the text's end."""
    return [*(line.start() for line in _LINE.finditer(text)), len(text)]


def _top_level(text: str) -> Iterator[Token]:
    parser = _parser()
    tokens: list[Token] = []
    source = re.sub(r"\r\n?", "\n", text).replace("\0", "\ufffd")
    parser.block.parse(source, parser, {}, tokens)
    return (token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map)


@cache
def _parser() -> MarkdownIt:
    return grammar()
