"""Another team's text taken up here: copied where the manual lacks the page, combined where it has it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.steps import open_step, take
from fieldcraft.manual.models import Manual, Revision, Standing, Step
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor, require


@transaction.atomic
def borrow(*, actor: Actor, manual: Manual, source: Manual, page_id: UUID) -> Step:
    """A step towards the text that readers of another manual have now.

    Raises NotFound where there is none or the actor may not read it, Invalid where both have the same text.
    """
    require(policy.can_write(actor, manual))
    return open_step(actor=actor, manual=manual, theirs=_theirs(actor, source, page_id))


@transaction.atomic
def copy_page(*, actor: Actor, manual: Manual, source: Manual, page_id: UUID, reason: str) -> Revision:
    """A page that the manual does not have, with where it came from; put to the team like every page."""
    step = borrow(actor=actor, manual=manual, source=source, page_id=page_id)
    why = reason.strip() or _("Copied from “%(title)s”.") % {"title": source.title}
    return take(actor=actor, step=step, based_on=None, reason=why)


def _theirs(actor: Actor, source: Manual, page_id: UUID) -> Revision:
    stack = stack_now(source)
    held = stack.covering(page_id) if policy.can_read(actor, stack.manuals) else None
    if held is None or held.standing is Standing.SET_ASIDE:
        raise NotFound(_("This text is not there any more, or is not open to you."))
    return Revision.objects.select_related("edition__manual", "base").get(pk=held.revision_id)
