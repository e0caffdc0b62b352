"""Taking a manual along from the screen."""

import json

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.manual.actions.pages import Text, add_page
from fieldcraft.manual.models import Audience, Manual

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORMATS = ("markdown", "tiddlywiki", "tiddlywiki-json", "html", "json")


@pytest.fixture
def client(cast: Cast) -> Client:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "words"))
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Ours", "words"))
    client = Client()
    client.force_login(cast.people["ben"], BACKEND)
    return client


def test_the_page_offers_every_format_both_whole_and_own(client: Client) -> None:
    html = client.get("/m/street-manual/export/").content.decode()

    for format in FORMATS:
        assert f"/m/street-manual/export/{format}/" in html
    assert "?extent=own" in html


@pytest.mark.parametrize("format", FORMATS)
def test_each_file_is_saved_under_the_manuals_name_and_never_run(client: Client, format: str) -> None:
    answer = client.get(f"/m/street-manual/export/{format}/")

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="street-manual.')
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_markdown_comes_as_a_zip_of_all_or_of_ones_own(client: Client) -> None:
    whole = files_of_archive(client.get("/m/street-manual/export/markdown/").content)
    own = files_of_archive(client.get("/m/street-manual/export/markdown/?extent=own").content)

    assert (sorted(whole), sorted(own)) == (["hello.md", "ours.md"], ["ours.md"])


def test_whoever_may_read_a_public_manual_may_take_its_text_but_not_its_history(client: Client, cast: Cast) -> None:
    Manual.objects.update(audience=Audience.PUBLIC)

    found = {format: Client().get(f"/m/street-manual/export/{format}/").status_code for format in FORMATS}

    assert found == {**dict.fromkeys(FORMATS, 200), "json": 403}
    assert "/export/json/" not in Client().get("/m/street-manual/export/").content.decode()


def test_a_format_that_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/m/street-manual/export/docx/").status_code == 404


def test_the_history_on_screen_is_the_one_of_the_command(client: Client) -> None:
    history = json.loads(client.get("/m/street-manual/export/json/").content)

    assert history["format"] == "fieldcraft/1"
    assert [row["title"] for row in history["editions"]] == ["Ours"]
