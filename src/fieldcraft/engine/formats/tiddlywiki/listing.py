"""`tiddlywiki.files`: a list of plain files that are tiddlers, with the fields that the list gives them."""

import json
import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from fieldcraft.engine.formats.document import BadSource, Fault, Files
from fieldcraft.engine.formats.text import decoded

NAME = "tiddlywiki.files"
_TYPES = {"md": "text/x-markdown", "txt": "text/plain", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
          "gif": "image/gif", "svg": "image/svg+xml", "pdf": "application/pdf"}  # fmt: skip
Listed = tuple[str, dict[str, Any]]


def listed_files(files: Files) -> Iterator[Listed]:
    """(path, entry) of every file that a list names and that is there; the entry says how to read it."""
    for path in sorted(files):
        if path.rpartition("/")[2] == NAME:
            folder, listing = dirname(path), _load(path, files[path])
            yield from _named_one_by_one(files, folder, listing.get("tiddlers"))
            yield from _in_folders(files, folder, listing.get("directories"))


def _load(path: str, content: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(decoded(path, content))
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, path, str(getattr(problem, "lineno", ""))) from None
    return loaded if isinstance(loaded, dict) else {}


def _named_one_by_one(files: Files, folder: str, entries: object) -> Iterator[Listed]:
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and (path := _inside(folder, entry.get("file"))) in files:
            yield path, entry


def _in_folders(files: Files, folder: str, entries: object) -> Iterator[Listed]:
    for given in entries if isinstance(entries, list) else []:
        entry = {"path": given, "isTiddlerFile": True} if isinstance(given, str) else given
        if isinstance(entry, dict) and (place := _inside(folder, entry.get("path"))):
            yield from ((path, entry) for path in sorted(files) if _is_meant(path, place, entry))


def _is_meant(path: str, place: str, entry: dict[str, Any]) -> bool:
    inner = path.removeprefix(f"{place}/")
    if inner == path or ("/" in inner and not entry.get("searchSubdirectories")):
        return False
    try:
        return re.search(str(entry.get("filesRegExp") or "^.*$"), inner.rpartition("/")[2]) is not None
    except re.error:
        return False


def _inside(folder: str, to: object) -> str:
    """The path inside the source; "" for one that leads out of it."""
    path = normpath(join(folder, str(to))) if isinstance(to, str) and to else ""
    return "" if path.startswith(("..", "/")) else path


def fields_of(path: str, entry: dict[str, Any]) -> dict[str, str]:
    """The fields that the list gives: plain values, or made from the file's name."""
    given = entry.get("fields")
    named = {str(name): _value(path, value) for name, value in given.items()} if isinstance(given, dict) else {}
    bare, ending = path.rpartition("/")[2].rpartition(".")[0], path.rpartition(".")[2].lower()
    return {"title": bare or path, "type": _TYPES.get(ending, ""), **named}


def _value(path: str, value: object) -> str:
    if isinstance(value, list):
        return " ".join(f"[[{each}]]" if " " in str(each) else str(each) for each in value)
    if not isinstance(value, dict):
        return str(value)
    return f"{value.get('prefix', '')}{_from_name(path, str(value.get('source', '')))}{value.get('suffix', '')}"


def _from_name(path: str, source: str) -> str:
    folder, _slash, name = path.rpartition("/")
    bare, dot, ending = name.rpartition(".")
    match source.removesuffix("-uri-decoded"):
        case "filename":
            found = name
        case "basename":
            found = bare or name
        case "extname":
            found = dot + ending
        case "filepath":
            found = path
        case "subdirectories":
            found = " ".join(f"[[{part}]]" if " " in part else part for part in folder.split("/") if part)
        case _:
            found = ""  # dates of files: an archive does not keep them truly
    return unquote(found) if source.endswith("-uri-decoded") else found


def text_of(entry: dict[str, Any], text: str) -> str:
    """A plain file's text between the list's prefix and suffix."""
    return f"{entry.get('prefix') or ''}{text}{entry.get('suffix') or ''}"
