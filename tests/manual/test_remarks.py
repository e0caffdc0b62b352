"""Remarks: how they are answered and settled, what the trail holds of them, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast
from tests.manual.remarks_made import beside, remark, suggest

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page
from fieldcraft.manual.actions.remarks import let_remark_stand, reopen_remark, reply_to_remark, settle_remark
from fieldcraft.manual.models import Manual, Outcome, Reply, Revision
from fieldcraft.manual.queries.remarks import remarks_of_page, state_of
from fieldcraft.manual.queries.resolve import stack_now


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
