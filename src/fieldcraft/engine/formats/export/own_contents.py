"""The contents beside exported pages: written only where an import would not make the same ones of the pages alone."""

import json
from collections.abc import Mapping, Sequence

from fieldcraft.engine.formats import trees
from fieldcraft.engine.formats.detect import without_common_folder
from fieldcraft.engine.formats.document import BadSource, ContentsBy, Document, Files, Library
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingPage

_LAST = 1 << 30


def contents_file(outgoing: Outgoing, paths: Mapping[str, str], pages: Files) -> bytes | None:
    """What the pages do not tell themselves: order, headings, titles, what is set aside; None where they tell all.

    paths: where each page stands, by its name. pages: the files of the pages.
    """
    told = _told_by(pages)
    meant = [(paths[page.name], page.document) for page in _in_order(outgoing)]
    if not outgoing.set_aside and _is_told(outgoing, meant, told):
        return None
    titles = {page.path: page.title for page in told.documents}
    return _written(outgoing, [_row(path, page, titles) for path, page in meant])


def _told_by(pages: Files) -> Library:
    """As an import reads them: where one folder holds them all, they are named from inside it."""
    try:
        return trees.read(without_common_folder(pages))
    except BadSource:
        return Library(())


def _in_order(outgoing: Outgoing) -> Sequence[OutgoingPage]:
    """Where tags make the contents, a page has its neighbours from its own position, wherever it first stands."""
    if outgoing.contents_by is not ContentsBy.TAGS:
        return outgoing.pages
    return sorted(outgoing.pages, key=lambda page: _position(page.document))


def _position(document: Document) -> int:
    return _LAST if document.position is None else document.position


def _is_told(outgoing: Outgoing, meant: Sequence[tuple[str, Document]], told: Library) -> bool:
    if outgoing.contents_by is ContentsBy.TAGS and meant:
        return False
    known = [(page.path, page.section or (), page.title) for page in told.documents]
    return known == [(path, page.section or (), page.title) for path, page in meant]


def _row(path: str, page: Document, titles: Mapping[str, str]) -> dict[str, object]:
    section = {"section": list(page.section)} if page.section else {}
    title = {"title": page.title} if titles.get(path) != page.title else {}
    return {"path": path, **section, **title}


def _written(outgoing: Outgoing, rows: Sequence[dict[str, object]]) -> bytes:
    """A line for each page, so that people can read it and see what changed."""
    by_tags = {"root_tag": outgoing.root_tag} if outgoing.contents_by is ContentsBy.TAGS else {}
    head = {"title": outgoing.title, "contents_by": outgoing.contents_by.value, **by_tags}
    named = "".join(f"  {_json(name)}: {_json(value)},\n" for name, value in head.items())
    aside = [{"title": each.title, "reason": each.reason} for each in outgoing.set_aside]
    lists = _list("pages", rows) + (",\n" + _list("set_aside", aside) if aside else "")
    return f"{{\n{named}{lists}\n}}\n".encode()


def _list(name: str, rows: Sequence[Mapping[str, object]]) -> str:
    lines = ",\n".join(f"    {_json(row)}" for row in rows)
    return f'  "{name}": [\n{lines}\n  ]'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
