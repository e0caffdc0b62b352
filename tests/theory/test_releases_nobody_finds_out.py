"""What is released names nobody, is read by those alone whom it is for, and tells no more beside another."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.theory.counted_world import at, check_ins, join, say_yes, world
from tests.theory.released_world import BACKEND, MASTERY, NUMBER, THEN, busy, play

from fieldcraft.engine.disclosure import Account
from fieldcraft.engine.disclosure import Window as WindowThere
from fieldcraft.engine.disclosure.releasing import MOST_BY_ALL
from fieldcraft.errors import NotAllowed
from fieldcraft.mastery.sharing import Use, counted_in
from fieldcraft.people.models import Membership, Role
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows
from fieldcraft.theory.models import Audience, Counted, Released
from fieldcraft.theory.queries.releases import shown_in, team_pictures, windows_of


def test_what_comes_through_the_door_names_nobody(db: None) -> None:
    made = busy([12])
    places = {person.pk: "one" for person in made.everybody}
    of = {"first": THEN.first_day, "last": THEN.last_day, "places": places}

    found = counted_in(made.organisation.pk, Use.THEORY, on=THEN.last_day, **of)

    told = repr([(row.name, row.team) for row in found.rows])
    assert len(found.rows) == 12
    assert [row for row in made.everybody if str(row.pk) in told or row.pk.hex in told or row.email in told] == []
    assert [row.name for row in found.rows] == sorted(row.name for row in found.rows), (
        "drawn by the key, not by joining"
    )
    only = counted_in(made.organisation.pk, Use.THEORY, on=THEN.last_day, **{**of, "places": {}})
    assert only.rows == (), "whoever is in no place does not come out"


def test_the_teams_picture_is_for_the_team_alone_and_for_all_of_it(db: None) -> None:
    made = busy([12, 12])
    team = made.teams[0]
    lead = join(made, team, "lead", date(2025, 1, 1), Role.LEAD)
    head = join(made, None, "head", date(2025, 1, 1), Role.CONVENOR)
    open_windows(THEN.first_day)

    assert team_pictures(made.actor(lead), team.pk)[1] == [], "a lead sees it no earlier"
    publish_due(THEN.published_from)

    mine = [line.row.pk for line in team_pictures(made.actor(made.people["Team 0"][3]), team.pk)[1][0].lines]
    leads = [line.row.pk for line in team_pictures(made.actor(lead), team.pk)[1][0].lines]
    assert mine
    assert mine == leads
    for other in (made.people["Team 1"][0], head):
        with pytest.raises(NotAllowed):
            team_pictures(made.actor(other), team.pk)


def test_the_ledger_says_that_a_team_had_its_picture_and_not_what_it_shows(db: None) -> None:
    made = busy([12, 5])

    play(made)

    (window,) = windows_of(made.organisation)
    found = shown_in(window)
    named = [team.name for team in (*found.teams, *found.not_to)]
    assert sorted(named) == ["Team 0", "Team 1"]
    assert {line.row.audience for scale in found.scales for line in scale.lines} <= {Audience.ORGANISATION}


def test_who_was_counted_stands_there_under_names_that_nobody_can_read(db: None) -> None:
    made = busy([12])

    play(made)

    kept = repr(list(Counted.objects.values_list("people", flat=True)))
    assert Counted.objects.exists()
    assert [person for person in made.everybody if str(person.pk) in kept or person.pk.hex in kept] == []


def _tables(address: str, client: Client) -> str:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return " ".join(query["sql"] for query in asked.captured_queries)


def test_no_page_of_the_theory_touches_an_answer_or_a_yes_only_publishing_does(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["ana"], BACKEND)
    open_windows(timezone.localdate())

    for address in ("ledger/", "tests/", "theory/", "psychology/"):
        asked = _tables(f"/organisations/harbour-trust/{address}", client)
        assert [
            name for name in ("mastery_checkin", "mastery_answer", "people_grant", "theory_counted") if name in asked
        ] == []
    asked = _tables(f"/teams/{cast.team.pk}/picture/", client)
    assert [
        name for name in ("mastery_checkin", "mastery_answer", "people_grant", "theory_counted") if name in asked
    ] == []

    with CaptureQueriesContext(connection) as published:
        publish_due(timezone.localdate() + timedelta(days=60))
    told = " ".join(query["sql"] for query in published.captured_queries)
    assert "mastery_answer" in told
    assert "people_grant" in told


def test_two_pictures_whose_people_differ_by_one_tell_little_more_together(db: None) -> None:
    """Insiders see both; what could be worked out of anyone's answers from both stays below what one may tell."""
    made = world([13, 12])
    first = WindowThere(NUMBER - 2).first_day
    check_ins(made.everybody, first, 36, answered=1.0)
    end = THEN.last_day + timedelta(weeks=40)
    say_yes(made, made.everybody, first, end, [Use.TEAM_PICTURE])
    say_yes(made, made.everybody[1:], first, end, [Use.ORGANISATION_PICTURE])

    play(made, windows=7)

    shown_to = Counted.objects.filter(released__scale=MASTERY, is_direct=True)
    assert {row.released.audience for row in shown_to} == set(Audience)
    account = Account()
    for row in shown_to.order_by("released__window__number", "pk"):
        account = account.after(frozenset(row.people), with_bands=row.with_bands)
    assert account.people
    assert account.most_known <= MOST_BY_ALL


def test_two_organisations_do_not_touch_each_other(db: None) -> None:
    one, other = busy([12]), world([12], name="Elm House")
    both = one.everybody[0]
    Membership.objects.create(organisation=other.organisation, team=other.teams[0], person=both, role=Role.MEMBER)
    Membership.objects.filter(organisation=other.organisation).update(started_at=at(date(2025, 1, 1)))
    check_ins(other.everybody, THEN.first_day, 4)

    play(one)

    places = {person.pk: "t" for person in [*one.everybody, *other.everybody]}
    of = {"first": THEN.first_day, "last": THEN.last_day, "on": THEN.last_day, "places": places}
    assert len(counted_in(one.organisation.pk, Use.THEORY, **of).rows) == 12
    assert counted_in(other.organisation.pk, Use.THEORY, **of).rows == (), (
        "who said yes to one said nothing to the other"
    )
    withheld = Released.objects.filter(window__organisation=other.organisation).values_list("withheld", flat=True)
    assert set(withheld) == {"few"}
