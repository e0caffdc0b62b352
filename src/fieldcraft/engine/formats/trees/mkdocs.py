"""MkDocs: `mkdocs.yml` names the folder, the order and the titles."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import join, normpath
from typing import Any

from fieldcraft.engine.formats.document import Document, Files
from fieldcraft.engine.formats.trees.files import is_page, settings

Place = tuple[str, str, tuple[str, ...]]
"""(path, title or "", headings above it)."""
UNPLACED = 1 << 20
_DEEPEST = 20


def site(files: Files) -> Mapping[str, Any]:
    """The settings, empty when this is no MkDocs tree. Raises BadSource."""
    return settings(files, "mkdocs.yml", "mkdocs.yaml")


def docs_folder(found: Mapping[str, Any], files: Files) -> str:
    """The folder the pages lie in, "" when it holds none."""
    folder = normpath(str(found.get("docs_dir") or "docs")).strip("/")
    return folder if any(path.startswith(f"{folder}/") and is_page(path) for path in files) else ""


def nav(found: Mapping[str, Any], folder: str) -> list[Place]:
    """The pages of the `nav` in its order."""
    entries = found.get("nav")
    return list(_places(entries, folder, ())) if isinstance(entries, list) else []


def _places(entries: list[Any], folder: str, section: tuple[str, ...]) -> Iterator[Place]:
    for entry in entries:
        named = entry.items() if isinstance(entry, dict) else [("", entry)]
        for title, below in named:
            if isinstance(below, list) and len(section) < _DEEPEST:
                yield from _places(below, folder, (*section, str(title)) if title else section)
            elif isinstance(below, str) and "://" not in below:
                yield normpath(join(folder, below.partition("#")[0])), str(title or ""), section


def by_places(documents: list[Document], places: list[Place]) -> list[Document]:
    """In this order, under these headings; a title is taken for pages that have none in their front matter."""
    place: dict[str, tuple[int, str, tuple[str, ...]]] = {}
    for index, (path, title, section) in enumerate(places):
        place.setdefault(path, (index, title, section))
    found = []
    for each in documents:
        index, title, section = place.get(each.path, (UNPLACED, "", ()))
        named = " ".join(title.split())[:255] if title and "title:" not in each.header else each.title
        found.append(replace(each, section=section, position=index, title=named))
    return sorted(found, key=lambda each: (each.position, each.path))


def with_redirects(documents: list[Document], found: Mapping[str, Any], folder: str) -> list[Document]:
    """Addresses that pages had, which the redirects plugin keeps."""
    plugins = found.get("plugins")
    given: dict[str, list[str]] = {}
    for entry in plugins if isinstance(plugins, list) else []:
        options = entry.get("redirects") if isinstance(entry, dict) else None
        maps = options.get("redirect_maps") if isinstance(options, dict) else None
        for old, new in (maps if isinstance(maps, dict) else {}).items():
            path = normpath(join(folder, str(new).partition("#")[0]))
            given.setdefault(path, []).append(normpath(join(folder, str(old))))
    return [replace(each, aliases=(*each.aliases, *given.get(each.path, ()))) for each in documents]
