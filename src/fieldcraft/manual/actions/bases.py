"""Saying which text below an adaptation was made from, where an import could only guess."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.preparing import tell
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Edition, Manual, Revision, State
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor, require


@transaction.atomic
def confirm_base(*, actor: Actor, manual: Manual, revision_id: UUID, base_id: UUID) -> None:
    """The person's word on the base of the adaptation whose current text is `revision_id`; it replaces the guess."""
    require(policy.can_write(actor, manual))
    bump(manual)
    edition = Edition.objects.filter(manual=manual, current=revision_id, ended_at=None).first()
    if edition is None:
        raise NotFound(_("This page has changed since. Look at it again; nothing was changed."))
    layers = stack_now(manual).layers[1:]
    below = {held.edition_id for layer in layers if (held := layer.covers.get(edition.page_id))}
    if not Revision.objects.filter(pk=base_id, edition__in=below, state=State.AGREED).exists():
        raise Invalid(_("Choose one of the texts from the list."))
    Revision.objects.filter(pk=revision_id).update(base=base_id, base_inferred=None)
    tell(manual, [edition.page_id])
    record(by=actor.person_id, verb="edition.base_confirmed", subject=edition, organisation=manual.organisation_id)
