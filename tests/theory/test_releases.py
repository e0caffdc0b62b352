"""Windows and releases: fixed, once, only of those who said yes, in groups large enough, never to be taken apart."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.theory.counted_world import World, at, check_ins, join, say_yes, world
from tests.together.made import on

from fieldcraft.engine.disclosure import Account, window_of
from fieldcraft.engine.disclosure import Window as WindowThere
from fieldcraft.engine.disclosure.releasing import MOST_BY_ALL
from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.mastery.sharing import Use, counted_in
from fieldcraft.people.consent import Grant, withdraw
from fieldcraft.people.models import Membership, Person, Role
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows, raise_thresholds
from fieldcraft.theory.models import Audience, CellKind, Counted, Released, RosterPlace, Window
from fieldcraft.theory.queries.releases import shown_in, team_pictures, windows_of
from fieldcraft.together.queries.threshold import threshold

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NUMBER = next(number for number in range(window_of(date(2026, 2, 1)).number, 99) if number % 3 == 0 and number % 2)
THEN = WindowThere(NUMBER)  # teams have their own pictures in it, and the monthly question its second half
MASTERY = "own-week:mastery"


def play(made: World, windows: int = 1, number: int = NUMBER) -> None:
    """Open and publish so many windows, one after the other."""
    for each in range(number, number + windows):
        open_windows(WindowThere(each).first_day)
        publish_due(WindowThere(each).published_from)


def busy(sizes: list[int], **more: Any) -> World:
    """Everybody checked in for two windows before and one after, and said yes to everything."""
    made = world(sizes, **more)
    first = WindowThere(NUMBER - 2).first_day
    check_ins(made.everybody, first, 24)
    say_yes(made, made.everybody, first, THEN.last_day + timedelta(weeks=16))
    return made


def shown(made: World, scale: str = MASTERY, audience: str = Audience.ORGANISATION) -> dict[str, Released]:
    rows = Released.objects.filter(window__organisation=made.organisation, scale=scale, audience=audience)
    latest = rows.order_by("window__number").select_related("team")
    return {row.team.name if row.team else row.kind: row for row in latest}


def test_a_window_is_published_once_three_days_after_it_closed_and_never_again(db: None) -> None:
    made = busy([12, 12])
    open_windows(THEN.first_day)

    publish_due(THEN.last_day + timedelta(days=3))
    assert not Released.objects.exists(), "three whole days lie between"
    publish_due(THEN.published_from)
    before = list(Released.objects.order_by("pk").values())
    check_ins(made.everybody[:6], THEN.last_day + timedelta(weeks=20), 1)
    publish_due(THEN.published_from + timedelta(days=1))
    open_windows(THEN.first_day)

    assert before
    assert list(Released.objects.order_by("pk").values()) == before
    assert Window.objects.get(number=NUMBER).published_on == THEN.published_from


def test_teams_of_eleven_stand_by_themselves_small_ones_together_and_the_whole_is_made_of_what_is_shown(
    db: None,
) -> None:
    made = busy([14, 13, 6, 7])

    play(made)

    figures = shown(made)
    assert set(figures) - {"others"} == {"Team 0", "Team 1", "Team 2", "Team 3", "whole"}  # chance may leave a team out
    for name in ("Team 2", "Team 3"):
        assert figures[name].mean is None
        assert figures[name].withheld in {"in_other_teams", "left_out", "few", "known"}
    direct = [row for name, row in figures.items() if name != "whole" and row.mean is not None]
    if len(direct) > 1:
        sizes = {row.pk: len(Counted.objects.get(released=row).people) for row in direct}
        mean = sum((row.mean or 0) * sizes[row.pk] for row in direct) / sum(sizes.values())
        assert abs((figures["whole"].mean or 0) - mean) <= 2.5


def test_figures_are_rounded_and_people_are_a_range(db: None) -> None:
    made = busy([24, 24])

    play(made)

    rows = Released.objects.filter(withheld="")
    assert rows
    assert {row.mean % 5 for row in rows if row.mean is not None} == {0}
    assert {row.people for row in rows} <= {"8-10", "11-19", "20-29", "30+"}
    assert all(share % 10 == 0 for row in rows for share in row.bands)


def test_only_those_who_said_yes_to_this_very_use_are_counted(db: None) -> None:
    made = world([14])
    first = THEN.first_day
    check_ins(made.everybody, first - timedelta(weeks=8), 12, answered=1.0)
    say_yes(made, made.everybody, first, THEN.last_day, [Use.TEAM_PICTURE])
    say_yes(made, made.everybody[:10], first, THEN.last_day, [Use.ORGANISATION_PICTURE])

    play(made)

    own, ours = shown(made, audience=Audience.TEAM)["Team 0"], shown(made)
    assert own.withheld in {"", "left_out"}
    assert {row.withheld for row in ours.values()} == {"few"}, (
        "ten are too few above a team, however many are in the team"
    )


def test_whoever_takes_it_back_before_publication_is_not_in_it_and_nothing_is_computed_anew_after(db: None) -> None:
    made = busy([8])
    open_windows(THEN.first_day)
    gone = made.everybody[0]

    withdraw(person_id=gone.pk, organisation_id=made.organisation.pk, use=Use.TEAM_PICTURE, on=THEN.published_from)
    publish_due(THEN.published_from)

    assert shown(made, audience=Audience.TEAM)["Team 0"].withheld == "few", "seven are left"


def test_a_yes_of_a_later_day_takes_nothing_back(db: None) -> None:
    made = busy([9])
    play(made)
    before = list(Released.objects.order_by("pk").values())
    for person in made.everybody:
        for use in Use:
            withdraw(person_id=person.pk, organisation_id=made.organisation.pk, use=use, on=THEN.published_from)
    publish_due(THEN.published_from + timedelta(days=9))

    assert list(Released.objects.order_by("pk").values()) == before


def test_whoever_joins_after_a_window_began_counts_from_the_next_on_and_whoever_left_before_does_not(db: None) -> None:
    made = busy([12])
    team = made.teams[0]
    late = join(made, team, "late", THEN.first_day + timedelta(days=1))
    gone = made.everybody[0]
    Membership.objects.filter(person=gone).update(ended_at=at(THEN.first_day - timedelta(days=1)))

    open_windows(THEN.first_day + timedelta(days=2))

    there = set(RosterPlace.objects.values_list("person", flat=True))
    assert late.pk not in there
    assert gone.pk not in there
    assert len(there) == 11
    open_windows(THEN.last_day + timedelta(days=1))
    assert late.pk in set(RosterPlace.objects.filter(window__number=NUMBER + 1).values_list("person", flat=True))


def test_whoever_is_in_two_teams_counts_once(db: None) -> None:
    made = busy([12, 12])
    both = made.people["Team 0"][0]
    Membership.objects.create(organisation=made.organisation, team=made.teams[1], person=both, role=Role.MEMBER)
    Membership.objects.filter(person=both, team=made.teams[1]).update(started_at=at(date(2025, 6, 1)))

    open_windows(THEN.first_day)

    assert list(RosterPlace.objects.filter(person=both).values_list("team__name", flat=True)) == ["Team 0"]


def test_one_answer_in_a_window_is_not_counted(db: None) -> None:
    made = world([12])
    check_ins(made.everybody, THEN.first_day, 1, answered=1.0)
    say_yes(made, made.everybody, THEN.first_day, THEN.last_day)

    play(made)

    assert {row.withheld for row in Released.objects.filter(scale=MASTERY)} <= {"few", "not_now", "one_cell"}


def test_the_monthly_question_takes_two_windows(db: None) -> None:
    made = busy([24])

    play(made, number=NUMBER - 1, windows=2)

    scales = {
        number: set(Released.objects.filter(window__number=number).values_list("scale", flat=True))
        for number in (NUMBER - 1, NUMBER)
    }
    assert "own-week:change" not in scales[NUMBER - 1]
    assert "own-week:change" in scales[NUMBER]


def test_thresholds_are_raised_for_windows_that_begin_later_and_never_lowered(db: None) -> None:
    made = busy([12])
    head = join(made, None, "head", date(2025, 1, 1), Role.CONVENOR)
    of = {"actor": made.actor(head), "organisation_id": made.organisation.pk}
    open_windows(THEN.first_day)

    raise_thresholds(**of, team=13, above=15, today=THEN.first_day + timedelta(days=1))
    open_windows(THEN.last_day + timedelta(days=1))

    assert list(Window.objects.order_by("number").values_list("team_threshold", "above_threshold")) == [
        (8, 11),
        (13, 15),
    ]
    for team, above in ((12, 15), (13, 14), (7, 20), (16, 15)):
        with pytest.raises(Invalid):
            raise_thresholds(**of, team=team, above=above, today=THEN.last_day)
    with pytest.raises(NotAllowed):
        raise_thresholds(**{**of, "actor": made.actor(made.everybody[0])}, team=20, above=20, today=THEN.last_day)


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


def test_a_reopened_account_is_the_same_person_and_says_yes_anew(db: None) -> None:
    made = busy([12])
    person = made.everybody[0]
    places = {person.pk: "one"}
    of = {"first": THEN.first_day, "last": THEN.last_day, "on": THEN.last_day, "places": places}
    (before,) = counted_in(made.organisation.pk, Use.THEORY, **of).rows
    Grant.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    Person.objects.filter(pk=person.pk).update(is_active=True)

    assert counted_in(made.organisation.pk, Use.THEORY, **of).rows == ()
    say_yes(made, [person], THEN.first_day, THEN.last_day)
    (again,) = counted_in(made.organisation.pk, Use.THEORY, **of).rows
    assert again.name == before.name, "so that the account of what was shown goes on"


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


def test_every_group_and_scale_is_either_shown_or_withheld_with_a_reason(db: None) -> None:
    made = busy([14, 6])

    play(made, windows=3)

    for window in Window.objects.exclude(published_on=None):
        ours = Released.objects.filter(window=window, audience=Audience.ORGANISATION)
        for scale in ours.values_list("scale", flat=True).distinct():
            rows = ours.filter(scale=scale)
            assert {row.team.name for row in rows if row.team} == {"Team 0", "Team 1"}
            assert CellKind.WHOLE in {row.kind for row in rows}
            assert all((row.mean is None) == bool(row.withheld) for row in rows)


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


def test_a_new_key_changes_nobodys_name_in_the_account(db: None, settings: Any) -> None:
    made = busy([3])
    asked = {"first": THEN.first_day, "last": THEN.last_day, "on": THEN.published_from}
    places = {person.pk: str(made.teams[0].pk) for person in made.everybody}

    def names() -> set[str]:
        rows = counted_in(made.organisation.pk, Use.TEAM_PICTURE, **asked, places=places).rows
        return {row.name for row in rows}

    before = names()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    kept = names()
    settings.SECRET_KEY_FALLBACKS = []

    assert len(before) == 3
    assert kept == before
    assert not names() & before, "with a lost key everybody is somebody new"


def test_an_organisation_that_asks_for_more_people_asks_it_of_unnamed_conditions_too(db: None) -> None:
    made = world([3])
    head = join(made, None, "head", date(2024, 1, 1), Role.CONVENOR)
    other = world([1], name="Elsewhere")

    raise_thresholds(
        actor=made.actor(head), organisation_id=made.organisation.pk, team=12, above=14, today=timezone.localdate()
    )

    assert threshold(made.organisation.pk) == 8, "as for figures, from the next window on"
    with on(timezone.localdate() + timedelta(weeks=5)):
        assert threshold(made.organisation.pk) == 12
        assert threshold(other.organisation.pk) == 8
