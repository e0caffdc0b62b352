"""A manual in one file for reading without a network; the same few queries for any number of pages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.export.one_file import FileNote, FilePage, FileWords, Line, one_file
from fieldcraft.engine.words import name_key
from fieldcraft.manual.models import Rendering
from fieldcraft.manual.queries.contents import Node, contents
from fieldcraft.manual.queries.export.inside import Inside
from fieldcraft.manual.queries.export.pages import Extent, aside_of, attachments_of, chunks, notes_of, pages_of
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import filled
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.ui.beside import place_of

_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"})
_FIRST_HEADING = re.compile(r'\s*<h2 id="[^"]*">(.*?)</h2>')
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Book:
    """What every page of the file needs to know."""

    stack: Stack
    extent: Extent
    anchors: Mapping[str, str]
    inside: Inside
    renderings: Mapping[UUID, Rendering]

    def anchor(self, held: Held) -> str:
        return self.anchors.get(self.stack.address(held), "")


def book_of(stack: Stack, extent: Extent) -> bytes:
    """Contents, every page in use with its local notes, and its pictures, in one HTML file."""
    notes = notes_of(stack, extent)
    noted = {note.page_id for note in notes}
    own = {held.page_id for held in pages_of(stack, extent)}
    pages = [held for held in pages_of(stack, Extent.AS_READ) if held.page_id in own | noted]
    aside = aside_of(stack, extent)
    anchors = {stack.address(held): f"p{number}" for number, held in enumerate([*pages, *aside], start=1)}
    pictures = {each.path: each for each in attachments_of(stack, Extent.AS_READ) if each.media_type in _PICTURES}
    inside = Inside(stack.manual.slug, anchors, pictures)
    book = _Book(stack, extent, anchors, inside, _renderings([*pages, *notes, *aside]))
    return one_file(
        title=stack.manual.title,
        about=_about(stack),
        contents=[*_contents(book, pages), *_aside_lines(book, aside)],
        pages=[*_pages(book, pages, notes), *_aside_pages(book, aside)],
        words=_words(),
    )


def _renderings(holds: Sequence[Held]) -> dict[UUID, Rendering]:
    told = (
        "html",
        "links",
        "revision__quote",
        "revision__written_at",
        "revision__agreed_at",
        "revision__by__name",
        "revision__reason",
    )
    found: dict[UUID, Rendering] = {}
    for ids in chunks([held.revision_id for held in holds]):
        rows = Rendering.objects.filter(pk__in=ids).select_related("revision__by").only(*told)
        found |= {rendering.revision_id: rendering for rendering in rows}
    return found


def _about(stack: Stack) -> str:
    below = ", ".join(manual.title for manual in stack.manuals[1:])
    return _("Built on: %(manuals)s.") % {"manuals": below} if below else ""


def _contents(book: _Book, pages: Sequence[Held]) -> list[Line]:
    found = contents(book.stack)
    lines = _lines(book, found.root.children)
    others = [Line(held.title, book.anchor(held)) for held in pages if held.page_id not in found.place]
    return [*lines, Line(_("Further pages"), "", tuple(others))] if others and lines else [*lines, *others]


def _lines(book: _Book, nodes: Iterable[Node]) -> list[Line]:
    """Without headings under which nothing in the file stands."""
    found = []
    for node in nodes:
        anchor = book.anchor(node.held) if node.held else ""
        below = tuple(_lines(book, node.children))
        if anchor or below:
            found.append(Line(node.title, anchor, below))
    return found


def _pages(book: _Book, pages: Iterable[Held], notes: Iterable[Held]) -> Iterator[FilePage]:
    noted: dict[UUID, list[Held]] = {}
    for note in notes:
        noted.setdefault(note.page_id, []).append(note)
    above = contents(book.stack).above
    for held in pages:
        if rendering := book.renderings.get(held.revision_id):
            headings = tuple(node.title for node in above.get(held.page_id, ()))
            yield _page(book, held, rendering, noted.get(held.page_id, ()), headings)


def _page(book: _Book, held: Held, rendering: Rendering, notes: Iterable[Held], headings: tuple[str, ...]) -> FilePage:
    """Of a page that the manual only has a note beside, its own extent holds the note alone."""
    is_left_out = book.extent is Extent.OWN and held.manual_id != book.stack.manual.pk
    html = "" if is_left_out else _without_title(filled(book.stack, held.path, rendering), held.title)
    anchor = book.anchor(held)
    placed = list(_placed(book, html, anchor, notes))
    parts = tuple((book.inside.lead(part, anchor), behind) for part, behind in _cut(html, placed))
    return FilePage(anchor, held.title, _whose(book.stack, held, rendering), parts, headings)


def _aside_lines(book: _Book, aside: Sequence[Held]) -> list[Line]:
    lines = tuple(Line(held.title, book.anchor(held)) for held in aside)
    return [Line(_("Set aside"), "", lines)] if lines else []


def _aside_pages(book: _Book, aside: Iterable[Held]) -> Iterator[FilePage]:
    """That it is not used, and why, in place of a text."""
    for held in aside:
        rendering = book.renderings[held.revision_id]
        said = linebreaks(f"{_not_used(book.stack, held)}\n\n{rendering.revision.reason}", autoescape=True)
        whose = _whose(book.stack, held, rendering)
        yield FilePage(book.anchor(held), held.title, whose, ((said, ()),), (_("Set aside"),))


def _not_used(stack: Stack, held: Held) -> str:
    if held.manual_id == stack.manual.pk and stack.manual.team_id:
        return _("Your team does not use it.")
    return _("%(manual)s does not use it.") % {"manual": stack.manual_of(held).title}


def _placed(book: _Book, html: str, anchor: str, notes: Iterable[Held]) -> Iterator[tuple[int, FileNote]]:
    """Each note with where to cut for it; one that stands nowhere says beside which words, and comes last."""
    for number, note in enumerate(notes, start=1):
        if rendering := book.renderings.get(note.revision_id):
            revision = rendering.revision
            quote = revision.quote
            place = place_of(html, quote, revision.prefix, revision.suffix) if quote else None
            own = book.inside.lead(filled(book.stack, note.path, rendering), f"{anchor}n{number}")
            text = FileNote(own, _whose(book.stack, note, rendering), "" if place is not None else quote)
            yield (len(html) if place is None else place), text


def _cut(html: str, placed: Sequence[tuple[int, FileNote]]) -> list[tuple[str, tuple[FileNote, ...]]]:
    places = sorted({place for place, _note in placed} | {len(html)})
    return [
        (html[start:end], tuple(note for place, note in placed if place == end))
        for start, end in zip([0, *places[:-1]], places, strict=True)
    ]


def _without_title(html: str, title: str) -> str:
    """A text that begins with its own title would show it twice."""
    first = _FIRST_HEADING.match(html)
    is_title = first and name_key(_MARKUP.sub("", first[1])) == name_key(title.replace("&", "&amp;"))
    return html[first.end() :] if first and is_title else html


def _whose(stack: Stack, held: Held, rendering: Rendering) -> str:
    revision = rendering.revision
    at = revision.written_at or revision.agreed_at
    told: list[Any] = [
        stack.manual_of(held).title,
        date_format(localtime(at), "DATE_FORMAT") if at else "",
        revision.by.name if revision.by else "",
    ]
    return " · ".join(part for part in told if part)


def _words() -> FileWords:
    return FileWords(
        language=get_language() or "en",
        contents=_("Contents"),
        pages=_("Pages"),
        search=_("Search in this file"),
        found=_("found"),
        found_near=_("Nothing for these words. Did you mean “%(instead)s”? Here is what it finds."),
        nothing_found=_("Nothing was found."),
        to_the_pages=_("Skip to the pages"),
        to_the_top=_("To the top"),
        note=_("Local note"),
        beside=_("Beside:"),
    )
