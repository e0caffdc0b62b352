"""Front matter that says a page's title and tags, and leaves every other line as it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from fieldcraft.engine.formats.document import BadSource, Document
from fieldcraft.engine.formats.markdown import LONGEST_TITLE, front_matter, heading, humanised, split
from fieldcraft.engine.formats.yaml_values import text_of, texts

_NOT_OF_MARKDOWN = frozenset({"wikitext", "type", "title", "tags", "modified"})
_GOES_ON = re.compile(r"[ \t]|-(?:[ \t]|\r?\n)")


@dataclass(frozen=True, slots=True)
class _Said:
    title: str
    tags: tuple[str, ...]
    body: str


def page_text(document: Document, path: str) -> str:
    """Front matter and body as a file at `path`; the source's own text where it says this title and these tags."""
    own = document.header + document.body
    if _says(_read(path, own), document):
        return own
    header = _edited(document) if document.header else _new(document)
    if not _says(_read(path, header + document.body), document):
        header = _whole(path, document)
    return header + document.body


def header_of(values: Mapping[str, Any]) -> str:
    """New front matter with these values in their order."""
    return f"---\n{_yaml(values)}---\n"


def _read(path: str, text: str) -> _Said | None:
    """What an import would read in it; None when it could not."""
    header, body = split(text)
    try:
        values = front_matter(path, header)
    except BadSource:
        return None
    if values is None:
        values, body = {}, text
    given = text_of(values["title"]) if values.get("title") is not None else ""
    title = " ".join((given or heading(body)).split()) or humanised(path)
    tags = dict.fromkeys(tag.removeprefix("#") for tag in texts(values.get("tags")) if tag != "#")
    return _Said(title[:LONGEST_TITLE].strip(), tuple(tags), body)


def _says(said: _Said | None, document: Document) -> bool:
    return said is not None and (said.title, said.tags, said.body) == (document.title, document.tags, document.body)


def _edited(document: Document) -> str:
    said = _read(document.path, document.header + document.body)
    header = document.header
    if said is None or said.title != document.title:
        header = _with(header, "title", document.title, at_top=True)
    if said is None or said.tags != document.tags:
        header = _with(header, "tags", list(document.tags), at_top=False)
    return header


def _with(header: str, key: str, value: object, *, at_top: bool) -> str:
    """The header with this key's lines replaced, or a line added at its top or end."""
    newline = "\r\n" if "\r\n" in header else "\n"
    lines = header.splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += newline
    named = re.compile(rf"[\"']?{key}[\"']?[ \t]*:(?:[ \t]|\r?\n)")
    start = next((at for at, line in enumerate(lines[1:-1], start=1) if named.match(line)), None)
    place = start if start is not None else 1 if at_top else len(lines) - 1
    end = place if start is None else _end_of(lines, place)
    line = _yaml({key: value}).replace("\n", newline)
    return "".join([*lines[:place], line, *lines[end:]])


def _end_of(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines) - 1 and _GOES_ON.match(lines[end]):
        end += 1
    return end


def _new(document: Document) -> str:
    return header_of({**_named(document), **_further(document)})


def _named(document: Document) -> dict[str, Any]:
    return {"title": document.title, **({"tags": list(document.tags)} if document.tags else {})}


def _further(document: Document) -> dict[str, str]:
    return {name: value for name, value in document.fields if name not in _NOT_OF_MARKDOWN}


def _whole(path: str, document: Document) -> str:
    """Where single lines cannot be replaced: all values written anew, in their order."""
    try:
        values = front_matter(path, document.header) if document.header else {}
    except BadSource:
        values = None
    if values is None:
        return _new(document)
    return header_of({**values, "title": document.title, "tags": list(document.tags)})


def _yaml(values: Mapping[str, Any]) -> str:
    """One value after the other, so that lists stand in one line and nothing else does."""
    return "".join(
        str(
            yaml.safe_dump(
                {name: value},
                allow_unicode=True,
                sort_keys=False,
                default_flow_style=None if isinstance(value, list) else False,
                width=1 << 16,
            )
        )
        for name, value in values.items()
    )
