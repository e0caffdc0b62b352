"""For the sample community alone: conditions of months ago. Whoever is not of the sample community is refused.

Only together writes its tables, and its other actions write today.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.people.access import Actor
from fieldcraft.together.models import Condition, ConditionStep
from fieldcraft.together.queries.days import month_of

_DAYS = frozenset({"raised_on", "joinable_from", "shown_on", "stage_on", "said_on"})


@transaction.atomic
def date_condition_back(*, actor: Actor, condition: Condition, **days: date) -> None:
    """Put a condition of the sample organisation where it would stand in time; days: its columns, each with its day.

    What shows an unnamed one shows it on a Monday, as everywhere, and of its raising the month alone is kept.
    """
    _require_sample(actor)
    if not days or not _DAYS.issuperset(days):
        raise Invalid(_("Only the day on which something was raised, shown or answered can be moved."))
    now = _of_sample(condition)
    is_unnamed = now.by_id is None
    if is_unnamed and any(days[name].weekday() for name in days.keys() & {"shown_on", "joinable_from", "said_on"}):
        raise Invalid(_("An unnamed condition shows on a Monday."))
    if is_unnamed and "raised_on" in days:
        days["raised_on"] = month_of(days["raised_on"])
    Condition.objects.filter(pk=now.pk).update(**days)


@transaction.atomic
def date_step_back(*, actor: Actor, step: ConditionStep, on: date) -> None:
    """Put a step of the sample organisation's on an earlier day; the latest is the condition's own day, too."""
    _require_sample(actor)
    now = _of_sample(step.condition)
    ConditionStep.objects.filter(pk=step.pk).update(on=on)
    if not now.steps.filter(number__gt=step.number).exists():
        Condition.objects.filter(pk=now.pk).update(stage_on=on)


def _of_sample(condition: Condition) -> Condition:
    found = Condition.objects.filter(pk=condition.pk, organisation__is_sample=True).first()
    if found is None:
        raise NotFound()
    return found


def _require_sample(actor: Actor) -> None:
    if not (actor.person_id and actor.is_sample):
        raise NotAllowed(_("This is for the sample community alone. What you do has the day on which you do it."))
