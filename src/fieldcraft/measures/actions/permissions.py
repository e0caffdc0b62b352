"""An organisation says that it may use an instrument, or takes that back; the only writers of this room's table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.measures import policy
from fieldcraft.measures.models import PackPermission
from fieldcraft.measures.queries.asked import answer_keys
from fieldcraft.measures.queries.packs import Pack
from fieldcraft.people.access import Actor, require

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Given:
    """Who gave the permission, when, and where the document lies; the wording from the organisation's licensed copy."""

    given_by: str
    given_on: date
    document: str
    wording: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def enter_permission(*, actor: Actor, organisation_id: UUID, pack: Pack, given: Given) -> PackPermission:
    """The organisation has the right to use the pack: it opens to its people. Takes the place of what was said before."""
    require(policy.can_enter(actor, organisation_id))
    wording = _wording(pack, given)
    open_now = PackPermission.objects.select_for_update().filter(
        organisation=organisation_id, pack=pack.id, ended_at=None
    )
    open_now.update(ended_at=timezone.now())
    assert actor.person_id  # only somebody with an office may enter
    made = PackPermission.objects.create(
        organisation_id=organisation_id,
        pack=pack.id,
        given_by=given.given_by.strip(),
        given_on=given.given_on,
        document=given.document.strip(),
        items=wording,
        entered_by_id=actor.person_id,
    )
    record(by=actor.person_id, verb="permission.entered", subject=made, organisation=organisation_id)
    return made


def _wording(pack: Pack, given: Given) -> dict[str, str]:
    """The texts that do not ship, all of them."""
    if not pack.needs_permission:
        raise Invalid(_("Everybody may use this one: it needs no permission."))
    if not (given.given_by.strip() and given.document.strip()):
        raise Invalid(_("Say who gave the permission, and where the document lies."))
    if given.given_on > timezone.localdate():
        raise Invalid(_("The day on which it was given is still to come."))
    if pack.has_wording:
        return {}
    keys = (*(item.key for item in pack.items), *answer_keys(pack))
    wording = {key: " ".join(given.wording.get(key, "").split())[:LONGEST] for key in keys}
    needed = [*(item.key for item in pack.items), answer_keys(pack)[0], answer_keys(pack)[-1]]
    if not all(wording[key] for key in needed):
        raise Invalid(
            _("Copy every sentence, and the words of the first and the last answer, from your licensed copy.")
        )
    return {key: text for key, text in wording.items() if text}


@transaction.atomic
def end_permission(*, actor: Actor, permission_id: UUID) -> None:
    """The instrument closes for the organisation's people; what they answered stays theirs."""
    found = policy.visible_permissions(actor).filter(pk=permission_id).first()
    if found is None:
        raise NotFound()
    require(policy.can_enter(actor, found.organisation_id))
    found.ended_at = timezone.now()
    found.save(update_fields=["ended_at"])
    record(by=actor.person_id, verb="permission.ended", subject=found, organisation=found.organisation_id)
