"""Wikitext → Markdown, block by block."""

import re
from collections.abc import Callable

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext import macros, tokens
from fieldcraft.engine.formats.tiddlywiki.wikitext.inline import Stop, end_of_span, line, paragraph, run
from fieldcraft.engine.formats.tiddlywiki.wikitext.lists import MARKS, lists
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import DEEPEST, Dialect, Reading, fenced
from fieldcraft.engine.formats.tiddlywiki.wikitext.tables import ROW, table

Made = tuple[list[str], int]
_FENCE = re.compile(r"```([\w-]*)\n")
_FENCE_END = re.compile(r"\n```$", re.MULTILINE)
_CLASSIC_FENCE = re.compile(r"(?:\{\{\{|/\*\{\{\{\*/|//\{\{\{|<!--\{\{\{-->)\n")
_CLASSIC_FENCE_END = re.compile(r"^(?:\}\}\}|/\*\}\}\}\*/|//\}\}\}|<!--\}\}\}-->)$", re.MULTILINE)
_TYPED = re.compile(r"\$\$\$([^\s>]*+)[^\n]*+\n")
_TYPED_END = re.compile(r"\n\$\$\$$", re.MULTILINE)
_HEADING = re.compile(r"(!{1,6})((?:\.[^\s.]+)*)")
_LAST_SIGNS, _BARRED = re.compile(r"(?<= )#+$"), r"\\\g<0>"
_RULE = re.compile(r"-{3,}[^\S\n]*(?:\n|\Z)")
_QUOTE = re.compile(r"(<<<+)((?:\.[^\s.]+)*)")
_STYLE = re.compile(r"@@((?:[^.\s:@]{1,60}:[^\n;]{1,200};)*(?:\.\S{1,200})?)\n")
_STYLE_END = re.compile(r"^@@$", re.MULTILINE)
_MACRO = re.compile(rf"({tokens.MACRO})(?=\n|\Z)", re.VERBOSE)
_SPACE = re.compile(r"\s*")
_TAGS = re.compile(r"</?[a-z][^\n]*>")


def blocks(text: str, reading: Reading) -> list[str]:
    """The text as blocks of Markdown, in order."""
    made: list[str] = []
    at = _SPACE.match(text, 0).end()  # type: ignore[union-attr]
    rules = _RULES if reading.dialect is Dialect.FIVE else _CLASSIC_RULES
    while at < len(text):
        found, at = _block(text, at, rules, reading)
        made += [each for each in found if each]
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    return made


def markdown_of(made: list[str]) -> str:
    """Blocks with blank lines between them; elements that follow one another stand line by line."""
    out: list[str] = []
    for each in made:
        out += ["\n" if out and _TAGS.fullmatch(each) and _TAGS.fullmatch(out[-1]) else "\n\n", each]
    return "".join(out[1:])


Rule = Callable[[str, int, Reading], Made | None]


def _block(text: str, at: int, rules: dict[str, tuple[Rule, ...]], reading: Reading) -> Made:
    if reading.depth < DEEPEST:
        for rule in rules.get(text[at], ()):
            if made := rule(text, at, reading):
                return made
    found, end = paragraph(text, at, reading)
    return found, max(end, at + 1)


def _between(text: str, at: int, end: re.Pattern[str]) -> tuple[str, int]:
    """What stands up to the ending mark and where it ends; to the end of the text where there is none."""
    found = end.search(text, at)
    return (text[at : found.start()], found.end()) if found else (text[at:], len(text))


def _fence(text: str, at: int, reading: Reading) -> Made | None:
    found = _FENCE.match(text, at)
    if not found:
        return None
    body, end = _between(text, found.end() - 1, _FENCE_END)
    return [fenced(body.removeprefix("\n"), found[1])], end


def _classic_fence(text: str, at: int, reading: Reading) -> Made | None:
    found = _CLASSIC_FENCE.match(text, at)
    if not found:
        return None
    body, end = _between(text, found.end(), _CLASSIC_FENCE_END)
    return [fenced(body.removesuffix("\n"))], end


def _typed(text: str, at: int, reading: Reading) -> Made | None:
    """`$$$.svg`: a piece of another language; TiddlyWiki draws some of them."""
    found = _TYPED.match(text, at)
    if not found:
        return None
    body, end = _between(text, found.end() - 1, _TYPED_END)
    reading.losses.add(LossKind.HTML, found[0] + body)
    return [fenced(body.removeprefix("\n"), re.sub(r"\W+", "", found[1].rpartition("/")[2]))], end


def _heading(text: str, at: int, reading: Reading) -> Made | None:
    found = _HEADING.match(text, at)
    if not found:
        return None
    if found[2]:
        reading.losses.add(LossKind.STYLE, text[at : found.end() + 40])
    words, end = run(text, found.end(), Stop.LINE, reading)
    signs = "#" * min(6, len(found[1]) + 1)
    return [f"{signs} {_LAST_SIGNS.sub(_BARRED, words)}".rstrip()], end


def _rule(text: str, at: int, reading: Reading) -> Made | None:
    found = _RULE.match(text, at)
    return (["---"], found.end()) if found else None


def _table(text: str, at: int, reading: Reading) -> Made | None:
    return table(text, at, reading) if ROW.match(text, at) else None


def _list(text: str, at: int, reading: Reading) -> Made | None:
    return lists(text, at, reading) if MARKS.match(text, at) else None


def _quote(text: str, at: int, reading: Reading) -> Made | None:
    """`<<<` … `<<<`, with whom it is from before or after it."""
    found = _QUOTE.match(text, at)
    if not found:
        return None
    if found[2] and found[2] != ".tc-big-quote":
        reading.losses.add(LossKind.STYLE, text[at : found.end()])
    before, at = run(text, found.end(), Stop.LINE, reading)
    body, at = _between(text, at, re.compile(rf"^[^\S\n]*{found[1]}(?!<)", re.MULTILINE))
    after, at = run(text, at, Stop.LINE, reading)
    inner = [before, *blocks(body, reading.inside()), f"— {after}" if after else ""]
    return [_quoted(markdown_of([each for each in inner if each]))], at


def _quoted(text: str) -> str:
    return "\n".join(f"> {each}".rstrip() for each in text.split("\n"))


def _style(text: str, at: int, reading: Reading) -> Made | None:
    """A block set apart by colour or class is set apart as a quote."""
    found = _STYLE.match(text, at)
    if not found:
        return None
    if found[1]:
        reading.losses.add(LossKind.STYLE, found[0])
    body, end = _between(text, found.end(), _STYLE_END)
    return [_quoted(markdown_of(blocks(body, reading.inside())))], end


def _comment(text: str, at: int, reading: Reading) -> Made | None:
    closing = "-->" if text.startswith("<!--", at) else "%/" if text.startswith("/%", at) else ""
    end = end_of_span(text, at + len(closing), closing, 0, reading) if closing else -1
    return ([], end + len(closing)) if end >= 0 else None


def _snippet(text: str, at: int, reading: Reading) -> Made | None:
    """A snippet on lines of its own may be several blocks."""
    found = _MACRO.match(text, at)
    snippet = macros.filled(found[1], reading) if found else None
    if found is None or snippet is None:
        return None
    trial = reading.trial()
    made = blocks(snippet.wikitext, trial)
    return (made, found.end()) if reading.judged(snippet, trial) else None


def _classic_quote(text: str, at: int, reading: Reading) -> Made | None:
    return _quote(text, at, reading) if text.startswith("<<<\n", at) else None


_RULES: dict[str, tuple[Rule, ...]] = {
    "`": (_fence,),
    "$": (_typed,),
    "!": (_heading,),
    "-": (_rule,),
    "|": (_table,),
    **dict.fromkeys("*#;:>", (_list,)),
    "<": (_comment, _quote, _snippet),
    "@": (_style,),
}
_CLASSIC_RULES: dict[str, tuple[Rule, ...]] = {
    **_RULES,
    "`": (),
    "$": (),
    "{": (_classic_fence,),
    "/": (_classic_fence, _comment),
    "<": (_classic_fence, _comment, _classic_quote),
    "@": (),
}
__all__ = ["blocks", "line", "markdown_of"]
