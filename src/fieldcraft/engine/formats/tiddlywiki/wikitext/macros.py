"""Snippets that a wiki defines and calls by name, filled in as TiddlyWiki would fill them in.

Only words with places in them can be filled in; whoever reads the result sees whether it came through whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fieldcraft.engine.formats.tiddlywiki.wikitext.elements import attributes, is_fixed
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import Macro, Reading, Snippet

DEEPEST, LONGEST = 5, 4000
_CALL = re.compile(r"<<\s*([^\s>:]+):?\s*([\s\S]*?)\s*>>\Z")
_ARGUMENT = re.compile(
    r"""(?:([\w.$-]{1,60})\s*[:=]\s*)?
    (?: \"\"\"([\s\S]*?)\"\"\" | "([^"]*)" | '([^']*)' | \[\[([^\]]*)\]\] | ([^\s"'][^\s"']*) )""",
    re.VERBOSE,
)
_PARAMETER = re.compile(
    r"""([^\s:,=]{1,60})(?:\s*[:=]\s*(?:\"\"\"([\s\S]*?)\"\"\"|"([^"]*)"|'([^']*)'|\[\[([^\]]*)\]\]|([^\s"',]+)))?"""
)
_HEAD = re.compile(r"\\(define|procedure|function|widget)[^\S\n]+([^(\s]+)[^\S\n]*\(([^)\n]*)\)([^\S\n]*\n)?")
_OTHER = re.compile(r"\\(rules|import|whitespace|parsermode|parameters|relink)\b[^\n]*")
_SPACE = re.compile(r"\s+")
_TRIMMED = re.compile(r"\A\s*\\whitespace[^\n]*\n")
_UNFILLED = re.compile(
    r"\$\([^)\n]*\)\$|\{\{|<%|<\$(?!(?:link|text|image|macrocall|transclude)\b)"
    r"|^\s*\\(?:define|procedure|function|widget|parameters)\b",
    re.MULTILINE,
)
"""What a snippet cannot hold if it is to be filled in once and for all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A definition or setting at the beginning of a text.

    macro: the snippet; None for what cannot be one: functions, widgets, settings.
    source: it as it stands; end: where it ends.
    """

    kind: str
    name: str
    macro: Macro | None
    source: str
    end: int


def definition(text: str, at: int) -> Setting | None:
    """What begins there, if it is a definition or a setting."""
    if other := _OTHER.match(text, at):
        return Setting(other[1], other[0], None, other[0], min(len(text), other.end() + 1))
    found = _HEAD.match(text, at)
    if not found:
        return None
    kind, name = found[1], found[2]
    body, end = _body(text, found.end(), name) if found[4] else _rest_of_line(text, found.end())
    fits = kind in {"define", "procedure"} and len(body) <= LONGEST
    macro = Macro(tuple(_parameters(found[3])), _TRIMMED.sub("", body)) if fits else None
    return Setting(kind, name, macro, text[at:end].strip("\n"), end)


def _rest_of_line(text: str, at: int) -> tuple[str, int]:
    end = text.find("\n", at)
    return (text[at:].strip(), len(text)) if end < 0 else (text[at:end].strip(), end + 1)


def _body(text: str, at: int, name: str) -> tuple[str, int]:
    """Up to `\\end`; with definitions inside it, up to the `\\end` that names it."""
    found = _end(name).search(text, at - 1)
    return (text[at : max(at, found.start())], found.end()) if found else (text[at:], len(text))


@lru_cache(maxsize=512)
def _end(name: str) -> re.Pattern[str]:
    return re.compile(rf"\n[^\S\n]*\\end[^\S\n]*(?:{re.escape(name)})?[^\S\n]*(?:\n|\Z)")


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for name, *values in _PARAMETER.findall(text):
        yield name, next((value for value in values if value), "")


def definitions(text: str) -> Iterator[tuple[str, Macro]]:
    """The snippets at the beginning of a text."""
    at = len(text) - len(text.lstrip())
    while found := definition(text, at):
        if found.macro:
            yield found.name, found.macro
        space = _SPACE.match(text, found.end)
        at = space.end() if space else found.end


def filled(source: str, reading: Reading) -> Snippet | None:
    """The words that a call stands for, in wikitext; None when the snippet is not known or goes too deep."""
    found = _CALL.match(source)
    return filled_by_name(found[1], list(_arguments(found[2])), reading) if found else None


def filled_by_name(name: str, arguments: list[tuple[str, str]], reading: Reading) -> Snippet | None:
    """As `filled`, for arguments as (name or "", value)."""
    macro = reading.macros.get(name) or reading.wiki.macros.get(name)
    if macro is None:
        return None
    text = _filled_in(macro, arguments)
    if reading.depth >= DEEPEST or _UNFILLED.search(macro.body) or len(text) > reading.allowance.left:
        reading.unfilled.add(name)
        return None
    reading.allowance.left -= len(text) + 20
    return Snippet(name, text)


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    for name, *values in _ARGUMENT.findall(text[:LONGEST]):
        yield name, next((value for value in values if value), "")


def _filled_in(macro: Macro, arguments: list[tuple[str, str]]) -> str:
    named = {name: value for name, value in arguments if name}
    unnamed = iter([value for name, value in arguments if not name])
    values: Mapping[str, str] = {
        name: named[name] if name in named else next(unnamed, fallback) for name, fallback in macro.parameters
    }
    if not values:
        return macro.body
    names = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
    places = re.compile(rf"(=\s*)?<<({names})>>|\$({names})\$")

    def value(found: re.Match[str]) -> str:
        given = values[found[2] or found[3]]
        return f'{found[1]}"{given}"' if found[1] else given

    return places.sub(value, macro.body)


def called_by_widget(source: str, reading: Reading) -> Snippet | None:
    """`<$macrocall $name="x" …/>` and `<$transclude $variable="x" …/>` call a snippet as `<<x …>>` does."""
    if not source.startswith(("<$macrocall", "<$transclude")) or not source.endswith("/>"):
        return None
    given = attributes(source)
    name = given.pop("$name", "") or given.pop("$variable", "")
    if not name or not all(map(is_fixed, given.values())) or any(key.startswith("$") for key in given):
        return None
    return filled_by_name(name, list(given.items()), reading)
