"""Files → tiddlers: named text values, exactly as the file gives them."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import basename, dirname, splitext
from urllib.parse import unquote

from fieldcraft.engine.formats.document import Files
from fieldcraft.engine.formats.markdown import document
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.tiddlywiki import spec
from fieldcraft.engine.formats.tiddlywiki.bundles import json_tiddlers
from fieldcraft.engine.formats.tiddlywiki.fields import Fields, header
from fieldcraft.engine.formats.tiddlywiki.stores import html_tiddlers

MOST_STORE_BYTES = 200_000_000
_MARKDOWN, _TEXT = (".md", ".markdown"), (".txt", ".md", ".markdown", ".css", ".js", ".csv", ".svg", ".html", ".htm")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".mp3", ".mp4")
_FIELD = re.compile(r"[^\s:#]+:(?:[ \t].*)?")
_BLANK_LINE, _EMPTY_FIRST_LINE = re.compile(r"\r?\n\r?\n"), re.compile(r"\A\r?\n")
_QUIET = ("tiddlywiki.info", "plugin.info", "package.json", "package-lock.json", spec.NAME)


@dataclass(frozen=True, slots=True)
class Tiddler:
    """One tiddler: the file it came from, its fields; `content` holds the bytes of a picture or file."""

    file: str
    fields: Fields
    content: bytes | None = None


@dataclass(slots=True)
class Found:
    """The tiddlers of a source in the order of their files, and the files that hold none."""

    tiddlers: list[Tiddler] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def tiddlers_of(files: Files) -> Found:
    """Every tiddler in the files. Raises BadSource."""
    specified = [each for path in spec.specifications(files) for each in _specified(path, files)]
    named = {each.file for each in specified}
    found = Found()
    for path in sorted(files.keys() - named):
        made = list(_in_file(path, files))
        found.tiddlers += made
        if not made and not _is_quiet(path, files):
            found.unread.append(path)
    found.tiddlers += specified
    return found


def _is_quiet(path: str, files: Files) -> bool:
    """Settings, the fields of a file beside it, and what systems leave lying about."""
    beside = f"{path}.meta" in files or (path.endswith(".meta") and path.removesuffix(".meta") in files)
    return beside or basename(path) in _QUIET or basename(path).startswith(".")


def _specified(path: str, files: Files) -> Iterator[Tiddler]:
    def read(each: str, is_made_of_tiddlers: bool) -> Iterator[Fields]:
        if is_made_of_tiddlers:
            yield from (made.fields for made in _in_file(each, files))
        else:
            yield from (made.fields for made in _as_it_is(each, files))

    for each, fields in spec.specified(path, files, read):
        content = None if "text" in fields else files[each]
        yield Tiddler(each, fields, content)


def _as_it_is(path: str, files: Files) -> Iterator[Tiddler]:
    """A file that is the content of one tiddler."""
    kind = mimetypes.guess_type(path)[0]
    title = basename(path) if f"{path}.meta" in files else splitext(basename(path))[0]
    given = {"title": title, **({"type": kind} if kind else {})}
    beside = _fields_beside(path, files)
    if path.lower().endswith((*_TEXT, ".tid", ".json")):
        yield Tiddler(path, {**given, "text": decoded(path, files[path]), **beside})
    else:
        yield Tiddler(path, {**given, **beside}, files[path])


def _fields_beside(path: str, files: Files) -> Fields:
    meta = f"{path}.meta"
    return header(decoded(meta, files[meta]).replace("\r\n", "\n").split("\n")) if meta in files else {}


def _in_file(path: str, files: Files) -> Iterator[Tiddler]:
    ending = splitext(path)[1].lower()
    if f"{path}.meta" in files:
        yield from _as_it_is(path, files)
    elif ending == ".tid":
        yield Tiddler(path, {"title": _title_of(path), **_tid(decoded(path, files[path]))})
    elif ending == ".multids":
        yield from (Tiddler(path, fields) for fields in _multids(decoded(path, files[path])))
    elif ending == ".json" and basename(path) not in _QUIET:
        text = decoded(path, files[path], most=MOST_STORE_BYTES)
        yield from (Tiddler(path, fields) for fields in json_tiddlers(path, text))
    elif ending in {".html", ".htm"}:
        text = decoded(path, files[path], most=MOST_STORE_BYTES)
        yield from (Tiddler(path, fields) for fields in html_tiddlers(path, text))
    elif ending in _MARKDOWN and dirname(path):
        page = document(path, files[path])
        yield Tiddler(path, {"title": page.title, "text": page.body, "type": "text/x-markdown"})
    elif ending in _PICTURES:
        yield Tiddler(path, {"title": path, "type": mimetypes.guess_type(path)[0] or ""}, files[path])


def _title_of(path: str) -> str:
    """TiddlyWeb's text form has no title; its file is named after it."""
    return unquote(splitext(basename(path))[0])


def _tid(text: str) -> Fields:
    """Split at the first blank line; a file without one may have its text among the headers.

    An empty line before the headers is passed over; before anything else it says that there are none.
    The text keeps its line ends but those of blank lines, as in TiddlyWiki.
    """
    text = text.removeprefix("\ufeff")
    rest = _EMPTY_FIRST_LINE.sub("", text)
    head, *body = _BLANK_LINE.split(rest, maxsplit=1)
    lines = head.replace("\r\n", "\n").split("\n")
    if rest != text and not all(_FIELD.fullmatch(line) for line in lines):
        lines, body = [], [rest]
    fields = header(lines)
    return {**fields, "text": _BLANK_LINE.sub("\n\n", body[0])} if body else fields


def _multids(text: str) -> Iterator[Fields]:
    shared, _blank, rest = text.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n\n")
    common = header(shared.split("\n"))
    prefix = common.pop("title", "")
    for title, value in header(rest.split("\n")).items():
        yield {**common, "title": prefix + title, "text": value}
