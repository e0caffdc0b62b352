"""Who sees a remark and who a suggestion, who makes one, and how many."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast
from tests.manual.remarks_made import HOUSE, beside, remark, suggest, who

from fieldcraft.errors import NotAllowed, NotFound
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.remarks import (
    SUGGESTIONS_AN_HOUR,
    Noticed,
    let_remark_stand,
    make_remark,
    reply_to_remark,
    settle_remark,
    switch_suggestions,
)
from fieldcraft.manual.models import Audience, Manual, Outcome, Revision
from fieldcraft.manual.queries.remarks import remark_in, remarks_of_page, state_of, to_manualize
from fieldcraft.manual.queries.resolve import stack_now

# Who sees what


@pytest.mark.parametrize("name", HOUSE)
def test_everyone_of_the_house_sees_a_remark(cast: Cast, page: Revision, name: str) -> None:
    made = remark(cast, page)

    assert [each.remark for each in beside(cast, page.edition.page_id, name).open] == [made]
    assert remark_in(cast.actor(name), stack_now(cast.team_manual), made.pk) == made


@pytest.mark.parametrize("name", ["anyone", "cleo"])
def test_readers_outside_never_see_one_nor_do_they_cost_a_query(
    cast: Cast, page: Revision, open_manual: Manual, name: str
) -> None:
    made = remark(cast, page)
    stack = stack_now(open_manual)
    held = stack.covering(page.edition.page_id)
    assert held
    actor = who(cast, name)

    with CaptureQueriesContext(connection) as queries:
        found = remarks_of_page(actor, stack, held, "")

    assert (found.may_see, found.open, found.settled, len(queries)) == (False, (), (), 0)
    assert found.may_suggest
    assert remark_in(actor, stack, made.pk) is None


@pytest.mark.parametrize("name", ["anyone", "cleo"])
def test_readers_outside_make_no_remarks(cast: Cast, page: Revision, open_manual: Manual, name: str) -> None:
    with pytest.raises(NotAllowed):
        make_remark(
            actor=who(cast, name),
            manual=open_manual,
            page_id=page.edition.page_id,
            noticed=Noticed("Hello.", page.pk),
        )


@pytest.mark.parametrize(
    ("name", "sees"), [("ben", True), ("ana", True), ("edie", False), ("ada", False), ("cora", False)]
)
def test_a_held_suggestion_is_for_those_who_change_the_pages_alone(
    cast: Cast, page: Revision, open_manual: Manual, name: str, sees: bool
) -> None:
    made = suggest(cast, page)
    stack = stack_now(open_manual)

    lists = to_manualize(cast.actor(name), stack)

    assert bool(beside(cast, page.edition.page_id, name).open) is sees
    assert ([each.remark for each in lists.held], list(lists.remarks)) == ([made] if sees else [], [])
    assert (remark_in(cast.actor(name), stack, made.pk) is not None) is sees


@pytest.mark.parametrize("name", ["edie", "ada", "cora"])
def test_who_may_not_know_of_a_suggestion_cannot_act_on_it(
    cast: Cast, page: Revision, open_manual: Manual, name: str
) -> None:
    made = suggest(cast, page)

    with pytest.raises(NotFound):
        reply_to_remark(actor=cast.actor(name), remark=made, body="Hm.", seen=state_of(made))
    with pytest.raises(NotFound):
        let_remark_stand(actor=cast.actor(name), remark=made, seen=state_of(made))
    with pytest.raises(NotFound):
        settle_remark(actor=cast.actor(name), remark=made, outcome=Outcome.NOTHING, answer="No.", seen=state_of(made))


@pytest.mark.parametrize("name", ["anyone", "cleo"])
def test_readers_outside_act_on_nothing(cast: Cast, page: Revision, open_manual: Manual, name: str) -> None:
    made = remark(cast, page)

    with pytest.raises(NotAllowed):
        reply_to_remark(actor=who(cast, name), remark=made, body="Hm.", seen=state_of(made))


def test_let_stand_it_is_everyones_of_the_house(cast: Cast, page: Revision, open_manual: Manual) -> None:
    made = suggest(cast, page)

    let_remark_stand(actor=cast.actor("ben"), remark=made, seen=state_of(made))

    assert [each.remark for each in beside(cast, page.edition.page_id, "cora").open] == [made]
    assert not beside(cast, page.edition.page_id, "anyone").may_see


@pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.ANSWERED, Outcome.NOTHING])
def test_whatever_came_of_a_suggestion_only_letting_it_stand_shows_it_around(
    cast: Cast, page: Revision, open_manual: Manual, outcome: Outcome
) -> None:
    made = suggest(cast, page)

    settle_remark(actor=cast.actor("ana"), remark=made, outcome=outcome, answer="Because.", seen=state_of(made))

    assert not beside(cast, page.edition.page_id, "cora").settled
    assert len(beside(cast, page.edition.page_id, "ben").settled) == 1

    made.refresh_from_db()
    let_remark_stand(actor=cast.actor("ana"), remark=made, seen=state_of(made))

    assert [each.remark for each in beside(cast, page.edition.page_id, "cora").settled] == [made]


# Suggestions


def test_suggestions_are_taken_only_where_the_manual_says_so(cast: Cast, page: Revision, open_manual: Manual) -> None:
    switch_suggestions(actor=cast.actor("ana"), manual=open_manual, are_taken=False)

    with pytest.raises(NotAllowed):
        suggest(cast, page)


@pytest.mark.parametrize("name", ["ben", "edie", "cora", "cleo", "anyone"])
def test_only_those_who_shape_the_manual_open_it_for_suggestions(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        switch_suggestions(actor=who(cast, name), manual=cast.team_manual, are_taken=True)


def test_nobody_suggests_to_a_manual_they_cannot_read(cast: Cast, page: Revision, open_manual: Manual) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.ORGANISATION)

    with pytest.raises(NotAllowed):
        suggest(cast, page)


def test_somebody_signed_in_gives_the_name_of_their_account(cast: Cast, page: Revision, open_manual: Manual) -> None:
    made = suggest(cast, page, by="cleo")

    assert (made.by, made.from_name) == (cast.people["cleo"], "")


def test_so_many_an_hour_from_one_sender(
    cast: Cast, page: Revision, open_manual: Manual, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    for number in range(SUGGESTIONS_AN_HOUR):
        suggest(cast, page, sender="one", body=f"Number {number}.")

    with pytest.raises(NotAllowed) as refusal:
        suggest(cast, page, sender="one")
    suggest(cast, page, sender="another")

    assert refusal.value.code == "too_many"
    monkeypatch.setattr("fieldcraft.manual.actions.remarks._HOUR", 0)
    suggest(cast, page, sender="one")
