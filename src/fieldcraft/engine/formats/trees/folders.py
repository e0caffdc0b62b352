"""A tree without contents of its own: folders are headings, names and numbers give the order."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from posixpath import dirname
from typing import Any

from fieldcraft.engine.formats.document import Document, Files
from fieldcraft.engine.formats.markdown import humanised
from fieldcraft.engine.formats.paths import common_folders
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.yaml_values import load_yaml, text_of

_NUMBER = re.compile(r"^(\d{1,9})[-_. ]+(?=[^\d\s])")
_UNPLACED = 1 << 20


def by_folders(documents: list[Document], files: Files) -> list[Document]:
    """Folders as headings; number prefixes, `sidebar_position` and index pages give the order."""
    top = common_folders(each.path for each in documents)
    categories = {dirname(path): _category(path, files) for path in files if "/_category_." in f"/{path}"}
    placed = []
    for each in documents:
        folders = each.path.split("/")[:-1][len(top) :]
        paths = ["/".join([*top, *folders[: depth + 1]]) for depth in range(len(folders))]
        section = tuple(text_of(categories.get(path, {}).get("label") or humanised(path)) for path in paths)
        ranks = [(1, *_rank(path, categories.get(path, {}).get("position"))) for path in paths]
        placed.append(((tuple(ranks), (0, *_page_rank(each)), each.path), replace(each, section=section)))
    placed.sort(key=lambda row: row[0])
    return [replace(page, position=index) for index, (_key, page) in enumerate(placed)]


def _category(path: str, files: Files) -> Mapping[str, Any]:
    text = decoded(path, files[path])
    try:
        loaded = json.loads(text) if path.endswith(".json") else load_yaml(path, text)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _rank(path: str, position: Any) -> tuple[float, str]:
    """Pages of a folder come before its subfolders; what is numbered comes before what is not."""
    name = path.rpartition("/")[2]
    number = _NUMBER.match(name)
    is_given = isinstance(position, int | float) and abs(position) < _UNPLACED
    known = float(position) if is_given else float(number[1]) if number else _UNPLACED
    return known, name.lower()


def _page_rank(page: Document) -> tuple[float, str]:
    """A folder's index page, or one named like the folder, is its first."""
    folder, _slash, name = page.path.rpartition("/")
    bare = name.lower().rpartition(".")[0]
    if bare in {"index", "readme"} or (folder and bare == folder.rpartition("/")[2].lower()):
        return -_UNPLACED, ""
    given = dict(page.fields).get("sidebar_position", "")
    return _rank(page.path, float(given) if re.fullmatch(r"-?\d{1,6}(\.\d+)?", given) else None)
