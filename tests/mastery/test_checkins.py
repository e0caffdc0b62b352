"""Keeping weeks: what the actions promise, and that nothing of it is anybody else's or recorded anywhere."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit import models as audit
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.mastery.actions.checkins import (
    Told,
    delete_answer,
    delete_checkin,
    keep_checkin,
    note_fit,
    pin_event,
    unpin_event,
)
from fieldcraft.mastery.models import Answer, CheckIn, Event
from fieldcraft.mastery.queries.checkins import asking, home_weeks, state_of, this_week, week_as_read
from fieldcraft.mastery.queries.weeks import my_weeks, week_table
from fieldcraft.measures.actions.permissions import Given, end_permission, enter_permission
from fieldcraft.measures.queries.asked import answer_keys, open_pack
from fieldcraft.measures.queries.packs import OWN_WEEK, pack_named
from fieldcraft.people.access import ANYONE

MONDAY = date(2026, 3, 2)


def told(
    cast: Cast, name: str, *, week: date = MONDAY, line: str = "", seen: str = "", **answers: int
) -> CheckIn | None:
    actor = cast.actor(name)
    asked = open_pack(actor, OWN_WEEK)
    return keep_checkin(actor=actor, asked=asked, week=week, told=Told(answers, line), seen=seen)


def licensed(cast: Cast, pack_id: str) -> UUID:
    """The organisation has a right to the pack, with wording of its own."""
    pack = pack_named(pack_id)
    wording = {item.key: f"Sentence {item.key}" for item in pack.items} | {key: key for key in answer_keys(pack)}
    given = Given("The holder", date(2026, 1, 5), "Folder 7", wording)
    made = enter_permission(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, pack=pack, given=given)
    return made.pk


def test_a_week_is_kept_once_and_changed_by_its_state(cast: Cast) -> None:
    first = told(cast, "ben", better=4)
    assert first

    second = told(cast, "ben", better=5, purpose=1, line="Rain.", seen=state_of({"better": 4}, ""))

    assert second == first
    assert dict(first.answers.values_list("item", "value")) == {"better": 5, "purpose": 1}


@pytest.mark.parametrize("seen", ["", "else", state_of({"better": 3}, "")])
def test_what_came_in_between_is_not_overwritten(cast: Cast, seen: str) -> None:
    told(cast, "ben", better=4)

    with pytest.raises(Stale):
        told(cast, "ben", better=5, seen=seen)
    with pytest.raises(Stale):
        told(cast, "ben", seen=seen)

    assert Answer.objects.get().value == 4


def test_two_people_have_a_week_each(cast: Cast) -> None:
    told(cast, "ben", better=4)
    told(cast, "ana", better=2)

    ids = [{row.id for row in week_table(cast.actor(who), until=MONDAY).rows} for who in ("ben", "ana")]
    assert [len(each) for each in ids] == [1, 1]
    assert ids[0] != ids[1]
    assert CheckIn.objects.count() == 2


def test_a_note_on_the_pictures_outlives_the_answers_of_its_week(cast: Cast) -> None:
    row = told(cast, "ben", better=4)
    assert row
    note_fit(actor=cast.actor("ben"), checkin_id=row.pk, words="Too rosy.", seen="")

    assert told(cast, "ben", seen=state_of({"better": 4}, "")) == row


@pytest.mark.parametrize("answers", [{"nothing": 3}, {"better": 0}, {"better": 8}])
def test_only_what_is_asked_can_be_answered(cast: Cast, answers: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        told(cast, "ben", **answers)


def test_nobody_in_particular_keeps_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        keep_checkin(actor=ANYONE, asked=open_pack(ANYONE, OWN_WEEK), week=MONDAY, told=Told({"better": 1}), seen="")
    with pytest.raises(NotAllowed):
        pin_event(actor=ANYONE, on=MONDAY, words="x")
    assert home_weeks(ANYONE) == {"has_weeks": False, "has_this_week": False}
    assert my_weeks(ANYONE).pictures == ()


@pytest.mark.parametrize("who", ["ana", "ada", "cora", "edie", "cleo"])
def test_nobody_else_reads_or_writes_any_of_it(cast: Cast, who: str) -> None:
    row, event = told(cast, "ben", better=4, line="Mine."), pin_event(actor=cast.actor("ben"), on=MONDAY, words="Mine")
    other = cast.actor(who)
    assert row

    tries: list[Any] = [
        lambda: week_as_read(other, row.pk),
        lambda: delete_checkin(actor=other, checkin_id=row.pk),
        lambda: delete_answer(actor=other, checkin_id=row.pk, item="better"),
        lambda: note_fit(actor=other, checkin_id=row.pk, words="x", seen=""),
        lambda: unpin_event(actor=other, event_id=event.pk),
    ]
    for each in tries:
        with pytest.raises(NotFound):
            each()

    shown = my_weeks(other, until=MONDAY)
    assert (shown.pictures, shown.events, shown.latest, shown.year.before) == ((), (), None, None)
    assert week_table(other, until=MONDAY).rows == ()
    assert (CheckIn.objects.count(), Answer.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_every_query_asks_for_the_actor_s_own(cast: Cast) -> None:
    """Not one statement about weeks, answers or pins goes without the owner's id."""
    ben = cast.actor("ben")
    row = told(cast, "ben", week=this_week(), better=4)
    assert row
    tables = {model._meta.db_table for model in (CheckIn, Answer, Event)}
    with CaptureQueriesContext(connection) as queries:
        my_weeks(ben)
        week_table(ben)
        asking(ben)
        home_weeks(ben)
        week_as_read(ben, row.pk)

    of_theirs = [query["sql"] for query in queries if any(f'FROM "{table}"' in query["sql"] for table in tables)]
    by_owner = [sql for sql in of_theirs if "owner_id" in sql.partition("WHERE")[2]]
    assert len(of_theirs) >= 8
    assert [sql for sql in of_theirs if sql not in by_owner and '"checkin_id" = ' not in sql] == []


def test_nothing_of_it_is_recorded(cast: Cast) -> None:
    before = audit.Event.objects.count()

    row = told(cast, "ben", better=4, line="Words.")
    event = pin_event(actor=cast.actor("ben"), on=MONDAY, words="Words")
    assert row
    note_fit(actor=cast.actor("ben"), checkin_id=row.pk, words="Words.", seen="")
    unpin_event(actor=cast.actor("ben"), event_id=event.pk)
    delete_checkin(actor=cast.actor("ben"), checkin_id=row.pk)

    assert audit.Event.objects.count() == before


def test_the_last_answer_takes_an_empty_week_with_it(cast: Cast) -> None:
    row = told(cast, "ben", better=4)
    assert row

    delete_answer(actor=cast.actor("ben"), checkin_id=row.pk, item="better")

    assert CheckIn.objects.count() == 0


@pytest.mark.parametrize(
    ("now", "zone", "monday"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "UTC", date(2026, 2, 23)),
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 2)),
        (datetime(2026, 3, 2, 3, 0, tzinfo=UTC), "America/New_York", date(2026, 2, 23)),
    ],
)
def test_the_week_is_the_one_where_the_reader_is(
    monkeypatch: pytest.MonkeyPatch, now: datetime, zone: str, monday: date
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    with timezone.override(zone):
        assert this_week() == monday


def test_the_picture_of_mastery_is_the_mean_with_powerlessness_turned_round(cast: Cast) -> None:
    told(cast, "ben", influence=7, same_anyway=1, better=7, reachable=4)
    told(cast, "ben", week=MONDAY - timedelta(weeks=1), influence=1, same_anyway=7, better=1)

    table = week_table(cast.actor("ben"), until=MONDAY)

    assert table.columns == ("Sense of mastery",)
    assert [row.cells for row in table.rows] == [("88",), ("0",)]


def test_an_instrument_is_asked_where_an_organisation_has_a_right_to_it(cast: Cast) -> None:
    with pytest.raises(NotFound):
        asking(cast.actor("ben"), "ie-4")

    permission = licensed(cast, "ie-4")
    asked = asking(cast.actor("ben"), "ie-4")
    assert [question.text for question in asked.questions] == [f"Sentence {number}" for number in (1, 2, 3, 4)]
    with pytest.raises(NotFound):
        asking(cast.actor("cleo"), "ie-4")

    end_permission(actor=cast.actor("ada"), permission_id=permission)
    with pytest.raises(NotFound):
        asking(cast.actor("ben"), "ie-4")


def test_an_instrument_rests_until_its_time_has_come_and_stays_readable_when_it_closes(cast: Cast) -> None:
    permission, ben = licensed(cast, "ie-4"), cast.actor("ben")
    asked = open_pack(ben, "ie-4")
    answers = {"1": 5, "2": 3, "3": 1, "4": 1}
    week = this_week() - timedelta(weeks=2)
    row = keep_checkin(actor=ben, asked=asked, week=week, told=Told(answers), seen="")
    assert row

    assert asking(ben, "ie-4").rests_until == week + timedelta(days=91)
    titles = [picture.title for picture in my_weeks(ben).pictures]
    assert titles == ["IE-4, in my own hands", "IE-4, in other hands"]
    assert week_as_read(ben, row.pk).said[0].text == "Sentence 1"

    end_permission(actor=cast.actor("cora"), permission_id=permission)
    assert week_as_read(ben, row.pk).said[0].text == "1."
    assert [picture.title for picture in my_weeks(ben).pictures] == titles


def test_a_week_is_read_in_the_words_of_its_own_version(cast: Cast) -> None:
    row = told(cast, "ben", better=4)
    assert row
    CheckIn.objects.filter(pk=row.pk).update(pack_version=99)

    with pytest.raises(NotFound):
        week_as_read(cast.actor("ben"), row.pk)


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        delete_checkin(actor=cast.actor("ben"), checkin_id=uuid4())
    with pytest.raises(NotFound):
        open_pack(cast.actor("ben"), "rfq-8")
