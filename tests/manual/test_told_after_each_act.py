"""After each act a sentence says what came of it, and the focus goes there, with or without JavaScript."""

import re

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Remark, Revision
from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Role


@pytest.fixture
def draft(cast: Cast) -> Revision:
    """Ben's draft in a team whose quorum is three, so that one more yes is not enough."""
    cast.team.quorum = 3
    cast.team.save()
    place = {"organisation": cast.organisation, "team": cast.team, "role": Role.MEMBER}
    make_sample_person(name="Dan", email="dan@example.org", **place)
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Hello", "Knock twice."))


@pytest.fixture
def remark(cast: Cast) -> Remark:
    page = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Bell", "Ring."))
    noticed = Noticed("Nobody hears it.", page.pk)
    return make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, noticed=noticed)


def _told(client: Client, address: str, **asked: str) -> str:
    """The sentence that has the focus on the screen that answers."""
    screen = client.post(address, asked, follow=True).content.decode()
    found: list[str] = re.findall(r'<p class="banner [^>]*role="status" tabindex="-1" autofocus>([^<]*)<', screen)
    return found[0] if len(found) == 1 else f"{len(found)} sentences have the focus"


def test_whoever_agrees_takes_back_and_declines_is_told(cast: Cast, draft: Revision) -> None:
    client, here = as_(cast, "ana"), f"/m/street-manual/drafts/{draft.pk}/"

    assert _told(client, here, act="agree") == "Your yes counts. Readers get it when enough have agreed."
    assert _told(client, here, act="take-back") == "Your yes is taken back."
    assert _told(client, here, act="decline", reason="No bell.") == "Declined. Whoever wrote it will read why."


def test_whoever_replies_and_opens_a_remark_again_is_told(cast: Cast, remark: Remark) -> None:
    client, here = as_(cast, "ana"), f"/m/street-manual/remarks/{remark.pk}/"

    assert _told(client, here, act="reply", body="True.", seen=_seen(client, here)) == (
        "Your reply stands with the remark."
    )
    _told(client, here, act="settle", outcome="nothing", answer="It stays.", seen=_seen(client, here))
    assert _told(client, here, act="reopen", seen=_seen(client, here)) == (
        "Open again. It waits on the list for the next slot."
    )


def _seen(client: Client, here: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get(here).content.decode())
    return found[1] if found else ""


def test_what_to_look_at_again_has_the_focus_and_leads_to_each_choice(cast: Cast, remark: Remark) -> None:
    client, here = as_(cast, "ana"), f"/m/street-manual/remarks/{remark.pk}/"

    screen = client.post(here, {"act": "settle", "seen": _seen(client, here)}).content.decode()

    assert '<div class="error-summary stack" role="alert" tabindex="-1" autofocus>' in screen
    assert '<a href="#settle_outcome">What came of it?' in screen
    assert '<div id="settle_outcome">' in screen
