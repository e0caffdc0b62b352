"""What becomes of a local note whose page was taken out below: a page of the team's own."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text, put_to_team
from fieldcraft.manual.actions.pages import edition_for, give_up
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Edition, Manual, Revision, Standing
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor, require


@transaction.atomic
def make_page_of_note(*, actor: Actor, manual: Manual, edition_id: UUID, based_on: UUID) -> Revision:
    """The note's words as the manual's own text of the page that is gone below; the note itself is given up.

    Both are put to the team. The page keeps its identity, so that its history and what was remarked stay with it.
    """
    require(policy.can_write(actor, manual))
    bump(manual)
    found = Edition.objects.filter(pk=edition_id, manual=manual, standing=Standing.NOTED, ended_at=None)
    note = found.select_related("manual__team", "current").first()
    old = note.current if note else None
    if note is None or old is None or old.pk != based_on or stack_now(manual).covering(note.page_id):
        raise Stale(_("This note or its page has changed since. Look at the list again; nothing was changed."))
    page = edition_for(manual, note.page_id, Standing.LOCAL, old.title)
    why = _("It was a note beside a page that is not there any more.")
    text = Text(old.title, old.body, tuple(old.tags), reason=why)
    made = put_to_team(actor=actor, edition=page, text=text, standing=Standing.LOCAL, base=None)
    give_up(actor=actor, edition=note, based_on=old.pk, reason=_("It became a page of its own."))
    return made
