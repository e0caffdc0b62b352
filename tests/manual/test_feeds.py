"""Feeds of what changed, for readers who cannot sign in, and never for anybody who may not read the manual."""

from xml.etree import ElementTree

import pytest
from django.core.signing import dumps
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, revise
from fieldcraft.manual.models import Audience, Revision
from fieldcraft.people.actions.community import set_quorum
from fieldcraft.people.models import Membership, Team
from fieldcraft.people.queries import feed_key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/m/street-manual/feed/", "/m/street-manual/p/hello/feed/")
WHO = ("anyone", "ben", "ana", "edie", "ada", "cora", "cleo")


@pytest.fixture
def below(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    if who != "anyone":
        client.force_login(cast.people[who], BACKEND)
    return client


def _status(cast: Cast, who: str, path: str, *, key: str = "") -> int:
    return _client(cast, who).get(path, {"key": key} if key else {}).status_code


def _entries(cast: Cast, path: str, who: str = "ben") -> list[ElementTree.Element]:
    answer = _client(cast, who).get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.TEAM, (404, 200, 200, 404, 200, 200, 404)),
        (Audience.ORGANISATION, (404, 200, 200, 200, 200, 200, 404)),
        (Audience.COMMUNITY, (404, 200, 200, 200, 200, 200, 404)),  # the core below is not open to the community
    ],
)
def test_a_feed_is_for_those_who_may_read(
    cast: Cast, below: Revision, path: str, audience: Audience, expected: tuple[int, ...]
) -> None:
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=audience)

    assert tuple(_status(cast, who, path) for who in WHO) == expected


@pytest.mark.parametrize("path", FEEDS)
def test_a_key_stands_for_its_person_and_nobody_else(cast: Cast, below: Revision, path: str) -> None:
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.TEAM)

    statuses = [_status(cast, "anyone", path, key=feed_key(cast.people[who])) for who in WHO[1:]]

    assert statuses == [200, 200, 404, 200, 200, 404]


def test_a_key_opens_feeds_alone(cast: Cast, below: Revision) -> None:
    key = feed_key(cast.people["ben"])

    for path in ("", "changes/", "p/hello/", f"revisions/{below.pk}/", "titles/", "export/markdown/"):
        assert _status(cast, "anyone", f"/m/street-manual/{path}", key=key) == 404
    assert Client().get(FEEDS[0], {"key": key}).cookies == {}, "it signs nobody in"


@pytest.mark.parametrize("path", FEEDS)
def test_a_key_is_worthless_after_a_new_password(cast: Cast, below: Revision, path: str) -> None:
    key = feed_key(cast.people["ben"])
    cast.people["ben"].set_password("a new and longer one")
    cast.people["ben"].save()

    assert _status(cast, "anyone", path, key=key) == 404


def test_a_key_is_worthless_once_its_person_has_left_or_is_switched_off(cast: Cast, below: Revision) -> None:
    key = feed_key(cast.people["ben"])
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())
    assert _status(cast, "anyone", FEEDS[0], key=key) == 404

    other = feed_key(cast.people["ana"])
    cast.people["ana"].is_active = False
    cast.people["ana"].save()
    assert _status(cast, "anyone", FEEDS[0], key=other) == 404


def test_a_key_of_a_team_that_was_closed_opens_nothing(cast: Cast, below: Revision) -> None:
    key = feed_key(cast.people["ben"])
    Team.objects.filter(pk=cast.team.pk).update(closed_at=timezone.now())

    assert _status(cast, "anyone", FEEDS[0], key=key) == 404


def test_a_made_up_key_opens_nothing(cast: Cast, below: Revision) -> None:
    person = cast.people["ben"]
    whole = feed_key(person)
    tried = [
        "x", "a:b:c", whole[:-1], whole + "x", whole.replace(":", "."), "\x00", "é" * 50,
        dumps([person.pk.hex, person.get_session_auth_hash()[:16]]),  # signed for another purpose
        dumps([person.pk.hex, ""], salt="people.feed"), dumps(["not-an-id", "x"], salt="people.feed"),
    ]  # fmt: skip

    assert {_status(cast, "anyone", FEEDS[0], key=key) for key in tried} == {404}


def test_the_pages_that_offer_a_feed_give_the_key_to_its_owner_alone(cast: Cast, below: Revision) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)

    for path in ("/m/core/changes/", "/m/core/p/hello/history/"):
        assert "?key=" in _client(cast, "ben").get(path).content.decode(), path
        assert "?key=" not in Client().get(path).content.decode(), path
    feed = _client(cast, "ben").get("/m/core/feed/", {"key": feed_key(cast.people["ben"])}).content.decode()
    assert "key=" not in feed, "what is passed on or kept by a feed reader must not hold it"


def test_after_a_new_password_the_page_with_the_key_is_not_taken_for_unchanged(cast: Cast, below: Revision) -> None:
    first = _client(cast, "ben").get("/m/core/changes/")
    cast.people["ben"].set_password("a new and longer one")
    cast.people["ben"].save()

    again = _client(cast, "ben").get("/m/core/changes/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200


def test_drafts_and_what_was_declined_are_in_no_feed(cast: Cast, below: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=below.edition.page_id,
        text=Text("Secret title", "Ours.", reason="Secret reason."),
        based_on=below.pk,
    )

    for path in FEEDS:
        assert "Secret" not in _client(cast, "ben").get(path).content.decode()


def test_an_entry_says_who_when_and_why_and_leads_to_that_very_text(cast: Cast, below: Revision) -> None:
    text = Text("Hello", "Ring.", reason="The door is thick & heavy.")
    newer = revise(actor=cast.actor("edie"), edition=below.edition, text=text, based_on=below.pk)
    note = Text("Hello", "The bell is left of the door.")
    note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.edition.page_id, text=note)

    for path in FEEDS:
        entries = _entries(cast, path)
        assert len(entries) == 3
        told = entries[1]
        assert told.findtext(f"{ATOM}summary") == "The door is thick & heavy."
        assert told.findtext(f"{ATOM}author/{ATOM}name") == "Edie"
        assert told.findtext(f"{ATOM}id") == f"urn:uuid:{newer.pk}"
        link = told.find(f"{ATOM}link")
        assert link is not None
        address = link.attrib["href"].partition("testserver")[2]
        assert b"Ring." in _client(cast, "ben").get(address).content
    ids = [entry.findtext(f"{ATOM}id") for entry in _entries(cast, FEEDS[0])]
    assert len(set(ids)) == len(ids)


def test_titles_for_the_editor_are_those_that_the_reader_has(cast: Cast, below: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Hello draft", "Not agreed yet."))
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.TEAM)
    path = "/m/street-manual/titles/?q=hel"

    assert [_status(cast, who, path) for who in WHO] == [404, 200, 200, 404, 200, 200, 404]
    assert _client(cast, "ben").get(path).json() == {"pages": [{"title": "Hello"}]}
