"""A year of the organisation's answers, at Tideway: what was asked, raised, stated and counted, and what came of it.

A step of its own after the sample community is built, since it takes some seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation

from fieldcraft.people.queries import actor_of, my_organisations, sample_people
from fieldcraft.shell.sample.year.colleagues import make_colleagues
from fieldcraft.shell.sample.year.conditions import Raised, raise_conditions
from fieldcraft.shell.sample.year.counting import WITHDREW, check_in, count_in, let_the_year_pass
from fieldcraft.shell.sample.year.days import A_WEEK, Days
from fieldcraft.shell.sample.year.purposes import answer_and_ask_again, ask_half_a_year_ago
from fieldcraft.shell.sample.year.stated import challenge_what_was_found, state_learning, state_psychology

if TYPE_CHECKING:
    from uuid import UUID

    from fieldcraft.people.access import Actor

ADMINISTRATOR = "Sam Whitcombe"


@dataclass(frozen=True, slots=True)
class Year:
    """people: those who can be entered as, by name. teams: their quiet colleagues."""

    organisation: Any
    people: dict[str, Actor]
    teams: dict[str, list[Actor]]
    days: Days

    @property
    def quiet(self) -> list[Actor]:
        """All of them, team after team."""
        return [actor for team in self.teams.values() for actor in team]


@transaction.atomic
def build_year() -> None:
    """The year before today, at Tideway; the sample community is there already."""
    with translation.override("en"):
        year = _begun()
        _ask_and_raise(year)
        state_psychology(year.organisation.pk, year.people, year.days)
        theory = state_learning(year.organisation.pk, year.people, year.days)
        _count(year)
        challenge_what_was_found(year.people, theory, year.days)


def _begun() -> Year:
    """Everybody is there, and has been since before the year began."""
    everybody, days = {person.name: actor_of(person) for person in sample_people()}, Days.until(timezone.localdate())
    (tideway,) = my_organisations(everybody[ADMINISTRATOR])
    people = {name: actor for name, actor in everybody.items() if _is_of(actor, tideway.pk)}
    return Year(tideway, people, make_colleagues(tideway, people, days.mondays[0] - _THERE_BEFORE), days)


_THERE_BEFORE = 8 * A_WEEK


def _is_of(actor: Actor, organisation_id: UUID) -> bool:
    return any(post.organisation_id == organisation_id for post in actor.posts)


def _ask_and_raise(year: Year) -> None:
    raised = Raised(year.organisation, year.people, year.quiet, year.days, made={})
    invitation = ask_half_a_year_ago(year.organisation, year.people, year.quiet, year.days)
    raise_conditions(raised)
    answer_and_ask_again(year.organisation, year.people, invitation, raised.made, year.days)


def _count(year: Year) -> None:
    organisation_id, wendell = year.organisation.pk, year.people[WITHDREW]
    check_in(organisation_id, year.teams, wendell, year.days)
    count_in(organisation_id, year.teams, wendell, year.days)
    let_the_year_pass(organisation_id, year.days.jobs)
