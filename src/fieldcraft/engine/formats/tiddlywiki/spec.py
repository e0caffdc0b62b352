"""`tiddlywiki.files`: which files of a folder are tiddlers, and which fields they get."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import basename, dirname, join, normpath, splitext
from typing import Any
from urllib.parse import unquote

from fieldcraft.engine.formats.document import BadSource, Fault, Files
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.tiddlywiki.fields import Fields, listed

NAME = "tiddlywiki.files"
Reader = Callable[[str, bool], Iterator[Fields]]
"""(path, whether the file is made of tiddlers) → the fields of each tiddler; `text` is missing for a picture."""
_MANY = re.compile(r"\)[*+{]|[*+}][*+{]")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")


def specifications(files: Files) -> list[str]:
    """The files that say what belongs to the wiki."""
    return sorted(path for path in files if basename(path) == NAME)


def specified(path: str, files: Files, read: Reader) -> Iterator[tuple[str, Fields]]:
    """(file, fields) of every tiddler that the specification names. Raises BadSource."""
    try:
        spec = json.loads(decoded(path, files[path]))
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, path, str(getattr(problem, "lineno", ""))) from None
    if not isinstance(spec, dict):
        raise BadSource(Fault.BROKEN_JSON, path, "1")
    folder = dirname(path)
    for entry in _dicts(spec.get("tiddlers")):
        yield from _one(entry, folder, files, read)
    for entry in spec["directories"] if isinstance(spec.get("directories"), list) else ():
        yield from _directory({"path": entry, "isTiddlerFile": True, "searchSubdirectories": True} if isinstance(entry, str) else entry, folder, files, read)  # fmt: skip


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    yield from (entry for entry in value if isinstance(entry, dict)) if isinstance(value, list) else ()


def _inside(folder: str, path: Any) -> str | None:
    """A path of the specification inside the source; None for one that leads out of it."""
    if not isinstance(path, str) or path.startswith("/"):
        return None
    found = normpath(join(folder, path))
    return None if found.startswith("..") else "" if found == "." else found


def _one(entry: Mapping[str, Any], folder: str, files: Files, read: Reader) -> Iterator[tuple[str, Fields]]:
    path = _inside(folder, entry.get("file"))
    if path is not None and path in files:
        wanted = _wanted(entry)
        around = {key: entry[key] for key in ("prefix", "suffix") if isinstance(entry.get(key), str)}
        for fields in read(path, bool(entry.get("isTiddlerFile"))):
            yield path, _with(fields, {**wanted, **({"text": around} if around else {})}, path, folder)


def _directory(entry: Any, folder: str, files: Files, read: Reader) -> Iterator[tuple[str, Fields]]:
    root = _inside(folder, entry.get("path")) if isinstance(entry, dict) else None
    if root is None:
        return
    fits = _pattern(entry.get("filesRegExp"))
    for path in sorted(files):
        lies_in = path.startswith(f"{root}/") if root else True
        is_near = entry.get("searchSubdirectories") or dirname(path) == root
        name = basename(path)
        if lies_in and is_near and name != NAME and not name.endswith(".meta") and fits(name):
            for fields in read(path, bool(entry.get("isTiddlerFile"))):
                yield path, _with(fields, _wanted(entry), path, root)


def _wanted(entry: Mapping[str, Any]) -> dict[str, Any]:
    fields = entry.get("fields")
    return fields if isinstance(fields, dict) else {}


def _pattern(source: Any) -> Callable[[str], object]:
    """Only patterns that cannot take long are followed; any other means every file."""
    is_plain = isinstance(source, str) and len(source) <= 200 and not _MANY.search(source)
    if not is_plain or len(_UNBOUNDED.findall(source)) > 3:
        return lambda name: True
    try:
        return re.compile(source).search
    except (re.error, RecursionError, OverflowError):
        return lambda name: True


def _with(fields: Fields, wanted: Mapping[str, Any], path: str, root: str) -> Fields:
    """The tiddler's fields with those of the specification over them."""
    made = dict(fields)
    for name, value in wanted.items():
        if isinstance(value, str):
            made[name] = value
        elif isinstance(value, list):
            made[name] = listed(value)
        elif isinstance(value, dict) and (given := _from_file(value, made.get(name), path, root)) is not None:
            made[name] = given
    return made


def _from_file(value: Mapping[str, Any], own: str | None, path: str, root: str) -> str | None:
    """A value made from where the file lies; moments are not known, since files come without them."""
    inside = path.removeprefix(f"{root}/") if root else path
    name = basename(path)
    bare, ending = splitext(name)
    sources = {
        "subdirectories": listed([*dirname(inside).split("/")]) if dirname(inside) else "",
        "filepath": inside,
        "filename": name,
        "filename-uri-decoded": unquote(name),
        "basename": bare,
        "basename-uri-decoded": unquote(bare),
        "extname": ending,
    }
    found = sources.get(str(value.get("source")), own)
    prefix, suffix = (str(value.get(key) or "") for key in ("prefix", "suffix"))
    return f"{prefix}{found}{suffix}" if found is not None else prefix + suffix or None
