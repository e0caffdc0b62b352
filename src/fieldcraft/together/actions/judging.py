"""Whoever raised it says whether it is better; without a time, and nowhere but in their own raising."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import Actor
from fieldcraft.together.models import Condition, Helped, Raising, Voice
from fieldcraft.together.queries.conditions import said_together
from fieldcraft.together.queries.days import monday_after
from fieldcraft.together.queries.raisings import JUDGED, own_raising
from fieldcraft.together.queries.threshold import threshold


@transaction.atomic
def say_whether_it_helped(*, actor: Actor, condition_id: UUID, helped: str) -> None:
    """Yes, a little, or no; said anew, the last word counts."""
    raising = own_raising(actor, condition_id)
    found = Condition.objects.select_for_update().filter(pk=condition_id).first()
    if raising is None or found is None or found.shown_on is None or found.shown_on > timezone.localdate():
        raise NotFound(_("There is no such condition among yours."))
    if helped not in Helped.values or found.stage not in JUDGED:
        raise Invalid(_("This can be said when something is being tried or has changed: yes, a little, or no."))
    Raising.objects.filter(pk=raising.pk).update(helped=helped)
    if found.voice == Voice.UNNAMED:
        _say_together(found)


def _say_together(condition: Condition) -> None:
    """What enough of them say, from the Monday that follows; said once for each step, and not changed after it shows.

    Whoever looked each day would otherwise see whose yes or no it was that changed the words.
    """
    today = timezone.localdate()
    if condition.said_on is not None and condition.said_on <= today:
        return
    answers = [helped for helped in condition.raisings.values_list("helped", flat=True) if helped]
    is_enough = len(answers) >= threshold(condition.organisation_id)
    said, on = (said_together(answers), monday_after(today)) if is_enough else ("", None)
    Condition.objects.filter(pk=condition.pk).update(said=said, said_on=on)
