"""How one's compass is kept: for how long, what would go, and what the first screen says of it."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Retention
from fieldcraft.mastery.queries.kinds import RETAINED, Period, what_would_go
from fieldcraft.mastery.queries.shares import is_anything_shared_with
from fieldcraft.people.access import Actor

MONTHS = (3, 6, 12, 24)
"""For how long a kind can be kept."""


def home_keeping(actor: Actor) -> dict[str, object]:
    """Whether somebody lets the actor read something; everything else on keeping is behind one link."""
    return {"has_letters": is_anything_shared_with(actor)}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one kind."""

    label: str | Promise
    number: int


def counts_of_going(actor: Actor, period: Period | None) -> list[Counted]:
    """What would be deleted, for its owner to look at before; kinds of which there is nothing are left out."""
    counts = [Counted(kind.label, rows.order_by().count()) for kind, rows in what_would_go(actor, period)]
    return [counted for counted in counts if counted.number]


def my_rules(actor: Actor) -> dict[str, int]:
    """For how many months the actor keeps each kind that has a rule."""
    return {rule.kind: rule.months for rule in policy.mine(actor, Retention)}


def months_ago(moment: datetime, months: int) -> datetime:
    """The same day and hour so many months before; a shorter month's last day."""
    month = moment.year * 12 + moment.month - 1 - months
    year, number = divmod(month, 12)
    day = min(moment.day, calendar.monthrange(year, number + 1)[1])
    return moment.replace(year=year, month=number + 1, day=day)


def what_is_past(actor: Actor, rules: Mapping[str, int | None], now: datetime) -> Iterator[QuerySet[Any]]:
    """What the rules would have gone by now."""
    for kind, months in rules.items():
        if kind in RETAINED and months:
            _label, past = RETAINED[kind]
            yield from past(actor, months_ago(timezone.localtime(now), months))


def counts_past(actor: Actor, rules: Mapping[str, int | None]) -> list[Counted]:
    """What would go at once by these rules, under the names of the rules."""
    counts = []
    for kind, months in rules.items():
        number = sum(rows.count() for rows in what_is_past(actor, {kind: months}, timezone.now()))
        counts += [Counted(RETAINED[kind][0], number)] if number else []
    return counts
