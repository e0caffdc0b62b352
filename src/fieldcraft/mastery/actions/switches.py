"""Switching something of the compass off for everybody of an organisation, and on again; nothing written goes with it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import SwitchedOff
from fieldcraft.mastery.queries.switches import Switch, switches
from fieldcraft.people.access import Actor, require

LONGEST = 1_000


@transaction.atomic
def switch_off(*, actor: Actor, organisation_id: UUID, key: str, reason: str) -> None:
    """Do not offer it any more; said again, it has the new reason."""
    require(policy.can_switch(actor, organisation_id))
    assert actor.person_id  # who may switch is signed in
    if _named(key).fixed:
        raise Invalid(_named(key).fixed)
    why = reason.replace("\r\n", "\n").strip()
    if not why or len(why) > LONGEST:
        raise Invalid(_("Say in a few sentences why. Everybody in the organisation can read it."))
    row, _made = SwitchedOff.objects.update_or_create(
        organisation_id=organisation_id, key=key, defaults={"reason": why, "by_id": actor.person_id}
    )
    record(by=actor.person_id, verb="switch.off", subject=row, organisation=organisation_id)


@transaction.atomic
def switch_on(*, actor: Actor, organisation_id: UUID, key: str) -> None:
    """Offer it again; doing so twice does no harm."""
    require(policy.can_switch(actor, organisation_id))
    row = SwitchedOff.objects.filter(organisation_id=organisation_id, key=_named(key).key).first()
    if row is None:
        return
    record(by=actor.person_id, verb="switch.on", subject=row, organisation=organisation_id)
    row.delete()


def _named(key: str) -> Switch:
    found = switches().get(key)
    if found is None:
        raise NotFound(_("There is no such thing in the compass."))
    return found
