"""When things happened in the sample's year, counted from the day on which it is built."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from fieldcraft.engine.causal.verdict import verdict_dates

A_WEEK = timedelta(weeks=1)
_BEFORE_THE_THEORY, _BEFORE_THE_QUESTIONS = timedelta(weeks=2), timedelta(weeks=8)
_AFTER_A_DATE = timedelta(days=10)
_A_QUARTER = 3  # months


@dataclass(frozen=True, slots=True)
class Days:
    """today: the day of building. judged: the four latest days on which links are judged, the earliest first.

    Questions are registered shortly after the first of them, so that three have passed and one is to come.
    """

    today: date
    judged: tuple[date, date, date, date]

    @classmethod
    def until(cls, today: date) -> "Days":
        """The year before a day."""
        past = [day for year in (today.year - 1, today.year) for day in verdict_dates(year) if day <= today]
        if len(past) < 4:
            past = [*verdict_dates(today.year - 2), *past]
        first, second, third, fourth = past[-4:]
        return cls(today, (first, second, third, fourth))

    @property
    def registered(self) -> date:
        """When the questions were registered."""
        return self.judged[0] + _AFTER_A_DATE

    @property
    def stated(self) -> date:
        """When the theory was begun."""
        return self.registered - _BEFORE_THE_QUESTIONS

    @property
    def mondays(self) -> list[date]:
        """The weeks in which people checked in, about a year of them; not the one that is now."""
        begin = self.stated - _BEFORE_THE_THEORY
        begin -= timedelta(days=begin.weekday())
        return [begin + A_WEEK * number for number in range((self.today - begin).days // 7)]

    @property
    def quarters(self) -> list[date]:
        """The first days of the quarters of these weeks; of the first quarter the first week's own day."""
        begin = self.mondays[0]
        later = [date(begin.year + (month - 1) // 12, (month - 1) % 12 + 1, 1) for month in _months_after(begin)]
        return [begin, *(day for day in later if day <= self.today)]

    @property
    def thin(self) -> date:
        """The quarter in which only a few said yes again: the one before the second day of judging."""
        return max(day for day in self.quarters if day <= self.registered)

    @property
    def jobs(self) -> list[date]:
        """The days on which the daily work has something to do."""
        return sorted({*self.mondays, *(day for day in self.judged if day >= self.mondays[0]), self.today})

    def ago(self, days: int) -> date:
        """So many days before today."""
        return self.today - timedelta(days=days)

    def monday(self, days: int) -> date:
        """The Monday of the week so many days ago."""
        day = self.ago(days)
        return day - timedelta(days=day.weekday())


def moment(day: date) -> datetime:
    """An hour of a day at work, the same one each time."""
    number = day.toordinal()
    return timezone.make_aware(datetime.combine(day, time(9 + number % 8, number * 7 % 60)))


def _months_after(begin: date) -> range:
    """The months with which later quarters begin, counted on from January of the first year."""
    following = begin.month - (begin.month - 1) % _A_QUARTER + _A_QUARTER
    return range(following, following + 2 * 12, _A_QUARTER)
