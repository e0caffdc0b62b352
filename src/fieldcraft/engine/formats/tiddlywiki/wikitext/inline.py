"""A run of wikitext inside a block → Markdown."""

import re
from enum import Enum
from itertools import dropwhile

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext import elements, macros, pieces, tokens
from fieldcraft.engine.formats.tiddlywiki.wikitext.marks import Mark, Piece, joined
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import Block, Dialect, Reading, Snippet, chip, fenced

_MARKS = frozenset({"bold", "italic", "under", "super", "sub", "strike"})
_LEADS = re.compile(r"^(?:(?=[-+#>:](?:\s|$)|\#{2,6}(?:\s|$)|[-=|: ]+$)|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE)
_LONE_TAG = re.compile(r"^(<[a-z][^<>\n]*>|</[a-z]+>)\n")
_CLASSIC_BLOCK = re.compile(r"!|[*#;:>]|\|[^\n]*\|[kfhc]?$|-{4,}$|<<<$|\{\{\{$", re.MULTILINE)


class Stop(Enum):
    """What ends a run."""

    PARAGRAPH = "blank line"
    LINE = "line end"
    CELL = "bar"
    END = "end of text"


def paragraph(text: str, at: int, reading: Reading) -> tuple[list[str], int]:
    """The blocks of Markdown that the paragraph beginning there becomes, and where it ends."""
    runner = _Runner(text, Stop.PARAGRAPH, reading)
    end = runner.run(at)
    return runner.blocks, end


def run(text: str, at: int, stop: Stop, reading: Reading) -> tuple[str, int]:
    """The run that begins there as one line of Markdown, and where it ended."""
    runner = _Runner(text, stop, reading)
    end = runner.run(at)
    return " ".join("\n\n".join(runner.blocks).split("\n")).strip(), end


def line(text: str, reading: Reading) -> str:
    """A whole short text as one line of Markdown."""
    return run(text, 0, Stop.END, reading)[0]


def end_of_span(text: str, at: int, closing: str, window: int, reading: Reading) -> int:
    """Where the closing mark stands, -1 when there is none; nobody looks twice to the end of the text."""
    if window:
        end = text.find(closing, at, at + window)
        return -1 if end >= 0 and "\n\n" in text[at:end] else end
    if closing in reading.unclosed:
        return -1
    end = text.find(closing, at)
    if end < 0:
        reading.unclosed.add(closing)
    return end


class _Runner:
    """Walks over a run, mark by mark.

    hidden: styles that are open; the marks that close them are left out as well.
    """

    def __init__(self, text: str, stop: Stop, reading: Reading) -> None:
        self.text, self.stop, self.reading = text, stop, reading
        self.in_breaks = False
        self.hidden: list[str] = []
        self.pieces: list[Piece] = []
        self.blocks: list[str] = []

    def run(self, at: int) -> int:
        match = (tokens.FIVE if self.reading.dialect is Dialect.FIVE else tokens.CLASSIC).match
        end = len(self.text)
        while at < end:
            found = match(self.text, at)
            assert found
            kind = found.lastgroup or ""
            if kind == "plain":
                self.pieces.append(found[0])
                at = found.end()
            elif self._is_end(kind, found):
                break
            else:
                at = self._piece(kind, found)
        self._flush()
        return at

    def _is_end(self, kind: str, found: re.Match[str]) -> bool:
        match self.stop:
            case Stop.PARAGRAPH:
                return not self.in_breaks and (kind == "blank" or self._is_classic_block(kind, found.end()))
            case Stop.LINE:
                return kind in {"newline", "blank"}
            case Stop.CELL:
                return kind in {"newline", "blank"} or found[0] == "|"
            case Stop.END:
                return False

    def _is_classic_block(self, kind: str, at: int) -> bool:
        """Classic wikis take every line that begins like a block for one."""
        is_line_end = kind == "newline" and self.reading.dialect is Dialect.CLASSIC
        return is_line_end and bool(_CLASSIC_BLOCK.match(self.text, at))

    def _flush(self) -> None:
        text = _tidied(joined(self.pieces))
        self.pieces = []
        if text:
            self.blocks.append(text)

    def _add(self, made: Piece | Block) -> None:
        if isinstance(made, Block):
            self._flush()
            self.blocks.append(made.text)
        else:
            self.pieces.append(made)

    def _piece(self, kind: str, found: re.Match[str]) -> int:
        """Adds what the mark stands for; gives where to go on."""
        match kind:
            case "tag":
                return self._tag(found)
            case "macro":
                self._add(self._macro(found[0]))
            case _ if kind in tokens.SPANS:
                return self._span(kind, found)
            case "newline" | "blank":
                self._newline(len(found[0]))
            case "breaks":
                self._breaks(found)
            case "style" | "custom" | "custom_end":
                self._style(kind, found)
            case _ if kind in _MARKS:
                self._add(Mark(kind, found[0]))
            case _:
                self._add(pieces.piece(kind, found, self.reading))
        return found.end()

    def _span(self, kind: str, found: re.Match[str]) -> int:
        closing, window = tokens.SPANS[kind]
        end = end_of_span(self.text, found.end(), closing, window, self.reading)
        if end <= found.end():
            self._add(pieces.escaped(found[0]))
            return found.end()
        self._add(pieces.span(kind, found[0], self.text[found.end() : end], closing, self.reading))
        return end + len(closing)

    def _tag(self, found: re.Match[str]) -> int:
        in_block = self.stop is Stop.PARAGRAPH
        words = self._snippet(macros.called_by_widget(found[0], self.reading))
        if words is not None:
            self._add(words)
            return found.end()
        made, end = elements.element(self.text, found, self.reading, in_block=in_block)
        self._add(made)
        return end

    def _macro(self, source: str) -> str | Block:
        words = pieces.tag_link(source) or self._snippet(macros.filled(source, self.reading))
        if words is not None:
            return words
        self.reading.losses.add(LossKind.MACRO, source)
        return Block(fenced(source)) if "\n" in source and self.stop is Stop.PARAGRAPH else chip(source)

    def _snippet(self, snippet: Snippet | None) -> str | None:
        """A snippet in Markdown, if all of it can be carried."""
        if snippet is None:
            return None
        trial = self.reading.trial()
        words = line(snippet.wikitext, trial)
        return words if self.reading.judged(snippet, trial) else None

    def _newline(self, count: int) -> None:
        is_kept = self.in_breaks or (self.reading.dialect is Dialect.CLASSIC and self.stop is Stop.PARAGRAPH)
        self._add("\\\n" * count if is_kept else "\n")

    def _breaks(self, found: re.Match[str]) -> None:
        '''`"""` around lines that end where they end.'''
        if self.in_breaks:
            self.in_breaks = False
            self._add("\n" * (len(found[0]) - 3))
        elif self.text.find('"""', found.end()) > 0:
            self.in_breaks = True
        else:
            self._add(found[0])

    def _style(self, kind: str, found: re.Match[str]) -> None:
        """`@@` alone is a marker pen; with a colour or a class it is a style, which is left out."""
        closing = "@@" if kind == "style" else "}}}"
        if kind == "custom" or (kind == "style" and len(found[0]) > 2):
            self.reading.losses.add(LossKind.STYLE, self.text[found.start() : found.end() + 40])
            self.hidden.append(closing)
        elif self.hidden and self.hidden[-1] == closing:
            self.hidden.pop()
        else:
            self._add(Mark("mark", closing) if kind == "style" else closing)


def _tidied(text: str) -> str:
    """Lines without the white space around them, which Markdown would take for something, nor signs at their start."""
    stripped = (each.strip() for each in text.split("\n"))
    lines = list(dropwhile(lambda each: each == "\\", (each for each in stripped if each)))
    while lines and lines[-1] == "\\":
        lines.pop()
    text = _LEADS.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", "\n".join(lines))
    return _LONE_TAG.sub(r"\1 ", text.removesuffix("\\") if _is_break(text) else text)


def _is_break(text: str) -> bool:
    """Whether the text ends in a line break that nothing follows."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
