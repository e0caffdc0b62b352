"""Panels: a page holds a link and never what is behind it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Audience, Revision
from fieldcraft.mastery.actions.compass import begin_purpose
from fieldcraft.mastery.actions.practice import Happened, keep_note, keep_practice
from fieldcraft.mastery.queries.practice import Cited
from fieldcraft.shell.panels import PANELS

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE, PANEL = "/m/street-manual/p/hello/", "/compass/pages/street-manual/hello/"
SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
WORDS = "I knocked once."


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def write(cast: Cast, page: Revision, words: str = WORDS, manual: str = "street-manual") -> None:
    cited = Cited(manual, page.edition.page_id, page.pk)
    keep_note(actor=cast.actor("ben"), happened=Happened(words), cited=cited)


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def html(answer: Any) -> str:
    return str(answer.content.decode())


def part(client: Client, path: str = PANEL) -> Any:
    return client.get(path, headers={"HX-Request": "true"})


def test_every_panel_stands_on_a_page_that_is_there_and_leads_to_one() -> None:
    known = {f"{name}:{each.name}" for name, (_path, room) in get_resolver().namespace_dict.items()
             for each in room.url_patterns if getattr(each, "name", None)} | {"today"}  # fmt: skip

    assert {*PANELS, *(panel.address for panels in PANELS.values() for panel in panels)} <= known


def test_the_room_below_knows_nothing_of_what_is_shown_on_its_page() -> None:
    assert [
        f.name for f in (SOURCE / "manual").rglob("*") if f.suffix in {".py", ".html"} and "mastery" in f.read_text()
    ] == []


def test_the_page_holds_a_plain_link_with_the_pages_own_arguments_and_no_word_of_the_note(
    cast: Cast, page: Revision
) -> None:
    before = html(as_(cast, "ben").get(PAGE))
    write(cast, page)
    after = as_(cast, "ben").get(PAGE)

    assert f'<a href="{PANEL}" hx-get="{PANEL}"' in html(after)
    assert WORDS not in html(after)
    assert before.count(PANEL) == html(after).count(PANEL) == 2


def test_a_note_does_not_change_the_sign_by_which_the_page_is_kept(cast: Cast, page: Revision) -> None:
    client = as_(cast, "ben")
    tag = client.get(PAGE)["ETag"]
    write(cast, page)

    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304


def test_readers_who_are_not_signed_in_get_no_panel(cast: Cast, page: Revision) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)

    screen = html(Client().get("/m/core/p/hello/"))

    assert "/compass/pages/" not in screen
    assert "htmx" not in screen


def test_the_panel_is_a_screen_of_its_own_or_a_part_and_is_kept_by_nothing(cast: Cast, page: Revision) -> None:
    write(cast, page)
    whole, piece = as_(cast, "ben").get(PANEL), part(as_(cast, "ben"))

    assert "<html" in html(whole)
    assert "<html" not in html(piece)
    for answer in (whole, piece):
        assert WORDS in html(answer)
        assert answer["Cache-Control"] == "no-store"


def test_without_notes_it_offers_to_write_one_and_nothing_else(cast: Cast, page: Revision) -> None:
    piece = html(part(as_(cast, "ben")))

    assert "<ul" not in piece
    assert piece.count("<a ") == 2
    assert f"page={page.edition.page_id}&amp;revision={page.pk}" in piece


@pytest.mark.parametrize("who", ["ana", "edie", "ada", "cora"])
def test_everyone_sees_their_own_alone(cast: Cast, page: Revision, who: str) -> None:
    write(cast, page)
    keep_practice(
        actor=cast.actor("ben"), what="Knock once.", cited=Cited("street-manual", page.edition.page_id, page.pk)
    )

    assert html(part(as_(cast, who))) == html(part(as_(cast, who)))
    assert WORDS not in html(part(as_(cast, who)))
    assert "Knock once." not in html(part(as_(cast, who)))


def test_a_page_keeps_its_notes_in_every_manual_it_is_read_in(cast: Cast, page: Revision) -> None:
    write(cast, page, manual="core")

    assert WORDS in html(part(as_(cast, "ben")))


def test_it_shows_a_few_and_leads_to_the_rest(cast: Cast, page: Revision) -> None:
    for number in range(5):
        write(cast, page, f"Note {number}")

    assert html(part(as_(cast, "ben"))).count("Note ") == 3
    assert "All of them" in html(part(as_(cast, "ben")))
    assert html(as_(cast, "ben").get(PANEL)).count("Note ") == 5


@pytest.mark.parametrize("path", ["/compass/pages/street-manual/none/", "/compass/pages/none/hello/"])
def test_of_a_page_that_is_not_there_there_is_no_panel(cast: Cast, page: Revision, path: str) -> None:
    assert as_(cast, "ben").get(path).status_code == 404


def test_whoever_may_not_read_the_manual_gets_none_either(cast: Cast, page: Revision) -> None:
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.TEAM)

    assert as_(cast, "edie").get(PANEL).status_code == 404


def test_today_asks_for_the_compass_and_holds_nothing_of_it(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["ben"], BACKEND)
    begin_purpose(actor=cast.actor("ben"), sentence="That the kettle is always on.")

    today, panel = client.get("/"), client.get("/compass/today/", headers={"HX-Request": "true"})

    assert 'hx-get="/compass/today/"' in today.content.decode()
    assert "kettle" not in today.content.decode()
    assert "That the kettle is always on." in panel.content.decode()
    assert "How was the week?" in panel.content.decode()
    assert panel["Cache-Control"] == "no-store"
