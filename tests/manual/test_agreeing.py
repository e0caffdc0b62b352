"""A change is a draft until the team's reflective quorum has agreed it; then readers have it."""

import pytest
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text, agree, decline, redo, take_back_yes, withdraw
from fieldcraft.manual.actions.pages import (
    adapt_page,
    add_page,
    bring_back,
    give_up,
    note_page,
    revise,
    set_page_aside,
)
from fieldcraft.manual.models import Edition, Entry, Remark, Revision, Standing, State
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.people.actions.community import make_sample_person, set_quorum
from fieldcraft.people.models import Role


@pytest.fixture
def core(cast: Cast) -> Revision:
    """The core's page, in a team whose quorum is two."""
    cast.team.quorum = 2
    cast.team.save()
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.", ("doors",)))


def _adapted(cast: Cast, core: Revision, body: str = "Ring.") -> Revision:
    return adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=core.edition.page_id,
        text=Text("Hello", body, reason="No door."),
        based_on=core.pk,
    )


def _read(cast: Cast, core: Revision) -> Revision:
    held = stack_named(cast.team_manual.slug).covering(core.edition.page_id)
    return Revision.objects.get(pk=held.revision_id)


def _agreed(cast: Cast, draft: Revision) -> Revision:
    return agree(actor=cast.actor("ana"), draft=draft)


def test_readers_keep_their_text_until_a_colleague_agrees(cast: Cast, core: Revision) -> None:
    draft = _adapted(cast, core)
    assert (draft.state, _read(cast, core)) == (State.DRAFT, core)

    _agreed(cast, draft)

    now = _read(cast, core)
    assert (now.pk, now.state, now.body) == (draft.pk, State.AGREED, "Ring.")
    assert [yes.by.name for yes in now.agreements.order_by("at")] == ["Ben", "Ana"]


def test_one_person_s_yes_counts_once(cast: Cast, core: Revision) -> None:
    draft = _adapted(cast, core)

    agree(actor=cast.actor("ben"), draft=draft)

    assert _read(cast, core) == core


def test_the_quorum_is_never_more_than_there_are_people(cast: Cast, core: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=9)
    draft = _adapted(cast, core)

    assert _agreed(cast, draft).state == State.AGREED


def test_a_larger_team_waits_for_as_many_as_it_said(cast: Cast, core: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=3)
    place = {"organisation": cast.organisation, "team": cast.team, "role": Role.MEMBER}
    cast.people["dan"] = make_sample_person(name="Dan", email="dan@example.org", **place)
    draft = _adapted(cast, core)

    assert _agreed(cast, draft).state == State.DRAFT
    assert agree(actor=cast.actor("dan"), draft=draft).state == State.AGREED


def test_only_those_who_lead_set_the_quorum(cast: Cast, core: Revision) -> None:
    with pytest.raises(NotAllowed):
        set_quorum(actor=cast.actor("ben"), team=cast.team, quorum=1)
    with pytest.raises(Invalid):
        set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=0)


@pytest.mark.parametrize("who", ["edie", "ada", "cora", "cleo"])
def test_nobody_from_outside_the_team_agrees(cast: Cast, core: Revision, who: str) -> None:
    draft = _adapted(cast, core)

    with pytest.raises(NotAllowed):
        agree(actor=cast.actor(who), draft=draft)


def test_a_yes_can_be_taken_back(cast: Cast, core: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=3)
    place = {"organisation": cast.organisation, "team": cast.team, "role": Role.MEMBER}
    cast.people["dan"] = make_sample_person(name="Dan", email="dan@example.org", **place)
    draft = _adapted(cast, core)
    _agreed(cast, draft)

    take_back_yes(actor=cast.actor("ana"), draft=draft)

    assert agree(actor=cast.actor("dan"), draft=draft).state == State.DRAFT


def test_declining_needs_a_reason_and_ends_the_draft(cast: Cast, core: Revision) -> None:
    draft = _adapted(cast, core)
    with pytest.raises(Invalid):
        decline(actor=cast.actor("ana"), draft=draft, reason="  ")

    decline(actor=cast.actor("ana"), draft=draft, reason="We have a bell.")

    draft.refresh_from_db()
    assert (draft.state, draft.answer, draft.answered_by) == (State.DECLINED, "We have a bell.", cast.people["ana"])
    with pytest.raises(NotFound):
        agree(actor=cast.actor("ana"), draft=draft)


def test_only_its_writer_withdraws_a_draft(cast: Cast, core: Revision) -> None:
    draft = _adapted(cast, core)
    with pytest.raises(NotAllowed):
        withdraw(actor=cast.actor("ana"), draft=draft)

    withdraw(actor=cast.actor("ben"), draft=draft)

    draft.refresh_from_db()
    assert draft.state == State.WITHDRAWN


def test_a_new_text_for_a_draft_is_agreed_afresh(cast: Cast, core: Revision) -> None:
    draft = _adapted(cast, core)

    newer = redo(actor=cast.actor("ana"), draft=draft, text=Text("Hello", "Ring twice."), based_on=None)

    assert (newer.state, newer.redone_from, newer.base) == (State.DRAFT, draft, core)
    assert [yes.by.name for yes in newer.agreements.all()] == ["Ana"]
    assert agree(actor=cast.actor("ben"), draft=newer).state == State.AGREED


def test_a_draft_that_was_overtaken_cannot_be_agreed_until_it_is_brought_up_to_date(cast: Cast, core: Revision) -> None:
    first, second = _adapted(cast, core, "One."), _adapted(cast, core, "Two.")
    _agreed(cast, first)

    with pytest.raises(Stale):
        _agreed(cast, second)
    newer = redo(actor=cast.actor("ben"), draft=second, text=Text("Hello", "One. Two."), based_on=first.pk)

    assert _agreed(cast, newer).state == State.AGREED
    assert _read(cast, core).body == "One. Two."


def test_bringing_up_to_date_names_the_text_it_was_brought_to(cast: Cast, core: Revision) -> None:
    first, second = _adapted(cast, core, "One."), _adapted(cast, core, "Two.")
    _agreed(cast, first)

    with pytest.raises(Stale):
        redo(actor=cast.actor("ben"), draft=second, text=Text("Hello", "Two."), based_on=None)


def test_renaming_moving_and_tags_take_effect_when_agreed(cast: Cast, core: Revision) -> None:
    mine = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Stairs", "Stand below."))
    _agreed(cast, mine)
    text = Text("Back stairs", "Stand below.", ("first",), section=("Visits",), position=3)

    draft = revise(actor=cast.actor("ben"), edition=mine.edition, text=text, based_on=mine.pk)
    before = stack_named(cast.team_manual.slug).at("stairs")
    _agreed(cast, draft)
    after = stack_named(cast.team_manual.slug).at("back-stairs")

    assert (before.title, before.tags, before.section) == ("Stairs", (), None)
    assert (after.title, after.tags, after.section, after.position) == ("Back stairs", ("first",), ("Visits",), 3)
    assert stack_named(cast.team_manual.slug).at("stairs") == after


def test_setting_aside_an_adapted_page_and_giving_it_up_wait_for_the_team_too(cast: Cast, core: Revision) -> None:
    adapted = _agreed(cast, _adapted(cast, core))
    ask = {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": core.edition.page_id}

    aside = set_page_aside(**ask, reason="No doors.", based_on=adapted.pk)
    assert _read(cast, core).standing == Standing.ADAPTED
    _agreed(cast, aside)
    assert _read(cast, core).standing == Standing.SET_ASIDE

    returned = give_up(actor=cast.actor("ben"), edition=adapted.edition, based_on=aside.pk)
    assert _read(cast, core).standing == Standing.SET_ASIDE
    _agreed(cast, returned)
    assert _read(cast, core) == core


def test_what_was_given_up_comes_back_with_its_words_and_is_found_again(cast: Cast, core: Revision) -> None:
    adapted = _agreed(cast, _adapted(cast, core, "Ring the brass bell."))
    _agreed(cast, give_up(actor=cast.actor("ben"), edition=adapted.edition, based_on=adapted.pk))
    assert not Entry.objects.filter(edition=adapted.edition).exists()

    _agreed(cast, bring_back(actor=cast.actor("ben"), edition=adapted.edition))

    assert _read(cast, core).body == "Ring the brass bell."
    assert Entry.objects.filter(edition=adapted.edition, body__contains="brass").exists()


def test_bringing_back_does_not_push_a_newer_version_out(cast: Cast, core: Revision) -> None:
    adapted = _agreed(cast, _adapted(cast, core))
    _agreed(cast, give_up(actor=cast.actor("ben"), edition=adapted.edition, based_on=adapted.pk))
    waiting = bring_back(actor=cast.actor("ben"), edition=adapted.edition)
    newer = _agreed(cast, _adapted(cast, core, "Newer."))

    with pytest.raises(Invalid):
        bring_back(actor=cast.actor("ben"), edition=adapted.edition)
    with pytest.raises(Stale):
        _agreed(cast, waiting)

    assert _read(cast, core) == newer


def test_after_thirty_days_it_stays_in_the_history_alone(cast: Cast, core: Revision) -> None:
    adapted = _agreed(cast, _adapted(cast, core))
    _agreed(cast, give_up(actor=cast.actor("ben"), edition=adapted.edition, based_on=adapted.pk))
    Edition.objects.filter(pk=adapted.edition_id).update(ended_at="2020-01-01T00:00:00Z")

    with pytest.raises(Invalid, match="thirty days"):
        bring_back(actor=cast.actor("ben"), edition=adapted.edition)


def test_a_note_waits_for_the_team_and_can_be_changed_and_taken_out(cast: Cast, core: Revision) -> None:
    page_id = core.edition.page_id
    note = note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, text=Text("Hello", "Left bell.")
    )
    assert stack_named(cast.team_manual.slug).notes(page_id) == ()
    _agreed(cast, note)

    text = Text("Hello", "Right bell.")
    newer = _agreed(cast, revise(actor=cast.actor("ben"), edition=note.edition, text=text, based_on=note.pk))
    assert [held.revision_id for held in stack_named(cast.team_manual.slug).notes(page_id)] == [newer.pk]

    _agreed(cast, give_up(actor=cast.actor("ben"), edition=note.edition, based_on=newer.pk))
    assert stack_named(cast.team_manual.slug).notes(page_id) == ()


def test_a_remark_is_settled_by_the_draft_that_came_from_it(cast: Cast, core: Revision) -> None:
    remark = Remark.objects.create(
        manual=cast.team_manual, page_id=core.edition.page_id, revision=core, body="No door.", by=cast.people["ana"]
    )
    draft = adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=core.edition.page_id,
        text=Text("Hello", "Ring.", reason="No door.", remark=remark.pk),
        based_on=core.pk,
    )
    remark.refresh_from_db()
    assert remark.outcome == ""

    _agreed(cast, draft)

    remark.refresh_from_db()
    assert (remark.outcome, remark.answer) == ("changed", "No door.")


def test_the_core_s_editors_agree_at_once(cast: Cast, core: Revision) -> None:
    text = Text("Hello", "Knock three times.")

    assert revise(actor=cast.actor("edie"), edition=core.edition, text=text, based_on=core.pk).state == State.AGREED
