"""A manual as its reader gets it, or what it holds itself, in the neutral form; the same few queries for any manual."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from fieldcraft.engine.formats import document as neutral
from fieldcraft.engine.formats.document import Document
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage
from fieldcraft.engine.formats.trees.files import is_page
from fieldcraft.manual.models import Attachment, Manual, Revision, Standing, State
from fieldcraft.manual.queries.contents import contents
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import file_of
from fieldcraft.manual.queries.reading import written_by
from fieldcraft.manual.queries.resolve import Stack

_AT_ONCE = 500
_MARKDOWN = "text/x-markdown"
_KEPT_BY_BASE = frozenset({"wikitext", "type", "modified"})


_Source = tuple[UUID, str, str | None]
"""An edition, and the front matter and wikitext that its texts keep from where they came from."""


@dataclass(frozen=True, slots=True)
class _First:
    """How a text was when it came from its source."""

    title: str
    tags: tuple[str, ...]
    body: str
    written_at: datetime | None


class Extent(StrEnum):
    """How much of a manual leaves: all that its reader gets, or only what it holds itself."""

    AS_READ = "as_read"
    OWN = "own"


def outgoing_of(stack: Stack, extent: Extent) -> Outgoing:
    """Every page in use in reading order, the notes beside pages, and the files."""
    pages = pages_of(stack, extent)
    notes = notes_of(stack, extent)
    texts = texts_of([*pages, *notes])
    firsts = _first_texts([held.edition_id for held in pages if held.path])
    ordering = next((manual for manual in stack.manuals if manual.contents_by), stack.manual)
    return Outgoing(
        title=stack.manual.title,
        pages=tuple(
            _page(stack, held, text, _first(text, firsts)) for held in pages if (text := texts.get(held.revision_id))
        ),
        notes=tuple(_notes(stack, notes, texts)),
        attachments=tuple(attachments_of(stack, extent)),
        contents_by=neutral.ContentsBy(ordering.contents_by or "folders"),
        root_tag=ordering.root_tag,
        set_aside=tuple(_set_aside(stack, extent)),
    )


def pages_of(stack: Stack, extent: Extent) -> list[Held]:
    """The pages in use, in the order of the contents; what stands nowhere in them comes last, nearest first."""
    placed = contents(stack).place
    last = len(placed)
    found = sorted(stack.read_pages(), key=lambda held: placed.get(held.page_id, last))
    return found if extent is Extent.AS_READ else [held for held in found if held.manual_id == stack.manual.pk]


def notes_of(stack: Stack, extent: Extent) -> list[Held]:
    """The notes beside pages in use, in the order of the pages."""
    beside = pages_of(stack, Extent.AS_READ)
    found = [note for held in beside for note in stack.notes(held.page_id)]
    return found if extent is Extent.AS_READ else [note for note in found if note.manual_id == stack.manual.pk]


def aside_of(stack: Stack, extent: Extent) -> list[Held]:
    """The pages that are set aside, by their titles."""
    found = [node.held for node in contents(stack).aside if node.held]
    return found if extent is Extent.AS_READ else [held for held in found if held.manual_id == stack.manual.pk]


def _set_aside(stack: Stack, extent: Extent) -> Iterator[neutral.SetAside]:
    found = aside_of(stack, extent)
    reasons: dict[UUID, str] = {}
    for ids in chunks([held.revision_id for held in found]):
        reasons |= dict(Revision.objects.filter(pk__in=ids).values_list("pk", "reason"))
    for held in found:
        yield neutral.SetAside(held.title, reasons[held.revision_id])


def texts_of(holds: Iterable[Held]) -> dict[UUID, Revision]:
    """The current texts, with who wrote them and what an adaptation kept of its base's front matter."""
    fields = (
        "edition_id", "parent_id", "title", "body", "header", "tags", "fields", "quote", "prefix", "suffix", "written_at",
        "agreed_at", "by__name", "base__header", "base__fields",
    )  # fmt: skip
    found: dict[UUID, Revision] = {}
    for ids in chunks([held.revision_id for held in holds]):
        rows = Revision.objects.filter(pk__in=ids).select_related("by", "base").only(*fields)
        found |= {revision.pk: revision for revision in rows}
    return found


def chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """As many ids as one statement takes."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _first_texts(editions: Sequence[UUID]) -> dict[_Source, _First]:
    """What was first made from the source that each text keeps, of those editions that have had more than one text."""
    found: dict[_Source, _First] = {}
    for ids in chunks(editions):
        agreed = Revision.objects.filter(edition__in=ids, state=State.AGREED).order_by("id")
        several = agreed.order_by().values("edition").annotate(texts=Count("id")).filter(texts__gt=1).values("edition")
        rows = agreed.filter(edition__in=list(several.values_list("edition", flat=True)))
        named = rows.values_list("edition_id", "header", "fields", "title", "tags", "body", "written_at")
        for edition, header, fields, title, tags, body, at in named.iterator(_AT_ONCE):
            found.setdefault((edition, header, _wikitext(fields)), _First(title, tuple(tags), body, at))
    return found


def _first(text: Revision, firsts: dict[_Source, _First]) -> _First:
    own = _First(text.title, tuple(text.tags), text.body, text.written_at)
    return firsts.get((text.edition_id, text.header, _wikitext(text.fields)), own)


def _wikitext(fields: Iterable[Sequence[str]]) -> str | None:
    return next((value for name, value in fields if name == "wikitext"), None)


def _page(stack: Stack, held: Held, text: Revision, first: _First) -> OutgoingPage:
    is_imported = bool(held.path) and (bool(text.header) or held.standing is Standing.LOCAL)
    has_its_names = (first.title, first.tags) == (text.title, tuple(text.tags))
    has_its_words = first.body == text.body
    document = _document(stack, held, text, has_its_words=has_its_words)
    if text.written_at or (is_imported and has_its_names and has_its_words):
        document = replace(document, modified=text.written_at or first.written_at)
    else:
        fields = tuple((name, value) for name, value in document.fields if name != "modified")
        document = replace(document, modified=text.agreed_at, fields=fields)
    return OutgoingPage(stack.address(held), document, is_named_as_it_came=is_imported and has_its_names)


def _document(stack: Stack, held: Held, text: Revision, *, has_its_words: bool) -> Document:
    base = text.base if held.standing is Standing.ADAPTED else None
    return Document(
        path=held.path,
        title=text.title,
        body=text.body,
        header=text.header or (base.header if base else ""),
        tags=tuple(text.tags) or _tags_below(stack, held),
        fields=_fields(text, base, has_its_words=has_its_words),
        section=_section(stack, held),
        position=held.position,
    )


def _fields(text: Revision, base: Revision | None, *, has_its_words: bool) -> tuple[tuple[str, str], ...]:
    """An adaptation without any has those of its base; words that were changed since are not wikitext any more."""
    fields = [(str(name), str(value)) for name, value in text.fields]
    if not fields and base:
        fields = [(str(name), str(value)) for name, value in base.fields if name not in _KEPT_BY_BASE]
    if has_its_words or _wikitext(fields) is None:
        return tuple(fields)
    return (*((name, value) for name, value in fields if name not in _KEPT_BY_BASE), ("type", _MARKDOWN))


def _tags_below(stack: Stack, held: Held) -> tuple[str, ...]:
    placed = stack.below(held)
    while placed is not None and not placed.tags:
        placed = stack.below(placed)
    return placed.tags if placed else ()


def _section(stack: Stack, held: Held) -> tuple[str, ...] | None:
    placed: Held | None = held
    while placed is not None and placed.section is None:
        placed = stack.below(placed)
    return placed.section if placed else None


def _notes(stack: Stack, notes: Iterable[Held], texts: dict[UUID, Revision]) -> Iterator[OutgoingNote]:
    for note in notes:
        text, page = texts.get(note.revision_id), stack.covering(note.page_id)
        if text and page:
            yield OutgoingNote(
                beside=stack.address(page),
                title=page.title,
                path=page.path if is_page(page.path) else "",
                body=text.body,
                quote=text.quote,
                prefix=text.prefix,
                suffix=text.suffix,
                whose=stack.manual_of(note).title,
                by=written_by(text),
                at=text.written_at or text.agreed_at,
            )


def attachments_of(stack: Stack, extent: Extent) -> Iterator[neutral.Attachment]:
    """The files, of two at one path the nearest manual's; one that is gone from the disk is passed over."""
    manuals = stack.manuals if extent is Extent.AS_READ else (stack.manual,)
    for attachment in _nearest(manuals):
        file = file_of(attachment.sha256)
        if file.exists():
            fields = tuple((str(name), str(value)) for name, value in attachment.fields)
            yield neutral.Attachment(attachment.path, file.read_bytes(), attachment.media_type, fields)


def _nearest(manuals: Sequence[Manual]) -> list[Attachment]:
    rank = {manual.pk: number for number, manual in enumerate(manuals)}
    rows = sorted(Attachment.objects.filter(manual__in=manuals), key=lambda row: (row.path, rank[row.manual_id]))
    return list({row.path: row for row in reversed(rows)}.values())[::-1]
