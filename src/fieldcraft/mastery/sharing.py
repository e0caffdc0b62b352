"""The one way out of a compass: weekly answers of those who said yes to this very use, under names that nobody can read.

What comes out stays inside the action that asked for it: it is counted there and forgotten.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from fieldcraft.engine.measure.responses import Cell, Missing
from fieldcraft.engine.measure.scoring import Scored, on_hundred
from fieldcraft.mastery.models import Answer
from fieldcraft.measures.queries.packs import OWN_WEEK, pack_named, scored
from fieldcraft.people.consent import Grant, Use, grants_valid

__all__ = ["CountedIn", "Row", "Use", "counted_in"]

_SALT = "fieldcraft.mastery.sharing"


@dataclass(frozen=True, slots=True)
class Row:
    """One person's weeks.

    name: keyed, the same in every window of the organisation, read back by nobody.
    team: what the asker said where they belong, for the partition alone; "" for nowhere.
    weeks: by Monday, each answer and scale of the check-in from 0 to 100, as `own-week:…`; items as they were asked.
    """

    name: str
    team: str
    weeks: Mapping[date, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class CountedIn:
    """The rows, in the order of their names, which is drawn by a key and tells nothing."""

    rows: tuple[Row, ...] = field(repr=False)


def counted_in(
    organisation_id: UUID, use: Use, *, first: date, last: date, on: date, places: Mapping[UUID, str]
) -> CountedIn:
    """The weeks, from one Monday to another, that people let be counted for a use and had not taken back on a day.

    places: everybody who may be counted, whether they said yes or not, and where they belong; nobody else comes out.
    Two queries.
    """
    quarters = _quarters(grants_valid(organisation_id, use, on))
    said = _said(grants_valid(organisation_id, use, on), first, last)
    rows = (
        Row(_name(organisation_id, person), places[person], _weeks(weeks, quarters[person]))
        for person, weeks in said.items()
        if person in places
    )
    return CountedIn(tuple(sorted((row for row in rows if row.weeks), key=lambda row: row.name)))


Weeks = dict[tuple[date, int], dict[str, Cell]]


def _quarters(grants: Iterable[Grant]) -> dict[UUID, list[tuple[date, date]]]:
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for grant in grants:
        found[grant.person_id].append((grant.first_day, grant.last_day))
    return found


def _said(grants: QuerySet[Grant], first: date, last: date) -> dict[UUID, Weeks]:
    """By person, week and version of what was asked: the answers."""
    rows = Answer.objects.filter(
        owner__in=grants.values("person"),
        checkin__pack=OWN_WEEK,
        checkin__week__range=(first, last),
    )
    found: dict[UUID, Weeks] = defaultdict(lambda: defaultdict(dict))
    for owner, week, version, item, value in rows.values_list(
        "owner", "checkin__week", "checkin__pack_version", "item", "value"
    ):
        found[owner][week, version][item] = value
    return found


def _weeks(weeks: Weeks, quarters: list[tuple[date, date]]) -> dict[date, dict[str, float]]:
    """Those of the quarters that they said yes to; a week belongs to the quarter of its Monday."""
    return {
        week: _scores(answers, version)
        for (week, version), answers in sorted(weeks.items())
        if any(first <= week <= last for first, last in quarters)
    }


def _scores(answers: Mapping[str, Cell], version: int) -> dict[str, float]:
    """Every answer as it was given, and every scale that has a number."""
    pack = pack_named(OWN_WEEK, version)
    found = {item: on_hundred(said, low=pack.low, high=pack.high) for item, said in _numbers(answers)}
    for scale in pack.scales:
        score = scored(scale, answers)
        if isinstance(score, Scored):
            found[scale.key] = on_hundred(score.value, low=scale.low, high=scale.high)
    return {f"{OWN_WEEK}:{key}": value for key, value in found.items()}


def _numbers(answers: Mapping[str, Cell]) -> list[tuple[str, float]]:
    return [(item, float(said)) for item, said in answers.items() if not isinstance(said, Missing)]


def _name(organisation_id: UUID, person_id: UUID) -> str:
    """By the installation's oldest key, so that a person stays the same in the account of what was shown."""
    words = f"{organisation_id.hex}:{person_id.hex}"
    oldest = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
    return salted_hmac(_SALT, words, secret=oldest, algorithm="sha256").hexdigest()[:32]
