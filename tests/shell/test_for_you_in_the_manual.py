"""What Today tells of suggestions, declined drafts and remarks: those who may settle, those who wrote, and nobody else."""

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.conftest import open_manual, page
from tests.manual.remarks_made import remark, suggest
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text, decline, withdraw
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page
from fieldcraft.manual.actions.remarks import let_remark_stand, reply_to_remark, settle_remark
from fieldcraft.manual.models import Audience, Manual, Outcome, Remark, Reply, Revision
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.manual.queries.told import ANSWERED_LATELY
from fieldcraft.people.models import Team

__all__ = ["open_manual", "page"]  # fixtures of the manual's room
EVERYBODY = ("ana", "ben", "edie", "ada", "cora", "cleo")
HELD = "A reader from outside suggested something."


def told(cast: Cast, words: str) -> list[str]:
    return [name for name in EVERYBODY if words in as_(cast, name).get("/?all=1").content.decode()]


def settled(cast: Cast, row: Remark, outcome: Outcome = Outcome.NOTHING, answer: str = "We tried it twice.") -> None:
    settle_remark(actor=cast.actor("ana"), remark=row, outcome=outcome, answer=answer, seen=state_of(row))


def draft_of_ben(cast: Cast, page: Revision) -> Revision:
    Team.objects.update(quorum=2)
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    text = Text("Hello", "Ring.", reason="No door.")
    where = {"manual": manual, "page_id": page.edition.page_id}
    return adapt_page(actor=cast.actor("ben"), **where, text=text, based_on=page.pk)


@pytest.mark.usefixtures("open_manual")
def test_a_held_suggestion_waits_for_those_who_may_settle_it(cast: Cast, page: Revision) -> None:
    row = suggest(cast, page)

    assert told(cast, HELD) == ["ana", "ben"]
    assert f"/m/street-manual/remarks/{row.pk}/" in as_(cast, "ben").get("/").content.decode()
    let_remark_stand(actor=cast.actor("ana"), remark=row, seen=state_of(row))
    assert told(cast, HELD) == []


@pytest.mark.usefixtures("open_manual")
def test_a_settled_suggestion_waits_for_nobody(cast: Cast, page: Revision) -> None:
    settled(cast, suggest(cast, page, by="cleo"))

    assert told(cast, HELD) == []


def test_who_wrote_a_declined_draft_is_told_why_for_some_days(cast: Cast, page: Revision) -> None:
    draft = draft_of_ben(cast, page)
    assert told(cast, "declined") == []

    decline(actor=cast.actor("ana"), draft=draft, reason="We have a door.")
    assert told(cast, "Your change was declined: We have a door.") == ["ben"]
    assert f"/m/street-manual/drafts/{draft.pk}/" in as_(cast, "ben").get("/").content.decode()
    Revision.objects.filter(pk=draft.pk).update(answered_at=timezone.now() - ANSWERED_LATELY)
    assert told(cast, "We have a door.") == []


def test_who_withdrew_a_draft_is_told_nothing(cast: Cast, page: Revision) -> None:
    withdraw(actor=cast.actor("ben"), draft=draft_of_ben(cast, page), reason="Not any more.")

    assert told(cast, "Not any more.") == []


def test_of_a_manual_that_one_reads_no_more_one_is_told_nothing(cast: Cast, page: Revision) -> None:
    draft, row = draft_of_ben(cast, page), remark(cast, page)
    decline(actor=cast.actor("ana"), draft=draft, reason="We have a door.")
    settled(cast, row)
    open_to(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), audience=Audience.TEAM)
    cast.people["ben"].memberships.update(ended_at=timezone.now())

    assert told(cast, "We have a door.") == []
    assert told(cast, "We tried it twice.") == []


def test_who_noticed_something_is_told_what_came_of_it_for_some_days(cast: Cast, page: Revision) -> None:
    row = remark(cast, page)
    settled(cast, row, Outcome.ANSWERED)

    assert told(cast, "What came of what you noticed: it was answered. We tried it twice.") == ["ben"]
    Remark.objects.filter(pk=row.pk).update(settled_at=timezone.now() - ANSWERED_LATELY)
    assert told(cast, "We tried it twice.") == []


def test_who_settled_their_own_remark_is_told_nothing(cast: Cast, page: Revision) -> None:
    settled(cast, remark(cast, page, by="ana"))

    assert told(cast, "We tried it twice.") == []


def test_who_noticed_something_is_told_of_the_last_reply_until_they_replied(cast: Cast, page: Revision) -> None:
    row = remark(cast, page)
    reply_to_remark(actor=cast.actor("ana"), remark=row, body="Which door?", seen=state_of(row))
    assert told(cast, "Ana replied to what you noticed.") == ["ben"]

    Reply.objects.update(at=timezone.now() - ANSWERED_LATELY)
    assert told(cast, "replied to what you noticed.") == []
    reply_to_remark(actor=cast.actor("ana"), remark=row, body="The front door?", seen=state_of(row))
    reply_to_remark(actor=cast.actor("ben"), remark=row, body="The back door.", seen=state_of(row))
    assert told(cast, "replied to what you noticed.") == []


@pytest.mark.usefixtures("open_manual")
def test_who_suggested_from_outside_is_told_what_came_of_it_but_not_what_was_said_within(
    cast: Cast, page: Revision
) -> None:
    row = suggest(cast, page, by="cleo")
    reply_to_remark(actor=cast.actor("ana"), remark=row, body="Shall we?", seen=state_of(row))
    assert told(cast, "replied to what you noticed.") == []

    settled(cast, row)
    assert told(cast, "What came of what you noticed: the page stays as it is. We tried it twice.") == ["cleo"]
    assert f"/remarks/{row.pk}/" not in as_(cast, "cleo").get("/").content.decode(), "which is for the house"
    assert as_(cast, "cleo").get("/trail/").status_code == 200
