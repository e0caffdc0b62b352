"""Noting, adapting, adding, setting aside through the plain forms; nothing typed is lost."""

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, note_page, revise
from fieldcraft.manual.models import Edition, Revision


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice. Wait.", ("doors",)))


def _text(page: Revision, body: str = "Knock three times.", **more: str) -> dict[str, str]:
    return {"title": "Hello", "body": body, "tags": "doors", "reason": "", "pole": "", "based_on": str(page.pk), **more}


def test_a_note_stands_beside_its_words_and_the_page_goes_on_following(cast: Cast, page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/note/", {"body": "The bell is broken.", "quote": "Knock twice."})
    revise(
        actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Knock twice. Breathe."), based_on=page.pk
    )

    html = ben.get("/m/street-manual/p/hello/").content.decode()

    assert "The bell is broken." in html
    assert "Breathe." in html


def test_a_note_whose_words_are_gone_says_so(cast: Cast, page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/note/", {"body": "The bell is broken.", "quote": "Knock twice."})
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    assert b"Its passage has changed since:" in ben.get("/m/street-manual/p/hello/").content


def test_changing_a_core_page_covers_it_for_the_team_alone(page: Revision, ben: Client) -> None:
    form = ben.get("/m/street-manual/p/hello/change/").content.decode()
    assert "The core stays as it is." in form
    assert "Knock twice. Wait." in form

    ben.post("/m/street-manual/p/hello/change/", _text(page, reason="Nobody hears two.", pole="local_practice"))

    html = ben.get("/m/street-manual/p/hello/").content.decode()
    assert "Knock three times." in html
    assert "Nobody hears two." in html
    assert b"Knock twice." in ben.get("/m/core/p/hello/").content


def test_the_second_of_two_savers_gets_both_texts_and_goes_on(page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/change/", _text(page, "First saver."))
    ours = Revision.objects.get(edition__manual__slug="street-manual")
    ben.post("/m/street-manual/p/hello/change/", _text(ours, "Second text."))

    answer = ben.post("/m/street-manual/p/hello/change/", _text(ours, "My own long words."))

    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Second text." in html
    assert "My own long words." in html
    newest = Revision.objects.latest("id")
    assert f'value="{newest.pk}"' in html
    ben.post("/m/street-manual/p/hello/change/", _text(newest, "Both together."))
    assert b"Both together." in ben.get("/m/street-manual/p/hello/").content


def test_the_second_of_two_savers_who_changed_another_part_gets_both_together(page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/change/", _text(page, "One.\n\nTwo.\n\nThree.\n"))
    ours = Revision.objects.get(edition__manual__slug="street-manual")
    ben.post("/m/street-manual/p/hello/change/", _text(ours, "One.\n\nTwo.\n\nThree, theirs.\n", title="Good day"))

    answer = ben.post("/m/street-manual/p/hello/change/", _text(ours, "One, mine.\n\nTwo.\n\nThree.\n"))

    assert answer.status_code == 409
    assert "You changed different parts." in answer.content.decode()
    form = answer.context["form"]
    assert form["body"].value() == "One, mine.\n\nTwo.\n\nThree, theirs.\n"
    assert form["title"].value() == "Good day"
    assert form["based_on"].value() == str(Revision.objects.latest("id").pk)


def test_adapting_a_page_that_the_core_has_just_changed_loses_nothing(cast: Cast, page: Revision, ben: Client) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring the bell."), based_on=page.pk)

    answer = ben.post("/m/street-manual/p/hello/change/", _text(page, "Ours, made from the old one."))

    assert answer.status_code == 409
    assert "Ring the bell." in answer.content.decode()
    assert "Ours, made from the old one." in answer.content.decode()
    assert not Edition.objects.filter(manual=cast.team_manual).exists()


def test_a_form_without_its_base_is_refused_with_the_words_kept(page: Revision, ben: Client) -> None:
    answer = ben.post("/m/street-manual/p/hello/change/", _text(page, "Precious words.", based_on=""))

    assert answer.status_code == 400
    assert "Precious words." in answer.content.decode()


def test_front_matter_of_an_imported_page_stays_when_its_text_changes(cast: Cast, page: Revision) -> None:
    Revision.objects.filter(pk=page.pk).update(header="---\nweight: 3\n---\n", fields=[["weight", "3"]])
    client = Client()
    client.force_login(cast.people["edie"], "allauth.account.auth_backends.AuthenticationBackend")

    client.post("/m/core/p/hello/change/", _text(page, "New words."))

    newest = Revision.objects.latest("id")
    assert (newest.header, newest.fields, newest.body) == ("---\nweight: 3\n---\n", [["weight", "3"]], "New words.")


def test_line_breaks_of_browsers_become_the_manuals_own(page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/change/", _text(page, "One.\r\n\r\nTwo."))

    assert Revision.objects.latest("id").body == "One.\n\nTwo."


def test_a_renamed_page_is_found_at_its_old_address(page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/change/", _text(page))
    ours = Revision.objects.latest("id")

    answer = ben.post("/m/street-manual/p/hello/change/", _text(ours, title="Good morning"))

    assert answer["Location"] == "/m/street-manual/p/good-morning/"
    assert ben.get("/m/street-manual/p/hello/")["Location"] == "/m/street-manual/p/good-morning/"


def test_a_missing_page_can_be_written_where_it_is_missed(page: Revision, ben: Client) -> None:
    asked = ben.get("/m/street-manual/missing/?title=The back door").content.decode()
    assert 'href="/m/street-manual/add/?title=The%20back%20door"' in asked

    ben.post("/m/street-manual/add/", {"title": "The back door", "body": "It sticks."})

    assert b"It sticks." in ben.get("/m/street-manual/p/the-back-door/").content
    assert ben.get("/m/core/p/the-back-door/").status_code == 404


def test_setting_aside_needs_its_reason_and_can_be_taken_back(page: Revision, ben: Client) -> None:
    assert ben.post("/m/street-manual/p/hello/set-aside/", {"reason": ""}).status_code == 400
    ben.post("/m/street-manual/p/hello/set-aside/", {"reason": "We have no doors.", "based_on": str(page.pk)})
    assert b"We have no doors." in ben.get("/m/street-manual/p/hello/").content

    aside = Revision.objects.get(edition__manual__slug="street-manual")
    ben.post("/m/street-manual/p/hello/return/", {"based_on": str(aside.pk)})

    assert b"Knock twice." in ben.get("/m/street-manual/p/hello/").content


def test_those_who_may_not_write_are_told_why_beside_the_button(cast: Cast, page: Revision) -> None:
    client = Client()
    client.force_login(cast.people["cora"], "allauth.account.auth_backends.AuthenticationBackend")

    html = client.get("/m/street-manual/p/hello/").content.decode()

    assert "Only members of this team can change its manual." in html
    assert client.post("/m/street-manual/p/hello/change/", _text(page)).status_code == 403


def test_a_reason_without_the_text_it_was_given_for_is_not_taken_and_not_lost(page: Revision, ben: Client) -> None:
    answer = ben.post("/m/street-manual/p/hello/set-aside/", {"reason": "We have no doors."})

    assert answer.status_code == 400
    assert "It is not clear which text you began from." in answer.content.decode()
    assert 'value="We have no doors."' in answer.content.decode()
    assert not Revision.objects.filter(edition__manual__slug="street-manual").exists()


def test_a_reason_given_for_a_text_that_changed_meanwhile_comes_back(cast: Cast, page: Revision, ben: Client) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    aside = ben.post("/m/street-manual/p/hello/set-aside/", {"reason": "No doors.", "based_on": str(page.pk)})

    assert aside.status_code == 409
    assert 'value="No doors."' in aside.content.decode()


def test_a_reason_to_return_comes_back_when_a_colleague_was_quicker(cast: Cast, page: Revision, ben: Client) -> None:
    ben.post("/m/street-manual/p/hello/change/", _text(page, "Ours."))
    ours = Revision.objects.latest("id")
    revise(actor=cast.actor("ana"), edition=ours.edition, text=Text("Hello", "Hers."), based_on=ours.pk)

    answer = ben.post("/m/street-manual/p/hello/return/", {"reason": "Enough.", "based_on": str(ours.pk)})

    assert answer.status_code == 409
    assert 'value="Enough."' in answer.content.decode()
    assert b"Hers." in ben.get("/m/street-manual/p/hello/").content


def test_of_two_who_change_a_note_the_second_has_both(cast: Cast, page: Revision, ben: Client) -> None:
    note = note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id,
        text=Text("Hello", "A note."), based_on=page.pk,
    )  # fmt: skip
    newer = revise(actor=cast.actor("ana"), edition=note.edition, text=Text("Hello", "Hers."), based_on=note.pk)
    at = f"/m/street-manual/p/hello/notes/{note.edition_id}/"

    for based_on, status in ((str(note.pk), 409), ("", 400)):
        answer = ben.post(at, {"body": "Mine, precious.", "quote": "", "based_on": based_on})
        assert answer.status_code == status
        assert "Mine, precious.</textarea>" in answer.content.decode()
    assert Revision.objects.latest("id") == newer
