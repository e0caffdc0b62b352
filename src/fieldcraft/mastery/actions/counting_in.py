"""Letting oneself be counted, and no longer. Nothing of it is recorded anywhere but in the answer itself."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import NotAllowed
from fieldcraft.people.access import Actor
from fieldcraft.people.consent import Use, give, grants_of, withdraw

EVERY_USE = tuple(Use)


@transaction.atomic
def answer_counting(*, actor: Actor, organisation_id: UUID, says: Mapping[Use, bool], today: date) -> None:
    """Yes or no to each use, for the quarter that is now. A no takes back every yes before it, also after one has left."""
    belongs = organisation_id in {post.organisation_id for post in actor.posts}
    if actor.person_id is None or not (belongs or grants_of(actor.person_id).filter(organisation=organisation_id)):
        raise NotAllowed(_("Only people of this organisation are asked this."))
    for use, is_yes in says.items():
        if is_yes and not belongs:
            continue
        answer = give if is_yes else withdraw
        answer(person_id=actor.person_id, organisation_id=organisation_id, use=use, on=today)


@transaction.atomic
def forget_grants(*, actor: Actor) -> int:
    """Every yes is gone with the compass; how many there were."""
    assert actor.person_id
    number, _by_model = grants_of(actor.person_id).delete()
    return number
