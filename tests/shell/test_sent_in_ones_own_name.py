"""What one person began to write is not sent in the name of another who has signed in since in the same browser."""

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.actions.remarks import switch_suggestions
from fieldcraft.manual.models import Audience, Manual, Remark, Revision
from fieldcraft.ui.own import mark_of

NOTE, REMARK = "/m/street-manual/p/hello/note/", "/m/street-manual/p/hello/remark/"
WORDS = "The bell is broken."


@pytest.fixture
def below(cast: Cast) -> Revision:
    """A page of the core, in manuals that everybody may read and suggest something to."""
    made = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)
    switch_suggestions(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), are_taken=True)
    return made


def sent(client: Client, below: Revision, made_for: str | None, url: str = NOTE) -> tuple[int, str]:
    headers = {"X-Fieldcraft-Keep": "1"} | ({} if made_for is None else {"X-Fieldcraft-Own": made_for})
    answer = client.post(url, {"body": WORDS, "quote": "", "based_on": str(below.pk)}, headers=headers)
    return answer.status_code, html(answer)


def kept() -> int:
    return Revision.objects.filter(body=WORDS).count() + Remark.objects.filter(body=WORDS).count()


@pytest.mark.parametrize("url", [NOTE, REMARK])
def test_what_ana_began_is_not_kept_as_bens(cast: Cast, below: Revision, url: str) -> None:
    status, screen = sent(as_(cast, "ben"), below, mark_of(cast.people["ana"]), url)

    assert (status, kept()) == (412, 0)
    assert "Somebody else has signed in in this browser." in screen
    assert WORDS in screen, "shown back to whoever sent it"
    assert "Ana" not in screen.partition("<main")[2]


@pytest.mark.parametrize("url", [NOTE, REMARK])
def test_ones_own_words_go_out_however_often_one_signs_in(cast: Cast, below: Revision, url: str) -> None:
    mark = mark_of(cast.people["ben"])

    status, _screen = sent(as_(cast, "ben"), below, mark, url)

    assert (status, kept()) == (204, 1)


def test_a_page_that_does_not_say_for_whom_it_was_made_is_taken(cast: Cast, below: Revision) -> None:
    status, _screen = sent(as_(cast, "ben"), below, None)

    assert (status, kept()) == (204, 1)


def test_a_suggestion_begun_by_nobody_in_particular_does_not_get_a_name(cast: Cast, below: Revision) -> None:
    assert sent(as_(cast, "cleo"), below, "nobody", REMARK)[0] == 412
    assert kept() == 0
    assert sent(as_(cast, "anyone"), below, "nobody", REMARK)[0] == 204
    assert kept() == 1


def test_a_suggestion_begun_in_ones_name_does_not_go_out_without_it(cast: Cast, below: Revision) -> None:
    status, screen = sent(as_(cast, "anyone"), below, mark_of(cast.people["cleo"]), REMARK)

    assert (status, kept()) == (403, 0)
    assert "You were signed out." in screen


def test_the_page_says_the_mark_that_the_server_asks_for(cast: Cast, below: Revision) -> None:
    assert f'data-own="{mark_of(cast.people["ben"])}"' in html(as_(cast, "ben").get(NOTE))


def test_without_a_script_the_form_of_the_one_before_is_not_trusted(cast: Cast, below: Revision) -> None:
    """Signing in changes the token, and the open page still has the former one."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["ana"], "allauth.account.auth_backends.AuthenticationBackend")
    token = html(client.get(NOTE)).partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    del client.cookies["csrf"]
    client.force_login(cast.people["ben"], "allauth.account.auth_backends.AuthenticationBackend")
    client.get(NOTE)

    answer = client.post(NOTE, {"csrfmiddlewaretoken": token, "body": WORDS, "based_on": str(below.pk)})

    assert (answer.status_code, kept()) == (403, 0)
    assert WORDS in html(answer)
