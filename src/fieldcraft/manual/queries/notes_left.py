"""Local notes of a manual beside pages that are not there any more: their words are shown, not lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from fieldcraft.manual.models import Rendering, Revision
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import filled, written_by
from fieldcraft.manual.queries.resolve import Stack


@dataclass(frozen=True, slots=True)
class NoteLeft:
    """A note whose page was taken out below; html: its words."""

    held: Held
    revision: Revision
    html: str

    @property
    def by(self) -> str:
        return written_by(self.revision)


def held_left(stack: Stack) -> list[Held]:
    """The manual's own notes beside pages that its readers do not have any more; no query."""
    notes = stack.layers[0].notes
    return [note for page_id, beside in notes.items() if stack.covering(page_id) is None for note in beside]


def notes_left(stack: Stack) -> list[NoteLeft]:
    """Those notes with their words, by the page's title; one query."""
    return sorted(_with_words(stack), key=lambda note: note.held.title.casefold())


def _with_words(stack: Stack) -> Iterator[NoteLeft]:
    holds = {held.revision_id: held for held in held_left(stack)}
    found = Rendering.objects.filter(pk__in=list(holds)).select_related("revision__by") if holds else ()
    for rendering in found:
        held = holds[rendering.revision_id]
        yield NoteLeft(held, rendering.revision, filled(stack, held.path, rendering))
