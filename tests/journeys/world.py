"""An organisation of its own beside the sample, and its days; done in a process of its own by `hands.beside`.

People of it are signed in by a session that is made here; nobody has to be found among the sample community.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.theory.counted_world import A_WEEK, World, check_ins, join, say_yes, world

from fieldcraft.engine.disclosure import window_of
from fieldcraft.mastery.models import Safety
from fieldcraft.people.models import Membership, Organisation, Person, Role
from fieldcraft.people.queries import actor_of
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.actions.purposes import release_due
from fieldcraft.theory.actions.purposes_offering import offer_purpose
from fieldcraft.theory.actions.registering import dates_after, digest_of
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows
from fieldcraft.theory.models import Invitation, Test
from fieldcraft.theory.queries.purposes import Offered, Stands
from fieldcraft.together.actions.judging import say_whether_it_helped
from fieldcraft.together.actions.raising import join_condition
from fieldcraft.together.models import Condition

SIGNED_IN_BY = "allauth.account.auth_backends.AuthenticationBackend"
FOR_HOW_LONG = timedelta(weeks=60)
NAMES = ("Nia", "Tove", "Uma")
"""Those who act on screens; everybody else of the first team is one of many."""


def community(name: str, *sizes: str) -> object:
    """Teams of these sizes, an administrator and a convenor; gives who can be signed in as whom."""
    made = world([int(size) for size in sizes], since=_today() - FOR_HOW_LONG, name=name)
    keepers = {
        "Ada": join(made, None, f"{made.organisation.slug}-ada", _today() - FOR_HOW_LONG, Role.ADMINISTRATOR),
        "Ola": join(made, None, f"{made.organisation.slug}-ola", _today() - FOR_HOW_LONG, Role.CONVENOR),
    }
    people = {**keepers, **dict(zip(NAMES, made.everybody, strict=False))}
    for called, person in people.items():
        Person.objects.filter(pk=person.pk).update(name=f"{called} {name.split()[0]}")
    Safety.objects.create(
        organisation=made.organisation, whom_to_call="The desk.", safeguarding="Your lead.", set_by=keepers["Ada"]
    )
    sessions = {called: _signed_in(person) for called, person in people.items()}
    return {"slug": made.organisation.slug, "team": str(made.teams[0].pk), "sessions": sessions}


def _signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person, SIGNED_IN_BY)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _today() -> date:
    return timezone.localdate()


def _organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _many(slug: str, number: str) -> list[Person]:
    """So many of those who act on no screen."""
    places = Membership.objects.filter(organisation__slug=slug, team__isnull=False).order_by("person__email")
    found = [place.person for place in places.select_related("person") if not place.person.name.startswith(NAMES)]
    return found[: int(number)]


def offered(slug: str, number: str, theme: str) -> None:
    """So many more offer something unnamed."""
    invitation = Invitation.objects.get(organisation__slug=slug, released_on=None)
    for at, person in enumerate(_many(slug, number)):
        what = Offered(f"I am one of many: {at}.", Stands.READ, theme)
        offer_purpose(actor=actor_of(person), invitation=invitation, offered=what)


def last_day_over(slug: str) -> None:
    """The open invitation was asked a month ago, and its last day was yesterday."""
    yesterday = _today() - timedelta(days=1)
    invitations = Invitation.objects.filter(organisation__slug=slug, released_on=None)
    invitations.update(opened_on=yesterday - timedelta(days=30), closes_on=yesterday)
    release_due(_today())


def joinable(slug: str) -> None:
    """The Monday has come from which others read what was raised unnamed."""
    Condition.objects.filter(organisation__slug=slug, shown_on=None).update(joinable_from=_today())


def joined(slug: str, number: str) -> None:
    """So many more join the one that was raised."""
    condition = Condition.objects.get(organisation__slug=slug)
    for person in _many(slug, number):
        join_condition(actor=actor_of(person), condition_id=condition.pk, organisation=condition.organisation)


def monday_came(slug: str) -> None:
    """What is due on the next Monday shows today."""
    conditions = Condition.objects.filter(organisation__slug=slug)
    conditions.exclude(shown_on=None).update(shown_on=_today())
    conditions.exclude(said_on=None).update(said_on=_today())


def helped(slug: str, number: str) -> None:
    """So many of those who joined say that it is better."""
    condition = Condition.objects.get(organisation__slug=slug)
    for person in _many(slug, number):
        say_whether_it_helped(actor=actor_of(person), condition_id=condition.pk, helped="yes")


def counted(slug: str, weeks: str) -> None:
    """Everybody in a team let themselves be counted for so many weeks, in which learning followed purpose."""
    made = World(_organisation(slug))
    places = Membership.objects.filter(organisation=made.organisation, team__isnull=False).select_related("person")
    people = [place.person for place in places]
    first = _today() - timedelta(days=_today().weekday()) - A_WEEK * int(weeks)
    say_yes(made, people, first, _today())
    check_ins(people, first, int(weeks), effect=0.6)


def judged(slug: str) -> None:
    """What was registered was so before its last date, which has come."""
    test = Test.objects.get(claim__theory__organisation__slug=slug, ended_on=None)
    then = max(day for day in dates_after(_today() - timedelta(days=100)) if day <= _today()) - timedelta(days=1)
    dates = [day.isoformat() for day in dates_after(then)]
    test.registered = {**test.registered, "registered_on": then.isoformat(), "dates": dates}
    test.digest = digest_of(test.registered)
    test.save()
    judge_due(_today())


def published(slug: str) -> None:
    """Windows were opened while people worked here, and those that are over are published."""
    assert _organisation(slug)
    open_windows(window_of(_today()).first_day - A_WEEK * 16)
    open_windows(_today())
    publish_due(_today())


WHAT: dict[str, Callable[..., object]] = {
    each.__name__: each
    for each in (
        community, offered, last_day_over, joinable, joined, monday_came, helped, counted, judged, published,
    )
}  # fmt: skip


def done(words: Sequence[str]) -> str:
    """Does it, and gives what it gives as JSON."""
    return json.dumps(WHAT[words[0]](*words[1:]))
