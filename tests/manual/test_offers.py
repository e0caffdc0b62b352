"""A team offers its text to the core or another team: asked about, drawn in with credit, declined, withdrawn."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import Commit
from tests.manual.steps_made import OLD, OURS

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.offers import (
    Seen,
    answer_about_offer,
    ask_about_offer,
    decline_offer,
    draw_in_example,
    draw_in_offer,
    make_offer,
    read_offer,
    withdraw_offer,
)
from fieldcraft.manual.actions.pages import add_page, note_page, revise
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.actions.steps import combine, take
from fieldcraft.manual.models import (
    Answer,
    Edition,
    Fit,
    Kind,
    Manual,
    Offer,
    OfferReader,
    Remark,
    Revision,
    Source,
    Standing,
    State,
    Step,
)
from fieldcraft.manual.queries.combining import combined
from fieldcraft.manual.queries.offers import being_read, offers_for, places_to_offer, way_of, with_example
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.models import Membership, Role, Team


@pytest.fixture
def elm(cast: Cast) -> Manual:
    """Another team's manual on the same core; Cora is a member there too."""
    team = Team.objects.create(organisation=cast.organisation, name="Elm", slug="elm")
    Membership.objects.create(organisation=cast.organisation, team=team, person=cast.people["cora"], role=Role.MEMBER)
    return make_manual(
        by=None,
        organisation_id=cast.organisation.pk,
        title="Elm manual",
        kind=Kind.TEAM,
        team_id=team.pk,
        built_on=[cast.core],
    )


def offered(cast: Cast, revision: Revision, to: Manual | None = None, **seen: Any) -> Offer:
    told = Seen(seen.pop("reason", "People hear a bell."), **seen)
    return make_offer(
        actor=cast.actor("ben"), manual=cast.team_manual, to=to or cast.core, revision=revision, seen=told
    )


def read_in(manual: Manual, revision: Revision) -> Revision:
    held = stack_now(manual).covering(revision.edition.page_id)
    assert held
    return Revision.objects.get(pk=held.revision_id)


def draw_in(cast: Cast, offer: Offer, who: str = "edie") -> Revision:
    """As the step's screens do, with every first alternative."""
    step = draw_in_offer(actor=cast.actor(who), offer=offer)
    assert step.theirs
    based_on = step.ours_id
    if step.ours is None:
        return take(actor=cast.actor(who), step=step, based_on=None, reason="New to us.")
    found = combined(step.base, step.ours, step.theirs)
    text = Text(found.title_now(), found.body_now(), found.tags, reason="A bell is heard.")
    return combine(actor=cast.actor(who), step=step, text=text, based_on=based_on)


def test_places_begin_with_the_core_and_go_on_with_readable_teams(cast: Cast, core: Revision, elm: Manual) -> None:
    assert places_to_offer(cast.actor("ben"), stack_now(cast.team_manual)) == [cast.core, elm]
    Manual.objects.filter(pk=elm.pk).update(audience="team")
    assert places_to_offer(cast.actor("ben"), stack_now(cast.team_manual)) == [cast.core]


def test_only_one_offer_of_a_page_is_open(cast: Cast, ours: Revision, elm: Manual) -> None:
    offer = offered(cast, ours)

    with pytest.raises(Invalid) as refused:
        offered(cast, ours, to=elm)
    assert refused.value.code == "already_offered"
    twin = {"manual": offer.manual, "page": offer.page, "to": elm, "revision": ours, "reason": "x", "by": offer.by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(**twin)

    withdraw_offer(actor=cast.actor("ana"), offer=offer)
    assert offered(cast, ours, to=elm).to == elm


def test_what_cannot_be_offered_is_refused(cast: Cast, core: Revision, ours: Revision, elm: Manual) -> None:
    with pytest.raises(Invalid):
        offered(cast, ours, reason="  ")
    with pytest.raises(NotAllowed):
        make_offer(
            actor=cast.actor("cora"), manual=cast.team_manual, to=cast.core, revision=ours, seen=Seen("Because.")
        )
    with pytest.raises(NotFound):
        offered(cast, core)
    newer = revise(actor=cast.actor("ben"), edition=ours.edition, text=Text("Hello", OLD), based_on=ours.pk)
    with pytest.raises(Stale):
        offered(cast, ours)
    with pytest.raises(Invalid, match="very same"):
        offered(cast, newer)
    Manual.objects.filter(pk=elm.pk).update(audience="team")
    with pytest.raises(Invalid):
        offered(cast, newer, to=elm)
    assert not Offer.objects.exists()


def test_only_the_teams_own_remarks_on_the_page_go_with_it(cast: Cast, core: Revision, ours: Revision) -> None:
    noticed = Noticed("Nobody hears it.", ours.pk)
    page_id = core.edition.page_id
    mine = make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page_id, noticed=noticed)
    cores = make_remark(
        actor=cast.actor("ben"), manual=cast.core, page_id=page_id, noticed=Noticed("Nor here.", core.pk)
    )
    with pytest.raises(Invalid):
        offered(cast, ours, remarks=[mine.pk, cores.pk])
    assert list(offered(cast, ours, remarks=[mine.pk]).remarks.all()) == [mine]


def test_drawn_in_it_is_answered_thanked_and_dissolves_here(cast: Cast, ours: Revision, commit: Commit) -> None:
    offer = offered(cast, ours)

    with commit():
        made = draw_in(cast, offer)

    offer.refresh_from_db()
    assert (offer.answer, offer.drawn_into, offer.reason_why) == (Answer.DRAWN_IN, made, "A bell is heard.")
    assert Edition.objects.get(pk=made.edition_id).credits == ["Street"]
    assert made.copied_from is None
    assert read_in(cast.team_manual, ours) == made
    assert Edition.objects.get(pk=ours.edition_id).ended_at


def test_drawn_in_with_other_words_the_team_gets_a_step(cast: Cast, ours: Revision, commit: Commit) -> None:
    offer = offered(cast, ours)
    step = draw_in_offer(actor=cast.actor("edie"), offer=offer)
    text = Text("Hello", "Ring the bell.\n\nWait two minutes.\n\nGo in.\n", reason="Both.")
    with commit():
        combine(actor=cast.actor("edie"), step=step, text=text, based_on=step.ours_id)

    theirs = Step.objects.get(manual=cast.team_manual, settled_at=None)
    assert (theirs.source, theirs.fit, theirs.needs) == (Source.BELOW, Fit.FITS, 0)
    assert read_in(cast.team_manual, ours) == ours


def test_a_page_of_the_teams_own_becomes_a_page_of_the_core(cast: Cast, commit: Commit) -> None:
    own = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Bells", OURS))
    with commit():
        made = draw_in(cast, offered(cast, own))

    assert (made.edition.page_id, made.edition.manual) == (own.edition.page_id, cast.core)
    assert made.standing == Standing.LOCAL
    assert read_in(cast.team_manual, own) == made


def test_a_page_of_the_teams_own_that_went_on_meanwhile_is_combined_from_what_was_offered(
    cast: Cast, commit: Commit
) -> None:
    own = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Bells", OURS))
    offer = offered(cast, own)
    later = OURS.replace("Go in.", "Go in slowly.")
    newer = revise(actor=cast.actor("ben"), edition=own.edition, text=Text("Bells", later), based_on=own.pk)
    step = draw_in_offer(actor=cast.actor("edie"), offer=offer)
    text = Text("Bells", OURS.replace("Ring", "Ring or press"), reason="Ours are pressed.")
    with commit():
        made = combine(actor=cast.actor("edie"), step=step, text=text, based_on=None)

    theirs = Step.objects.get(manual=cast.team_manual, settled_at=None)
    assert (theirs.base, theirs.ours, theirs.theirs) == (own, newer, made)
    assert theirs.base
    assert theirs.fit == Fit.FITS
    assert combined(theirs.base, newer, made).body_now() == later.replace("Ring", "Ring or press")


def test_unnamed_nothing_stored_on_the_page_leads_back_to_the_team(cast: Cast, ours: Revision, commit: Commit) -> None:
    with commit():
        made = draw_in(cast, offered(cast, ours, is_named=False))
    assert Edition.objects.get(pk=made.edition_id).credits == [""]
    assert made.copied_from is None


def test_declined_with_a_reason_the_team_keeps_its_text(cast: Cast, ours: Revision) -> None:
    offer = offered(cast, ours)
    draw_in_offer(actor=cast.actor("edie"), offer=offer)
    with pytest.raises(Invalid):
        decline_offer(actor=cast.actor("edie"), offer=offer, reason=" ")
    decline_offer(actor=cast.actor("edie"), offer=offer, reason="Not all have bells.")

    offer.refresh_from_db()
    assert (offer.answer, offer.reason_why) == (Answer.DECLINED, "Not all have bells.")
    assert read_in(cast.team_manual, ours) == ours
    assert not Step.objects.filter(settled_at=None).exists()
    with pytest.raises(Stale):
        decline_offer(actor=cast.actor("edie"), offer=offer, reason="Again.")


def test_withdrawn_it_leaves_no_trace_with_those_who_got_it(cast: Cast, ours: Revision) -> None:
    offer = offered(cast, ours)
    draw_in_offer(actor=cast.actor("edie"), offer=offer)
    withdraw_offer(actor=cast.actor("ben"), offer=offer)

    assert not policy.offers_received(cast.actor("edie"), cast.core).exists()
    assert list(policy.offers_made(cast.actor("ana"), cast.team_manual)) == [offer]
    assert not Step.objects.exists()


def test_while_the_others_are_agreeing_it_is_theirs_to_decide(cast: Cast, ours: Revision, elm: Manual) -> None:
    other = cast.people["ada"]
    Membership.objects.create(organisation=cast.organisation, team=elm.team, person=other, role=Role.MEMBER)
    Team.objects.filter(pk=elm.team_id).update(quorum=2)
    offer = offered(cast, ours, to=elm)
    made = draw_in(cast, offer, "cora")
    assert made.state == State.DRAFT
    with pytest.raises(Invalid):
        withdraw_offer(actor=cast.actor("ben"), offer=offer)
    offer.refresh_from_db()
    assert offer.answer == ""


def test_who_may_know_of_it(cast: Cast, ours: Revision, elm: Manual) -> None:
    offer = offered(cast, ours, is_named=False)
    made = {who for who in cast.people if offer in policy.offers_made(cast.actor(who), cast.team_manual)}
    received = {who for who in cast.people if offer in policy.offers_received(cast.actor(who), cast.core)}
    assert made == {"ana", "ben", "ada", "cora"}  # who see the team; the core's editor is not one of them
    assert received == {"edie"}


def test_questions_go_both_ways_and_its_way_is_told_without_names(cast: Cast, ours: Revision) -> None:
    offer = offered(cast, ours)
    read_offer(actor=cast.actor("edie"), offer=offer)
    read_offer(actor=cast.actor("edie"), offer=offer)
    read_offer(actor=cast.actor("ben"), offer=offer)
    assert OfferReader.objects.count() == 1
    ask_about_offer(actor=cast.actor("edie"), offer=offer, body="Which bell?")
    assert [line for _t, _u, line in offers_for(cast.actor("ana"), [cast.team_manual])] == [
        "There is a question about your team's offer."
    ]
    answer_about_offer(actor=cast.actor("ana"), offer=offer, body="Any.")
    assert offers_for(cast.actor("ana"), [cast.team_manual]) == []
    with pytest.raises(NotAllowed):
        ask_about_offer(actor=cast.actor("ben"), offer=offer, body="Me too?")
    with pytest.raises(NotAllowed):
        answer_about_offer(actor=cast.actor("edie"), offer=offer, body="I know.")
    decline_offer(actor=cast.actor("edie"), offer=offer, reason="No.")

    offer.refresh_from_db()
    offer.reader_count = 2  # type: ignore[attr-defined]
    assert [stage.name for stage in way_of(offer, list(offer.questions.order_by("id")))] == [
        "Offered",
        "Read by two people",
        "Question for you",
        "You answered",
        "Not drawn in; your team keeps it",
    ]


def test_today_tells_what_became_of_it_for_thirty_days(cast: Cast, ours: Revision) -> None:
    offer = offered(cast, ours)
    decline_offer(actor=cast.actor("edie"), offer=offer, reason="No.")
    assert [line for _t, _u, line in offers_for(cast.actor("ben"), [cast.team_manual])] == [
        "Your team's offer: declined."
    ]
    Offer.objects.update(answered_at=timezone.now() - timedelta(days=31))
    assert offers_for(cast.actor("ben"), [cast.team_manual]) == []


def test_a_number_of_readers_is_said_in_words() -> None:
    assert being_read(0) == ""
    assert being_read(1) == "being read by one person"
    assert being_read(9) == "being read by nine people"
    assert being_read(12) == "being read by 12 people"


def _note(cast: Cast, core: Revision) -> Revision:
    text = Text("Hello", "Ours is green.", quote="Wait a minute.")
    return note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, text=text)


def test_a_note_is_drawn_in_as_an_example(cast: Cast, core: Revision) -> None:
    note = _note(cast, core)
    offer = offered(cast, note)
    body = with_example(OLD, note)
    assert body == "Knock twice.\n\nWait a minute.\n\n**Example:** Ours is green.\n\nGo in.\n"

    with pytest.raises(Stale):
        draw_in_example(actor=cast.actor("edie"), offer=offer, text=Text("Hello", body), based_on=note.pk)
    made = draw_in_example(actor=cast.actor("edie"), offer=offer, text=Text("Hello", body), based_on=core.pk)

    offer.refresh_from_db()
    assert (offer.answer, offer.drawn_into) == (Answer.DRAWN_IN, made)
    assert Edition.objects.get(pk=core.edition_id).credits == ["Street"]
    assert read_in(cast.team_manual, core) == made


def test_a_note_without_its_passage_stands_at_the_end_and_never_inside_a_block(cast: Cast, core: Revision) -> None:
    note = _note(cast, core)
    note.quote = "not there"
    assert with_example(OLD, note).endswith("Go in.\n\n**Example:** Ours is green.\n")
    note.quote = "two"
    assert with_example("```\none\n\ntwo\n\nthree\n```\n\nEnd.\n", note) == (
        "```\none\n\ntwo\n\nthree\n```\n\n**Example:** Ours is green.\n\nEnd.\n"
    )


def test_a_note_cannot_be_offered_where_the_page_is_not(cast: Cast, core: Revision) -> None:
    own = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Ours", "Words."))
    other = make_manual(
        by=None,
        organisation_id=cast.organisation.pk,
        title="Bare",
        kind=Kind.TEAM,
        team_id=Team.objects.create(organisation=cast.organisation, name="B", slug="b").pk,
    )
    note = _note(cast, core)
    with pytest.raises(Invalid):
        offered(cast, note, to=other)
    assert own.standing == Standing.LOCAL
    assert not Remark.objects.exists()
