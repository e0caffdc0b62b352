"""One's own trail: what became of everything one noticed, for oneself alone; and what moved in a team, naming nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.together.made import MONDAY, WORDS, as_, html, on, unnamed

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page
from fieldcraft.manual.actions.remarks import Noticed, make_remark, settle_remark
from fieldcraft.manual.models import Offer, Outcome, Remark, Revision
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.together.actions.answering import answer_condition
from fieldcraft.together.actions.raising import raise_for_team, raise_with_name
from fieldcraft.together.models import Stage
from fieldcraft.together.queries.moved import moved_in
from fieldcraft.together.queries.trail import path_of, traces
from fieldcraft.together.queries.trail import traces as listed
from fieldcraft.together.queries.trail.traces import AT_ONCE


@pytest.fixture
def hello(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def remark(cast: Cast, page: Revision, who: str = "ben", words: str = "Nobody hears it.") -> Remark:
    on_page: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id}
    return make_remark(actor=cast.actor(who), **on_page, noticed=Noticed(words, page.pk))


def note(cast: Cast, page: Revision) -> Revision:
    text = Text("Hello", "Once will do.")
    return note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=text)


def adapt(cast: Cast, page: Revision) -> Revision:
    of: dict[str, Any] = {"manual": cast.team_manual, "page_id": page.edition.page_id, "based_on": page.pk}
    return adapt_page(actor=cast.actor("ben"), **of, text=Text("Hello", "Knock once.", reason="x"))


def offer(cast: Cast, revision: Revision, answer: str = "") -> Offer:
    at = timezone.now() if answer else None
    return Offer.objects.create(
        manual=cast.team_manual, page=revision.edition.page, to=cast.core, revision=revision, reason="It helped.",
        by=cast.people["ana"], answer=answer, answered_at=at, reason_why="Clearer." if answer else "",
    )  # fmt: skip


def screen(cast: Cast, who: str = "ben") -> str:
    return html(as_(cast, who).get("/trail/"))


def test_somebody_new_has_read_and_is_invited_to_remark(cast: Cast) -> None:
    path = path_of(cast.actor("ben"))

    assert path.taken == ()
    assert path.next is not None
    assert path.next.key == "remark"
    assert [step.key for step in path.ahead] == ["note", "adapt", "offer", "drawn", "tend"]


def test_each_step_taken_stands_with_its_first_day_and_the_next_is_an_invitation(cast: Cast, hello: Revision) -> None:
    first = remark(cast, hello)
    remark(cast, hello, words="Again.")
    Remark.objects.filter(pk=first.pk).update(made_at=timezone.now() - timedelta(days=40))
    note(cast, hello)

    path = path_of(cast.actor("ben"))

    assert [step.key for step in path.taken] == ["remark", "note"]
    assert path.taken[0].first_on == timezone.localdate(timezone.now() - timedelta(days=40))
    assert path.next is not None
    assert path.next.key == "adapt"


def test_words_that_were_drawn_in_and_the_core_one_tends_are_steps_too(cast: Cast, hello: Revision) -> None:
    offer(cast, adapt(cast, hello), "drawn_in")

    assert [step.key for step in path_of(cast.actor("ben")).taken] == ["adapt", "offer", "drawn"]
    assert [step.key for step in path_of(cast.actor("edie")).taken] == ["tend"]
    assert [step.key for step in path_of(cast.actor("ana")).taken] == ["offer", "drawn"]


def test_each_thing_says_what_became_of_it(cast: Cast, hello: Revision) -> None:
    noticed = remark(cast, hello)
    settle_remark(
        actor=cast.actor("ana"), remark=noticed, outcome=Outcome.CHANGED, answer="Thank you.", seen=state_of(noticed)
    )
    remark(cast, hello, words="Still so.")
    note(cast, hello)
    offer(cast, adapt(cast, hello), "declined")
    raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)

    found, onward = traces(cast.actor("ben"))
    said = [(trace.did, trace.became, trace.reason) for trace in found]

    assert onward is None
    assert ("You remarked on “Hello”.", "The page was changed.", "Thank you.") in said
    assert ("You remarked on “Hello”.", "It is open still.", "") in said
    assert ("You put a note beside “Hello”.", "It is what readers have today.", "") in said
    assert ("You wrote “Hello” as your team does it.", "It is what readers have today.", "") in said
    assert ("“Hello” was offered to Core.", "It was not drawn in; your team keeps it.", "Clearer.") in said
    assert (f"You raised: “{WORDS}”", "It is not answered yet.", "") in said
    assert len(said) == 6
    assert [trace.at for trace in found] == sorted((trace.at for trace in found), reverse=True)


def test_every_place_it_leads_to_is_there(cast: Cast, hello: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    remark(cast, hello)
    adapt(cast, hello)
    unnamed(cast, "ben")
    raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)

    urls = [trace.url for trace in traces(cast.actor("ben"))[0]]

    assert len(urls) == 4
    assert {as_(cast, "ben").get(url).status_code for url in urls} == {200}


def test_what_one_raised_unnamed_stands_on_one_s_own_trail_with_its_month_alone(cast: Cast) -> None:
    with on(MONDAY):
        unnamed(cast, "ben")
        own = screen(cast)

        assert WORDS in own
        assert "March 2026" in own
        assert "2 March 2026" not in own
        assert [who for who in ("ana", "edie", "ada", "cora", "cleo") if WORDS in screen(cast, who)] == []


@pytest.mark.parametrize("who", ["ana", "edie", "ada", "cora", "cleo"])
def test_nobody_sees_another_s_trail(cast: Cast, hello: Revision, who: str) -> None:
    before = screen(cast, who)
    remark(cast, hello)
    note(cast, hello)
    adapt(cast, hello)

    assert screen(cast, who) == before


def test_it_counts_nothing(cast: Cast, hello: Revision) -> None:
    for number in range(3):
        remark(cast, hello, words=f"Remark of {number}.")
    Remark.objects.update(made_at=timezone.now() - timedelta(days=700))
    text = screen(cast).partition("<main")[2].partition("</main>")[0]

    assert text.count("You remarked on “Hello”.") == 3
    assert " 3 " not in text
    assert "%" not in text


def test_of_a_manual_one_does_not_read_any_more_one_s_own_doing_stays_and_nothing_else(
    cast: Cast, hello: Revision
) -> None:
    noticed = remark(cast, hello)
    settle_remark(
        actor=cast.actor("ana"), remark=noticed, outcome=Outcome.ANSWERED, answer="Secret.", seen=state_of(noticed)
    )
    cast.people["ben"].memberships.update(ended_at=timezone.now())

    (trace,), _onward = traces(cast.actor("ben"))

    assert trace.did == "You remarked on “Hello”."
    assert (trace.became, trace.reason, trace.url) == ("You do not read this manual any more.", "", "")


def test_it_goes_on_with_what_was_earlier_and_leaves_nothing_out(cast: Cast, hello: Revision) -> None:
    made = [remark(cast, hello, words=f"R{number}") for number in range(AT_ONCE + 5)]
    for number, each in enumerate(made):
        Remark.objects.filter(pk=each.pk).update(made_at=timezone.now() - timedelta(hours=number))

    first, onward = listed(cast.actor("ben"))
    rest, end = listed(cast.actor("ben"), onward)

    assert (len(first), len(rest), end) == (AT_ONCE, 5, None)
    assert {trace.url for trace in first} & {trace.url for trace in rest} == set()
    assert as_(cast, "ben").get("/trail/?before=nonsense").status_code == 200
    assert as_(cast, "ben").get("/trail/?before=2026-13-77").status_code == 200


def test_conditions_of_one_day_are_not_parted(cast: Cast) -> None:
    for number in range(AT_ONCE + 5):
        raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=f"Words {number}.")

    found, onward = listed(cast.actor("ben"))

    assert (len(found), onward) == (AT_ONCE + 5, None)


def test_a_draft_that_was_written_over_again_shows_once(cast: Cast, hello: Revision) -> None:
    first = adapt(cast, hello)
    second = Revision.objects.get(pk=first.pk)
    second.pk, second.redone_from = None, first
    second.id = Revision._meta.pk.get_default()
    second.save()

    assert len(traces(cast.actor("ben"))[0]) == 1


def test_what_moved_says_what_became_of_things_and_names_nobody(cast: Cast, hello: Revision) -> None:
    noticed = remark(cast, hello)
    settle_remark(actor=cast.actor("ana"), remark=noticed, outcome=Outcome.CHANGED, answer="", seen=state_of(noticed))
    offer(cast, adapt(cast, hello), "drawn_in")
    made = raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)
    answer_condition(actor=cast.actor("cora"), condition=made, stage=Stage.CHANGED, words="It is.", seen="0")
    part = html(as_(cast, "ben").get(f"/conditions/moved/{cast.team.pk}/", headers={"HX-Request": "true"}))

    sentences = {moved.sentence for moved in moved_in(cast.actor("ana"), cast.team)}

    assert sentences == {
        "A remark on “Hello” changed the page.",
        "A change of “Hello” was agreed.",
        "“Hello” was drawn into Core.",
        f"The condition “{WORDS}” was answered: changed.",
    }
    assert [name for name in ("Ana", "Ben", "Cora", "Edie") if name in part] == []
    assert f'hx-get="/conditions/moved/{cast.team.pk}/"' in html(as_(cast, "ben").get(f"/people/teams/{cast.team.pk}/"))


def test_what_moved_longer_than_three_months_ago_is_left_out(cast: Cast, hello: Revision) -> None:
    adapt(cast, hello)
    Revision.objects.update(agreed_at=timezone.now() - timedelta(days=92))

    assert moved_in(cast.actor("ben"), cast.team) == []


@pytest.mark.parametrize("path", ["/compass/", "/people/me/"])
def test_the_trail_is_led_to_from_the_compass_and_the_account(cast: Cast, path: str) -> None:
    assert 'href="/trail/"' in html(as_(cast, "ben").get(path))
