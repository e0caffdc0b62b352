"""The list that feeds a slot: what waits, for whom, and with how many yeses."""

import re

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.actions.remarks import (
    Noticed,
    make_remark,
    settle_remark,
    suggest_change,
    switch_suggestions,
)
from fieldcraft.manual.actions.steps import step_for
from fieldcraft.manual.models import Audience, Manual, Outcome, Revision
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.people.access import ANYONE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "/m/street-manual/to-manualize/"


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice. Wait."))


def seen_by(cast: Cast, name: str) -> str:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    html = client.get(LIST).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_an_empty_list_is_no_dead_end(cast: Cast, page: Revision) -> None:
    html = seen_by(cast, "ben")

    assert "Nothing is waiting." in html
    assert "Read the manual" in html


@pytest.mark.parametrize(
    ("name", "status"),
    [("anyone", 403), ("ben", 200), ("ana", 200), ("edie", 200), ("ada", 200), ("cora", 200), ("cleo", 403)],
)
def test_of_an_open_manual_it_is_for_the_house_alone(cast: Cast, name: str, status: int) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    client = Client()
    if name != "anyone":
        client.force_login(cast.people[name], BACKEND)

    assert client.get(LIST).status_code == status


def test_open_remarks_wait_with_their_page_and_settled_ones_do_not(cast: Cast, page: Revision) -> None:
    on = {"manual": cast.team_manual, "page_id": page.edition.page_id}
    make_remark(actor=cast.actor("ben"), noticed=Noticed("Nobody hears it.", page.pk), **on)
    other = make_remark(actor=cast.actor("ana"), noticed=Noticed("Too loud.", page.pk), **on)
    settle_remark(actor=cast.actor("ana"), remark=other, outcome=Outcome.CHANGED, answer="", seen=state_of(other))

    html = seen_by(cast, "cora")

    assert "1 remark is open" in html
    assert "Hello" in html
    assert "Nobody hears it." in html
    assert "Too loud." not in html


@pytest.mark.parametrize(
    ("name", "sees"), [("ben", True), ("ana", True), ("edie", False), ("ada", False), ("cora", False)]
)
def test_held_suggestions_wait_for_those_who_change_the_pages(
    cast: Cast, page: Revision, name: str, sees: bool
) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=cast.team_manual, are_taken=True)
    suggest_change(
        actor=ANYONE,
        manual=Manual.objects.get(pk=cast.team_manual.pk),
        page_id=page.edition.page_id,
        noticed=Noticed("Say who you are.", page.pk),
        sender="one",
    )

    html = seen_by(cast, name)

    assert ("1 suggestion from outside is held" in html) is sees
    assert ("Say who you are." in html) is sees
    assert ("Nothing is waiting." in html) is not sees


def test_a_draft_says_how_many_have_agreed_and_whether_i_have(cast: Cast, page: Revision) -> None:
    cast.team.quorum = 2
    cast.team.save()
    draft = adapt_page(
        actor=cast.actor("ben"),
        manual=Manual.objects.get(pk=cast.team_manual.pk),
        page_id=page.edition.page_id,
        text=Text("Hello", "Ring.", reason="Nobody hears."),
        based_on=page.pk,
    )

    assert "1 draft waits for a yes" in seen_by(cast, "ben")
    assert "Ben · 1 of 2 yeses · yours is among them" in seen_by(cast, "ben")
    assert "Ben · 1 of 2 yeses · yours is not among them yet" in seen_by(cast, "ana")
    assert "yours" not in seen_by(cast, "cora")
    agree(actor=cast.actor("ana"), draft=draft)
    assert "Nothing is waiting." in seen_by(cast, "ana")


def test_a_page_that_is_out_of_step_waits(cast: Cast, page: Revision) -> None:
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=page.edition.page_id,
        text=Text("Hello", "Ring."),
        based_on=page.pk,
    )
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Knock. Breathe."), based_on=page.pk)
    step_for(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id)

    assert "1 page waits to be brought into step" in seen_by(cast, "ben")
