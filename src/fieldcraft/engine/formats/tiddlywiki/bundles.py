"""Tiddlers in JSON: what TiddlyWiki and TiddlyWeb export, and bundles of tiddlers inside a tiddler."""

import json
import re
from collections.abc import Iterator
from typing import Any

from fieldcraft.engine.formats.document import BadSource, Fault
from fieldcraft.engine.formats.tiddlywiki.fields import Fields, listed

CLASSIC = "text/x-tiddlywiki"
_HALF_SIGNS = re.compile("[\ud800-\udfff]")


def json_tiddlers(path: str, text: str) -> Iterator[Fields]:
    """Every tiddler of a list, of one object, or of an object by titles. Raises BadSource."""
    try:
        loaded = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, path, str(getattr(problem, "lineno", ""))) from None
    for entry in _entries(loaded):
        yield _fields(path, entry)


def bundled(fields: Fields) -> Iterator[Fields]:
    """The tiddlers inside a bundle (a tiddler with a `plugin-type`). Raises BadSource."""
    yield from json_tiddlers(fields.get("title", ""), fields.get("text", "") or "[]")


def _entries(loaded: Any) -> Iterator[dict[str, Any]]:
    if isinstance(loaded, dict) and isinstance(loaded.get("tiddlers"), dict | list):
        loaded = loaded["tiddlers"]
    if isinstance(loaded, dict) and not isinstance(loaded.get("title"), str):
        loaded = [
            {"title": title, **fields}
            for title, fields in loaded.items()
            if isinstance(fields, dict) and ("text" in fields or "title" in fields)
        ]
    for entry in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(entry, dict) and isinstance(entry.get("title"), str):
            yield entry


def _fields(path: str, entry: dict[str, Any]) -> Fields:
    """Values that are not text are dropped, but for TiddlyWeb's list of tags and its nested fields."""
    nested = entry.get("fields")
    fields = {**nested, **entry} if isinstance(nested, dict) else dict(entry)
    for name in ("tags", "list"):
        if isinstance(fields.get(name), list):
            fields[name] = listed(fields[name])
    kept = {_whole(path, name): _whole(path, value) for name, value in fields.items() if isinstance(value, str)}
    if "bag" in kept and kept.get("type", "None") in {"", "None"}:
        kept["type"] = CLASSIC
    return kept


def _whole(path: str, text: str) -> str:
    """JSON can spell out signs that no text holds."""
    if "\0" in text:
        raise BadSource(Fault.NUL_BYTE, path)
    return text if text.isascii() else _HALF_SIGNS.sub("\ufffd", text)
