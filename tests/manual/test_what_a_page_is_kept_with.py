"""What the writing screen keeps of a page: each tag once, never no words; and who it says is changing it."""

from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, note_page, revise
from fieldcraft.manual.forms import TextForm
from fieldcraft.manual.models import Edition, Revision
from fieldcraft.people.models import Team

CHANGE = "/m/street-manual/p/hello/change/"


def words(answer: HttpResponse) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def text(page: Revision | None, body: str = "Knock three times.", **more: str) -> dict[str, str]:
    based_on = str(page.pk) if page else ""
    return {"title": "Hello", "body": body, "tags": "", "reason": "", "pole": "", "based_on": based_on, **more}


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.", ("Doors",)))


@pytest.fixture
def ben(cast: Cast) -> Client:
    return as_(cast, "ben")


# Tags


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Learning, learning", ("Learning",)),
        ("learning,  LEARNING ,Learning", ("learning",)),
        ("Straße, STRASSE, b", ("Straße", "b")),
        (" , a,,b ", ("a", "b")),
    ],
)
def test_a_tag_is_kept_once_as_it_was_spelled_first(typed: str, kept: tuple[str, ...]) -> None:
    form = TextForm({"title": "Hello", "body": "Words.", "tags": typed})

    assert form.is_valid()
    assert form.cleaned_data["tags"] == kept


def test_a_tag_that_the_manual_has_is_spelled_as_there(page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/add/", text(None, title="Bells", tags="doors, Bells"))

    assert Edition.objects.get(manual__slug="street-manual").tags == ["Doors", "Bells"]


def test_whoever_changes_the_one_page_that_has_a_tag_may_spell_it_anew(page: Revision, ben: Client) -> None:
    ben.post(CHANGE, text(page, tags="doors"))

    assert Edition.objects.get(manual__slug="street-manual").tags == ["doors"]


# No words


@pytest.mark.parametrize("body", ["", " \r\n\t\r\n "])
def test_a_page_is_not_emptied_and_the_rest_is_kept(page: Revision, ben: Client, body: str) -> None:
    answer = ben.post(CHANGE, text(page, body, reason="Not needed here."))

    assert answer.status_code == 400
    assert "set it aside" in words(answer)
    assert "give it up" in words(answer)
    assert "Not needed here." in words(answer)
    assert not Edition.objects.filter(manual__slug="street-manual").exists()


def test_nor_is_the_teams_own_text_nor_its_draft(cast: Cast, page: Revision, ben: Client) -> None:
    ben.post(CHANGE, text(page))
    own = Revision.objects.get(edition__manual__slug="street-manual")
    assert ben.post(CHANGE, text(own, "")).status_code == 400
    Team.objects.filter(pk=cast.team.pk).update(quorum=2)
    ben.post(CHANGE, text(own, "Ring."))
    draft = Revision.objects.get(edition__manual__slug="street-manual", state="draft")

    assert ben.post(f"/m/street-manual/drafts/{draft.pk}/change/", text(own, "")).status_code == 400
    assert Edition.objects.get(manual__slug="street-manual").current_id == own.pk


def test_a_new_page_has_words_too(cast: Cast, ben: Client) -> None:
    answer = ben.post("/m/street-manual/add/", text(None, "  "))

    assert answer.status_code == 400
    assert "Write a few words first." in words(answer)
    assert not Edition.objects.exists()


def test_a_page_that_came_without_words_can_still_be_renamed(cast: Cast, ben: Client) -> None:
    empty = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Stub"))

    assert ben.post("/m/street-manual/p/stub/change/", text(empty, "", title="A stub")).status_code == 302


# Who is changing it


def test_a_note_that_waits_is_no_change_of_the_page(cast: Cast, page: Revision, ben: Client) -> None:
    Team.objects.filter(pk=cast.team.pk).update(quorum=2)
    note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=Text("Hello", "The bell.")
    )
    assert "is changing this page already" not in words(ben.get(CHANGE))

    ben.post(CHANGE, text(page))

    assert "is changing this page already" in words(ben.get(CHANGE))


def test_bringing_a_page_back_into_use_needs_its_words(cast: Cast, page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/set-aside/", {"reason": "Not here.", "based_on": str(page.pk)})
    aside = Revision.objects.get(edition__manual__slug="street-manual")

    assert ben.post(CHANGE, text(aside, "")).status_code == 400
    assert (
        revise(actor=cast.actor("ben"), edition=aside.edition, text=Text("Hello", "Again."), based_on=aside.pk).standing
        == "adapted"
    )
