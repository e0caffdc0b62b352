"""What changed lately in what a manual's reader gets, and what it was that happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Edition, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held, held_by
from fieldcraft.manual.queries.resolve import Stack


class What(TextChoices):
    """What happened to a page or to a note beside it."""

    CHANGED = "changed", _("Changed")
    ASIDE = "aside", _("Set aside")
    RETURNED = "returned", _("Returned to the core's text")
    OUT = "out", _("Taken out")
    GONE_BELOW = "gone_below", _("Not in the core any more")
    NOTED = "noted", _("A note was put beside the page")
    NOTE_CHANGED = "note_changed", _("A note beside the page was changed")
    NOTE_OUT = "note_out", _("A note was taken out")


@dataclass(frozen=True, slots=True)
class Change:
    """An agreed revision that readers of this manual got; by, why and what it serves are "" where nobody said.

    held: the page as they have it now, None where they have it no more; whose: the title of the manual that changed.
    """

    held: Held | None
    title: str
    what: What
    revision_id: UUID
    at: datetime | None
    by: str
    whose: str
    why: str
    serves: str


def changed_lately(stack: Stack, limit: int = 50, page_id: UUID | None = None) -> list[Change]:
    """What changed in the texts this manual's reader gets, or in one page's, newest first; one query."""
    rows = Revision.objects.filter(edition__manual__in=[layer.manual_id for layer in stack.layers], state=State.AGREED)
    rows = rows.filter(edition__page=page_id) if page_id else rows
    in_use = Q(edition__ended_at=None) | Q(standing=Standing.INHERITED)
    newest = rows.filter(in_use).select_related("edition", "by").defer("body", "header", "fields")
    told = newest.order_by("-agreed_at", "-id")[: limit * 4]
    return list(islice(_as_changes(stack, told.iterator(limit)), limit))


def _as_changes(stack: Stack, rows: Iterable[Revision]) -> Iterator[Change]:
    """rows: newest first, so that it is known of each whether the page below was withdrawn since."""
    title_of = {manual.pk: manual.title for manual in stack.manuals}
    withdrawn: set[UUID] = set()
    for row in rows:
        edition = row.edition
        held, what = stack.covering(edition.page_id), _what(stack, row, edition.page_id in withdrawn)
        if what is What.GONE_BELOW:
            withdrawn.add(edition.page_id)
        if what:
            by = row.by.name if row.by else ""
            said = (by, title_of[edition.manual_id], row.reason, row.get_pole_display())
            yield Change(held, held.title if held else row.title, what, row.pk, row.agreed_at, *said)


def _what(stack: Stack, row: Revision, was_withdrawn: bool) -> What | None:
    """None for what readers never had."""
    is_note = row.edition.standing == Standing.NOTED
    if row.standing == Standing.INHERITED:
        return _note_out(stack, row.edition) if is_note else _given_up(stack, row, was_withdrawn)
    covering = stack.covering(row.edition.page_id)
    shown = {note.edition_id for note in stack.notes(row.edition.page_id)} | {covering and covering.edition_id}
    if covering is None or row.edition_id not in shown:
        return None
    if is_note:
        return What.NOTE_CHANGED if row.parent_id else What.NOTED
    return What.ASIDE if row.standing == Standing.SET_ASIDE else What.CHANGED


def _note_out(stack: Stack, edition: Edition) -> What | None:
    return None if _is_covered(stack, edition) else What.NOTE_OUT


def _given_up(stack: Stack, row: Revision, was_withdrawn: bool) -> What | None:
    """was_withdrawn: the manual below has taken the page out since, so that there was one to return to."""
    edition = row.edition
    if stack.below(held_by(edition)):
        return None if _is_covered(stack, edition) else What.RETURNED
    if edition.manual_id != stack.manual.pk:
        return What.GONE_BELOW
    return What.RETURNED if was_withdrawn and row.base_id else What.OUT


def _is_covered(stack: Stack, edition: Edition) -> bool:
    """Whether a manual nearer to the reader covers the page."""
    order = [layer.manual_id for layer in stack.layers]
    covering = stack.covering(edition.page_id)
    return covering is not None and order.index(covering.manual_id) < order.index(edition.manual_id)
