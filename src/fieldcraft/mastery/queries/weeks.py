"""My weeks: a picture of each thing that is asked, over one year at a time, with what its owner pinned to it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Min, Q

from fieldcraft.engine.measure.scoring import Scored, on_hundred
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Answer, CheckIn, Event
from fieldcraft.mastery.queries.checkins import this_week
from fieldcraft.measures.queries.asked import open_packs
from fieldcraft.measures.queries.packs import (
    OWN_WEEK,
    Scale,
    in_my_language,
    latest_packs,
    pack_named,
    scale_named,
    scored,
)
from fieldcraft.people.access import Actor
from fieldcraft.ui.charts import weeks as pictures
from fieldcraft.ui.charts.picture import Chart
from fieldcraft.ui.charts.timeline import Pin

A_WEEK, A_YEAR = timedelta(weeks=1), timedelta(weeks=52)
WeekOf = tuple[str, int, date]
"""Pack, its version, and the Monday."""


@dataclass(frozen=True, slots=True)
class Year:
    """What is looked at: the Mondays from since to until, both included. before, after: where the years beside it end."""

    since: date
    until: date
    is_now: bool
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One thing over time. chart: None while its owner has it hidden."""

    key: str
    title: str
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Offered:
    """An instrument that an organisation opened. by: which one."""

    pack_id: str
    title: str
    by: str


@dataclass(frozen=True, slots=True)
class MyWeeks:
    """The screen. reading: how to read the pictures. latest: the last check-in of a week that there is."""

    year: Year
    pictures: tuple[Picture, ...]
    reading: tuple[str, ...]
    events: tuple[Event, ...]
    offered: tuple[Offered, ...]
    latest: CheckIn | None
    has_this_week: bool


def my_weeks(actor: Actor, *, until: date | None = None, hidden: Collection[str] = ()) -> MyWeeks:
    """A year of the actor's weeks, to this one or to the one that `until` lies in; five queries.

    hidden: keys of the pictures that are not drawn.
    """
    year = _year(actor, until)
    latest = policy.mine(actor, CheckIn).filter(pack=OWN_WEEK).order_by("-week").first()
    events = tuple(_events(actor, year))
    drawn = tuple(_pictures(_answers(actor, year), events, hidden))
    return MyWeeks(
        year=year,
        pictures=drawn,
        reading=tuple(dict.fromkeys(str(said) for each in drawn if each.chart for said in each.chart.reading)),
        events=events,
        offered=tuple(_offered(actor)),
        latest=latest,
        has_this_week=bool(latest and latest.week == this_week()),
    )


def _year(actor: Actor, until: date | None) -> Year:
    now = this_week()
    last = now if until is None else min(until - timedelta(days=until.weekday()), now)
    since = last - A_YEAR + A_WEEK
    first = policy.mine(actor, CheckIn).aggregate(first=Min("week"))["first"]
    return Year(
        since,
        last,
        is_now=last == now,
        before=since - A_WEEK if first and first < since else None,
        after=min(last + A_YEAR, now) if last < now else None,
    )


def _events(actor: Actor, year: Year) -> list[Event]:
    found = policy.mine(actor, Event).filter(on__gte=year.since, on__lt=year.until + A_WEEK)
    return list(found.order_by("on", "pk"))


def _answers(actor: Actor, year: Year) -> dict[WeekOf, dict[str, int]]:
    """What was answered, by week: of the check-in in this year, of instruments, which are asked seldom, until then."""
    found = policy.mine(actor, Answer).filter(
        Q(checkin__week__gte=year.since) | ~Q(checkin__pack=OWN_WEEK), checkin__week__lte=year.until
    )
    answers: dict[WeekOf, dict[str, int]] = defaultdict(dict)
    for pack, version, week, item, value in found.values_list(
        "checkin__pack", "checkin__pack_version", "checkin__week", "item", "value"
    ):
        answers[pack, version, week][item] = value
    return answers


def _pictures(
    answers: Mapping[WeekOf, Mapping[str, int]], events: Sequence[Event], hidden: Collection[str]
) -> Iterator[Picture]:
    """One for each scale that has something to show, in the order of the packs."""
    pins = [Pin(event.on, event.words) for event in events]
    for key, scale, places in _places(answers):
        title = in_my_language(scale.title)
        question = pictures.Question(key, title, in_my_language(scale.low_end), in_my_language(scale.high_end))
        dots = [pictures.CheckIn(week, place) for (_pack, _version, week), place in places.items()]
        yield Picture(key, title, None if key in hidden else _drawn(question, dots, pins))


def _drawn(question: pictures.Question, dots: Sequence[pictures.CheckIn], pins: Sequence[Pin]) -> Chart:
    """Without the pins in words and the table: the screen has one list and leads to one table for all pictures."""
    chart = pictures.weeks(question, dots, pins=pins)
    return replace(chart, notes=(), table=replace(chart.table, rows=()))


def _places(answers: Mapping[WeekOf, Mapping[str, int]]) -> Iterator[tuple[str, Scale, dict[WeekOf, float]]]:
    """Each scale that has something to show: a key for it, and its place from 0 to 100 in each week."""
    for pack in latest_packs():
        mine = {at: given for at, given in answers.items() if at[0] == pack.id}
        for scale in pack.scales if mine else ():
            places = {at: place for at, given in mine.items() if (place := _place(scale, at, given)) is not None}
            if places:
                yield f"{pack.id}-{scale.key}".replace("_", "-"), scale, places


def _place(scale: Scale, at: WeekOf, given: Mapping[str, int]) -> float | None:
    """By the key of the version that was answered; None when too little was answered."""
    pack, version, _week = at
    own = scale_named(pack, version, scale.key)
    found = scored(own, given) if own else None
    if own is None or not isinstance(found, Scored):
        return None
    return on_hundred(found.value, low=own.low, high=own.high)


def _offered(actor: Actor) -> Iterator[Offered]:
    """What an organisation opened beside the check-in."""
    for asked in open_packs(actor):
        if asked.pack.id != OWN_WEEK:
            yield Offered(asked.pack.id, in_my_language(asked.pack.title), asked.by)


@dataclass(frozen=True, slots=True)
class Row:
    """One check-in in the table. title: "" for the check-in of a week; cells: one for each column, "" where nothing is."""

    id: UUID
    week: date
    title: str
    has_words: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """All pictures of a year in numbers, the latest week first. columns: what each cell of a row belongs to."""

    year: Year
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def week_table(actor: Actor, *, until: date | None = None) -> WeekTable:
    """The same year as in the pictures, as a table; three queries."""
    year = _year(actor, until)
    found = list(_places(_answers(actor, year)))
    columns = tuple(in_my_language(scale.title) for _key, scale, _found in found)
    checkins = policy.mine(actor, CheckIn).filter(week__gte=year.since, week__lte=year.until).order_by("-week", "pack")
    return WeekTable(year, columns, tuple(_row(each, [places for _key, _scale, places in found]) for each in checkins))


def _row(checkin: CheckIn, places: Sequence[Mapping[WeekOf, float]]) -> Row:
    at = checkin.pack, checkin.pack_version, checkin.week
    cells = tuple(str(round(each[at])) if at in each else "" for each in places)
    title = "" if checkin.pack == OWN_WEEK else in_my_language(pack_named(checkin.pack, checkin.pack_version).title)
    return Row(checkin.pk, checkin.week, title, bool(checkin.line or checkin.fits), cells)
