"""Carrying out a plan: all of it or nothing, in few statements."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from fieldcraft.audit.actions import record
from fieldcraft.engine.formats import document as neutral
from fieldcraft.engine.formats.document import ContentsBy, Document, Library, Note
from fieldcraft.engine.formats.trees.files import is_page
from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.manual.actions.manuals import keep_manual
from fieldcraft.manual.actions.preparing import tell_of_many
from fieldcraft.manual.actions.transfer.own_words import Chosen, take_over
from fieldcraft.manual.actions.transfer.plan import WRITTEN, Doing, Plan, Planned, page_id_of
from fieldcraft.manual.actions.writing import Written, bump, derive, unique_slugs, written
from fieldcraft.manual.models import Attachment, Edition, Manual, OldName, Page, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import file_of

_BATCH = 400
_UNCHANGED = frozenset({Doing.SAME, Doing.SAME_AS_BELOW})
_NONE = Chosen()
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did; notes: local notes that came.

    kept: pages left as people here have them. waiting: texts that wait to be agreed or published.
    """

    pages: int
    revisions: int
    unchanged: int
    attachments: int
    notes: int = 0
    kept: int = 0
    waiting: int = 0


def no_progress(done: int, total: int) -> None:
    """For imports that nobody watches."""


def apply_plan(
    *,
    by: UUID | None,
    manual: Manual,
    plan: Plan,
    over: Manual | None = None,
    chosen: Chosen = _NONE,
    progress: Progress = no_progress,
) -> Applied:
    """Write what the plan says. Rendering, the slow part, is done before the transaction opens.

    manual: a new one is stored with its pages, or not at all.
    over: what a new manual is built on.
    chosen: the pages that people here decided on and that get the file's text nevertheless.
    """
    drafted = _Drafted(by, manual, plan.is_for_most)
    written_pages = []
    for number, planned in enumerate(plan.pages):
        if planned.doing in WRITTEN:
            written_pages.append(drafted.write(planned, number))
        progress(number + 1, len(plan.pages))
    notes = [drafted.note(planned.note, planned.beside) for planned in plan.notes if planned.beside and planned.comes]
    with transaction.atomic():
        if manual._state.adding:
            keep_manual(by=by, manual=manual, built_on=[over] if over else [])
        _store(by, manual, plan, drafted, [*written_pages, *notes])
        files = _attach(manual, plan.library)
        taken = [take_over(manual, page, chosen) for page in plan.ours if page.edition_id in chosen.editions]
    waiting = sum(text.state != State.AGREED for text in taken)
    return Applied(
        pages=len(plan.pages),
        revisions=len(written_pages) + len(taken) - waiting,
        unchanged=sum(page.doing in _UNCHANGED for page in plan.pages),
        attachments=files,
        notes=len(notes),
        kept=len(plan.ours) - len(taken),
        waiting=waiting,
    )


class _Drafted:
    """Collects the rows of an import; keeps the rule that no two pages of the manual share an address."""

    def __init__(self, by: UUID | None, manual: Manual, places_all: bool) -> None:
        self.by, self.manual, self.places_all, self.now = by, manual, places_all, timezone.now()
        self.pages: list[Page] = []
        self.new: list[Edition] = []
        self.old: list[Edition] = []
        self.renamed: list[tuple[str, UUID]] = []
        kept = Edition.objects.filter(manual=manual, ended_at=None)
        self.editions = {edition.pk: edition for edition in kept}
        self.taken = {edition.slug for edition in kept if edition.current_id}
        self.drafted = {each.page_id: each for each in kept if not each.current_id and each.standing != Standing.NOTED}
        self.own_pages = {edition.pk: edition.page_id for edition in self.editions.values()}
        self.page_of: dict[str, UUID] = {}

    def write(self, planned: Planned, number: int) -> Written:
        edition = self.editions[planned.edition_id] if planned.edition_id else self._edition(planned)
        (self.old if edition.pk in self.editions else self.new).append(edition)
        document = planned.document
        self.page_of[document.path] = edition.page_id
        if edition.title != document.title:
            self.renamed.append((edition.slug, edition.page_id))
            edition.title, edition.slug = document.title, unique_slugs(self.taken, slug_of(document.title))
        edition.tags = list(document.tags)
        if not _stays_in_its_place(edition, document):
            edition.path = document.path[:500]
            self._place(edition, planned, number)
        revision = self._revision(planned, edition)
        edition.current = revision
        return written(edition, revision)

    def _place(self, edition: Edition, planned: Planned, number: int) -> None:
        """A few pages leave the order as it is: what is there already stays in its place, and what is new comes last."""
        is_here = planned.edition_id or planned.below
        if self.places_all or not is_here:
            edition.section = None if planned.document.section is None else list(planned.document.section)
        if self.places_all:
            edition.position = number

    def note(self, note: Note, beside: Planned | Held) -> Written:
        """A local note beside a page that is there, or that this import brings."""
        page_id = self._page_beside(beside)
        title = beside.title if isinstance(beside, Held) else beside.document.title
        edition = Edition(
            manual=self.manual, page_id=page_id, standing=Standing.NOTED, title=title, slug=slug_of(title)
        )
        revision = Revision(
            edition=edition,
            standing=Standing.NOTED,
            base_id=self._read_beside(beside),
            title=title,
            body=note.body,
            quote=note.quote,
            prefix=note.prefix[-120:],
            suffix=note.suffix[:120],
            fields=[["by", note.by]] if note.by else [],
            state=State.AGREED,
            by_id=self.by,
            written_at=note.written,
            agreed_at=self.now,
        )
        edition.current = revision
        self.new.append(edition)
        return written(edition, revision)

    def _page_beside(self, beside: Planned | Held) -> UUID:
        if isinstance(beside, Held):
            return beside.page_id
        return page_id_of(beside, self.own_pages) or self.page_of[beside.document.path]

    def _read_beside(self, beside: Planned | Held) -> UUID | None:
        """The text below that it was written beside, as with every note; none beside a page of the manual's own."""
        below = beside if isinstance(beside, Held) else beside.below
        return below.revision_id if below and below.manual_id != self.manual.pk else None

    def _edition(self, planned: Planned) -> Edition:
        """A new one, or the one that only drafts hang on so far."""
        page_id = planned.below.page_id if planned.below else self._page().pk
        edition = self.drafted.get(page_id) or Edition(manual=self.manual, page_id=page_id)
        edition.title = planned.document.title
        edition.standing = Standing.ADAPTED if planned.below else Standing.LOCAL
        edition.slug = unique_slugs(self.taken, slug_of(edition.title))
        return edition

    def _page(self) -> Page:
        page = Page(manual=self.manual)
        self.pages.append(page)
        return page

    def _revision(self, planned: Planned, edition: Edition) -> Revision:
        document = planned.document
        base, alike = planned.base or (None, None)
        return Revision(
            edition=edition,
            standing=edition.standing,
            section=edition.section,
            position=edition.position,
            parent_id=edition.current_id,
            base_id=base or (edition.current.base_id if edition.current else None),
            base_inferred=alike,
            title=document.title,
            body=document.body,
            header=_header(edition, document),
            tags=list(document.tags),
            fields=[list(pair) for pair in document.fields],
            state=State.AGREED,
            by_id=self.by,
            written_at=document.modified or document.created,
            agreed_at=self.now,
        )


def _stays_in_its_place(edition: Edition, document: Document) -> bool:
    """Whether a page that came from a file goes on in a source that knows neither files nor folders."""
    return is_page(edition.path) and not is_page(document.path)


def _header(edition: Edition, document: Document) -> str:
    return edition.current.header if edition.current and _stays_in_its_place(edition, document) else document.header


def _store(by: UUID | None, manual: Manual, plan: Plan, drafted: _Drafted, texts: Sequence[Written]) -> None:
    library = plan.library
    version = bump(manual)
    if plan.is_for_most and _says_the_order(library, drafted):
        manual.contents_by, manual.root_tag = library.contents_by.value, library.root_tag
        manual.save(update_fields=["contents_by", "root_tag"])
    for edition in (*drafted.new, *drafted.old):
        edition.version = version
    currents = {edition.pk: edition.current for edition in drafted.new}
    for edition in drafted.new:
        edition.current = None  # the revision refers to the edition, so the edition must be there first
    Page.objects.bulk_create(drafted.pages, batch_size=_BATCH)
    Edition.objects.bulk_create(drafted.new, batch_size=_BATCH)
    Revision.objects.bulk_create([text.revision for text in texts], batch_size=_BATCH)
    for edition in drafted.new:
        edition.current = currents[edition.pk]
    Edition.objects.bulk_update(drafted.new, ["current"], batch_size=_BATCH)
    changed = ["current", "standing", "title", "slug", "path", "tags", "section", "position", "version"]
    Edition.objects.bulk_update(drafted.old, changed, batch_size=_BATCH)
    derive(manual, texts)
    _keep_names(manual, library, drafted, version)
    tell_of_many(manual, {edition.page_id for edition in (*drafted.new, *drafted.old)})
    record(by=by, verb="manual.imported", subject=manual, organisation=manual.organisation_id)


def _says_the_order(library: Library, drafted: _Drafted) -> bool:
    """Notes alone say nothing of an order, nor do pages that stay as they are; tags order only what they bring."""
    brings = any(edition.standing != Standing.NOTED for edition in drafted.new)
    return brings or (bool(drafted.old) and library.contents_by is not ContentsBy.TAGS)


def _keep_names(manual: Manual, library: Library, drafted: _Drafted, version: int) -> None:
    """Aliases of the source and addresses that changed go on leading to their pages."""
    page_of = {edition.path: edition.page_id for edition in (*drafted.new, *drafted.old)}
    names: dict[str, UUID] = dict(drafted.renamed)
    for document in library.documents:
        if page_id := page_of.get(document.path):
            for alias in document.aliases:
                names |= {alias.strip("/")[:500]: page_id, name_key(alias): page_id}
    rows = [
        OldName(manual=manual, page_id=page_id, name=name, version=version) for name, page_id in names.items() if name
    ]
    OldName.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def _attach(manual: Manual, library: Library) -> int:
    known = {row.path: row for row in Attachment.objects.filter(manual=manual)}
    changed = 0
    for attachment in library.attachments:
        digest = hashlib.sha256(attachment.content).hexdigest()
        if _is_there(attachment, digest, known.get(attachment.path[:500])):
            continue
        store_file(attachment.content)
        Attachment.objects.update_or_create(
            manual=manual,
            path=attachment.path[:500],
            defaults={
                "sha256": digest,
                "media_type": attachment.media_type,
                "size": len(attachment.content),
                "fields": [list(pair) for pair in attachment.fields],
            },
        )
        changed += 1
    return changed


def _is_there(attachment: neutral.Attachment, digest: str, known: Attachment | None) -> bool:
    """The same bytes, of which the source says the same or, as a tree of files does, nothing."""
    if known is None or known.sha256 != digest:
        return False
    return not attachment.fields or dict(attachment.fields) == dict(known.fields)


def store_file(content: bytes) -> str:
    """Keep the bytes, once whoever brings them; gives their hash."""
    digest = hashlib.sha256(content).hexdigest()
    file = file_of(digest)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        own = file.with_suffix(f".{uuid4().hex}")  # not one for all: the same bytes may come from two people at once
        own.write_bytes(content)
        own.replace(file)
    return digest
