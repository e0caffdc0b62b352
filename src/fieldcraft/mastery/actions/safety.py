"""What an organisation says before its people's compass opens: whom to call, and its safeguarding route."""

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Safety
from fieldcraft.mastery.queries.safety import mark_of
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Organisation

LONGEST = 2_000


@transaction.atomic
def set_safety(
    *, actor: Actor, organisation: Organisation, whom_to_call: str, safeguarding: str, seen: str = ""
) -> Safety:
    """Say it, or say it anew; seen: the mark of what stood there, "" when there was nothing."""
    require(policy.can_set_safety(actor, organisation.pk))
    assert actor.person_id  # who may set it is signed in
    call, route = (text.replace("\r\n", "\n").strip() for text in (whom_to_call, safeguarding))
    if not call or not route or max(len(call), len(route)) > LONGEST:
        raise Invalid(_("Say both, each in a few lines: whom to call, and the safeguarding route."))
    before = Safety.objects.select_for_update().filter(pk=organisation.pk).first()
    if mark_of(before) != seen:
        raise Stale(
            _("A colleague entered this meanwhile. Look at theirs below, and send yours again if it still holds.")
        )
    said, _made = Safety.objects.update_or_create(
        organisation=organisation,
        defaults={"whom_to_call": call, "safeguarding": route, "set_by_id": actor.person_id},
    )
    record(by=actor.person_id, verb="safety.set", subject=said, organisation=organisation.pk)
    return said
