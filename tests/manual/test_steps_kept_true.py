"""A step is decided as it was seen, closes when nothing is left of it, and tells nobody more than they may know."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit, hidden_in
from tests.manual.steps_made import BOTH, LATER, LATEST, OURS, moves, with_quorum
from tests.together.made import as_

from fieldcraft.errors import Invalid, Stale
from fieldcraft.manual.actions import preparing
from fieldcraft.manual.actions.drafts import Text, withdraw
from fieldcraft.manual.actions.offers import Seen, draw_in_offer, make_offer, withdraw_offer
from fieldcraft.manual.actions.pages import give_up, revise, set_page_aside
from fieldcraft.manual.actions.preparing import tell_of_missed
from fieldcraft.manual.actions.steps import combine, keep, take, undo
from fieldcraft.manual.models import Decision, Edition, Fit, Offer, Revision, State, Step
from fieldcraft.manual.queries.below import Graph
from fieldcraft.manual.queries.resolve import stack_now


@pytest.mark.parametrize("name", ["whole", "take", "keep"])
def test_a_decision_about_a_text_that_is_not_the_newest_is_not_taken(
    cast: Cast, core: Revision, step: Step, commit: Commit, name: str
) -> None:
    """Otherwise the base would move past a change that nobody has seen."""
    ben, at = as_(cast, "ben"), f"/m/street-manual/steps/{step.pk}/{name}/"
    hidden = hidden_in(ben.get(at).content.decode())
    moves(cast, core, commit, LATEST)
    words = {"title": "Hello", "body": f"{BOTH}Mine.\n", "tags": "", "reason": "Both."}

    answer = ben.post(at, {**hidden, **words})

    assert answer.status_code == 409
    assert "The other text has changed since you began." in answer.content.decode()
    assert name != "whole" or "Mine." in answer.content.decode()
    step.refresh_from_db()
    assert step.settled_at is None
    assert ben.post(at, {**hidden_in(ben.get(at).content.decode()), **words}).status_code == 302


@pytest.mark.parametrize("name", ["whole", "take", "keep"])
def test_words_taken_up_again_go_through_once_both_texts_were_seen(
    cast: Cast, core: Revision, step: Step, commit: Commit, name: str
) -> None:
    """What a device kept carries the mark of the older text; the answer to it shows the newer one, and carries that mark."""
    ben, at = as_(cast, "ben"), f"/m/street-manual/steps/{step.pk}/{name}/"
    hidden = hidden_in(ben.get(at).content.decode())
    moves(cast, core, commit, LATEST)
    words = {"title": "Hello", "body": f"{BOTH}Mine.\n", "tags": "", "reason": "Both."}

    refused = ben.post(at, {**hidden, **words})
    taken = ben.post(at, {**hidden_in(refused.content.decode()), **words})

    assert (refused.status_code, taken.status_code) == (409, 302)
    shown = re.sub(r"<[^>]*>|\s+", " ", refused.content.decode())
    assert "two minutes" in shown
    assert Step.objects.get(pk=step.pk).settled_at


def test_words_taken_up_again_go_through_where_our_own_text_moved_too(
    cast: Cast, step: Step, ours: Revision, commit: Commit
) -> None:
    ben, at = as_(cast, "ben"), f"/m/street-manual/steps/{step.pk}/whole/"
    hidden = hidden_in(ben.get(at).content.decode())
    text = Text("Hello", OURS.replace("bell", "big bell"))
    revise(actor=cast.actor("ana"), edition=ours.edition, text=text, based_on=ours.pk)
    words = {"title": "Hello", "body": f"{BOTH}Mine.\n", "tags": "", "reason": "Both."}

    refused = ben.post(at, {**hidden, **words})
    with commit():
        taken = ben.post(at, {**hidden_in(refused.content.decode()), **words})

    assert (refused.status_code, taken.status_code) == (409, 302)
    assert "big" in refused.content.decode()
    assert Revision.objects.get(step=step).body == f"{BOTH}Mine.\n"


def test_one_tap_takes_what_was_seen_and_nothing_newer(cast: Cast, core: Revision, step: Step, commit: Commit) -> None:
    ben, at = as_(cast, "ben"), f"/m/street-manual/steps/{step.pk}/"
    hidden = hidden_in(ben.get(at).content.decode())
    moves(cast, core, commit, LATEST)
    assert ben.post(at, {**hidden, "act": "combine"}).status_code == 409
    step.refresh_from_db()
    assert step.settled_at is None


def test_the_other_text_changes_between_the_look_and_the_deed(
    cast: Cast, core: Revision, step: Step, ours: Revision, commit: Commit
) -> None:
    moves(cast, core, commit, LATEST)
    with pytest.raises(Stale):
        combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH), based_on=ours.pk)
    with pytest.raises(Stale):
        keep(actor=cast.actor("ben"), step=step, based_on=ours.pk, reason="No door.")


def test_a_page_that_is_given_up_has_no_step_left(cast: Cast, step: Step, ours: Revision, commit: Commit) -> None:
    with commit():
        give_up(actor=cast.actor("ben"), edition=ours.edition, based_on=ours.pk)
    step.refresh_from_db()
    assert step.decision == Decision.CAUGHT_UP


def test_a_page_that_dissolves_has_no_step_left(cast: Cast, core: Revision, step: Step, commit: Commit) -> None:
    now = moves(cast, core, commit, OURS)
    held = stack_now(cast.team_manual).covering(core.edition.page_id)
    assert held
    assert held.manual_id == cast.core.pk
    assert now.decision == Decision.CAUGHT_UP


def test_a_page_set_aside_meanwhile_is_put_to_the_team_as_such(
    cast: Cast, core: Revision, step: Step, ours: Revision, commit: Commit
) -> None:
    on: dict[str, Any] = {"manual": cast.team_manual, "page_id": core.edition.page_id, "based_on": ours.pk}
    with commit():
        set_page_aside(actor=cast.actor("ben"), reason="We have no doors.", **on)
    step.refresh_from_db()
    assert step.fit == Fit.LEFT_OUT


def test_what_was_decided_meanwhile_is_not_told_anew(cast: Cast, core: Revision, step: Step, ours: Revision) -> None:
    """A task looks up the steps, somebody decides, the task writes: a second step, and the first as it was decided."""
    seen = preparing._open_steps

    def decided_meanwhile(holds: Any) -> Any:
        found = seen(holds)
        Step.objects.filter(pk=step.pk).update(decision=Decision.KEPT, settled_at=timezone.now())
        return found

    now = Edition.objects.get(pk=core.edition_id)
    assert now.current_id
    revise(actor=cast.actor("edie"), edition=now, text=Text("Hello", LATEST), based_on=now.current_id)
    with patch.object(preparing, "_open_steps", decided_meanwhile):
        preparing.prepare(Graph(), [cast.team_manual.pk], [core.edition.page_id])

    was = step.theirs_id
    step.refresh_from_db()
    assert step.theirs_id == was
    assert Step.objects.get(settled_at=None).theirs_id != was


def test_a_step_that_no_task_has_prepared_is_prepared_within_a_day(
    cast: Cast, core: Revision, ours: Revision, commit: Commit
) -> None:
    now = Edition.objects.get(pk=core.edition_id)
    assert now.current_id
    revise(actor=cast.actor("edie"), edition=now, text=Text("Hello", LATER), based_on=now.current_id)  # not committed
    assert not Step.objects.exists()
    with commit():
        tell_of_missed()
    assert Step.objects.get().fit == Fit.FITS


def test_two_decisions_about_one_step_do_not_wait_at_once(cast: Cast, step: Step, ours: Revision) -> None:
    with_quorum(cast, 2)
    text = Text("Hello", BOTH, reason="Both.")
    combine(actor=cast.actor("ben"), step=step, text=text, based_on=ours.pk)
    with pytest.raises(Invalid):
        combine(actor=cast.actor("ben"), step=step, text=text, based_on=ours.pk)
    with pytest.raises(Invalid):
        keep(actor=cast.actor("ana"), step=step, based_on=ours.pk, reason="No door.")
    assert Revision.objects.filter(step=step).count() == 1


@pytest.mark.parametrize("is_taken", [True, False])
def test_what_was_decided_is_not_undone_twice(cast: Cast, step: Step, ours: Revision, is_taken: bool) -> None:
    if is_taken:
        take(actor=cast.actor("ben"), step=step, based_on=ours.pk, reason="Theirs.")
    else:
        combine(actor=cast.actor("ben"), step=step, text=Text("Hello", BOTH, reason="Both."), based_on=ours.pk)
    with_quorum(cast, 2)
    undo(actor=cast.actor("ben"), step=step)
    with pytest.raises(Invalid):
        undo(actor=cast.actor("ben"), step=step)
    assert Revision.objects.filter(state=State.DRAFT).count() == 1


def _offered(cast: Cast, ours: Revision, **seen: Any) -> Offer:
    told = Seen("People hear a bell.", **seen)
    return make_offer(actor=cast.actor("ben"), manual=cast.team_manual, to=cast.core, revision=ours, seen=told)


def test_of_a_withdrawn_offer_not_even_a_withdrawn_draft_is_left(cast: Cast, ours: Revision) -> None:
    offer = _offered(cast, ours)
    step = draw_in_offer(actor=cast.actor("edie"), offer=offer)
    with patch("fieldcraft.manual.actions.drafts.yeses_needed", lambda _manual: 2):
        made = combine(actor=cast.actor("edie"), step=step, text=Text("Hello", OURS), based_on=step.ours_id)
    withdraw(actor=cast.actor("edie"), draft=made)
    edie = as_(cast, "edie")
    addresses = [f"/m/core/steps/{step.pk}/", f"/m/core/drafts/{made.pk}/"]
    assert [edie.get(each).status_code for each in addresses] == [200, 200]

    withdraw_offer(actor=cast.actor("ben"), offer=offer)

    assert [edie.get(each).status_code for each in addresses] == [404, 404]
    for at in ("steps/", "offers/", "p/hello/history/", "to-manualize/", "editorial/"):
        assert "Ring the bell" not in edie.get(f"/m/core/{at}").content.decode()


@pytest.mark.parametrize(("who", "may"), [("edie", True), ("ada", False), ("ben", False), ("cora", False)])
def test_what_was_offered_is_for_those_who_change_the_pages(cast: Cast, ours: Revision, who: str, may: bool) -> None:
    """As the offering team was promised; the rest of the house sees what comes from below alone."""
    step = draw_in_offer(actor=cast.actor("edie"), offer=_offered(cast, ours))
    client = as_(cast, who)
    answer = client.get(f"/m/core/steps/{step.pk}/")
    lists = [client.get(f"/m/core/{at}").content.decode() for at in ("steps/", "to-manualize/")]
    assert answer.status_code == (200 if may else 404)
    assert [str(step.pk) in html for html in lists] == [may, may]


@pytest.mark.parametrize("who", ["edie", "ada"])
def test_what_was_decided_about_an_offer_is_listed_for_the_same_people(cast: Cast, ours: Revision, who: str) -> None:
    step = draw_in_offer(actor=cast.actor("edie"), offer=_offered(cast, ours))
    made = combine(
        actor=cast.actor("edie"), step=step, text=Text("Hello", OURS, reason="A bell."), based_on=step.ours_id
    )
    client = as_(cast, who)
    for at in ("steps/", "p/hello/history/"):
        assert (str(step.pk) in client.get(f"/m/core/{at}").content.decode()) == (who == "edie")
    assert (str(step.pk) in client.get(f"/m/core/drafts/{made.pk}/").content.decode()) == (who == "edie")


def test_the_list_says_which_changes_touch_what_must_be_read(
    cast: Cast, core: Revision, ours: Revision, commit: Commit
) -> None:
    """Since all that fits can be combined with one tap from there."""
    ben, said = as_(cast, "ben"), "please read what it touches first"
    moves(cast, core, commit, "Knock twice.\n\nWait a minute.\n\nGo in gently.\n")
    assert said not in ben.get("/m/street-manual/steps/").content.decode()
    moves(cast, core, commit, "Knock twice.\n\nWait a minute.\n\nDo not go in.\n")
    assert said in ben.get("/m/street-manual/steps/").content.decode()
