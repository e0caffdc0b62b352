"""A manual's own editions as one map in memory, kept under the manual's version and renewed by what is newer."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from fieldcraft.engine.words import name_key
from fieldcraft.manual.models import Edition, Manual, Remark, Revision, Standing, State
from fieldcraft.rows import id_of, rows


@dataclass(frozen=True, slots=True)
class Held:
    """A manual's current hold on a page, as far as finding and ordering need it."""

    edition_id: UUID
    page_id: UUID
    manual_id: UUID
    revision_id: UUID
    standing: Standing
    title: str
    slug: str
    path: str
    tags: tuple[str, ...]
    section: tuple[str, ...] | None
    position: int | None


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft that waits for a yes or, gathered, to be published, as far as a line on the page needs it.

    standing: what the edition is once it is agreed. is_note: whether it is of a note beside the page.
    """

    id: UUID
    edition_id: UUID
    by: str
    at: datetime
    standing: Standing
    is_gathered: bool
    is_note: bool


@dataclass(frozen=True)
class Layer:
    """Everything one manual holds itself, by page, by address, by name and by path.

    A team without text of its own has an empty layer, whatever it is built on.
    """

    manual_id: UUID
    version: int = 0
    covers: dict[UUID, Held] = field(default_factory=dict)
    notes: dict[UUID, tuple[Held, ...]] = field(default_factory=dict)
    slugs: dict[str, UUID] = field(default_factory=dict)
    names: dict[str, UUID] = field(default_factory=dict)
    paths: dict[str, UUID] = field(default_factory=dict)
    old_names: dict[str, UUID] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.covers and not self.notes

    @cached_property
    def drafts(self) -> dict[UUID, tuple[OpenDraft, ...]]:
        """By page, those that wait for a yes or to be published, oldest first; read when first asked for, as what follows."""
        return _drafts(self.manual_id)

    @cached_property
    def remarked(self) -> frozenset[UUID]:
        """Pages that somebody made a remark on."""
        return frozenset(Remark.objects.filter(manual=self.manual_id).values_list("page_id", flat=True))


_OLD_NAMES = "SELECT name, page_id FROM manual_oldname WHERE manual_id = %s AND version > %s"


def renewed(layer: Layer, version: int) -> Layer:
    """The layer as of `version`, having read only the editions that changed and the old names that came since."""
    changed = list(_rows(layer.manual_id, layer.version))
    covers, notes = dict(layer.covers), dict(layer.notes)
    for held, is_held in changed:
        _put(covers, notes, held, is_held)
    old = rows(_OLD_NAMES, layer.manual_id, layer.version)
    old_names = {**layer.old_names, **{name: id_of(page) for name, page in old}}
    return _indexed(replace(layer, version=version, covers=covers, notes=notes, old_names=old_names))


_FIELDS = (
    "id", "page_id", "manual_id", "current_id", "standing", "title", "slug", "path", "tags", "section", "position",
    "ended_at",
)  # fmt: skip


def _rows(manual_id: UUID, since: int) -> list[tuple[Held, bool]]:
    rows = Edition.objects.filter(manual_id=manual_id, version__gt=since).values_list(*_FIELDS).iterator(2000)
    return [(_held(*row[:-1]), row[3] is not None and row[-1] is None) for row in rows]


def held_by(edition: Edition) -> Held:
    """An edition's hold, whether it is still in use or not."""
    return _held(*(getattr(edition, name) for name in _FIELDS[:-1]))


def _held(*row: Any) -> Held:
    edition, page, manual, revision, standing, title, slug, path, tags, section, position = row
    return Held(
        edition, page, manual, revision, Standing(standing), title, slug, path, tuple(tags),
        None if section is None else tuple(section), position,
    )  # fmt: skip


def _put(covers: dict[UUID, Held], notes: dict[UUID, tuple[Held, ...]], held: Held, is_held: bool) -> None:
    others = tuple(note for note in notes.get(held.page_id, ()) if note.edition_id != held.edition_id)
    covering = covers.get(held.page_id)
    if covering and covering.edition_id == held.edition_id:
        del covers[held.page_id]
    if is_held and held.standing is Standing.NOTED:
        others += (held,)
    elif is_held:
        covers[held.page_id] = held
    if others:
        notes[held.page_id] = others
    else:
        notes.pop(held.page_id, None)


def _indexed(layer: Layer) -> Layer:
    kept = sorted(layer.covers.values(), key=lambda held: held.edition_id, reverse=True)  # the eldest wins a name
    return replace(
        layer,
        slugs={held.slug: held.page_id for held in kept},
        names={name_key(held.title): held.page_id for held in kept},
        paths={held.path: held.page_id for held in kept if held.path},
    )


def _drafts(manual_id: UUID) -> dict[UUID, tuple[OpenDraft, ...]]:
    waiting = [State.DRAFT, State.GATHERED]
    rows = Revision.objects.filter(edition__manual=manual_id, state__in=waiting).order_by("id")
    found: dict[UUID, tuple[OpenDraft, ...]] = {}
    for page_id, held_as, edition_id, draft_id, by, at, standing, state in rows.values_list(
        "edition__page_id", "edition__standing", "edition_id", "id", "by__name", "created_at", "standing", "state"
    ):
        is_gathered, is_note = state == State.GATHERED, held_as == Standing.NOTED
        draft = OpenDraft(draft_id, edition_id, by or "", at, Standing(standing), is_gathered, is_note)
        found[page_id] = (*found.get(page_id, ()), draft)
    return found


def layer_now(manual: Manual) -> Layer:
    """The layer read afresh, for actions, which see what they have not committed."""
    return renewed(Layer(manual.pk), manual.version)
