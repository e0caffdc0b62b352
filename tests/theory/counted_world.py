"""An organisation whose people check in and let themselves be counted, made row by row so that a year takes a second."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from fieldcraft.mastery.models import Answer, CheckIn
from fieldcraft.mastery.sharing import Use
from fieldcraft.measures.queries.packs import OWN_WEEK
from fieldcraft.people.access import Actor
from fieldcraft.people.consent import Grant, quarter_of
from fieldcraft.people.models import Membership, Organisation, Person, Role, Team
from fieldcraft.people.queries import actor_of

WEEKLY = ("purpose", "influence", "same_anyway", "better", "reachable", "own_sake")
EVERY_USE = tuple(Use)
A_WEEK = timedelta(weeks=1)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


@dataclass
class World:
    """people: by team, in the order of joining."""

    organisation: Organisation
    teams: list[Team] = field(default_factory=list)
    people: dict[str, list[Person]] = field(default_factory=dict)

    @property
    def everybody(self) -> list[Person]:
        return [person for people in self.people.values() for person in people]

    def actor(self, person: Person) -> Actor:
        return actor_of(person)


def world(sizes: Iterable[int], *, since: date = date(2025, 1, 1), name: str = "Quay Trust") -> World:
    """Teams of these sizes, everybody a member since a day."""
    slug = name.lower().replace(" ", "-")
    made = World(Organisation.objects.create(name=name, slug=slug))
    for number, size in enumerate(sizes):
        team = Team.objects.create(organisation=made.organisation, name=f"Team {number}", slug=f"team-{number}")
        made.teams.append(team)
        made.people[team.name] = [join(made, team, f"{slug}-{number}-{person}", since) for person in range(size)]
    return made


def join(made: World, team: Team | None, name: str, since: date, role: Role = Role.MEMBER) -> Person:
    person = Person.objects.create(email=f"{name}@example.org", name=name)
    membership = Membership.objects.create(organisation=made.organisation, team=team, person=person, role=role)
    Membership.objects.filter(pk=membership.pk).update(started_at=at(since))
    return person


def say_yes(made: World, people: Iterable[Person], first: date, last: date, uses: Iterable[Use] = EVERY_USE) -> None:
    """For every quarter from a day to another."""
    quarters, day = [], first
    while quarter_of(day).first_day <= last:
        quarters.append(quarter_of(day))
        day = quarters[-1].last_day + timedelta(days=1)
    Grant.objects.bulk_create(
        Grant(person=person, organisation=made.organisation, use=use, given_on=quarter.first_day,
              first_day=quarter.first_day, last_day=quarter.last_day)
        for person in people for use in uses for quarter in quarters
    )  # fmt: skip


def check_in(person: Person, week: date, **answers: int) -> None:
    row = CheckIn.objects.create(owner=person, pack=OWN_WEEK, pack_version=1, week=week)
    Answer.objects.bulk_create(
        Answer(owner=person, checkin=row, item=item, value=value) for item, value in answers.items()
    )


def check_ins(
    people: Iterable[Person], first: date, weeks: int, *, seed: int = 1, effect: float = 0.0, answered: float = 0.9
) -> None:
    """So many weeks of everybody's from a Monday; learning goes up by `effect` points a week after more purpose.

    The monthly item is answered in one week of four. Levels differ between people.
    """
    drawn, rows, answers = random.Random(seed), [], []
    for person in people:
        level, before = drawn.gauss(4.2, 0.7), 0.0
        for number in range(weeks):
            purpose = drawn.gauss(0, 1.2)
            moves = {item: drawn.gauss(0, 1.2) for item in WEEKLY} | {"purpose": purpose}
            moves["better"] += effect * before
            before = purpose
            if drawn.random() > answered:
                continue
            row = CheckIn(owner=person, pack=OWN_WEEK, pack_version=1, week=first + A_WEEK * number)
            rows.append(row)
            if number % 4 == 1:
                moves["change"] = drawn.gauss(0, 1.2)
            answers += [
                Answer(owner=person, checkin=row, item=item, value=max(1, min(7, round(level + move))))
                for item, move in moves.items()
            ]
    CheckIn.objects.bulk_create(rows, batch_size=2_000)
    Answer.objects.bulk_create(answers, batch_size=2_000)
