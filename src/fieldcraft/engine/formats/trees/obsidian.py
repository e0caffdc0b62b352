"""Obsidian: notes link to one another by file name, the shortest that is clear."""

import re
from collections.abc import Iterable
from dataclasses import replace
from posixpath import splitext

from fieldcraft.engine.formats.document import Document, Files
from fieldcraft.engine.formats.losses import without_code

_LINK = re.compile(r"\[\[([^\[\]|#\n]{1,300})")


def is_vault(files: Files, documents: Iterable[Document]) -> bool:
    """Whether it is a vault, or notes that link as in one."""
    if any(path.startswith(".obsidian/") for path in files):
        return True
    names = {_name(each.path).casefold() for each in documents}
    return any(
        _name(target.strip()).casefold() in names
        for each in documents
        if "[[" in each.body
        for target in _LINK.findall(without_code(each.body))
    )


def with_names(files: Files, documents: list[Document]) -> list[Document]:
    """File names as titles in a vault, and as other names elsewhere; paths tell notes of one name apart."""
    is_own = any(path.startswith(".obsidian/") for path in files)
    nearest: dict[str, str] = {}
    for each in sorted(documents, key=lambda each: (each.path.count("/"), each.path)):
        nearest.setdefault(_name(each.path).casefold(), each.path)
    return [_named(each, nearest, is_own=is_own) for each in documents]


def _named(page: Document, nearest: dict[str, str], *, is_own: bool) -> Document:
    name = _name(page.path)
    title = name[:255] if is_own and "title:" not in page.header else page.title
    names = [splitext(page.path)[0]] if "/" in page.path else []
    if nearest[name.casefold()] == page.path and name.casefold() != title.casefold():
        names.append(name)
    return replace(page, title=title, aliases=tuple(dict.fromkeys((*page.aliases, *names))))


def _name(path: str) -> str:
    name = path.rpartition("/")[2]
    return splitext(name)[0] if name.lower().endswith((".md", ".markdown")) else name
