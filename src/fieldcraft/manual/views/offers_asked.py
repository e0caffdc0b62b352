"""What those who get an offer will see of it: the same for the team's preview and for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from fieldcraft.manual import policy
from fieldcraft.manual.models import Manual, Offer, Remark, Revision, Standing
from fieldcraft.manual.queries.offers import whose
from fieldcraft.manual.queries.reading import filled
from fieldcraft.manual.queries.resolve import Stack, stack_named
from fieldcraft.manual.views.comparing import revisions_beside
from fieldcraft.people.access import Actor
from fieldcraft.ui.compare import Compared


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer as it is seen by those who got it.

    whose: the team's name, "" where it does not want to be named. remarks: (passage, words), without who noticed it.
    compared: the text beside what it was made from, or beside what they have.
    html: a note, or a page that is new to them (`is_new`), which have nothing to be beside; quote: the note's passage.
    """

    whose: str
    title: str
    reason: str
    remarks: tuple[tuple[str, str], ...]
    compared: Compared | None
    html: SafeString | None
    quote: str
    at: datetime | None
    is_new: bool


def stack_of_others(actor: Actor, stack: Stack, to: Manual) -> Stack:
    """The manual of those who get it as they read it, where the team may read it too; else the team's own."""
    theirs = stack_named(to.slug)
    may_read = theirs is not None and (to in stack.manuals or policy.can_read(actor, theirs.manuals))
    return theirs if theirs and may_read else stack


def seen_by_others(stack: Stack, offer: Offer, remarks: Sequence[Remark]) -> Shown:
    """`stack`: as `stack_of_others` gives it, so that links lead where they lead there."""
    revision = offer.revision
    is_note = revision.standing == Standing.NOTED
    before = None if is_note else _before(stack, offer)
    has_before = before is not None
    return Shown(
        whose=whose(offer),
        title=revision.title,
        reason=offer.reason,
        remarks=tuple((remark.quote, remark.body) for remark in remarks),
        compared=revisions_beside(stack, before, revision).only_changed() if has_before else None,
        html=None if has_before else filled(stack, revision.edition.path, revision.rendering),
        quote=revision.quote,
        at=offer.offered_at,
        is_new=not has_before and not is_note,
    )


def _before(stack: Stack, offer: Offer) -> Revision | None:
    """What the team made it from, where those who got it have had that text; else the text that they have."""
    base = offer.revision.base
    layers = {offer.to_id, *(manual.pk for manual in stack.manuals)}
    if base and base.edition.manual_id in layers:
        return base
    held = stack.covering(offer.page_id) if stack.manual.pk == offer.to_id else None
    return Revision.objects.select_related("edition__manual").get(pk=held.revision_id) if held else None
