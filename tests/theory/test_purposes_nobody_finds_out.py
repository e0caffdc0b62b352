"""Nobody finds out who offered an unnamed sentence: by no way in, by no order, by no time.

Two worlds are lived through that differ in one thing: in the first Ben offers one sentence and Ana the other, in the
second it is the other way round; and a third, in which Ana offers nothing and somebody else does. What everybody else
gets to see is gathered in each, and what a copy of the database, the sessions and the log holds without the key.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from tests.conftest import Cast
from tests.rules.test_privacy import _log
from tests.theory.purposes_world import AFTER, CROWD, DURING, LAST, MAP, asked, offer
from tests.together.made import as_, on
from tests.together.test_nobody_finds_out import bare, body, rows, undone

from fieldcraft.audit.models import Event
from fieldcraft.theory.actions.purposes import publish_reply, release_due
from fieldcraft.theory.models import Invitation, Theme
from fieldcraft.theory.queries.purposes import Stands

ROLES = ("anyone", "edie", "ada", "cora", "cleo", CROWD[20])
PAGES = (
    "/", MAP, f"{MAP}panel/", "/people/organisations/harbour-trust/", "/people/teams/{team}/", "/people/me/",
    "/organisations/harbour-trust/ledger/", "/trail/", "/compass/", "/compass/purposes/", "/compass/export/file/",
    "/offering/", "/offering/{invitation}/", "/invitations/{invitation}/", "/invitations/{invitation}/others/",
    "/invitations/{invitation}/others/?all", "/invitations/{invitation}/themes/{theme}/?all",
    "/invitations/{invitation}/wall/", "/invitations/{invitation}/sort/", "/invitations/{invitation}/in-the-way/",
    "/search/?q=trusted", "/m/street-manual/export/json/",
)  # fmt: skip
WORDS = ("That nobody is given up on.", "That families call us early.")


def seen(cast: Cast, invitation: Invitation) -> dict[str, str]:
    theme = Theme.objects.filter(invitation=invitation).order_by("name").first()
    where = {"team": cast.team.pk, "invitation": invitation.pk, "theme": theme.pk if theme else invitation.pk}
    found = {}
    for who in ROLES:
        client = as_(cast, who)
        for path in PAGES:
            found[f"{who} {path}"] = bare(cast, body(client.get(path.format(**where))))
    return found


def gathered(
    cast: Cast, first: str, second: str, crowd: int = 10, theme: str = "Being trusted", *, is_open: bool = False
) -> dict[str, Any]:
    """One world, looked at while it is open, after the last day, and after the answer; is_open: while it is open alone."""
    found: dict[str, Any] = {}
    answers: list[HttpResponse] = []
    with undone(), _log() as told:
        invitation = Invitation.objects.get()
        with on(DURING):
            clients = [as_(cast, name) for name in (first, second)]
            for client, words in zip(clients, WORDS, strict=True):
                sent = {"act": "offer", "sentence": words, "stands": "read", "new_theme": theme}
                answers.append(client.post(f"/offering/{invitation.pk}/", sent))
        for name in CROWD[:crowd]:
            offer(cast, invitation, name, theme=theme)
        with on(LAST):
            found["open"] = seen(cast, invitation), rows(cast)
        if is_open:
            return found
        with on(AFTER):
            release_due(AFTER)
            found["released"] = seen(cast, invitation), rows(cast)
            publish_reply(actor=cast.actor("cora"), invitation=invitation, reply="We read it.")
            found["answered"] = seen(cast, invitation), rows(cast)
        found["log"] = told.getvalue()
    assert {answer.status_code for answer in answers} == {302}
    return found


@pytest.fixture
def world(cast: Cast) -> Cast:
    asked(cast, 22)
    return cast


def is_read_where_and_when_it_may_be(found: dict[str, Any]) -> None:
    """So that the worlds are not alike for want of looking."""
    screens = {stage: found[stage][0] for stage in ("open", "released", "answered")}
    readers = [who for who in ROLES if who not in {"anyone", "cleo"}]
    pages = ("themes/{theme}/?all", "wall/")

    assert not [at for at, text in screens["open"].items() if WORDS[0] in text]
    assert {at for at, text in screens["released"].items() if WORDS[0] in text} == {
        f"{who} /invitations/{{invitation}}/{page}" for who in readers for page in pages
    }
    assert "11 to 19 people, unnamed" in screens["released"][f"edie {MAP}"]


def is_read_by_nobody_not_the_convenor_either(found: dict[str, Any]) -> None:
    """As it has to be below eleven people."""
    for stage in ("open", "released", "answered"):
        assert not [at for at, text in found[stage][0].items() if WORDS[0] in text or "Sentence of" in text]


@pytest.mark.parametrize(
    ("crowd", "theme", "is_as_it_should_be"),
    [
        (10, "Being trusted", is_read_where_and_when_it_may_be),
        (10, "", None),
        (8, "Being trusted", is_read_by_nobody_not_the_convenor_either),
    ],
)
def test_worlds_that_differ_in_who_offered_look_the_same_to_everybody_else(
    world: Cast, crowd: int, theme: str, is_as_it_should_be: Callable[[dict[str, Any]], None] | None
) -> None:
    first = gathered(world, "ben", "ana", crowd=crowd, theme=theme)
    if is_as_it_should_be:
        is_as_it_should_be(first)

    for other in (("ana", "ben"), ("ben", CROWD[21])):
        second = gathered(world, *other, crowd=crowd, theme=theme)
        assert first["log"] == second["log"]
        for stage in ("open", "released", "answered"):
            differs = [at for at, text in second[stage][0].items() if first[stage][0][at] != text]
            assert differs == [], (other, stage)
            assert first[stage][1] == second[stage][1], (other, stage)


def test_how_many_offered_changes_nothing_that_anybody_sees_while_it_is_open(world: Cast) -> None:
    few, many = (gathered(world, "ben", "ana", crowd=crowd, is_open=True) for crowd in (2, 15))

    assert few["open"][0] == many["open"][0]


def test_offering_and_taking_back_leave_no_event_no_message_and_no_answer_that_is_kept(world: Cast) -> None:
    invitation = Invitation.objects.get()
    before = Event.objects.count()
    with on(DURING):
        client = as_(world, "ben")
        at = f"/offering/{invitation.pk}/"
        sent = {"act": "offer", "sentence": WORDS[0], "stands": "read", "new_theme": "Trust"}
        given = [client.post(at, {**sent, "act": act}) for act in ("look", "offer")]
        given += [client.get(at), client.post(at, {"act": "take-back"})]
    kept = [set(session.get_decoded()) for session in Session.objects.all()]

    assert [answer.status_code for answer in given] == [200, 302, 200, 302]
    assert {answer["Cache-Control"] for answer in given} == {"no-store"}
    assert all("messages" not in answer.cookies and WORDS[0] not in repr(answer.headers) for answer in given)
    assert all(names <= {"_auth_user_id", "_auth_user_backend", "_auth_user_hash"} for names in kept)
    assert Event.objects.count() == before


def test_a_sentence_that_nobody_may_read_is_on_no_screen_of_anybody_else(world: Cast) -> None:
    invitation = Invitation.objects.get()
    offer(world, invitation, "ben", words="Hidden words.", stands=Stands.COUNTED, theme="Being trusted")
    found = gathered(world, "ana", CROWD[15], crowd=10)

    assert not [at for stage in ("open", "released") for at, text in found[stage][0].items() if "Hidden words" in text]
