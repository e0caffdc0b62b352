"""What the rooms themselves count, for all to see: of a team in a span of days, never of a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from fieldcraft.manual.models import Revision, State
from fieldcraft.together.models import ANSWERED, ConditionStep

ANSWERED_KEY, AGREED_KEY = "rooms:answered", "rooms:agreed"
KEYS = (ANSWERED_KEY, AGREED_KEY)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedByRooms:
    """How often something happened in a team's week; team "" for what concerns every team. weeks: by their Mondays."""

    counts: Mapping[tuple[str, date], int]

    def of(self, team: str, week: date) -> float:
        """What happened for those of a team in a week."""
        everywhere = self.counts.get(("", week), 0)
        return float(everywhere + (self.counts.get((team, week), 0) if team else 0))


def counted_by_rooms(organisation_id: UUID, key: str, first: date, last: date) -> CountedByRooms:
    """The weeks from one Monday to another. Raises KeyError for a key that no room counts."""
    until = last + timedelta(days=6)
    rows = {ANSWERED_KEY: _answered, AGREED_KEY: _agreed}[key](organisation_id, first, until)
    return CountedByRooms(Counter((str(team or ""), day - timedelta(days=day.weekday())) for team, day in rows))


def _answered(organisation_id: UUID, first: date, until: date) -> list[tuple[UUID | None, date]]:
    """Conditions that everybody sees, on the day of their answer."""
    steps = ConditionStep.objects.filter(
        condition__organisation=organisation_id, stage__in=ANSWERED, on__range=(first, until)
    )
    return list(steps.exclude(condition__shown_on=None).values_list("condition__team", "on"))


def _agreed(organisation_id: UUID, first: date, until: date) -> list[tuple[UUID | None, date]]:
    """Changes of a team's manual that somebody wrote; what was brought in from a file has no writer."""
    rows = Revision.objects.filter(
        edition__manual__team__organisation=organisation_id,
        state=State.AGREED,
        agreed_at__gte=_midnight(first),
        agreed_at__lt=_midnight(until + A_DAY),
    ).exclude(by=None)
    found = rows.values_list("edition__manual__team", "agreed_at")
    return [(team, timezone.localdate(at)) for team, at in found if at]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
