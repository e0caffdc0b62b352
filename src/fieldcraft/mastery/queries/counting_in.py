"""What one has said on being counted: for oneself alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fieldcraft.people.access import Actor
from fieldcraft.people.consent import Quarter, Use, grants_of, quarter_of
from fieldcraft.people.models import Organisation
from fieldcraft.people.queries import my_organisations

ASKED_ANEW = timedelta(weeks=4)
"""For so long after a quarter began, Today says that it is asked again; then it is silent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one organisation, and which of them the actor has said yes to for this quarter.

    is_left: the actor belongs to it no more, so that all that is left to say is no.
    in_team: of somebody who is in no team there, nothing is asked about a team's picture, unless there is a yes to take back.
    """

    organisation: Organisation
    yes: frozenset[Use]
    is_left: bool = False
    in_team: bool = True

    @property
    def uses(self) -> tuple[Use, ...]:
        """What is asked, in order."""
        is_asked = self.in_team or Use.TEAM_PICTURE in self.yes
        return tuple(use for use in Use if is_asked or use != Use.TEAM_PICTURE)


@dataclass(frozen=True, slots=True)
class Counting:
    """What is asked in a quarter."""

    quarter: Quarter
    asked: tuple[Asked, ...]


def counting_of(actor: Actor, today: date) -> Counting:
    """The actor's organisations, and those they left without taking a yes back, with what they said; three queries."""
    quarter = quarter_of(today)
    said = list(_standing(actor).values_list("organisation", "use", "first_day"))
    mine = list(my_organisations(actor))
    left = {organisation for organisation, _use, _day in said} - {place.pk for place in mine}
    places = [*mine, *Organisation.objects.filter(pk__in=left).order_by("name")]
    yes = {
        (organisation, Use(use)) for organisation, use, day in said if day == quarter.first_day or organisation in left
    }
    teams = {post.organisation_id for post in actor.posts if post.team_id}
    asked = (
        Asked(each, frozenset(use for key, use in yes if key == each.pk), each.pk in left, each.pk in teams)
        for each in places
    )
    return Counting(quarter, tuple(asked))


def _standing(actor: Actor) -> Any:
    assert actor.person_id  # the screens ask who is signed in
    return grants_of(actor.person_id).filter(withdrawn_on=None)


def is_asked_anew(actor: Actor, today: date) -> bool:
    """Whether a quarter has just begun, and what the actor said yes to in the last one is not yet said for this; one query."""
    quarter = quarter_of(today)
    if actor.person_id is None or today >= quarter.first_day + ASKED_ANEW:
        return False
    before = quarter_of(quarter.first_day - timedelta(days=1))
    rows = _standing(actor).filter(
        first_day__in=(before.first_day, quarter.first_day),
        organisation__in={post.organisation_id for post in actor.posts},
    )
    said: dict[date, set[Any]] = {before.first_day: set(), quarter.first_day: set()}
    for first_day, organisation, use in rows.values_list("first_day", "organisation", "use"):
        said[first_day].add((organisation, use))
    return bool(said[before.first_day] - said[quarter.first_day])


def my_grants(actor: Actor) -> list[dict[str, Any]]:
    """Every yes the actor gave, as rows for the file that they take along."""
    assert actor.person_id
    names = ("id", "person", "organisation", "use", "first_day", "last_day", "given_on", "withdrawn_on")
    return list(grants_of(actor.person_id).values(*names))
