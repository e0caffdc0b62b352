"""What is undone is what whoever undoes it has before them, and as long as was promised."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast
from tests.manual.remarks_made import remark
from tests.together.made import html

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, bring_back, give_up
from fieldcraft.manual.actions.remarks import reopen_remark, settle_remark
from fieldcraft.manual.models import Edition, Outcome, Remark, Revision
from fieldcraft.manual.queries.remarks import state_of


@pytest.fixture
def settled(cast: Cast, page: Revision) -> Remark:
    made = remark(cast, page)
    return settled_as(cast, made, Outcome.ANSWERED, "Ring then.")


def settled_as(cast: Cast, made: Remark, outcome: Outcome, answer: str) -> Remark:
    settle_remark(actor=cast.actor("ana"), remark=made, outcome=outcome, answer=answer, seen=state_of(made))
    made.refresh_from_db()
    return made


def test_what_was_settled_otherwise_meanwhile_is_not_opened_again_unread(cast: Cast, settled: Remark) -> None:
    seen = state_of(settled)
    reopen_remark(actor=cast.actor("ana"), remark=settled, seen=seen)
    settled.refresh_from_db()
    settled_as(cast, settled, Outcome.NOTHING, "We rang, and nobody came.")

    with pytest.raises(Stale):
        reopen_remark(actor=cast.actor("ben"), remark=settled, seen=seen)

    settled.refresh_from_db()
    assert (settled.outcome, settled.answer) == (Outcome.NOTHING, "We rang, and nobody came.")
    assert settled.replies.count() == 1
    assert Event.objects.filter(verb="remark.reopened").count() == 1


def test_on_the_screen_who_opens_it_again_too_late_reads_what_came_of_it_by_now(
    cast: Cast, settled: Remark, ben: Client
) -> None:
    seen = state_of(settled)
    reopen_remark(actor=cast.actor("ana"), remark=settled, seen=seen)
    settled.refresh_from_db()
    settled_as(cast, settled, Outcome.NOTHING, "We rang, and nobody came.")

    answer = ben.post(f"/m/street-manual/remarks/{settled.pk}/", {"act": "reopen", "seen": seen})

    assert answer.status_code == 409
    assert "We rang, and nobody came." in html(answer)


def test_a_reply_since_is_no_reason_not_to_open_it_again(cast: Cast, settled: Remark) -> None:
    settled.replies.create(body="Thanks.", by=cast.people["ana"])

    reopen_remark(actor=cast.actor("ben"), remark=settled, seen="answered-0")

    settled.refresh_from_db()
    assert settled.outcome == ""


@pytest.mark.parametrize(
    ("ago", "is_undone"),
    [
        (timedelta(days=20), True),
        (timedelta(days=30), True),
        (timedelta(days=30, seconds=1), False),
        (timedelta(days=31), False),
    ],
)
def test_thirty_days_are_thirty_days_to_the_second(cast: Cast, ago: timedelta, is_undone: bool) -> None:
    page = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Lamps", "They shine."))
    give_up(actor=cast.actor("ben"), edition=page.edition, based_on=page.pk)
    now = timezone.now()
    Edition.objects.filter(pk=page.edition_id).update(ended_at=now - ago)
    edition = Edition.objects.get(pk=page.edition_id)

    with patch("django.utils.timezone.now", lambda: now):
        if is_undone:
            assert bring_back(actor=cast.actor("ben"), edition=edition).body == "They shine."
        else:
            with pytest.raises(Invalid):
                bring_back(actor=cast.actor("ben"), edition=edition)
