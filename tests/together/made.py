"""More people for the cast, days to be on, and what is sent to raise something."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

from django.test import Client
from tests.conftest import Cast

from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Role
from fieldcraft.together.actions.raising import join_condition, raise_unnamed
from fieldcraft.together.models import Condition

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
RAISE, MINE = "/conditions/raise/", "/conditions/mine/"
LIST = "/organisations/harbour-trust/conditions/"
MONDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 4)
WORDS = "The night desk is not staffed."
OTHERS = tuple(f"p{number}" for number in range(9))


def add_people(cast: Cast, names: tuple[str, ...] = OTHERS) -> None:
    """More members of the team."""
    for name in names:
        cast.people[name] = make_sample_person(
            name=name.capitalize(),
            email=f"{name}@example.org",
            organisation=cast.organisation,
            team=cast.team,
            role=Role.MEMBER,
        )


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    """The app takes it to be this day."""
    now = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    with patch("django.utils.timezone.now", lambda: now):
        yield


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    if name != "anyone":
        client.force_login(cast.people[name], BACKEND)
    return client


def html(answer: Any) -> str:
    return str(answer.content.decode())


def unnamed(cast: Cast, name: str, words: str = WORDS) -> Condition:
    return raise_unnamed(actor=cast.actor(name), organisation=cast.organisation, words=words)


def join(cast: Cast, condition: Condition, *names: str) -> None:
    for name in names:
        join_condition(actor=cast.actor(name), condition_id=condition.pk, organisation=cast.organisation)


def shown(cast: Cast, raiser: str = "ben") -> Condition:
    """An unnamed one that eight people raised, and that shows since Monday 23 March 2026."""
    add_people(cast)
    with on(MONDAY):
        made = unnamed(cast, raiser)
    with on(date(2026, 3, 18)):
        join(cast, made, *OTHERS[:7])
    return Condition.objects.get(pk=made.pk)
