"""What is sent a second time, because its answer got lost on the way, is kept once; what is said anew is kept anew."""

from datetime import date
from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.remarks_made import remark, suggest
from tests.manual.steps_made import with_quorum
from tests.together.made import as_, on

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Stale
from fieldcraft.manual.actions.drafts import Text, redo
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise, set_page_aside
from fieldcraft.manual.actions.remarks import Noticed, make_remark, reply_to_remark, switch_suggestions
from fieldcraft.manual.models import Audience, Edition, Remark, Reply, Revision
from fieldcraft.manual.queries.remarks import state_of

TWICE = "At the front, knock twice.\n\nAt the back, knock twice and wait."


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", TWICE))


@pytest.fixture
def ask(cast: Cast, page: Revision) -> dict[str, Any]:
    with_quorum(cast, 2)
    return {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": page.edition.page_id}


def times() -> tuple[int, int]:
    return Revision.objects.count(), Edition.objects.count()


def test_a_change_that_waits_is_one_draft(ask: dict[str, Any], page: Revision) -> None:
    first = adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk)
    before = times()

    assert adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk) == first
    assert times() == before

    assert adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk).pk == first.pk
    assert adapt_page(**ask, text=Text("Doors", "Ring once."), based_on=page.pk) != first
    assert adapt_page(**ask, text=Text("Doors", "Ring.", reason="No knocker."), based_on=page.pk) != first
    assert (
        adapt_page(**{**ask, "actor": ask["actor"]}, text=Text("Doors", "Ring.", ("bells",)), based_on=page.pk) != first
    )


def test_a_colleague_who_writes_the_same_has_a_draft_of_their_own(
    cast: Cast, ask: dict[str, Any], page: Revision
) -> None:
    first = adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk)

    assert adapt_page(**{**ask, "actor": cast.actor("ana")}, text=Text("Doors", "Ring."), based_on=page.pk) != first


def test_a_new_page_a_note_and_setting_aside_are_one_draft_each(ask: dict[str, Any], page: Revision) -> None:
    kinds = {
        "page": lambda: add_page(actor=ask["actor"], manual=ask["manual"], text=Text("Bells", "Ring.")),
        "note": lambda: note_page(**ask, text=Text("Doors", "It sticks.", quote="knock twice"), based_on=page.pk),
        "aside": lambda: set_page_aside(**ask, reason="We have no doors.", based_on=page.pk),
    }
    for send in kinds.values():
        first = send()
        before = times()
        assert send() == first
        assert times() == before


def test_a_note_that_readers_have_is_one_note_and_beside_the_other_place_a_second(cast: Cast, page: Revision) -> None:
    ask: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": page.edition.page_id}
    front = Text("Doors", "It sticks.", quote="knock twice", prefix="At the front, ")
    back = Text("Doors", "It sticks.", quote="knock twice", prefix="At the back, ")
    first = note_page(**ask, text=front)

    assert note_page(**ask, text=front) == first
    assert note_page(**ask, text=back) != first
    give_up(actor=ask["actor"], edition=first.edition, based_on=first.pk)
    assert note_page(**ask, text=front) != first


def test_a_note_that_was_changed_since_can_be_written_as_it_was_once_more(cast: Cast, page: Revision) -> None:
    ask: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": page.edition.page_id}
    first = note_page(**ask, text=Text("Doors", "It sticks."))
    revise(actor=cast.actor("ana"), edition=first.edition, text=Text("Doors", "It was oiled."), based_on=first.pk)

    again = note_page(**ask, text=Text("Doors", "It sticks."))

    assert again.edition != first.edition
    assert again.state == "agreed"


def test_a_note_that_is_put_beside_the_other_place_is_a_draft_of_its_own(cast: Cast, page: Revision) -> None:
    ask: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": page.edition.page_id}
    note = note_page(**ask, text=Text("Doors", "It sticks."))
    with_quorum(cast, 2)
    change = {"actor": cast.actor("ben"), "edition": note.edition, "based_on": note.pk}
    front, back = (
        Text("Doors", "It sticks.", quote="knock twice", prefix=f"At the {at}, ") for at in ("front", "back")
    )

    first = revise(**change, text=front)

    assert revise(**change, text=front) == first
    assert revise(**change, text=back) != first


def test_a_change_of_what_the_team_has_and_giving_it_up_are_one_draft_each(cast: Cast, page: Revision) -> None:
    ask: dict[str, Any] = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": page.edition.page_id}
    ours = adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk)
    with_quorum(cast, 2)
    change = {"actor": cast.actor("ben"), "edition": ours.edition, "based_on": ours.pk}
    first, gone = revise(**change, text=Text("Doors", "Ring twice.")), give_up(**change, reason="Theirs is better.")

    assert revise(**change, text=Text("Doors", "Ring twice.")) == first
    assert give_up(**change, reason="Theirs is better.") == gone


def test_what_readers_have_already_is_not_said_to_be_somebody_elses(cast: Cast, page: Revision) -> None:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id, "based_on": page.pk}
    ours = adapt_page(actor=cast.actor("ben"), text=Text("Doors", "Ring."), **ask)
    again: dict[str, Any] = {"edition": ours.edition, "text": Text("Doors", "Ring."), "based_on": page.pk}

    assert revise(actor=cast.actor("ben"), **again) == ours
    with pytest.raises(Stale):
        revise(actor=cast.actor("ana"), **again)
    with pytest.raises(Stale):
        revise(actor=cast.actor("ben"), **{**again, "text": Text("Doors", "Ring twice.")})
    newer = revise(actor=cast.actor("ana"), **{**again, "text": Text("Doors", "Knock."), "based_on": ours.pk})
    with pytest.raises(Stale):
        revise(actor=cast.actor("ben"), **again)
    assert Revision.objects.filter(edition=ours.edition).last() == newer


def test_a_draft_is_changed_and_its_text_sent_as_it_was_stays_the_draft(ask: dict[str, Any], page: Revision) -> None:
    first = adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk)

    made = redo(actor=ask["actor"], draft=first, text=Text("Doors", "Ring twice."), based_on=None)

    assert made.redone_from == first
    assert made.state == "draft"


def test_after_a_day_the_same_words_are_said_anew(ask: dict[str, Any], page: Revision) -> None:
    with on(date(2026, 3, 2)):
        first = adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk)
    with on(date(2026, 3, 4)):
        assert adapt_page(**ask, text=Text("Doors", "Ring."), based_on=page.pk) != first


def test_a_remark_and_a_reply_are_there_once(cast: Cast, page: Revision) -> None:
    first = remark(cast, page, "knock twice")
    assert remark(cast, page, "knock  twice") == first
    assert remark(cast, page, "knock twice", by="ana") != first
    assert remark(cast, page) != first
    noticed = Noticed("Nobody hears it.", page.pk, Quote("knock twice", "At the back, ", " and wait"))
    there = make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)
    assert there != first

    for _time in range(2):
        reply_to_remark(actor=cast.actor("ana"), remark=first, body="So it is.", seen=state_of(first))
    assert Reply.objects.count() == 1


def test_a_suggestion_is_there_once_and_counts_once(cast: Cast, page: Revision) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=cast.team_manual, are_taken=True)

    made = [suggest(cast, page, body="Say hello.") for _time in range(7)]

    assert set(made) == {Remark.objects.get()}
    assert as_(cast, "ben").get(f"/m/street-manual/remarks/{made[0].pk}/").status_code == 200
