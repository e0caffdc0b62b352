"""Files → tiddlers: named text values, exactly as the file gives them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from fieldcraft.engine.formats.document import BadSource, Fault, Files
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.tiddlywiki.listing import fields_of, listed_files, text_of

MOST_STORE_BYTES = 200_000_000
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tiddler:
    """One tiddler: the file it came from, its fields; `content` holds the bytes of a picture or file."""

    file: str
    fields: Fields
    content: bytes | None = None


def tiddlers_of(files: Files) -> Iterator[Tiddler]:
    """Every tiddler in the files, in the order of their paths; those that a list names as the list says."""
    listed = dict(listed_files(files))
    for path in sorted(files):
        if path not in listed:
            yield from _in_file(path, files)
    for path, entry in listed.items():
        yield from _as_listed(path, entry, files)


def _in_file(path: str, files: Files) -> Iterator[Tiddler]:
    match path.rpartition(".")[2].lower():
        case "tid":
            yield Tiddler(path, _tid(decoded(path, files[path])))
        case "multids":
            yield from _multids(path, decoded(path, files[path]))
        case "json" if not path.endswith(("package.json", "plugin.info")):
            yield from _json(path, decoded(path, files[path], most=MOST_STORE_BYTES))
        case "html" | "htm":
            yield from _html(path, decoded(path, files[path], most=MOST_STORE_BYTES))
        case "meta":
            yield from _meta(path, files)


def _as_listed(path: str, entry: dict[str, Any], files: Files) -> Iterator[Tiddler]:
    """A file of tiddlers with the list's fields over them, or a plain file that is one tiddler."""
    fields = fields_of(path, entry)
    if entry.get("isTiddlerFile"):
        given = {name: value for name, value in fields.items() if name in (entry.get("fields") or {})}
        for each in _in_file(path, files):
            yield Tiddler(path, {**each.fields, **given}, each.content)
    elif fields["type"].startswith(("image/", "application/")):
        yield Tiddler(path, fields, files[path])
    else:
        yield Tiddler(path, {**fields, "text": text_of(entry, decoded(path, files[path]))})


def _header(lines: list[str]) -> Fields:
    fields: Fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and not line.startswith("#"):
            fields[name.strip()] = value.strip()
    return fields


def _tid(text: str) -> Fields:
    """Split at the first blank line; a file without one may have its text among the headers."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    header, blank, body = ("", "\n\n", text[1:]) if text.startswith("\n") else text.partition("\n\n")
    fields = _header(header.split("\n"))
    return {**fields, "text": body} if blank else fields


def _multids(path: str, text: str) -> Iterator[Tiddler]:
    shared, _blank, rest = text.replace("\r\n", "\n").partition("\n\n")
    common = _header(shared.split("\n"))
    prefix = common.pop("title", "")
    for title, value in _header([line for line in rest.split("\n") if line.strip()]).items():
        yield Tiddler(path, {**common, "title": prefix + title, "text": value})


def _meta(path: str, files: Files) -> Iterator[Tiddler]:
    """`NAME.EXT.meta` beside `NAME.EXT`: the one has the fields, the other is the content."""
    beside = path.removesuffix(".meta")
    if beside in files and not beside.endswith((".tid", ".json", ".html")):
        fields = _header(decoded(path, files[path]).replace("\r\n", "\n").split("\n"))
        yield Tiddler(path, {"title": beside.rpartition("/")[2], **fields}, files[beside])


def _json(path: str, text: str) -> Iterator[Tiddler]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, path, str(getattr(problem, "lineno", ""))) from None
    for entry in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(entry, dict) and isinstance(entry.get("title"), str):
            yield Tiddler(path, _json_fields(entry))


def _json_fields(entry: dict[str, object]) -> Fields:
    """Values that are not text are dropped, but for TiddlyWeb's list of tags and its nested fields."""
    nested = entry.get("fields")
    fields = {**nested, **entry} if isinstance(nested, dict) else dict(entry)
    tags = fields.get("tags")
    if isinstance(tags, list):
        fields["tags"] = " ".join(f"[[{tag}]]" if " " in str(tag) else str(tag) for tag in tags)
    return {str(name): value for name, value in fields.items() if isinstance(value, str)}


def _html(path: str, text: str) -> Iterator[Tiddler]:
    if 'id="encryptedStoreArea"' in text and re.search(r'id="encryptedStoreArea"[^>]*>\s*[^\s<]', text):
        raise BadSource(Fault.ENCRYPTED, path)
    store = _Store(path)
    store.feed(text)
    if store.depth or store.in_json:
        raise BadSource(Fault.TRUNCATED, path)
    yield from store.found


class _Store(HTMLParser):
    """Collects tiddlers from `<div id="storeArea">` and from JSON stores of one file."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=False)
        self.path, self.found = path, list[Tiddler]()
        self.depth, self.in_json = 0, False
        self.fields: Fields | None = None
        self.has_pre = False
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "script" and "tiddlywiki-tiddler-store" in given.get("class", ""):
            self.in_json, self.pieces = True, []
        elif tag == "div" and (self.depth or given.get("id") == "storeArea"):
            self.depth += 1
            if self.depth == 2:
                self.fields, self.pieces, self.has_pre = self._named(given), [], False
        elif tag == "pre" and self.depth == 2:
            self.has_pre, self.pieces = True, []

    @staticmethod
    def _named(given: Fields) -> Fields:
        return {"title" if name == "tiddler" else name: value for name, value in given.items() if name != "style"}

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.in_json:
            self.in_json = False
            self.found += _json(self.path, "".join(self.pieces))
        elif tag == "div" and self.depth:
            if self.depth == 2 and self.fields and "title" in self.fields:
                self.found.append(Tiddler(self.path, {**self.fields, "text": self._text()}))
            self.depth -= 1

    def _text(self) -> str:
        """Very old files have no `<pre>` and write line breaks as `\\n`."""
        text = unescape("".join(self.pieces))
        if self.has_pre:
            return text
        escapes = {"\\n": "\n", "\\s": "\\", "\\\\": "\\", "\\b": " "}
        return re.sub(r"\\[ns\\b]", lambda found: escapes[found[0]], text)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")
