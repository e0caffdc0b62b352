"""Raising something by name, for a team or unnamed; joining; taking back; when an unnamed one shows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.conftest import Cast
from tests.together.made import MONDAY, OTHERS, WEDNESDAY, WORDS, add_people, join, on, shown, unnamed

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.people.actions.community import make_team
from fieldcraft.together.actions.raising import (
    join_condition,
    raise_for_team,
    raise_unnamed,
    raise_with_name,
    take_back,
)
from fieldcraft.together.models import Condition, ConditionPage, Raising, Voice
from fieldcraft.together.policy import visible_conditions
from fieldcraft.together.queries import threshold as thresholds
from fieldcraft.together.queries.conditions import condition_as_read, conditions_of
from fieldcraft.together.queries.days import joinable_monday, monday_after
from fieldcraft.together.queries.pages import place_at
from fieldcraft.together.queries.raisings import joinable, my_raisings
from fieldcraft.together.queries.threshold import ask_for_threshold, range_of, threshold
from fieldcraft.together.queries.tokens import token, tokens


def is_seen(cast: Cast, condition: Condition, name: str = "edie") -> bool:
    return visible_conditions(cast.actor(name)).filter(pk=condition.pk).exists()


def named(cast: Cast, words: str = WORDS) -> Condition:
    return raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=words)


@pytest.mark.parametrize("days", range(14))
def test_weeks_begin_on_monday_and_a_whole_one_lies_before_others_can_join(days: int) -> None:
    day = MONDAY + timedelta(days=days)

    assert monday_after(day).weekday() == joinable_monday(day).weekday() == 0
    assert day < monday_after(day) <= day + timedelta(days=7)
    assert timedelta(days=7) < joinable_monday(day) - day <= timedelta(days=14)


def test_a_named_one_shows_at_once_to_the_organisation_alone_with_its_name(cast: Cast) -> None:
    made = named(cast)
    read = condition_as_read(cast.actor("edie"), made.pk)

    assert read is not None
    assert read.read.by == "Ben"
    assert not is_seen(cast, made, "cleo")
    assert [event.by for event in Event.objects.filter(verb="condition.raised")] == [cast.people["ben"].pk]


def test_a_teams_shows_who_wrote_it_to_the_team_alone(cast: Cast) -> None:
    made = raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)
    by = {name: condition_as_read(cast.actor(name), made.pk) for name in ("ana", "edie", "cora", "ada")}

    assert {name: read.read.by for name, read in by.items() if read} == {
        "ana": "Ben",
        "edie": "",
        "cora": "",
        "ada": "",
    }


def test_all_of_the_team_find_the_teams_among_what_they_raised(cast: Cast) -> None:
    raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)

    assert [len(my_raisings(cast.actor(name))) for name in ("ben", "ana", "edie")] == [1, 1, 0]


def test_nobody_raises_for_a_team_or_an_organisation_that_is_not_theirs(cast: Cast) -> None:
    other = make_team(actor=cast.actor("ada"), organisation_id=cast.organisation.pk, name="Quay")

    with pytest.raises(NotAllowed):
        raise_for_team(actor=cast.actor("ben"), team=other, words=WORDS)
    for act in (raise_with_name, raise_unnamed):
        with pytest.raises(NotAllowed):
            act(actor=cast.actor("cleo"), organisation=cast.organisation, words=WORDS)


@pytest.mark.parametrize("words", ["", "   ", "x" * 301])
def test_it_is_one_sentence(cast: Cast, words: str) -> None:
    with pytest.raises(Invalid):
        named(cast, words)


def test_a_button_that_is_pressed_twice_raises_it_once(cast: Cast) -> None:
    for _time in range(2):
        named(cast)
        raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)
        unnamed(cast, "ben")

    assert Condition.objects.count() == 3


def test_of_an_unnamed_one_no_name_no_day_and_no_event_is_kept(cast: Cast) -> None:
    before = Event.objects.count()
    with on(WEDNESDAY):
        made = unnamed(cast, "ben")
        join_later = made.joinable_from

    made.refresh_from_db()
    assert (made.by_id, made.team_id, made.owner_id, made.shown_on) == (None, None, None, None)
    assert (made.raised_on, join_later) == (date(2026, 3, 1), date(2026, 3, 16))
    assert Event.objects.count() == before
    assert made.pk.version == 4


def test_the_database_itself_refuses_a_name_at_an_unnamed_one(cast: Cast) -> None:
    made = unnamed(cast, "ben")

    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.filter(pk=made.pk).update(by=cast.people["ben"])


@pytest.mark.parametrize("make", [named, lambda cast: unnamed(cast, "ben")])
def test_the_database_numbers_no_row_in_the_order_in_which_they_came(cast: Cast, make: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite numbers its rows beside their key.")
    make(cast)

    with connection.cursor() as cursor:
        cursor.execute("SELECT rowid FROM together_condition UNION ALL SELECT rowid FROM together_raising")
        numbers = [number for (number,) in cursor.fetchall()]
    assert len(numbers) == 2
    assert min(numbers) > 1_000_000, "one in a million million stands lower by lot"


def test_below_the_threshold_only_those_about_to_raise_something_read_it_from_its_monday_on(cast: Cast) -> None:
    with on(WEDNESDAY):
        made = unnamed(cast, "ben")
    edie = cast.actor("edie")

    with on(date(2026, 3, 15)):
        assert joinable(edie, cast.organisation) == []
    with on(date(2026, 3, 16)):
        assert joinable(edie, cast.organisation) == [made]
        assert joinable(cast.actor("ben"), cast.organisation) == []
    assert not is_seen(cast, made)


def test_nobody_joins_before_its_monday_from_outside_or_twice(cast: Cast) -> None:
    with on(WEDNESDAY):
        made = unnamed(cast, "ben")
        with pytest.raises(NotFound):
            join(cast, made, "ana")
    with on(date(2026, 3, 16)):
        with pytest.raises(NotAllowed):
            join(cast, made, "cleo")
        join(cast, made, "ana", "ana", "ben")

    assert made.raisings.count() == 2


def test_it_is_joined_by_choice_and_never_by_its_words(cast: Cast) -> None:
    with on(MONDAY):
        unnamed(cast, "ben")
    with on(date(2026, 3, 18)):
        unnamed(cast, "ana")

    assert sorted(each.raisings.count() for each in Condition.objects.all()) == [1, 1]


@pytest.mark.parametrize("weekday", range(7))
def test_it_crosses_the_threshold_on_a_monday_only(cast: Cast, weekday: int) -> None:
    add_people(cast)
    with on(MONDAY):
        made = unnamed(cast, "ben")
    eighth_joins = date(2026, 3, 16) + timedelta(days=weekday)
    with on(eighth_joins):
        join(cast, made, *OTHERS[:6])
        assert Condition.objects.get(pk=made.pk).shown_on is None
        join(cast, made, OTHERS[6])
        assert not is_seen(cast, made)
        assert joinable(cast.actor("edie"), cast.organisation) == [made], "it looks as before until then"

    with on(date(2026, 3, 22)):
        assert not is_seen(cast, made)
    with on(date(2026, 3, 23), hour=0):
        assert is_seen(cast, made)
        assert joinable(cast.actor("edie"), cast.organisation) == []
        with pytest.raises(NotFound):
            join(cast, made, OTHERS[8])


def test_it_goes_below_the_threshold_again_when_one_takes_theirs_back_in_time(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 20)):
        take_back(actor=cast.actor("p0"), condition_id=made.pk)

    with on(date(2026, 3, 30)):
        assert not is_seen(cast, made)


def test_how_many_is_told_in_ranges(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 23)):
        (read,) = conditions_of(cast.actor("edie"), cast.organisation).open

    assert (read.condition, read.few, read.many, read.by) == (made, 8, 14, "")
    assert [range_of(number) for number in (8, 14, 15, 29, 30, 60, 500)] == [
        (8, 14), (8, 14), (15, 29), (15, 29), (30, 59), (60, None), (60, None),
    ]  # fmt: skip


def test_one_takes_one_s_own_back_until_it_shows_and_the_words_go_with_the_last(cast: Cast) -> None:
    with on(MONDAY):
        made = unnamed(cast, "ben")
    with on(date(2026, 3, 16)):
        join(cast, made, "ana")

    with on(date(2026, 3, 17)):
        with pytest.raises(NotFound):
            take_back(actor=cast.actor("edie"), condition_id=made.pk)
        take_back(actor=cast.actor("ben"), condition_id=made.pk)
        assert joinable(cast.actor("ben"), cast.organisation) == [made]
        take_back(actor=cast.actor("ana"), condition_id=made.pk)
    assert Condition.objects.count() == 0


def test_what_everybody_sees_is_not_taken_back(cast: Cast) -> None:
    made, with_name = shown(cast), named(cast)

    with on(date(2026, 3, 23)), pytest.raises(NotAllowed):
        take_back(actor=cast.actor("ben"), condition_id=made.pk)
    with pytest.raises(NotAllowed):
        take_back(actor=cast.actor("ben"), condition_id=with_name.pk)


def test_an_organisation_may_raise_the_threshold_and_never_lower_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thresholds, "_raised_by", [])
    assert threshold(cast.organisation.pk) == 8

    ask_for_threshold(lambda _organisation: 3)
    assert threshold(cast.organisation.pk) == 8
    ask_for_threshold(lambda _organisation: 11)
    assert threshold(cast.organisation.pk) == 11
    made = shown(cast)
    assert made.shown_on is None, "eight are not enough here"


def test_one_finds_one_s_own_again_and_nobody_else_does(cast: Cast) -> None:
    with on(MONDAY):
        made = unnamed(cast, "ben")

    (mine,) = my_raisings(cast.actor("ben"))
    assert (mine.condition, mine.is_shown, mine.can_take_back) == (made, False, True)
    assert [my_raisings(cast.actor(name)) for name in ("ana", "edie", "ada", "cora", "cleo")] == [[]] * 5


def test_the_token_is_another_at_each_condition_and_for_each_person(cast: Cast) -> None:
    first, second = unnamed(cast, "ben", "One."), unnamed(cast, "ben", "Two.")
    ben, ana = cast.people["ben"].pk, cast.people["ana"].pk

    made = {token(person, each.pk) for person in (ben, ana) for each in (first, second)}
    assert {len(each) for each in made} == {64}
    assert len(made) == 4
    assert Raising.objects.filter(token__in=made).count() == 2


def test_a_new_key_of_the_installation_finds_what_was_raised_under_the_old_one(cast: Cast, settings: Any) -> None:
    made = unnamed(cast, "ben")
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another"

    assert my_raisings(cast.actor("ben")) == []
    settings.SECRET_KEY_FALLBACKS = [old]
    assert [mine.condition for mine in my_raisings(cast.actor("ben"))] == [made]
    assert len(tokens(cast.people["ben"].pk, made.pk)) == 2
    with on(date.today() + timedelta(days=20)):
        join_condition(actor=cast.actor("ben"), condition_id=made.pk, organisation=cast.organisation)
    assert made.raisings.count() == 1, "nobody counts twice because of a new key"


def test_an_unnamed_one_points_to_no_page_that_would_tell_the_team(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Words."))
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Ours", "Words."))
    ben = cast.actor("ben")
    places = [place for address in ("hello", "ours") if (place := place_at(ben, "street-manual", address))]
    assert len(places) == 2

    hidden = raise_unnamed(actor=ben, organisation=cast.organisation, words="x", places=places)
    open_one = raise_with_name(actor=ben, organisation=cast.organisation, words="y", places=places)

    assert [row.page.manual for row in ConditionPage.objects.filter(condition=hidden)] == [cast.core]
    assert ConditionPage.objects.filter(condition=open_one).count() == 2
    assert all(row.pk.version == 4 for row in ConditionPage.objects.all())


def test_leaving_changes_nothing_of_what_was_raised(cast: Cast) -> None:
    made, hidden = named(cast), unnamed(cast, "ben", "Unnamed.")
    cast.people["ben"].memberships.update(ended_at="2026-01-01T00:00Z")

    read = condition_as_read(cast.actor("ana"), made.pk)
    assert read is not None
    assert read.read.by == "Ben"
    assert Condition.objects.filter(pk=hidden.pk, voice=Voice.UNNAMED).exists()
    assert my_raisings(cast.actor("ben")) == []
