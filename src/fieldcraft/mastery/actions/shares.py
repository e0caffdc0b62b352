"""Letting one person read one thing until a date, and taking that back."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Share, ShareRead
from fieldcraft.mastery.queries.shares import (
    reader_of_id,
    share_to_read,
    still_together,
    thing_of_mine,
)
from fieldcraft.mastery.queries.shown import Shown, as_shown
from fieldcraft.people.access import Actor

USUAL = timedelta(days=14)
LONGEST = timedelta(days=183)


@transaction.atomic
def share_thing(*, actor: Actor, kind: str, thing_id: UUID, reader_id: UUID, until: date, seen: str) -> Share:
    """Let one person of the actor's organisations read one thing; sharing it with them again moves the date.

    seen: the mark of what the actor looked at before; what has changed since is not shared.
    """
    assert actor.person_id  # the view lets nobody in who is not signed in
    if as_shown(thing_of_mine(actor, kind, thing_id)).mark != seen:
        raise Stale(_("It has changed since you looked at it. Look once more at what they would see."))
    if reader_of_id(actor, reader_id) is None:
        raise Invalid(_("Choose somebody you share a team or organisation with."), code="no_such_reader")
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Invalid(_("Choose a day from today on, at most six months from now."), code="no_such_day")
    is_same = {"reader_id": reader_id, "kind": kind, "thing": thing_id, "withdrawn_at": None}
    again = policy.mine(actor, Share).filter(still_together(), until__gte=today, **is_same).first()
    if again:
        again.until = until
        again.save(update_fields=["until"])
        return again
    return Share.objects.create(owner_id=actor.person_id, until=until, **is_same)


@transaction.atomic
def withdraw_share(*, actor: Actor, share: Share) -> None:
    """Take it back at once; what was read cannot be unread. Doing it twice does no harm."""
    policy.mine(actor, Share).filter(pk=share.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def look_at_shared(*, actor: Actor, share_id: UUID) -> tuple[Share, Shown]:
    """What somebody lets the actor read; the look is kept for its owner to see."""
    share, thing = share_to_read(actor, share_id)
    shown = as_shown(thing)
    ShareRead.objects.create(share=share)
    return share, shown
