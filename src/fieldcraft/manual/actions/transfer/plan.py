"""What an import will do, page by page, before anything is done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from fieldcraft.engine.formats.document import Document, Library, Note
from fieldcraft.engine.formats.export.again import is_as_it_left
from fieldcraft.engine.formats.tiddlywiki.wikitext import Wiki
from fieldcraft.engine.formats.trees.files import is_page
from fieldcraft.engine.prose.similarity import similarity
from fieldcraft.engine.words import name_key
from fieldcraft.manual.models import Agreement, Edition, Manual, Revision, Standing, State
from fieldcraft.manual.queries.export.pages import Extent, chunks, outgoing_of
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack, stack_now

ALIKE_ENOUGH = 0.05


class Doing(StrEnum):
    """What happens to one page of the source."""

    ADD = "add"
    REVISE = "revise"
    ADAPT = "adapt"
    SAME = "same"
    SAME_AS_BELOW = "same_as_below"
    OWN_WORDS = "own_words"
    OWN_OVER_BELOW = "own_over_below"
    SET_ASIDE = "set_aside"


WRITTEN = frozenset({Doing.ADD, Doing.REVISE, Doing.ADAPT})
"""What every import does; pages that people here decided on (the last three) are left to them."""
OURS = frozenset({Doing.OWN_WORDS, Doing.OWN_OVER_BELOW, Doing.SET_ASIDE})
_MAY_BE_AS_THEY_LEFT = frozenset({Doing.REVISE, Doing.OWN_WORDS, Doing.OWN_OVER_BELOW})


@dataclass(frozen=True, slots=True)
class Planned:
    """One page of the source and what will happen to it.

    edition_id: this manual's own edition that it continues, if any.
    below: the page below that it covers or equals, when it comes in over another manual.
    base: (revision, how alike 0–1) that an adaptation was most likely made from.
    """

    document: Document
    doing: Doing
    edition_id: UUID | None = None
    below: Held | None = None
    base: tuple[UUID, float] | None = None


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One local note of the source.

    beside: the page of the source, or that of the manual, that it will stand beside; None where neither has it.
    is_there: the page has the very same note already.
    """

    note: Note
    beside: Planned | Held | None
    is_there: bool = False

    @property
    def comes(self) -> bool:
        return self.beside is not None and not self.is_there


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an import will do; here: how many pages the manual's readers have by now."""

    library: Library
    pages: tuple[Planned, ...]
    notes: tuple[PlannedNote, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    here: int = 0

    @property
    def is_for_most(self) -> bool:
        """Whether the source is about the whole manual, so that its order counts; not some pages to add to it."""
        return 2 * sum(bool(page.edition_id or page.below) for page in self.pages) >= self.here

    @property
    def ours(self) -> tuple[Planned, ...]:
        """Pages that people here decided on, and that the file has otherwise."""
        return tuple(page for page in self.pages if page.doing in OURS)


def plan_import(library: Library, manual: Manual | None, over: Manual | None) -> Plan:
    """Compare the source with what the manual holds, and with what lies below it.

    manual: None when the import will make it.
    over: the manual below, for a copy that a team made of it and changed.
    """
    stack = stack_now(manual) if manual else None
    below = stack_now(over) if over else None
    own = _continued(library.documents, manual)
    here = _here(own, stack)
    pages = [_planned(document, here, below) for document in library.documents]
    if stack and any(page.doing in _MAY_BE_AS_THEY_LEFT for page in pages):
        pages = list(_left_as_they_were(pages, own, stack))
    notes = (
        tuple(_beside(library.notes, pages, own, [each for each in (stack, below) if each])) if library.notes else ()
    )
    counts = {doing.value: sum(page.doing is doing for page in pages) for doing in Doing}
    return Plan(library, tuple(pages), notes, counts, here=sum(1 for _page in stack.pages()) if stack else 0)


def below_of(manual: Manual | None) -> Manual | None:
    """The manual that this one is built on first, with whose pages what comes in is compared."""
    first = manual.inclusions.select_related("included").first() if manual else None
    return first.included if first else None


def _continued(documents: Sequence[Document], manual: Manual | None) -> dict[str, Edition]:
    """The manual's own edition that each document continues, by the document's path: that path's, else that title's.

    A title is enough for a page that came from no file, and for a source that has none.
    """
    if manual is None:
        return {}
    editions = list(Edition.objects.filter(manual=manual, ended_at=None).exclude(standing="noted"))
    by_path = {edition.path: edition for edition in editions if edition.path}
    found = {each.path: by_path[each.path] for each in documents if each.path in by_path}
    taken = {edition.pk for edition in found.values()}
    others = [edition for edition in editions if edition.pk not in taken]
    titled = {name_key(edition.title): edition for edition in others}
    for each in documents:
        edition = titled.get(name_key(each.title)) if each.path not in found else None
        if edition and not (edition.path and is_page(each.path)):
            found[each.path] = titled.pop(name_key(each.title))
    return found


def _left_as_they_were(pages: Sequence[Planned], own: Mapping[str, Edition], stack: Stack) -> Iterator[Planned]:
    """The same plan; what an export of this manual would say of a page today is no change when it comes in."""
    leaving = outgoing_of(stack, Extent.OWN)
    wiki = Wiki(titles=frozenset(page.document.title for page in leaving.pages))
    named = {page.name: page for page in leaving.pages}
    for page in pages:
        held = stack.covering(own[page.document.path].page_id) if page.doing in _MAY_BE_AS_THEY_LEFT else None
        left = named.get(stack.address(held)) if held else None
        is_same = left is not None and is_as_it_left(page.document, left, wiki)
        yield replace(page, doing=Doing.SAME) if is_same else page


def _texts(ids: list[UUID]) -> dict[UUID, Revision]:
    found: dict[UUID, Revision] = {}
    for some in chunks(ids):
        found |= Revision.objects.in_bulk(list(some))
    return found


@dataclass(frozen=True, slots=True)
class _Here:
    """What the manual holds itself.

    editions: by the path of the document that continues each. texts: current ones, and those below pages that people decided on.
    beneath: the text below each of these pages, by its edition. decided: current texts that people said yes to.
    """

    editions: Mapping[str, Edition]
    texts: Mapping[UUID, Revision]
    beneath: Mapping[UUID, UUID]
    decided: Collection[UUID]


def _here(own: Mapping[str, Edition], stack: Stack | None) -> _Here:
    """Every change that somebody makes here has its writer's yes at least; what an import wrote has none."""
    ids = [edition.current_id for edition in own.values() if edition.current_id]
    decided: set[UUID] = set()
    for some in chunks(ids):
        decided |= set(Agreement.objects.filter(revision__in=some).values_list("revision_id", flat=True))
    beneath = dict(_beneath([edition for edition in own.values() if edition.current_id in decided], stack))
    return _Here(own, _texts([*ids, *beneath.values()]), beneath, decided)


def _beneath(editions: Sequence[Edition], stack: Stack | None) -> Iterator[tuple[UUID, UUID]]:
    for edition in editions if stack else ():
        held = stack and stack.covering(edition.page_id)
        below = stack.below(held) if stack and held else None
        if below and below.standing is not Standing.SET_ASIDE:
            yield edition.pk, below.revision_id


def _planned(document: Document, here: _Here, below: Stack | None) -> Planned:
    edition = here.editions.get(document.path)
    if edition and edition.current_id:
        return Planned(document, _doing(document, edition, here.texts[edition.current_id], here), edition.pk)
    held = _counterpart(document, below)
    if held is None or below is None:
        return Planned(document, Doing.ADD)
    return _over(document, held)


def _doing(document: Document, edition: Edition, current: Revision, here: _Here) -> Doing:
    if edition.standing == Standing.SET_ASIDE:
        return Doing.SET_ASIDE
    if _is_same(document, edition, current):
        return Doing.SAME
    if current.pk not in here.decided:
        return Doing.REVISE
    if _has_words_of(document, current):
        return Doing.SAME
    below = here.beneath.get(edition.pk)
    return Doing.OWN_OVER_BELOW if below and _has_words_of(document, here.texts[below]) else Doing.OWN_WORDS


def _has_words_of(document: Document, text: Revision) -> bool:
    """Where it stands and what its file was like is not looked at; a text without tags has those below it."""
    has_tags = not text.tags or sorted(text.tags) == sorted(document.tags)
    return (text.title, text.body) == (document.title, document.body) and has_tags


def _is_same(document: Document, edition: Edition, current: Revision) -> bool:
    return (
        current.body == document.body
        and current.header == document.header
        and current.title == document.title
        and current.tags == list(document.tags)
        and current.fields == [list(pair) for pair in document.fields]
        and (document.section is None or edition.section == list(document.section))
    )


def _counterpart(document: Document, below: Stack | None) -> Held | None:
    """The page below that this is a copy of: the same path, else the same title."""
    if below is None:
        return None
    return below.at_path(document.path) or below.titled(document.title)


def _beside(
    notes: Sequence[Note], pages: Sequence[Planned], own: Mapping[str, Edition], stacks: Sequence[Stack]
) -> Iterator[PlannedNote]:
    """Each note with the page that it names, by its path, else by its title."""
    named = {page.document.title: page for page in reversed(pages)}
    named |= {page.document.path: page for page in reversed(pages)}
    editions = {edition.pk: edition.page_id for edition in own.values()}
    there = _notes_there(stacks)
    for note in notes:
        beside = named.get(note.beside) or _held_beside(note, stacks) or named.get(note.title)
        page_id = page_id_of(beside, editions) if beside else None
        yield PlannedNote(note, beside, is_there=(page_id, note.quote, note.body) in there)


def _held_beside(note: Note, stacks: Sequence[Stack]) -> Held | None:
    for stack in stacks:
        if found := stack.at_path(note.beside) or stack.titled(note.beside) or stack.titled(note.title):
            return found
    return None


def page_id_of(beside: Planned | Held, editions: Mapping[UUID, UUID]) -> UUID | None:
    """The page, where it is there before the import; editions: the pages of the manual's own editions."""
    if isinstance(beside, Held):
        return beside.page_id
    if beside.edition_id:
        return editions[beside.edition_id]
    return beside.below.page_id if beside.below else None


def _notes_there(stacks: Sequence[Stack]) -> set[tuple[UUID | None, str, str]]:
    """The notes that readers have: page, quoted words and text of each."""
    held = [note for stack in stacks for layer in stack.layers for notes in layer.notes.values() for note in notes]
    texts = _texts([note.revision_id for note in held])
    return {(note.page_id, texts[note.revision_id].quote, texts[note.revision_id].body) for note in held}


def _over(document: Document, held: Held) -> Planned:
    """Equal to any earlier text below means nobody changed it: then the team follows, and no edition is made."""
    history = list(Revision.objects.filter(edition=held.edition_id, state=State.AGREED).order_by("-id")[:40])
    if history and history[0].body == document.body and history[0].title == document.title:
        return Planned(document, Doing.SAME_AS_BELOW, below=held)
    scored = [(similarity(document.body, revision.body), revision.pk) for revision in history]
    alike, base = max(scored, key=lambda pair: pair[0], default=(0.0, held.revision_id))
    return Planned(document, Doing.ADAPT, below=held, base=(base, round(alike, 3)))
