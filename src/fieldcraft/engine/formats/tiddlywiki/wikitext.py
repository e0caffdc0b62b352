"""Wikitext → Markdown, block by block; what cannot be carried stays visible as code and is reported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fieldcraft.engine.formats.document import Loss, LossKind
from fieldcraft.engine.formats.tiddlywiki.inline import inline

_LIST = re.compile(r"^([*#;:>]+)\s*(.*)$")
_HEADING = re.compile(r"^(!{1,6})\.?[\w.-]*\s*(.*)$")
_FENCE = re.compile(r"^(`{3,}|\{\{\{\s*$)(.*)$")
_PRAGMA = re.compile(r"^\\(define|procedure|function|widget|rules|import|whitespace|parsermode|parameters|relink)\b")
_BLOCK_CODE = re.compile(r"^\s*(<<[^>\n]{0,2000}>>|\{\{\{.*\}\}\}|<\$[a-z].*|</\$[a-z].*|<%.*%>|\{\{[^{}]*\}\})\s*$")
_COMMENT = re.compile(r"<!--.*?-->|/%.*?%/", re.DOTALL)
_CLASSIC_STRIKE = re.compile(r"(?<!-)--(?=\S)([^\n]{1,400}?)(?<=\S)--(?!-)")
_STYLE = re.compile(r"^@@(?:[.\w -]*;?)*[\w:; .#-]*$|^@@$")
_TABLE_FLAG = re.compile(r"\|[khfc]$")


@dataclass(slots=True)
class Losses:
    """Counts what could not be carried, keeping the first example of each kind."""

    found: dict[LossKind, tuple[int, str]] = field(default_factory=dict)

    def add(self, kind: LossKind, example: str) -> None:
        count, first = self.found.get(kind, (0, example.strip()[:120]))
        self.found[kind] = (count + 1, first)

    def all(self) -> tuple[Loss, ...]:
        return tuple(Loss(kind, count, example) for kind, (count, example) in self.found.items())


def to_markdown(text: str, *, titles: frozenset[str], tiddler_type: str) -> tuple[str, tuple[Loss, ...]]:
    """The text in Markdown and what was lost.

    titles: all pages of the wiki; a CamelCase word is a link only if it is one of them.
    """
    if tiddler_type in {"text/x-markdown", "text/markdown"}:
        return text, ()
    if tiddler_type == "text/plain":
        return _fenced(text.split("\n")), ()
    if tiddler_type == "text/x-tiddlywiki":
        text = _CLASSIC_STRIKE.sub(r"~~\1~~", text)
    losses = Losses()
    lines = _COMMENT.sub("", text.replace("\r\n", "\n")).split("\n")
    return "\n".join(_Blocks(lines, titles, losses).all()).strip("\n") + "\n" if text.strip() else "", losses.all()


def _fenced(lines: list[str], word: str = "") -> str:
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{word}", *lines, fence])


class _Blocks:
    """Walks the lines once; each method takes the lines of one block and gives Markdown lines."""

    def __init__(self, lines: list[str], titles: frozenset[str], losses: Losses) -> None:
        self.lines, self.titles, self.losses, self.at = lines, titles, losses, 0

    def all(self) -> Iterator[str]:
        while self.at < len(self.lines):
            yield from self._block()

    def _line(self, text: str) -> str:
        return inline(text, self.titles, self.losses.add)

    def _block(self) -> Iterator[str]:  # noqa: C901 — one branch a kind of block
        line = self.lines[self.at]
        if _FENCE.match(line):
            yield from ("", self._fence(line), "")
        elif _PRAGMA.match(line):
            yield from ("", self._pragma(line), "")
        elif _HEADING.match(line):
            yield from ("", self._heading(line), "")
        elif line.startswith("|") and line.count("|") > 1:
            yield from self._table()
        elif _LIST.match(line):
            yield from self._list()
        elif line.startswith("<<<"):
            yield from self._quote()
        elif line.startswith('"""'):
            yield from self._hard_breaks()
        elif re.fullmatch(r"-{3,}\s*", line):
            self.at += 1
            yield from ("", "---", "")
        elif _BLOCK_CODE.match(line):
            yield from ("", self._kept(), "")
        elif _STYLE.match(line):
            self.losses.add(LossKind.STYLE, line)
            self.at += 1
        else:
            self.at += 1
            yield self._line(line)

    def _fence(self, line: str) -> str:
        found = _FENCE.match(line)
        assert found
        ends = "}}}" if found[1].startswith("{") else found[1]
        word = "" if ends == "}}}" else found[2].strip()
        body = self._until(lambda each: each.strip() == ends)
        return _fenced(body, word)

    def _until(self, is_end: object) -> list[str]:
        """The lines after this one up to the ending one, which is passed over; to the end where there is none."""
        assert callable(is_end)
        start = self.at + 1
        end = next((index for index in range(start, len(self.lines)) if is_end(self.lines[index])), len(self.lines))
        self.at = end + 1
        return self.lines[start:end]

    def _pragma(self, line: str) -> str:
        self.losses.add(LossKind.PRAGMA, line)
        is_long = re.match(r"^\\(define|procedure|function|widget)\s+[^\s(]+\s*(\([^)]*\))?\s*$", line)
        if not is_long:
            self.at += 1
            return _fenced([line])
        return _fenced([line, *self._until(lambda each: each.strip().startswith("\\end")), "\\end"])

    def _heading(self, line: str) -> str:
        found = _HEADING.match(line)
        assert found
        self.at += 1
        return f"{'#' * min(6, len(found[1]) + 1)} {self._line(found[2])}"

    def _kept(self) -> str:
        """A block of macros, widgets or transclusions, whole, as code."""
        start = self.at
        while self.at < len(self.lines) and _BLOCK_CODE.match(self.lines[self.at]):
            self.losses.add(kind_of(self.lines[self.at].strip()), self.lines[self.at])
            self.at += 1
        return _fenced(self.lines[start : self.at])

    def _quote(self) -> Iterator[str]:
        body = self._until(lambda each: each.startswith("<<<"))
        inner = _Blocks(body, self.titles, self.losses)
        yield ""
        yield from (f"> {line}".rstrip() for line in "\n".join(inner.all()).strip("\n").split("\n"))
        yield ""

    def _hard_breaks(self) -> Iterator[str]:
        first = self.lines[self.at][3:]
        body = self._until(lambda each: each.rstrip().endswith('"""'))
        lines = [each for each in (first, *body) if each.strip()]
        yield from (
            "",
            *(f"{self._line(each)}\\" for each in lines[:-1]),
            *(self._line(each) for each in lines[-1:]),
            "",
        )

    def _list(self) -> Iterator[str]:
        yield ""
        while self.at < len(self.lines) and (found := _LIST.match(self.lines[self.at])):
            yield self._item(found[1], self._line(re.sub(r"^\.[\w-]+\s", "", found[2])))
            self.at += 1
        yield ""

    @staticmethod
    def _item(marks: str, text: str) -> str:
        """`*#` is a numbered item in a bullet; `;` a term, `:` what it means, `>` a quote inside."""
        indent = "".join({"*": "  ", "#": "   "}.get(mark, "  ") for mark in marks[:-1])
        sign = {"*": "- ", "#": "1. ", ">": "> ", ";": "- ", ":": "  "}[marks[-1]]
        if marks[-1] == ";":
            return f"{indent}- **{text}**"
        return f"{indent}{sign}{text}"

    def _table(self) -> Iterator[str]:
        rows: list[list[str]] = []
        caption, has_header = "", False
        while self.at < len(self.lines) and self.lines[self.at].startswith("|"):
            line = self.lines[self.at].rstrip()
            self.at += 1
            flag = _TABLE_FLAG.search(line)
            if flag and flag[0] == "|c":
                caption = self._line(line[1 : flag.start()])
            elif not flag or flag[0] != "|k":
                cells, is_header = self._cells(line[: flag.start() + 1] if flag else line)
                has_header = has_header or bool(not rows and (is_header or flag))
                rows.append(cells)
        if rows:
            yield from ("", *([f"**{caption}**", ""] if caption else []), *_pipe_table(rows, has_header), "")

    def _cells(self, line: str) -> tuple[list[str], bool]:
        raw = _split_cells(line.strip().strip("|"))
        is_header = bool(raw) and all(cell.strip().startswith("!") for cell in raw if cell.strip())
        if any(cell.strip() in {">", "<", "~"} for cell in raw):
            self.losses.add(LossKind.TABLE, line)
        blank = {">": "", "<": "", "~": ""}
        texts = [blank.get(cell.strip(), cell.strip().removeprefix("!").strip(" ,^")) for cell in raw]
        return [
            self._line(text).replace("|", "\\|") if "[[" not in text else _link_cell(self._line(text)) for text in texts
        ], is_header


def _link_cell(text: str) -> str:
    """A bar inside a page link would end the table's cell."""
    return text.replace("|", "\\|")


def _split_cells(line: str) -> list[str]:
    """Cells by bars that stand outside links, code and macros."""
    return (
        re.sub(
            r"\[\[[^\]\n]*\]\]|`[^`\n]*`|<<[^>\n]*>>|\{\{[^}\n]*\}\}", lambda found: found[0].replace("|", "\0"), line
        )
        .replace("|", "\1")
        .replace("\0", "|")
        .split("\1")
    )


def _pipe_table(rows: list[list[str]], has_header: bool) -> Iterator[str]:
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    head, body = (padded[0], padded[1:]) if has_header else ([""] * width, padded)
    for row in (head, ["---"] * width, *body):
        yield "| " + " | ".join(row) + " |"


def kind_of(source: str) -> LossKind:
    """What kind of thing a piece of source is that cannot be carried."""
    beginnings = (
        ("<<", LossKind.MACRO),
        ("{{{", LossKind.FILTER),
        ("{{", LossKind.TRANSCLUSION),
        ("<%", LossKind.CONDITIONAL),
        ("<$", LossKind.WIDGET),
        ("</$", LossKind.WIDGET),
    )
    return next((kind for start, kind in beginnings if source.startswith(start)), LossKind.HTML)
