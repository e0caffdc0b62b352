"""A tree of Markdown files: bodies byte for byte, pages at the paths they came from, local notes in a folder."""

from collections import Counter

from fieldcraft.engine.formats.export.front_matter import header_of, page_text
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage
from fieldcraft.engine.formats.export.places import Places, safe_path
from fieldcraft.engine.formats.trees.files import is_page
from fieldcraft.engine.words import slug_of

NOTES = "notes"


def markdown_files(outgoing: Outgoing) -> dict[str, bytes]:
    """Every page, attachment and note by its path; what came from a path gets it before others ask for it."""
    places = Places()
    with_path = [page for page in outgoing.pages if _has_path(page)]
    others = [page for page in outgoing.pages if not _has_path(page)]
    paths = {page.name: places.take(page.document.path) for page in with_path}
    files = {places.take(each.path): each.content for each in outgoing.attachments}
    paths |= {page.name: places.take(_path_of(page)) for page in others}
    pages = {paths[page.name]: _text(page, paths[page.name]).encode() for page in outgoing.pages}
    return {**pages, **files, **_notes(outgoing, paths, places)}


def _has_path(page: OutgoingPage) -> bool:
    return is_page(page.document.path)


def _text(page: OutgoingPage, path: str) -> str:
    if page.is_named_as_it_came and _has_path(page):
        return page.document.header + page.document.body
    return page_text(page.document, path)


def _path_of(page: OutgoingPage) -> str:
    folders = [slug_of(heading) for heading in page.document.section or ()]
    return "/".join([*folders, f"{page.name.replace('~', '-')}.md"])


def _notes(outgoing: Outgoing, paths: dict[str, str], places: Places) -> dict[str, bytes]:
    seen: Counter[str] = Counter()
    files = {}
    for note in outgoing.notes:
        seen[note.beside] += 1
        path = places.take(f"{NOTES}/{note.beside.replace('~', '-')}-{seen[note.beside]}.md")
        files[path] = _note_text(note, paths).encode()
    return files


def _note_text(note: OutgoingNote, paths: dict[str, str]) -> str:
    beside = paths.get(note.beside) or (safe_path(note.path) if note.path else note.title)
    values = {
        "title": f"{note.title} ({NOTES})",
        "beside": beside,
        "quote": note.quote,
        "prefix": note.prefix,
        "suffix": note.suffix,
        "manual": note.whose,
        "by": note.by,
        "date": note.at.isoformat() if note.at else "",
    }
    return header_of({name: value for name, value in values.items() if value}) + note.body
