"""A draft that a colleague wrote anew leads to the newer one, which says where it comes from; its first writer is told."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree, decline, redo, withdraw
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.models import Audience, Edition, Manual, Revision
from fieldcraft.manual.queries.told import ANSWERED_LATELY
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/drafts/"
CHANGED = "Ana changed your draft"
EVERYBODY = ("ana", "ben", "edie", "ada", "cora", "cleo")


@pytest.fixture
def kettles(cast: Cast) -> Revision:
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Kettles", "One.\n\nTwo."))
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    return made


@pytest.fixture
def first(cast: Cast, kettles: Revision) -> Revision:
    """Ben's draft."""
    edition = Edition.objects.select_related("manual").get(pk=kettles.edition_id)
    return revise(actor=cast.actor("ben"), edition=edition, text=Text("Kettles", "His."), based_on=kettles.pk)


def anew(cast: Cast, draft: Revision, who: str, body: str = "Hers.") -> Revision:
    now = Revision.objects.select_related("edition__manual").get(pk=draft.pk)
    return redo(actor=cast.actor(who), draft=now, text=Text("Kettles", body), based_on=now.parent_id)


def at(draft: Revision) -> str:
    return f"{AT}{draft.pk}/"


def shown(cast: Cast, draft: Revision, who: str = "ben") -> Any:
    return as_(cast, who).get(at(draft))


def today(cast: Cast, who: str) -> str:
    return as_(cast, who).get("/?all=1").content.decode()


def told(cast: Cast, sentence: str) -> list[str]:
    return [name for name in EVERYBODY if sentence in today(cast, name)]


def test_a_replaced_draft_reads_as_that_and_leads_to_the_newest(cast: Cast, first: Revision) -> None:
    newest = anew(cast, anew(cast, first, "ana"), "ana", "Hers again.")

    answer = shown(cast, first)

    assert "replaced by a newer draft" in words(answer)
    assert "withdrawn" not in words(answer).lower()
    assert "A newer draft took its place." in words(answer)
    assert f'href="{at(newest)}"' in html(answer)
    assert "Begin again from this text" not in words(answer)


def test_a_draft_that_was_withdrawn_is_still_called_that(cast: Cast, first: Revision) -> None:
    withdraw(actor=cast.actor("ben"), draft=first)

    answer = words(shown(cast, first))

    assert "withdrawn" in answer
    assert "newer draft" not in answer
    assert "Begin again from this text" in answer


def test_once_the_newer_one_came_to_nothing_the_text_can_be_begun_from_again(cast: Cast, first: Revision) -> None:
    decline(actor=cast.actor("ben"), draft=anew(cast, first, "ana"), reason="No.")

    answer = words(shown(cast, first))

    assert "replaced by a newer draft" in answer
    assert "Begin again from this text" in answer


def test_the_newer_draft_says_from_whose_it_goes_on(cast: Cast, first: Revision) -> None:
    newer = anew(cast, first, "ana")

    answer = shown(cast, newer)

    assert "It goes on from Ben's draft" in words(answer)
    assert f'href="{at(first)}"' in html(answer)
    assert "It goes on from" not in words(shown(cast, first))


def test_who_wrote_their_own_draft_anew_goes_on_from_their_earlier_one(cast: Cast, first: Revision) -> None:
    newer = anew(cast, first, "ben")

    assert "It goes on from an earlier draft" in words(shown(cast, newer, "ana"))


def test_readers_outside_hear_nothing_of_the_draft_before(cast: Cast, first: Revision) -> None:
    newer = anew(cast, first, "ana")
    open_to(actor=cast.actor("edie"), manual=Manual.objects.get(pk=cast.core.pk), audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), audience=Audience.PUBLIC)

    answer = shown(cast, newer, "anyone")

    assert "written by Ana" in words(answer)
    assert "It goes on from" not in words(answer)
    assert at(first) not in html(answer)
    assert shown(cast, first, "anyone").status_code == 404


def test_today_tells_the_first_writer_that_their_draft_was_changed_in_one_line(cast: Cast, first: Revision) -> None:
    newer = anew(cast, first, "ana")

    assert told(cast, CHANGED) == ["ben"]
    assert today(cast, "ben").count(at(newer)) == 1
    assert "asks what you think of this change" not in today(cast, "ben")


def test_today_tells_it_for_some_days_or_until_the_writer_went_on(cast: Cast, first: Revision) -> None:
    newer = anew(cast, first, "ana")
    agree(actor=cast.actor("ben"), draft=newer)
    assert told(cast, CHANGED) == [], "who said yes has seen it"

    second = revise(
        actor=cast.actor("ben"), edition=Edition.objects.select_related("manual").get(pk=newer.edition_id),
        text=Text("Kettles", "His."), based_on=newer.pk,
    )  # fmt: skip
    newest = anew(cast, second, "ana")
    assert told(cast, CHANGED) == ["ben"]
    Revision.objects.filter(pk=second.pk).update(answered_at=timezone.now() - ANSWERED_LATELY)
    assert told(cast, CHANGED) == []
    Revision.objects.filter(pk=second.pk).update(answered_at=timezone.now())
    anew(cast, newest, "ben", "His once more.")
    assert told(cast, CHANGED) == [], "who went on from it has seen it"


def test_who_writes_their_own_draft_anew_is_told_nothing(cast: Cast, first: Revision) -> None:
    anew(cast, first, "ben")

    assert "changed your draft" not in today(cast, "ben")


def test_who_declined_the_newer_one_is_told_no_more(cast: Cast, first: Revision) -> None:
    decline(actor=cast.actor("ben"), draft=anew(cast, first, "ana"), reason="No.")

    assert told(cast, CHANGED) == []


def test_who_reads_the_manual_no_more_is_told_nothing_of_it(cast: Cast, first: Revision) -> None:
    anew(cast, first, "ana")
    cast.people["ben"].memberships.update(ended_at=timezone.now())

    assert told(cast, CHANGED) == []


def test_a_draft_that_was_changed_twice_is_told_once_and_leads_to_the_newest(cast: Cast, first: Revision) -> None:
    between = anew(cast, first, "ana")
    newest = anew(cast, between, "ana", "Hers again.")

    screen = today(cast, "ben")

    assert screen.count(CHANGED) == 1
    assert at(newest) in screen
    assert at(between) not in screen


def test_today_asks_no_more_often_for_more_drafts_that_were_changed(cast: Cast, first: Revision) -> None:
    anew(cast, first, "ana")
    as_(cast, "ben").get("/?all=1")
    with CaptureQueriesContext(connection) as one:
        today(cast, "ben")

    for number in range(3):
        added = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(f"Page {number}", "His."))
        anew(cast, added, "ana")
    as_(cast, "ben").get("/?all=1")
    with CaptureQueriesContext(connection) as four:
        assert today(cast, "ben").count(CHANGED) == 4

    assert len(four) == len(one)
