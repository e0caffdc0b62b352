"""Saying yes to one use of one's check-ins, for a quarter, and taking it back.

Nothing here is recorded, listed or counted: who said yes is known to themselves, and to the one door that lets counted
answers out (`mastery/sharing.py`). Nobody else imports this; an import contract holds it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from fieldcraft.people.models.consent import Grant, Use

__all__ = ["Grant", "Quarter", "Use", "give", "grants_of", "grants_valid", "quarter_of", "withdraw"]


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the calendar, the first and the last day included."""

    first_day: date
    last_day: date


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return Quarter(first, following - timedelta(days=1))


def grants_of(person_id: UUID) -> QuerySet[Grant]:
    """Every yes the person ever gave, those taken back too; for themselves alone."""
    return Grant.objects.filter(person=person_id).order_by("first_day", "pk")


def grants_valid(organisation_id: UUID, use: Use, on: date) -> QuerySet[Grant]:
    """What stands on a day, of whatever quarter: given by then, and not taken back by then. For the door alone."""
    given = Grant.objects.filter(organisation=organisation_id, use=use, given_on__lte=on)
    return given.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


@transaction.atomic
def give(*, person_id: UUID, organisation_id: UUID, use: Use, on: date) -> None:
    """Yes for the quarter that the day lies in, all of its weeks; saying it twice is saying it once."""
    quarter = quarter_of(on)
    Grant.objects.get_or_create(
        person_id=person_id,
        organisation_id=organisation_id,
        use=use,
        first_day=quarter.first_day,
        withdrawn_on=None,
        defaults={"last_day": quarter.last_day, "given_on": on},
    )


@transaction.atomic
def withdraw(*, person_id: UUID, organisation_id: UUID, use: Use, on: date) -> None:
    """No, from now on, and for the weeks of earlier quarters too in whatever is not yet published."""
    standing = grants_of(person_id).filter(organisation=organisation_id, use=use, withdrawn_on=None)
    standing.update(withdrawn_on=on)
