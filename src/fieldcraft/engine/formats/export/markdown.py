"""A tree of Markdown files: bodies byte for byte, pages at the paths they came from, local notes in a folder.

Where folders and names do not tell the manual's contents, a file beside the pages does.
"""

from collections import Counter

from fieldcraft.engine.formats.export.folders import Folders
from fieldcraft.engine.formats.export.front_matter import header_of, page_text
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage
from fieldcraft.engine.formats.export.own_contents import contents_file
from fieldcraft.engine.formats.export.places import Places, safe_path
from fieldcraft.engine.formats.trees.files import is_page
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS
from fieldcraft.engine.formats.trees.own_notes import NOTES, title_of_note


def markdown_files(outgoing: Outgoing) -> dict[str, bytes]:
    """Every page, attachment and note by its path; what came from a path gets it before others ask for it."""
    places = Places()
    places.take(OWN_CONTENTS)
    with_path = [page for page in outgoing.pages if _has_path(page)]
    others = [page for page in outgoing.pages if not _has_path(page)]
    folders = Folders(page.document for page in with_path)
    paths = {page.name: places.take(page.document.path) for page in with_path}
    files = {places.take(each.path): each.content for each in outgoing.attachments}
    paths |= {page.name: places.take(_path_of(page, folders)) for page in others}
    pages = {paths[page.name]: page_file(page, paths[page.name]).encode() for page in outgoing.pages}
    contents = contents_file(outgoing, paths, pages)
    own = {OWN_CONTENTS: contents} if contents else {}
    return {**own, **pages, **files, **_notes(outgoing, paths, places)}


def _has_path(page: OutgoingPage) -> bool:
    return is_page(page.document.path)


def page_file(page: OutgoingPage, path: str) -> str:
    """What the page's file says at this path: the source's own text where nobody has renamed or tagged the page since."""
    if page.is_named_as_it_came and _has_path(page):
        return page.document.header + page.document.body
    return page_text(page.document, path)


def _path_of(page: OutgoingPage, folders: Folders) -> str:
    return f"{folders.of(page.document.section or ())}/{page.name.replace('~', '-')}.md".lstrip("/")


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
        "title": title_of_note(note.title),
        "beside": beside,
        "quote": note.quote,
        "prefix": note.prefix,
        "suffix": note.suffix,
        "manual": note.whose,
        "by": note.by,
        "date": note.at.isoformat() if note.at else "",
    }
    return header_of({name: value for name, value in values.items() if value}) + note.body
