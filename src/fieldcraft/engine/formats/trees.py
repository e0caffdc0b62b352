"""A tree of Markdown files: MkDocs, Docusaurus, Obsidian, Jekyll, or plain folders."""

import json
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fieldcraft.engine.formats.document import (
    Attachment,
    ContentsBy,
    Document,
    Files,
    Library,
    Skipped,
    SkipReason,
)
from fieldcraft.engine.formats.markdown import document, humanised, load_yaml
from fieldcraft.engine.formats.text import decoded

PAGE_ENDINGS = (".md", ".markdown", ".mdx")
FILE_ENDINGS = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".svg",
        ".pdf",
        ".docx",
        ".xlsx",
        ".pptx",
        ".odt",
        ".ods",
        ".txt",
        ".csv",
        ".mp3",
        ".mp4",
    ]
)
_SUMMARY_HEADING = re.compile(r"#{2,6}\s+(.+?)\s*$")
_SUMMARY_ITEM = re.compile(r"(\s*)[*+-]\s+\[([^\]]+)\]\(<?([^)>]+)>?\)")
_NUMBER = re.compile(r"^(\d+)[-_. ]")
_UNPLACED = 1 << 20


def read(files: Files) -> Library:
    """Every Markdown page of the tree in the order of its contents. Raises BadSource."""
    shown = {path: content for path, content in files.items() if not _is_hidden(path)}
    documents = [document(path, shown[path]) for path in sorted(shown) if _is_page(path)]
    site = _mkdocs(shown)
    nav = list(_nav(site["nav"], _docs_folder(site))) if isinstance(site.get("nav"), list) else list(_summary(shown))
    placed = _by_nav(documents, nav) if nav else _by_folders(documents, shown)
    return Library(
        documents=tuple(_told_apart(placed)),
        attachments=tuple(_attachment(path, content) for path, content in shown.items() if _is_file(path)),
        skipped=tuple(Skipped(path, SkipReason.UNKNOWN) for path in sorted(shown) if not _is_known(path)),
        title=str(site.get("site_name") or _jekyll_title(shown) or ""),
        contents_by=ContentsBy.ORDER if nav else ContentsBy.FOLDERS,
    )


def _is_page(path: str) -> bool:
    return path.lower().endswith(PAGE_ENDINGS) and path.rpartition("/")[2] != "SUMMARY.md"


def _is_hidden(path: str) -> bool:
    return any((part.startswith(".") and part != ".gitbook") or part == "node_modules" for part in path.split("/"))


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def _is_file(path: str) -> bool:
    return _ending(path) in FILE_ENDINGS


def _is_known(path: str) -> bool:
    settings = {"mkdocs.yml", "mkdocs.yaml", "_config.yml", "_category_.json", "_category_.yml", "_category_.yaml"}
    return path.lower().endswith(PAGE_ENDINGS) or _is_file(path) or path.rpartition("/")[2] in settings


def _attachment(path: str, content: bytes) -> Attachment:
    return Attachment(path, content, mimetypes.guess_type(path)[0] or "application/octet-stream")


def _settings_file(files: Files, *names: str) -> dict[str, Any]:
    for name in names:
        if name in files:
            loaded = load_yaml(name, decoded(name, files[name]))
            return loaded if isinstance(loaded, dict) else {}
    return {}


def _mkdocs(files: Files) -> dict[str, Any]:
    return _settings_file(files, "mkdocs.yml", "mkdocs.yaml")


def _docs_folder(site: dict[str, Any]) -> str:
    return str(site.get("docs_dir") or "docs").strip("/")


def _jekyll_title(files: Files) -> str:
    return str(_settings_file(files, "_config.yml").get("title") or "")


def _nav(entries: list[Any], folder: str, section: tuple[str, ...] = ()) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(path, title or "", section) of each page of a MkDocs `nav`, in order."""
    for entry in entries:
        if isinstance(entry, str):
            yield f"{folder}/{entry}", "", section
        elif isinstance(entry, dict):
            for title, below in entry.items():
                if isinstance(below, list):
                    yield from _nav(below, folder, (*section, str(title)))
                elif isinstance(below, str):
                    yield f"{folder}/{below}", str(title), section


def _summary(files: Files) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The same of a GitBook's `SUMMARY.md`: headings are sections, an item with items below it as well."""
    path = next((each for each in sorted(files) if each.rpartition("/")[2] == "SUMMARY.md"), "")
    heading, above = "", list[tuple[int, str]]()
    for line in decoded(path, files[path]).splitlines() if path else ():
        if found := _SUMMARY_HEADING.match(line):
            heading, above = found[1], []
        elif found := _SUMMARY_ITEM.match(line):
            depth = len(found[1].expandtabs(4))
            above = [each for each in above if each[0] < depth]
            section = tuple(part for part in (heading, *(title for _depth, title in above)) if part)
            yield "/".join(filter(None, (path.rpartition("/")[0], found[3].partition("#")[0]))), found[2], section
            above.append((depth, found[2]))


def _by_nav(documents: list[Document], nav: list[tuple[str, str, tuple[str, ...]]]) -> list[Document]:
    """In the order of the nav, with its titles for pages that name none themselves; the rest follow."""
    place = {path: (index, title, section) for index, (path, title, section) in enumerate(nav)}
    found = []
    for each in documents:
        index, title, section = place.get(each.path, (_UNPLACED, "", ()))
        named = title if title and "title:" not in each.header else each.title
        found.append(replace(each, section=section, position=index, title=named))
    return sorted(found, key=lambda each: (each.position, each.path))


def _by_folders(documents: list[Document], files: Files) -> list[Document]:
    """Folders as headings; number prefixes, `sidebar_position` and index pages give the order."""
    top = _common_top(documents)
    categories = {path.rpartition("/")[0]: _category(path, files) for path in files if "/_category_." in f"/{path}"}
    placed = []
    for each in documents:
        folders = each.path.split("/")[:-1][len(top) :]
        paths = ["/".join([*top, *folders[: depth + 1]]) for depth in range(len(folders))]
        section = tuple(str(categories.get(path, {}).get("label") or humanised(path)) for path in paths)
        key = [_rank(path, categories.get(path, {}).get("position")) for path in paths]
        placed.append((*_sorting(key, each), replace(each, section=section)))
    placed.sort(key=lambda row: row[:-1])
    return [replace(row[-1], position=index) for index, row in enumerate(placed)]


def _common_top(documents: list[Document]) -> list[str]:
    folders = [each.path.split("/")[:-1] for each in documents]
    top = folders[0] if folders else []
    for each in folders:
        while top != each[: len(top)]:
            top = top[:-1]
    return top


def _category(path: str, files: Files) -> dict[str, Any]:
    text = decoded(path, files[path])
    try:
        loaded = json.loads(text) if path.endswith(".json") else load_yaml(path, text)
    except (json.JSONDecodeError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _rank(path: str, position: Any) -> tuple[float, str]:
    name = path.rpartition("/")[2]
    number = _NUMBER.match(name)
    known = float(position) if isinstance(position, int | float) else float(number[1]) if number else _UNPLACED
    return known, name.lower()


def _sorting(folders: list[tuple[float, str]], page: Document) -> tuple[Any, ...]:
    """Pages of a folder come before its subfolders; its index page first of all."""
    name = page.path.rpartition("/")[2]
    given = dict(page.fields).get("sidebar_position", "")
    position = float(given) if re.fullmatch(r"\d{1,6}(\.\d+)?", given) else None
    is_index = name.lower().rpartition(".")[0] in {"index", "readme"}
    own = (-1.0, "") if is_index else _rank(page.path, position)
    return tuple([(1, *rank) for rank in folders]), (0, *own), page.path


def _told_apart(documents: list[Document]) -> Iterator[Document]:
    """Two pages of one title are told apart by the folder they lie in; paths tell the program."""
    seen: set[str] = set()
    for each in documents:
        title, folders = each.title, each.path.split("/")[:-1]
        while title.casefold() in seen and folders:
            title = f"{each.title} ({humanised(folders.pop()).lower()})"
        number = 2
        while title.casefold() in seen:
            title, number = f"{each.title} ({number})", number + 1
        seen.add(title.casefold())
        yield replace(each, title=title)
