"""Turning a practice note into something for the team: words that its owner saw and chose, sent by themselves."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Manual, Remark, Revision
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.mastery.actions.practice import as_now
from fieldcraft.mastery.models import PracticeNote
from fieldcraft.mastery.queries.practice import PageNow, page_cited
from fieldcraft.mastery.queries.turning import Way
from fieldcraft.people.access import Actor


@transaction.atomic
def turn_into_remark(*, actor: Actor, note: PracticeNote, words: str) -> Remark:
    """A remark on the page, in the words given; the note itself stays where it is."""
    now = as_now(actor, note)
    page = _page(actor, now, now.manual)
    noticed = Noticed(words, now.revision_id or page.held.revision_id)
    now.became_remark = make_remark(actor=actor, manual=page.manual, page_id=page.held.page_id, noticed=noticed)
    now.save(update_fields=["became_remark"])
    return now.became_remark


@transaction.atomic
def turn_into_draft(
    *, actor: Actor, note: PracticeNote, manual: Manual, way: Way, text: Text, based_on: UUID | None
) -> Revision:
    """A draft in the words given; readers have it at once where one yes is enough.

    based_on: for a change, the text of the page that its writer had before them.
    """
    now = as_now(actor, note)
    if way is Way.OWN_PAGE:
        made = add_page(actor=actor, manual=manual, text=text)
    else:
        made = _on_page(actor, _page(actor, now, manual), way, text, based_on)
    now.became_draft = made
    now.save(update_fields=["became_draft"])
    return made


def _on_page(actor: Actor, page: PageNow, way: Way, text: Text, based_on: UUID | None) -> Revision:
    if way is Way.BESIDE:
        return note_page(
            actor=actor, manual=page.manual, page_id=page.held.page_id, text=text, based_on=page.held.revision_id
        )
    if based_on is None:
        raise Invalid(_("It is not clear which text you began from. Begin once more from your note; it is kept."))
    if page.held.manual_id == page.manual.pk:
        return revise(actor=actor, edition=edition_of(page.held), text=text, based_on=based_on)
    return adapt_page(actor=actor, manual=page.manual, page_id=page.held.page_id, text=text, based_on=based_on)


def _page(actor: Actor, note: PracticeNote, manual: Manual | None) -> PageNow:
    page = page_cited(actor, manual.slug, note.page_id) if manual else None
    if page is None:
        raise NotFound(_("The page of this note is not in that manual any more. Your note is kept."))
    return page
