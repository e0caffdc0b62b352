"""Remarks: who sees what, how they follow their passage, how they are answered and settled."""

from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.actions.remarks import (
    SUGGESTIONS_AN_HOUR,
    Noticed,
    let_remark_stand,
    make_remark,
    reopen_remark,
    reply_to_remark,
    settle_remark,
    suggest_change,
    switch_suggestions,
)
from fieldcraft.manual.models import Audience, Manual, Outcome, Remark, Rendering, Reply, Revision
from fieldcraft.manual.queries.remarks import (
    RemarksOfPage,
    remark_in,
    remarks_of_page,
    state_of,
    text_as_seen,
    to_manualize,
)
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import ANYONE, Actor

BODY = "## At the door\n\nKnock **twice**, then wait.\n\n## Inside\n\nAsk whether you may sit down.\n\nKnock twice, then wait."
HOUSE = ("ben", "ana", "edie", "ada", "cora")


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", BODY))


@pytest.fixture
def open_manual(cast: Cast, page: Revision) -> Manual:
    """The team's manual, open to everybody and taking suggestions."""
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=cast.team_manual, are_taken=True)
    return Manual.objects.get(pk=cast.team_manual.pk)


def who(cast: Cast, name: str) -> Actor:
    return ANYONE if name == "anyone" else cast.actor(name)


def remark(cast: Cast, page: Revision, quote: str = "", *, by: str = "ben", body: str = "Nobody hears it.") -> Remark:
    noticed = Noticed(body, page.pk, Quote(quote))
    return make_remark(actor=cast.actor(by), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)


def suggest(cast: Cast, page: Revision, *, by: str = "anyone", sender: str = "one", body: str = "Say hello.") -> Remark:
    return suggest_change(
        actor=who(cast, by),
        manual=Manual.objects.get(pk=cast.team_manual.pk),
        page_id=page.edition.page_id,
        noticed=Noticed(body, page.pk),
        sender=sender,
        from_name="A mother",
    )


def beside(cast: Cast, page_id: UUID, by: str = "ben", manual: Manual | None = None) -> RemarksOfPage:
    stack = stack_now(manual or cast.team_manual)
    held = stack.covering(page_id)
    assert held
    return remarks_of_page(who(cast, by), stack, held, Rendering.objects.get(pk=held.revision_id).html)


def test_the_text_is_read_as_it_is_seen() -> None:
    assert text_as_seen("<p>Knock <b>tw</b>ice,&nbsp;then</p><ul><li>wait.</li></ul>") == "Knock twice, then wait."


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


@pytest.mark.parametrize(
    ("outcome", "is_held"), [(Outcome.CHANGED, False), (Outcome.ANSWERED, False), (Outcome.NOTHING, True)]
)
def test_a_suggestion_that_came_to_nothing_is_not_shown_around(
    cast: Cast, page: Revision, open_manual: Manual, outcome: Outcome, is_held: bool
) -> None:
    made = suggest(cast, page)

    settle_remark(actor=cast.actor("ana"), remark=made, outcome=outcome, answer="Because.", seen=state_of(made))

    assert len(beside(cast, page.edition.page_id, "cora").settled) == (0 if is_held else 1)
    assert len(beside(cast, page.edition.page_id, "ben").settled) == 1


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
    for _number in range(SUGGESTIONS_AN_HOUR):
        suggest(cast, page, sender="one")

    with pytest.raises(NotAllowed) as refusal:
        suggest(cast, page, sender="one")
    suggest(cast, page, sender="another")

    assert refusal.value.code == "too_many"
    monkeypatch.setattr("fieldcraft.manual.actions.remarks._HOUR", 0)
    suggest(cast, page, sender="one")


# Passages


def test_a_passage_is_kept_with_its_place(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, "twice, then")

    text = text_as_seen(page.rendering.html)
    assert made.quote == "twice, then"
    assert text[made.position :].startswith("twice, then wait. Inside")
    assert made.suffix.startswith(" wait. Inside")


def test_of_two_equal_passages_the_one_that_was_meant_is_kept(cast: Cast, page: Revision) -> None:
    meant = Quote("Knock twice", prefix="Ask whether you may sit down. ", position=70)
    noticed = Noticed("The second.", page.pk, meant)

    made = make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)

    assert made.position == text_as_seen(page.rendering.html).rindex("Knock twice")


def test_words_that_the_page_does_not_have_are_refused(cast: Cast, page: Revision) -> None:
    with pytest.raises(Invalid) as refusal:
        remark(cast, page, "Ring the bell.")

    assert refusal.value.code == "no_such_words"


def test_it_leads_to_the_heading_above_its_passage(cast: Cast, page: Revision) -> None:
    remark(cast, page, "sit down")

    (read,) = beside(cast, page.edition.page_id).open

    assert (read.place, read.is_changed) == ("#inside", False)


def test_it_follows_its_passage_through_an_edit_of_the_core(cast: Cast, page: Revision) -> None:
    remark(cast, page, "sit down")
    body = "## Before\n\nBreathe.\n\n## On the sofa\n\n" + BODY.replace("## Inside", "")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", body), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert not read.is_changed
    assert read.place == "#at-the-door"


def test_it_follows_its_passage_into_the_teams_own_version(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, "sit down")
    page_id = page.edition.page_id
    adapt_page(
        actor=cast.actor("ana"),
        manual=cast.team_manual,
        page_id=page_id,
        text=Text("Hello", "Our own. Ask whether you may sit down."),
        based_on=page.pk,
    )

    (read,) = beside(cast, page_id).open

    assert (read.remark, read.is_changed) == (made, False)
    assert beside(cast, page_id, "edie", cast.core).open == ()


def test_a_passage_that_has_changed_is_shown_as_it_was_and_as_it_is(cast: Cast, page: Revision) -> None:
    remark(cast, page, "Ask whether you may sit down.")
    body = BODY.replace("Ask whether you may sit down.", "Ask whether you may stay standing.")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", body), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert read.is_changed
    assert read.remark.quote == "Ask whether you may sit down."
    assert "standing" in read.now


def test_a_passage_that_is_gone_says_so(cast: Cast, page: Revision) -> None:
    remark(cast, page, "Ask whether you may sit down.")
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    (read,) = beside(cast, page.edition.page_id).open

    assert (read.is_changed, read.now, read.place) == (True, "", "")


def test_a_remark_on_a_text_that_is_not_the_newest_any_more_is_kept_with_it(cast: Cast, page: Revision) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    made = remark(cast, page, "sit down")

    assert made.revision == page


def test_a_remark_names_the_text_of_this_page_that_was_read(cast: Cast, page: Revision) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Other", "Words."))

    for based_on in (None, other.pk):
        with pytest.raises(Invalid):
            make_remark(
                actor=cast.actor("ben"),
                manual=cast.team_manual,
                page_id=page.edition.page_id,
                noticed=Noticed("Hm.", based_on),
            )


# Answering and settling


def test_a_reply_does_not_mind_another_reply(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)
    seen = state_of(made)

    reply_to_remark(actor=cast.actor("ana"), remark=made, body="One.", seen=seen)
    reply_to_remark(actor=cast.actor("cora"), remark=made, body="Two.", seen=seen)

    assert list(Reply.objects.order_by("id").values_list("body", flat=True)) == ["One.", "Two."]


def test_settling_what_somebody_has_replied_to_meanwhile_is_refused(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)
    seen = state_of(made)
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="Wait.", seen=seen)

    with pytest.raises(Stale):
        settle_remark(actor=cast.actor("ben"), remark=made, outcome=Outcome.NOTHING, answer="No.", seen=seen)

    made.refresh_from_db()
    assert made.outcome == ""


def test_replying_to_what_was_settled_meanwhile_is_refused(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)
    seen = state_of(made)
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.CHANGED, answer="", seen=seen)

    with pytest.raises(Stale):
        reply_to_remark(actor=cast.actor("ben"), remark=made, body="But.", seen=seen)


def test_whoever_noticed_it_may_settle_it_and_others_who_cannot_write_may_not(cast: Cast, page: Revision) -> None:
    made = remark(cast, page, by="cora")

    with pytest.raises(NotAllowed):
        settle_remark(actor=cast.actor("ada"), remark=made, outcome=Outcome.NOTHING, answer="No.", seen=state_of(made))
    settle_remark(actor=cast.actor("cora"), remark=made, outcome=Outcome.ANSWERED, answer="I see.", seen=state_of(made))

    made.refresh_from_db()
    assert (made.outcome, made.settled_by) == ("answered", cast.people["cora"])


def test_leaving_the_page_as_it_is_needs_a_word_why(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)

    with pytest.raises(Invalid):
        settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.NOTHING, answer=" ", seen=state_of(made))


def test_opened_again_it_keeps_what_was_said(cast: Cast, page: Revision) -> None:
    made = remark(cast, page)
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.NOTHING, answer="No.", seen=state_of(made))
    made.refresh_from_db()

    reopen_remark(actor=cast.actor("ben"), remark=made, seen=state_of(made))

    made.refresh_from_db()
    assert (made.outcome, made.answer, made.settled_at) == ("", "", None)
    assert list(made.replies.values_list("body", "by__name")) == [("No.", "Ana")]


def test_a_draft_that_came_of_it_shows_and_settles_it(cast: Cast, page: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    made = remark(cast, page)
    text = Text("Hello", "Ring.", reason="Nobody hears.", remark=made.pk)
    adapt_page(
        actor=cast.actor("ben"),
        manual=Manual.objects.get(pk=cast.team_manual.pk),
        page_id=page.edition.page_id,
        text=text,
        based_on=page.pk,
    )

    (read,) = beside(cast, page.edition.page_id).open

    assert read.draft == Revision.objects.get(remark=made).pk


def test_the_trail_holds_ids_and_verbs(cast: Cast, page: Revision, open_manual: Manual) -> None:
    made = remark(cast, page)
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="Secret.", seen=state_of(made))
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.CHANGED, answer="", seen=state_of(made))
    suggest(cast, page)

    verbs = list(Event.objects.filter(verb__startswith="remark.").order_by("id").values_list("verb", flat=True))

    assert verbs == ["remark.made", "remark.replied", "remark.settled", "remark.suggested"]


def test_every_change_is_a_new_version_of_the_manual(cast: Cast, page: Revision, open_manual: Manual) -> None:
    versions = [Manual.objects.get(pk=open_manual.pk).version]

    def noted() -> None:
        versions.append(Manual.objects.get(pk=open_manual.pk).version)

    made = remark(cast, page)
    noted()
    reply_to_remark(actor=cast.actor("ana"), remark=made, body="Hm.", seen=state_of(made))
    noted()
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=Outcome.CHANGED, answer="", seen=state_of(made))
    noted()
    made.refresh_from_db()
    reopen_remark(actor=cast.actor("ana"), remark=made, seen=state_of(made))
    noted()
    held = suggest(cast, page)
    noted()
    let_remark_stand(actor=cast.actor("ana"), remark=held, seen=state_of(held))
    noted()

    assert versions == sorted(set(versions))


def test_a_pages_remarks_cost_one_query_however_many(cast: Cast, page: Revision) -> None:
    for number in range(12):
        made = remark(cast, page, "sit down", body=f"Remark {number}.")
        reply_to_remark(actor=cast.actor("ana"), remark=made, body="Hm.", seen=state_of(made))
    stack = stack_now(cast.team_manual)
    held = stack.covering(page.edition.page_id)
    assert held
    actor = cast.actor("ben")
    assert stack.layers[0].remarked == {held.page_id}  # asked for once in all, and kept with the layer

    with CaptureQueriesContext(connection) as queries:
        found = remarks_of_page(actor, stack, held, page.rendering.html)
        said = [(each.remark.by and each.remark.by.name, each.replies, each.draft) for each in found.open]

    assert said == [("Ben", 1, None)] * 12
    assert len(queries) == 1
