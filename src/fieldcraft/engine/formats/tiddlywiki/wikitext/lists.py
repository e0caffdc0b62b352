"""Lists of wikitext → Markdown: nesting is told by repetition, every item stands on one line."""

import re
from dataclasses import dataclass, field

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext.inline import Stop, run
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import DEEPEST, Dialect, Reading

MARKS = re.compile(r"[*#;:>]+")
CLASSES = re.compile(r"(?:\.[^\s.]+)+(?=\s)")
_SPACE = re.compile(r"\s+")
_SIGNS = {"*": "- ", "#": "1. ", ">": "> ", ";": "", ":": ""}
_SAME = {"*": "*", "#": "#", ";": ";", ":": ";", ">": ">"}


@dataclass(slots=True)
class _Lines:
    """The lines so far, and the marks of the item that came last."""

    lines: list[str] = field(default_factory=list)
    marks: str = ""

    def add(self, marks: str, text: str) -> None:
        same = _common(self.marks, marks)
        kept, fresh = (same - 1, marks[same - 1 :]) if same == len(marks) else (same, marks[same:])
        margin = "".join(_margin(mark) for mark in marks[:kept])
        if text and self.lines and self._needs_break(marks, same):
            self.lines[-1] += "\\"
        elif self.lines and self.marks[-1:] in {";", ":"} and not same:
            self.lines.append("")
        self.lines.append((margin + "".join(_SIGNS[mark] for mark in fresh) + text).rstrip())
        self.marks = marks

    def _needs_break(self, marks: str, same: int) -> bool:
        """Neighbouring lines of a quote, or a term and what it means, would otherwise run into one."""
        return len(marks) == len(self.marks) == same and marks[-1] in ">;:" and not self.lines[-1].endswith(">")


def _common(one: str, other: str) -> int:
    same = 0
    while same < min(len(one), len(other)) and _SAME[one[same]] == _SAME[other[same]]:
        same += 1
    return same


def _margin(mark: str) -> str:
    return {"#": "   ", ">": "> ", "*": "  "}.get(mark, "")


def lists(text: str, at: int, reading: Reading) -> tuple[list[str], int]:
    """The list that begins there and where it ends. Blank lines between items do not end it in TiddlyWiki 5."""
    found = _Lines()
    while marks := MARKS.match(text, at):
        if found.marks and _SAME[found.marks[0]] != _SAME[marks[0][0]]:
            break
        at = marks.end()
        if classes := CLASSES.match(text, at):
            reading.losses.add(LossKind.STYLE, text[marks.start() : classes.end() + 40])
            at = classes.end()
        words, at = run(text, at, Stop.LINE, reading)
        kept = marks[0][: DEEPEST - 1] + marks[0][-1] if len(marks[0]) > DEEPEST else marks[0]
        found.add(kept, _term(words) if kept[-1] == ";" else words)
        if space := _SPACE.match(text, at):
            at = space.end() if reading.dialect is Dialect.FIVE else at + 1
    return ["\n".join(found.lines).strip("\n")], at


def _term(words: str) -> str:
    return f"**{words}**" if words and "**" not in words else words
