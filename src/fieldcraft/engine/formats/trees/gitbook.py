"""GitBook and mdBook: `SUMMARY.md` is the contents."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from fieldcraft.engine.formats.document import Document, Files
from fieldcraft.engine.formats.losses import without_fences
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.trees.files import settings
from fieldcraft.engine.formats.trees.mkdocs import Place

_HEADING = re.compile(r"#{1,6}[ \t]+(\S[^\n]*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(\S[^\n]*)")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\]){0,500}+)\]\(\s*(?:<([^<>]*)>|([^\s()]*(?:\([^()]*\)[^\s()]*)*))")
_PLAIN_LINK = re.compile(r"\[[^\]\n]+\]\([^)\n]*\)")


def summary_of(files: Files) -> str | None:
    """The file with the contents, when there is one that links to pages."""
    given = _structure(files).get("summary")
    root = _root(files)
    named = normpath(join(root, str(given))) if given else ""
    found = sorted(
        (path for path in files if path.rpartition("/")[2] == "SUMMARY.md"), key=lambda path: path.count("/")
    )
    for path in [named, *found]:
        if path in files and any(place[0] in files for place in places(path, files)):
            return path
    return None


def places(path: str, files: Files) -> list[Place]:
    """The pages of the contents in their order; a page with pages below it is the first under its own heading."""
    rows = list(_rows(without_fences(decoded(path, files[path])).split("\n")))
    found: list[Place] = []
    group: tuple[str, ...] = ()
    above: list[tuple[int, str]] = []
    for number, (depth, title, target) in enumerate(rows):
        if depth < 0:
            group, above = (() if number == 0 and not target else (title,)), []
            continue
        above = [each for each in above if each[0] < depth]
        section = (*group, *(name for _depth, name in above))
        has_below = number + 1 < len(rows) and rows[number + 1][0] > depth
        above.append((depth, title))
        if target and "://" not in target:
            page = normpath(join(dirname(path), unquote(target.partition("#")[0])))
            found.append((page, title, (*section, title) if has_below else section))
    return found


def _rows(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """(indent or -1 for a heading, words, address or "")."""
    for line in lines:
        if found := _HEADING.match(line):
            yield -1, _words(found[1].rstrip(" #\r")), ""
        elif found := _ITEM.match(line):
            link = _LINK.match(found[2])
            title = link[1] if link else found[2]
            yield len(found[1].expandtabs(4)), _words(title), (link[2] or link[3] or "") if link else ""
        elif found := _PLAIN_LINK.match(line.strip()):
            link = _LINK.match(line.strip())
            if link:
                yield 0, _words(link[1]), link[2] or link[3] or ""


def _words(text: str) -> str:
    text = re.sub(r"<[^<>]{1,200}>", "", text)
    return " ".join(re.sub(r"\\(.)|[*_`]{1,2}(?=\w)|(?<=\w)[*_`]{1,2}(?!\w)", r"\1", text).split())[:255]


def _settings(files: Files) -> Mapping[str, Any]:
    if found := settings(files, ".gitbook.yaml"):
        return found
    try:
        loaded = json.loads(decoded("book.json", files.get("book.json", b"{}")))
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _structure(files: Files) -> Mapping[str, Any]:
    found = _settings(files).get("structure")
    return found if isinstance(found, dict) else {}


def _root(files: Files) -> str:
    return normpath(str(_settings(files).get("root") or ".")).strip("/")


def with_redirects(documents: list[Document], files: Files) -> list[Document]:
    """Addresses that pages had."""
    maps = _settings(files).get("redirects")
    given: dict[str, list[str]] = {}
    for old, new in (maps if isinstance(maps, dict) else {}).items():
        given.setdefault(normpath(join(_root(files), str(new))), []).append(str(old).strip("/"))
    return [replace(each, aliases=(*each.aliases, *given.get(each.path, ()))) for each in documents]
