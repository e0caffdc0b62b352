"""Bringing a handbook in through the screen: the plan, the yes, and whose business it is."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import Cast

from fieldcraft.engine.formats.document import Fault, LossKind
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.imports import forget_old_imports
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.actions.publications import begin
from fieldcraft.manual.actions.transfer import sentences
from fieldcraft.manual.actions.transfer.plan import Doing
from fieldcraft.manual.models import Edition, Import, Manual, Progress, Revision


@pytest.fixture(autouse=True)
def _own_home(settings: Any, tmp_path: Path) -> None:
    from fieldcraft.config.home import Home

    settings.HOME = Home(tmp_path)
    settings.HOME.make()


def _zip(**pages: str) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in pages.items():
            archive.writestr(f"{name}.md", text)
    return SimpleUploadedFile("handbook.zip", held.getvalue())


def _client(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _planned(client: Client, file: SimpleUploadedFile, manual: str = "", title: str = "Our handbook") -> str:
    answer = client.post("/import/", {"file": file, "manual": manual, "title": title})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_plan_comes_first_and_changes_nothing(cast: Cast) -> None:
    client = _client(cast, "ada")

    page = client.get(_planned(client, _zip(one="# One\n\nWords.", two="# Two\n\nMore words."))).content.decode()

    assert "2 pages were found. Nothing has changed yet." in page
    assert "2 new" in page
    assert Manual.objects.count() == 2


def test_where_changes_are_gathered_the_plan_says_that_an_import_is_not(cast: Cast) -> None:
    """A plan is looked through as a whole and read against what readers have; gathered page by page it would be neither."""
    client, waits = _client(cast, "edie"), "gathers its changes for “Spring”, but what you import is not gathered"
    assert waits not in client.get(_planned(client, _zip(one="# One"), "core")).content.decode()
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")

    address = _planned(client, _zip(one="# One"), "core")

    assert waits in client.get(address).content.decode()
    assert "Imported: 1 page written." in client.post(address, follow=True).content.decode()
    assert b"One" in client.get("/m/core/p/one/").content


def test_a_yes_makes_the_manual_with_its_pages(cast: Cast) -> None:
    client = _client(cast, "ada")
    address = _planned(client, _zip(one="# One\n\nWords."))

    page = client.post(address, follow=True).content.decode()

    assert "Imported: 1 page written." in page
    assert 'href="/m/our-handbook/"' in page
    assert b"Words." in client.get("/m/our-handbook/p/one/").content


def test_a_yes_counts_once(cast: Cast) -> None:
    client = _client(cast, "ada")
    address = _planned(client, _zip(one="# One\n\nWords."))
    client.post(address)

    assert client.post(address).status_code == 404
    assert Edition.objects.filter(title="One").count() == 1


def test_an_import_is_its_bringers_alone(cast: Cast) -> None:
    address = _planned(_client(cast, "ada"), _zip(one="# One\n\nWords."))

    assert _client(cast, "edie").get(address).status_code == 404
    assert _client(cast, "edie").post(address).status_code == 404


def test_throwing_the_plan_away_leaves_no_file(cast: Cast, settings: Any) -> None:
    client = _client(cast, "ada")
    address = _planned(client, _zip(one="# One\n\nWords."))

    client.post(address, {"drop": "yes"})

    assert list((settings.HOME.media / "uploads").iterdir()) == []
    assert not Import.objects.exists()


def test_uploads_that_nobody_confirmed_are_forgotten(cast: Cast, settings: Any) -> None:
    _planned(_client(cast, "ada"), _zip(one="# One\n\nWords."))
    Import.objects.update(begun_at="2020-01-01T00:00:00Z")

    forget_old_imports()

    assert list((settings.HOME.media / "uploads").iterdir()) == []
    assert Import.objects.get().progress == Progress.REFUSED


def test_a_file_that_is_no_manual_gets_a_sentence(cast: Cast) -> None:
    client = _client(cast, "ada")

    page = client.get(_planned(client, SimpleUploadedFile("poem.exe", b"MZ\0\0"))).content.decode()

    assert "It was not imported." in page
    assert "poem.exe" in page
    assert Manual.objects.count() == 2


def test_a_plan_made_before_the_manual_changed_is_made_anew(cast: Cast) -> None:
    client = _client(cast, "edie")
    address = _planned(client, _zip(one="# One\n\nWords."), manual="core", title="")
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Between", "Came between."))

    page = client.post(address, follow=True).content.decode()

    assert "The manual has changed since this plan was made." in page
    assert not Edition.objects.filter(title="One").exists()
    assert Import.objects.get().progress == Progress.PLANNED


def test_a_guessed_base_waits_for_a_persons_word(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("One", "Words of the core, many of them."))
    revise(actor=cast.actor("edie"), edition=core.edition, text=Text("One", "Quite other words."), based_on=core.pk)
    client = _client(cast, "ana")
    client.post(_planned(client, _zip(one="# One\n\nWords of the core, more of them."), "street-manual", ""))
    ours = Revision.objects.get(edition__manual=cast.team_manual)
    assert (ours.base_id, ours.base_inferred is not None) == (core.pk, True)
    assert b"1 page came in without its history." in client.get("/m/street-manual/").content

    client.post("/m/street-manual/bases/", {"confirm": str(ours.pk), f"base-{ours.pk}": str(core.pk)})

    ours.refresh_from_db()
    assert (ours.base_id, ours.base_inferred) == (core.pk, None)
    assert b"without its history" not in client.get("/m/street-manual/").content


def test_a_base_is_one_of_the_texts_below(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("One", "Words of the core, many of them."))
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Two", "Not below."))
    client = _client(cast, "ana")
    client.post(_planned(client, _zip(one="# One\n\nWords of the core, more of them."), "street-manual", ""))
    ours = Revision.objects.get(edition__manual=cast.team_manual)

    answer = client.post("/m/street-manual/bases/", {"confirm": str(ours.pk), f"base-{ours.pk}": str(other.pk)})

    assert answer.status_code == 400
    ours.refresh_from_db()
    assert ours.base_inferred is not None


def test_every_kind_of_fault_loss_and_doing_has_its_words() -> None:
    assert set(sentences._FAULTS) == set(Fault)
    assert set(sentences._LOSSES) == set(LossKind)
    assert set(sentences._DOINGS) == set(Doing)


def test_a_lead_begins_a_manual_built_on_the_core(cast: Cast) -> None:
    client = _client(cast, "ana")

    client.post("/manuals/new/", {"title": "Night shift", "keeper": str(cast.team.pk), "built_on": ["core"]})

    made = Manual.objects.get(slug="night-shift")
    assert (made.kind, made.team, [each.included for each in made.inclusions.all()]) == ("team", cast.team, [cast.core])


def test_nobody_begins_a_manual_for_somebody_elses_team(cast: Cast) -> None:
    answer = _client(cast, "ana").post("/manuals/new/", {"title": "Ours", "keeper": str(cast.organisation.pk)})

    assert answer.status_code == 400
    assert Manual.objects.count() == 2


def test_the_inclusion_put_first_wins(cast: Cast) -> None:
    client = _client(cast, "ada")
    for title in ("Left", "Right"):
        client.post("/manuals/new/", {"title": title, "keeper": str(cast.organisation.pk)})
    client.post("/manuals/new/", {"title": "Both", "keeper": str(cast.organisation.pk), "built_on": ["left", "right"]})

    client.post("/m/both/about/", {"first": "right"})

    both = Manual.objects.get(slug="both")
    assert [each.included.slug for each in both.inclusions.all()] == ["right", "left"]
