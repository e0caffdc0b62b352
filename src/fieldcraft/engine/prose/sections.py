"""A text's sections by heading, and one of them cut out with what it needs to stand alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from fieldcraft.engine.prose.blocks import Block, Gap, blocks, grammar, parts

_CODE = {"code", "html"}
_DEFINITION = re.compile(r"(?m)^ {0,3}\[([^\]\n]{1,200})\]:")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands below it: signs `start` to before `end` of the text, the heading's to `body`.

    level: 1 to 6; title: the heading's words without markup.
    """

    level: int
    title: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a text, with a link in the section's place, and the section's own text without its heading."""

    left: str
    part: str


def sections(text: str) -> list[Section]:
    """Every section in reading order; one that stands inside another comes after it."""
    headings = [block for block in blocks(text) if block.kind == "heading"]
    levels = [_level(text[block.start : block.end]) for block in headings]
    ends = [block.start for block in headings] + [len(text)]
    found = []
    for index, (block, level) in enumerate(zip(headings, levels, strict=True)):
        beyond = (after for after in range(index + 1, len(headings)) if levels[after] <= level)
        end = ends[next(beyond, len(headings))]
        found.append(Section(level, _title(text[block.start : block.end]), block.start, block.end, end))
    return found


def parts_to_split(text: str) -> list[Section]:
    """Sections that have a title and words of their own, and leave some behind."""
    return [
        section
        for section in sections(text)
        if section.title and text[section.body : section.end].strip() and _rest(text, section).strip()
    ]


def cut(text: str, section: Section, link: str) -> Cut:
    """The section taken out, `link` in its place as a paragraph of its own.

    Definitions of links and footnotes that one side uses and the other has are given to both.
    """
    before, part, after = text[: section.start], text[section.body : section.end], text[section.end :]
    left = f"{_closed(before)}{link}\n" + (f"\n{after.lstrip()}" if after.strip() else "")
    return Cut(_with(left, _missing(left, part)), _with(part.strip() + "\n", _missing(part, left)))


def _rest(text: str, section: Section) -> str:
    return text[: section.start] + text[section.end :]


def _closed(before: str) -> str:
    bare = before.rstrip()
    return f"{bare}\n\n" if bare else ""


def _level(heading: str) -> int:
    marks = re.match(r" {0,3}(#{1,6})(?!#)", heading)
    if marks:
        return len(marks[1])
    return 1 if heading.rstrip().endswith("=") else 2


def _title(heading: str) -> str:
    tokens = _parser().parse(heading)
    inline = next((token for token in tokens if token.type == "inline"), None)
    return " ".join("".join(_words(inline.children or [])).split()) if inline else ""


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type in {"text", "code_inline", "image"}:
            yield token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "


@cache
def _parser() -> MarkdownIt:
    return grammar()


def _definitions(text: str) -> dict[str, str]:
    """By label, in small letters: the source of each definition of a link or footnote."""
    found: dict[str, str] = {}
    for piece in parts(text):
        source = text[piece.start : piece.end]
        is_one = isinstance(piece, Gap) or (piece.kind == "other" and _DEFINITION.match(source))
        for each in _each_definition(source) if is_one else ():
            label = _DEFINITION.match(each)
            if label:
                found.setdefault(label[1].casefold(), each.strip())
    return found


def _each_definition(source: str) -> Sequence[str]:
    starts = [match.start() for match in _DEFINITION.finditer(source)]
    return [source[start:end] for start, end in zip(starts, [*starts, len(source)][1:], strict=True)]


def _missing(text: str, other: str) -> list[str]:
    """The definitions that `text` uses and only `other` has."""
    defined, prose = _definitions(text), _prose(text).casefold()
    return [source for label, source in _definitions(other).items() if label not in defined and f"[{label}]" in prose]


def _prose(text: str) -> str:
    """The text without what stands as code."""
    return "".join(text[piece.start : piece.end] for piece in parts(text) if not _is_code(piece))


def _is_code(piece: Block | Gap) -> bool:
    return isinstance(piece, Block) and piece.kind in _CODE


def _with(text: str, definitions: Sequence[str]) -> str:
    return text if not definitions else f"{text.rstrip()}\n\n" + "\n\n".join(definitions) + "\n"
