"""A note, a setting aside and a return say why and what they serve, as every other change does, wherever it is read."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import hidden_in
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, revise
from fieldcraft.manual.models import Revision, State
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
HELLO = f"{AT}p/hello/"
WHY, SERVES = "Nobody hears the bell.", "serves local practice"
SAID = {"reason": WHY, "pole": "local_practice"}


@pytest.fixture
def below(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def own(cast: Cast, below: Revision) -> Revision:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": below.edition.page_id, "based_on": below.pk}
    return adapt_page(actor=cast.actor("ana"), text=Text("Hello", "Ring."), **ask)


def noted(cast: Cast, below: Revision, **more: str) -> Revision:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": below.edition.page_id, "based_on": below.pk}
    return note_page(actor=cast.actor("ana"), text=Text("Hello", "Broken.", **more), **ask)


def sends(cast: Cast, below: Revision, what: str) -> tuple[str, dict[str, str]]:
    """The address of a form, and what is typed into it."""
    if what == "note":
        return f"{HELLO}note/", {"body": "Broken.", "based_on": str(below.pk)}
    if what == "set aside":
        return f"{HELLO}set-aside/", {"based_on": str(below.pk)}
    if what == "return":
        return f"{HELLO}return/", {"based_on": str(own(cast, below).pk)}
    note = noted(cast, below)
    changed = {"body": "Broken again.", "based_on": str(note.pk)}
    return (
        (f"{HELLO}notes/{note.edition_id}/", changed)
        if what == "note changed"
        else (f"{HELLO}notes/{note.edition_id}/out/", {"based_on": str(note.pk)})
    )


EVERY = ("note", "note changed", "note out", "set aside", "return")


@pytest.mark.parametrize("what", EVERY)
def test_what_was_said_is_read_wherever_the_change_is(cast: Cast, below: Revision, ben: Client, what: str) -> None:
    url, typed = sends(cast, below, what)

    assert ben.post(url, {**typed, **SAID}).status_code == 302

    for address in (f"{HELLO}history/", f"{AT}changes/", f"{AT}feed/", f"{HELLO}feed/"):
        assert WHY in html(ben.get(address)), address
        assert SERVES in html(ben.get(address)), address


@pytest.mark.parametrize("what", ["note", "note changed", "set aside"])
def test_it_stands_with_the_page_where_readers_still_have_what_it_is_about(
    cast: Cast, below: Revision, ben: Client, what: str
) -> None:
    url, typed = sends(cast, below, what)
    ben.post(url, {**typed, **SAID})

    assert WHY in html(ben.get(HELLO))
    assert SERVES in html(ben.get(HELLO))


@pytest.mark.parametrize("what", EVERY)
def test_the_team_reads_it_before_it_agrees(cast: Cast, below: Revision, ben: Client, what: str) -> None:
    url, typed = sends(cast, below, what)
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    ben.post(url, {**typed, **SAID})

    screen = html(as_(cast, "ana").get(f"{AT}drafts/{Revision.objects.get(state=State.DRAFT).pk}/"))

    assert WHY in screen
    assert SERVES in screen


@pytest.mark.parametrize("what", EVERY)
def test_nobody_has_to_say_what_it_serves(cast: Cast, below: Revision, ben: Client, what: str) -> None:
    url, typed = sends(cast, below, what)
    screen = html(ben.get(url))
    assert re.search(r'<details class="more"><summary>[^<]*hat it serves</summary>', screen), (
        "folded away until asked for"
    )

    answer = ben.post(url, {**typed, "reason": "No doors." if what == "set aside" else ""})

    assert answer.status_code == 302
    assert Revision.objects.latest("id").pole == ""


def test_what_it_serves_is_said_without_a_reason_too(cast: Cast, below: Revision, ben: Client) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    url, typed = sends(cast, below, "note")
    ben.post(url, {**typed, "pole": "evidence"})
    draft = Revision.objects.get(state=State.DRAFT)

    assert "serves evidence" in html(ben.get(f"{AT}drafts/{draft.pk}/"))
    agree(actor=cast.actor("ana"), draft=draft)
    assert "serves evidence" in html(ben.get(HELLO))
    assert "Why:" not in html(ben.get(HELLO))


def test_a_note_that_is_changed_begins_from_why_it_stands_there(cast: Cast, below: Revision, ben: Client) -> None:
    note = noted(cast, below, reason=WHY, pole="local_practice")
    address = f"{HELLO}notes/{note.edition_id}/"

    screen = html(ben.get(address))

    assert f'value="{WHY}"' in screen
    assert checked(screen) == "local_practice"
    assert '<details class="more" open>' in screen
    assert ben.post(address, {"body": "Mended.", **SAID, "pole": "", "based_on": str(note.pk)}).status_code == 302
    newest = Revision.objects.latest("id")
    assert (newest.reason, newest.pole) == (WHY, "")


def checked(screen: str) -> str:
    found = re.search(r'name="pole" value="([^"]*)"[^>]* checked', screen)
    return found[1] if found else ""


@pytest.mark.parametrize("what", ["note changed", "note out", "set aside", "return"])
def test_it_is_still_there_when_a_colleague_was_quicker(cast: Cast, below: Revision, ben: Client, what: str) -> None:
    url, typed = sends(cast, below, what)
    now = Revision.objects.select_related("edition__manual").get(pk=typed["based_on"])
    revise(actor=cast.actor("edie" if what == "set aside" else "ana"), edition=now.edition,
           text=Text("Hello", "Hers."), based_on=now.pk)  # fmt: skip

    answer = ben.post(url, {**typed, **SAID})

    assert answer.status_code == 409
    assert f'value="{WHY}"' in html(answer)
    assert checked(html(answer)) == "local_practice"
    sent = {**typed, **SAID, "based_on": hidden_in(html(answer))["based_on"]}
    assert ben.post(url, sent).status_code == 302
    newest = Revision.objects.latest("id")
    assert (newest.reason, newest.pole) == (WHY, "local_practice")


@pytest.mark.parametrize("what", EVERY)
def test_a_draft_is_given_another_reason_and_another_pole(cast: Cast, below: Revision, ben: Client, what: str) -> None:
    url, typed = sends(cast, below, what)
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    ben.post(url, {**typed, **SAID})
    change = f"{AT}drafts/{Revision.objects.get(state=State.DRAFT).pk}/change/"

    screen = html(as_(cast, "ana").get(change))

    assert f'value="{WHY}"' in screen
    assert checked(screen) == "local_practice"
    sent = {**typed, "based_on": "", **hidden_in(screen), "reason": "It is new.", "pole": "evidence"}
    assert as_(cast, "ana").post(change, sent).status_code == 302
    newest = Revision.objects.get(state=State.DRAFT)
    assert (newest.reason, newest.pole) == ("It is new.", "evidence")
