"""A whole manual in one HTML file that opens without a network: contents, pages, local notes, search.

Everything is in the file; its own policy lets it load nothing and run nothing but its one script.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

_HERE = Path(__file__).parent
_STYLE, _SCRIPT = ((_HERE / f"one_file.{ending}").read_text(encoding="utf-8") for ending in ("css", "js"))


@dataclass(frozen=True, slots=True)
class FileWords:
    """What the file says itself, in the reader's language, whose code is `language`.

    found_near: where nothing has the words as they were typed; "%(instead)s" stands for the nearest that there are.
    """

    language: str
    contents: str
    pages: str
    search: str
    found: str
    found_near: str
    nothing_found: str
    to_the_pages: str
    to_the_top: str
    note: str
    beside: str


@dataclass(frozen=True, slots=True)
class FileNote:
    """A local note; html: safe HTML. quote: the words it stands beside, said where they are not to be found above it."""

    html: str
    whose: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page; anchor: its id in the file. parts: safe HTML, each part with the notes behind it. whose: a line of text."""

    anchor: str
    title: str
    whose: str
    parts: tuple[tuple[str, tuple[FileNote, ...]], ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents; anchor: "" for a heading."""

    title: str
    anchor: str
    below: tuple["Line", ...] = ()


def one_file(*, title: str, about: str, contents: Sequence[Line], pages: Iterable[FilePage], words: FileWords) -> bytes:
    """The file; about: a line below the title on what this is and of when."""
    return "".join(
        [
            _head(title, words),
            f'<body><a class="skip" href="#pages">{escape(words.to_the_pages)}</a>\n',
            f'<header id="top"><h1>{escape(title)}</h1>{_quiet(about)}{_search(words)}</header>\n',
            f'<nav aria-labelledby="contents"><h2 id="contents">{escape(words.contents)}</h2>{_lines(contents)}</nav>\n',
            f'<main id="pages" aria-label="{escape(words.pages)}">\n',
            *(_page(page, words) for page in pages),
            f"</main>\n<script>{_SCRIPT}</script>\n</body></html>\n",
        ]
    ).encode()


def _head(title: str, words: FileWords) -> str:
    allowed = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(words.language)}"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style></head>\n"
    )


def _search(words: FileWords) -> str:
    """Hidden until the script can answer it."""
    return (
        f'<form id="search" role="search" hidden><label for="sought">{escape(words.search)}</label>'
        '<input id="sought" type="search" autocomplete="off">'
        f'<p id="told" role="status" data-many="{escape(words.found)}" data-none="{escape(words.nothing_found)}"'
        f' data-near="{escape(words.found_near)}"></p>'
        '<ul id="hits"></ul></form>'
    )


def _lines(lines: Sequence[Line]) -> str:
    return f"<ul>{''.join(f'<li>{_line(line)}{_lines(line.below)}</li>' for line in lines)}</ul>" if lines else ""


def _line(line: Line) -> str:
    return f'<a href="#{escape(line.anchor)}">{escape(line.title)}</a>' if line.anchor else escape(line.title)


def _page(page: FilePage, words: FileWords) -> str:
    anchor, above = escape(page.anchor), " › ".join(page.above)
    body = "".join(html + "".join(_note(note, words) for note in notes) for html, notes in page.parts)
    return (
        f'<article id="{anchor}" aria-labelledby="title-{anchor}"><h2 id="title-{anchor}">{escape(page.title)}</h2>\n'
        f"{_quiet(above)}{_quiet(page.whose)}{body}\n"
        f'<p class="quiet"><a href="#top">{escape(words.to_the_top)}</a></p></article>\n'
    )


def _quiet(text: str) -> str:
    return f'<p class="quiet">{escape(text)}</p>\n' if text else ""


def _note(note: FileNote, words: FileWords) -> str:
    quote = f"<p>{escape(words.beside)} “{escape(note.quote)}”</p>" if note.quote else ""
    heading = f"<p><strong>{escape(words.note)}</strong> {escape(note.whose)}</p>"
    return f'<aside class="note" aria-label="{escape(words.note)}">{heading}{quote}{note.html}</aside>\n'
