"""Single marks of wikitext → Markdown: links, pictures, code, signs."""

import re

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext import tokens
from fieldcraft.engine.formats.tiddlywiki.wikitext.elements import attributes, bracketed, picture
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import Block, Reading, chip

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "*_\\[]<`~"})
_EXTERNAL = re.compile(rf"(?:{tokens.SCHEMES}):[^\s<>]", re.IGNORECASE)
_LINKED = ("http:", "https:", "mailto:", "ftp:")
_TAGGED = re.compile(r"<<tag\s+(?:\[\[([^\]|#]+)\]\]|\"([^\"|#\]]+)\"|([^\s\"'\[\]|#>]+))\s*>>")


def piece(kind: str, found: re.Match[str], reading: Reading) -> str | Block:  # noqa: C901 — one case a mark
    """What the mark stands for in Markdown."""
    source = found[0]
    match kind:
        case "word" | "entity":
            return source
        case "sign":
            return "\\!" if source == "!" else escaped(source)
        case "code" | "code_short":
            return chip(found[kind])
        case "link":
            return link(found[kind], reading)
        case "image":
            return _image(source, reading)
        case "camel":
            return _word_link(source, reading)
        case "url" | "url_shortened":
            return f"<{source}>" if source.startswith(_LINKED) else escaped(source.removeprefix("~"))
        case "system":
            return escaped(source.removeprefix("~"))
        case "dash":
            return "–" if len(source) == 2 and reading.dialect.value == "five" else "—"
        case "line_break":
            return "\\\n"
        case "transclusion":
            return _transclusion(source, reading)
        case _:
            reading.losses.add(LossKind(kind), source)
            return chip(source)


def span(kind: str, opening: str, inner: str, closing: str, reading: Reading) -> str | Block:
    """What stands between two marks."""
    match kind:
        case "comment" | "comment_classic":
            return ""
        case "ext":
            return _outside(*_split(inner)) if inner.strip() else escaped(opening + closing)
        case "code_classic":
            return chip(inner)
        case "raw":
            reading.losses.add(LossKind.HTML, opening + inner)
            return Block(re.sub(r"\n\s*\n", "\n", inner).strip())
        case "conditional":
            if re.match(r"\s*if\b", inner):
                reading.losses.add(LossKind.CONDITIONAL, opening + inner + closing)
            return chip(opening + inner + closing)
        case _:
            return escaped(inner)


def escaped(text: str) -> str:
    """Plain words, with the signs that Markdown would take for marks made plain too."""
    return text.translate(_SIGNS)


def _split(inner: str) -> tuple[str, str]:
    """(what is shown, where it leads): the first bar parts them."""
    shown, bar, target = inner.partition("|")
    return (shown.strip(), target.strip()) if bar and target.strip() else (shown.strip(), shown.strip())


def link(inner: str, reading: Reading) -> str:
    """`[[…]]`: to a page by its title, or to an address outside."""
    shown, target = _split(inner)
    if not target:
        return escaped(f"[[{inner}]]")
    if _EXTERNAL.match(target.rpartition("|")[2]):
        return _outside(shown, target.rpartition("|")[2])
    if target.startswith("$:/"):
        return escaped(shown)
    return f"[[{target}]]" if shown == target else f"[[{shown}|{target}]]"


def _outside(shown: str, target: str) -> str:
    return f"[{escaped(shown)}](<{bracketed(target)}>)"


def _word_link(source: str, reading: Reading) -> str:
    if source.startswith("~"):
        return source[1:]
    return f"[[{source}]]" if reading.links_words and source in reading.wiki.titles else source


def _image(source: str, reading: Reading) -> str:
    options, _bracket, rest = source.removeprefix("[").partition("[")
    inner, _bracket, leads_to = rest.removesuffix("]]").partition("][")
    shown, target = _split(inner)
    given = attributes(f"{options}>")
    if target.startswith("$:/"):
        reading.losses.add(LossKind.EXTERNAL, source)
        return chip(source)
    if given.keys() & {"width", "height", "class"}:
        reading.losses.add(LossKind.STYLE, source)
    made = picture(given.get("alt") or (shown if shown != target else ""), target, reading)
    return f"{made} {link(leads_to, reading)}" if leads_to else made


def _transclusion(source: str, reading: Reading) -> str:
    """A picture is shown; a page is led to; anything else stays as code."""
    title = source[2:-2].strip()
    if title in reading.wiki.files or title in reading.wiki.elsewhere:
        return picture(title, title, reading)
    reading.losses.add(LossKind.TRANSCLUSION, source)
    is_page = title in reading.wiki.titles and not re.search(r"[|#\]]", title)
    return f"[[{source}|{title}]]" if is_page else chip(source)


def tag_link(source: str) -> str | None:
    """`<<tag X>>` shows the page X as a pill; here it is a link."""
    found = _TAGGED.fullmatch(source)
    return f"[[{found[1] or found[2] or found[3]}]]" if found else None
