"""The contents that Fieldcraft's own export keeps beside the pages, where folders and names do not tell them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fieldcraft.engine.formats.document import BadSource, ContentsBy, Document, Fault, Files, SetAside
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.yaml_values import text_of

OWN_CONTENTS = "fieldcraft.json"
_MOST_BYTES, _LONGEST_REASON = 20_000_000, 5_000


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Where the page at `path` stands; title: "" where the page says it itself."""

    path: str
    section: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class OwnContents:
    """A whole manual's contents; places: its pages in their order."""

    title: str
    contents_by: ContentsBy
    root_tag: str
    places: tuple[OwnPlace, ...]
    set_aside: tuple[SetAside, ...] = ()


def contents_in(files: Files) -> OwnContents | None:
    """The contents as the export wrote them, or somebody after it; None without any. Raises BadSource."""
    if OWN_CONTENTS not in files:
        return None
    found = _loaded(files[OWN_CONTENTS])
    rows = found.get("pages")
    if not isinstance(rows, list):
        return None
    given = found.get("contents_by")
    return OwnContents(
        title=_words(found.get("title")),
        contents_by=ContentsBy(given) if given in list(ContentsBy) else ContentsBy.ORDER,
        root_tag=_words(found.get("root_tag")),
        places=tuple(_place(row) for row in rows if isinstance(row, dict) and isinstance(row.get("path"), str)),
        set_aside=tuple(_set_aside(found.get("set_aside"))),
    )


def _loaded(content: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(decoded(OWN_CONTENTS, content, most=_MOST_BYTES))
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, OWN_CONTENTS, str(getattr(problem, "lineno", ""))) from None
    return loaded if isinstance(loaded, dict) else {}


def _set_aside(rows: Any) -> Iterator[SetAside]:
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and (title := _words(row.get("title"))):
            yield SetAside(title, text_of("" if row.get("reason") is None else row["reason"])[:_LONGEST_REASON])


def _place(row: dict[str, Any]) -> OwnPlace:
    section = row.get("section")
    headings = [_words(heading) for heading in section] if isinstance(section, list) else []
    return OwnPlace(row["path"], tuple(filter(None, headings)), _words(row.get("title")))


def _words(value: Any) -> str:
    return "" if value is None else " ".join(text_of(value).split())[:255]


def arranged(documents: Sequence[Document], own: OwnContents) -> list[Document]:
    """The pages as these contents have them; pages that came later stand last, where their folders put them."""
    places = {place.path: (at, place) for at, place in reversed(list(enumerate(own.places)))}
    unnamed = len(own.places), None
    found = sorted(((*places.get(each.path, unnamed), each) for each in documents), key=lambda row: row[0])
    return [_placed(page, place, position) for position, (_at, place, page) in enumerate(found)]


def _placed(page: Document, place: OwnPlace | None, position: int) -> Document:
    if place is None:
        return replace(page, position=position)
    return replace(page, section=place.section, title=place.title or page.title, position=position)
