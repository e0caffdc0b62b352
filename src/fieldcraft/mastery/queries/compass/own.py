"""One thing of one's own, and how to tell whether it is still as it was read."""

from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.mastery import policy
from fieldcraft.people.access import Actor

Own = TypeVar("Own", bound=Model)


def own(actor: Actor, model: type[Own], thing_id: UUID) -> Own:
    """The actor's own thing; somebody else's and none at all are equally not there."""
    found = policy.mine(actor, model).filter(pk=thing_id).first()
    if found is None:
        raise NotFound(_("There is no such thing in your compass. It may have been deleted."))
    return found


def stamp(thing: Model, *names: str) -> str:
    """Changes when one of these fields of the thing does; a form says with it what it is based on."""
    return sha256(repr([getattr(thing, name) for name in names]).encode()).hexdigest()[:20]
