"""Gathering, publishing and hearing of it, as people see it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.actions.publications import begin, publish
from fieldcraft.manual.models import Heard, Publication, Revision, State

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE, PAST = "/m/core/publication/", "/m/core/publications/"
Commit = Callable[..., Any]


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


@pytest.fixture
def edie(cast: Cast) -> Client:
    return _client(cast, "edie")


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Go in."))


@pytest.fixture
def gathered(cast: Cast, page: Revision) -> Revision:
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    text = Text("Hello", "Knock first.", reason="A fall.")
    return revise(actor=cast.actor("edie"), edition=page.edition, text=text, based_on=page.pk)


def _html(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_contents_changes_are_gathered_and_published(cast: Cast, page: Revision, edie: Client) -> None:
    assert HERE in _html(edie, "/m/core/")
    assert HERE not in _html(_client(cast, "ben"), "/m/core/")
    assert edie.post(HERE, {"title": ""}).status_code == 400
    assert "wait here until you publish" in edie.post(HERE, {"title": "Spring"}, follow=True).content.decode()

    sent = {"title": "Hello", "body": "Knock first.", "based_on": str(page.pk), "reason": "", "tags": "", "pole": ""}
    told = edie.post("/m/core/p/hello/change/", sent, follow=True).content.decode()

    assert "Gathered for “Spring”" in told
    assert "It waits to be published" in told
    assert "1 change is gathered for “Spring”" in _html(edie, "/m/core/")
    assert "Go in." in _html(edie, "/m/core/p/hello/")
    assert "waits to be published" in _html(edie, "/m/core/p/hello/")
    refused = edie.post(HERE, {"act": "publish", "note": " "})
    assert refused.status_code == 400
    assert "plain words" in refused.content.decode()
    published = edie.post(HERE, {"act": "publish", "note": "We knock.\nAlways."}, follow=True).content.decode()
    assert "Readers have 1 change now" in published
    assert "We knock.<br>Always." in published
    assert "Knock first." in _html(edie, "/m/core/p/hello/")


@pytest.mark.parametrize("form", ["add/", "p/hello/change/", "p/hello/set-aside/", "p/hello/return/", "p/hello/split/"])
def test_whoever_writes_reads_beforehand_that_it_will_wait(cast: Cast, edie: Client, form: str) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Go in.\n\n## Later\n\nGo out."))
    assert "Gathered for" not in _html(edie, f"/m/core/{form}")

    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")

    assert "Gathered for “Spring”. Readers get it when that is published." in _html(edie, f"/m/core/{form}")


def test_a_note_is_kept_and_shown_as_teams_will_read_it(cast: Cast, gathered: Revision, edie: Client) -> None:
    html = edie.post(HERE, {"act": "preview", "note": "We <b>knock</b>."}, follow=True).content.decode()

    assert "How teams will read it" in html
    assert "<p>We &lt;b&gt;knock&lt;/b&gt;.</p>" in html
    assert Publication.objects.get().published_at is None
    assert edie.post(HERE, {"act": "publish", "note": "x" * 4001}).status_code == 400


def test_taken_out_on_the_list_it_is_a_draft_that_is_used_again(gathered: Revision, edie: Client) -> None:
    told = edie.post(HERE, {"act": "take-out", "revision": str(gathered.pk)}, follow=True).content.decode()
    assert "It is an open draft again." in told
    again = edie.post(HERE, {"act": "take-out", "revision": str(gathered.pk)})
    assert again.status_code == 409

    used = edie.post(f"/m/core/drafts/{gathered.pk}/", {"act": "agree"}, follow=True).content.decode()

    assert "Gathered for “Spring”" in used


def test_stopping_and_what_makes_no_sense(gathered: Revision, edie: Client) -> None:
    assert "Publish them, or take each of them out" in edie.post(HERE, {"act": "stop"}).content.decode()
    assert edie.post(HERE, {"act": "dance"}).status_code == 400
    assert edie.post(HERE, {"act": "take-out", "revision": "x"}).status_code == 409
    edie.post(HERE, {"act": "take-out", "revision": str(gathered.pk)})
    told = edie.post(HERE, {"act": "stop"}, follow=True).content.decode()
    assert "at once again" in told
    assert edie.post(HERE, {"act": "publish", "note": "x"}).status_code == 409


def test_changing_a_page_that_has_a_gathered_change_goes_on_with_that_one(gathered: Revision, edie: Client) -> None:
    answer = edie.get("/m/core/p/hello/change/", follow=True)
    html = answer.content.decode()

    assert answer.redirect_chain[-1][0] == f"/m/core/drafts/{gathered.pk}/change/"
    assert "Knock first." in html
    assert "gathered already" in html
    sent = {
        "title": "Hello",
        "body": "Wave.",
        "based_on": str(gathered.parent_id),
        "reason": "",
        "tags": "",
        "pole": "",
    }
    assert "Gathered for" in edie.post(answer.redirect_chain[-1][0], sent, follow=True).content.decode()
    assert Revision.objects.get(state=State.GATHERED).body == "Wave."
    given_up = {"based_on": str(gathered.parent_id), "reason": ""}
    refused = edie.post("/m/core/p/hello/return/", given_up)
    assert (refused.status_code, "gathered for “Spring”" in refused.content.decode()) == (400, True)


def test_the_feed_and_what_changed_lately_tell_it_when_it_is_published(
    cast: Cast, gathered: Revision, edie: Client
) -> None:
    for path in ("/m/core/feed/", "/m/core/changes/"):
        assert "A fall." not in _html(edie, path)
    publish(actor=cast.actor("edie"), publication=Publication.objects.get(), note="We knock.")
    for path in ("/m/core/feed/", "/m/core/changes/"):
        assert "A fall." in _html(edie, path)


def _team_covers(cast: Cast, page: Revision) -> None:
    adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, text=Text("Hello", "Ring."),
        based_on=page.pk,
    )  # fmt: skip


@pytest.fixture
def published(
    cast: Cast, page: Revision, gathered: Revision, django_capture_on_commit_callbacks: Commit
) -> Publication:
    _team_covers(cast, page)
    with django_capture_on_commit_callbacks(execute=True):
        return publish(actor=cast.actor("edie"), publication=Publication.objects.get(), note="We knock.")


def test_a_team_hears_once_on_today_and_where_it_was_published(cast: Cast, published: Publication) -> None:
    ben = _client(cast, "ben")
    today = _html(ben, "/")
    assert today.count("Core published “Spring”") == 1
    assert "1 of your pages is out of step." in today
    assert "The core moved on: Hello" not in today
    html = _html(ben, "/m/street-manual/publications/")
    assert "We have read it" in html
    assert "1 of your pages is out of step with it" in html

    ben.post("/m/street-manual/publications/", {"heard": str(published.pk)})

    assert Heard.objects.get().manual == cast.team_manual
    after = _html(ben, "/m/street-manual/publications/")
    assert "We have read it" not in after
    assert "We knock." in after
    assert "The core moved on: Hello" in _html(ben, "/"), "what is left to do is told page by page again"


def test_on_today_nothing_pushes_the_notice_out_and_the_rest_is_one_touch_away(
    cast: Cast, published: Publication
) -> None:
    cast.team.quorum = 2
    cast.team.save()
    for number in range(4):
        add_page(actor=cast.actor("ana"), manual=cast.team_manual, text=Text(f"Draft {number}", "Words."))
    ben = _client(cast, "ben")

    today, everything = _html(ben, "/"), _html(ben, "/?all=1")

    assert today.index("Core published “Spring”") < today.index("Draft 0")
    assert ("Draft 1" in today, "Draft 2" in today, "2 more" in today) == (True, False, True)
    assert all(f"Draft {number}" in everything for number in range(4))
    assert "2 more" not in everything


def test_who_may_not_write_reads_the_notice_without_the_button(cast: Cast, published: Publication) -> None:
    html = _html(_client(cast, "cora"), "/m/street-manual/publications/")
    assert "out of step with it" in html
    assert "We have read it" not in html
    for who, status in (("cora", 403), ("cleo", 404)):
        answer = _client(cast, who).post("/m/street-manual/publications/", {"heard": str(published.pk)})
        assert answer.status_code == status
    for wrong in ("", "x", str(cast.core.pk)):
        answer = _client(cast, "ben").post("/m/street-manual/publications/", {"heard": wrong})
        assert answer.status_code == 404


def test_what_was_published_is_listed_some_at_a_time(cast: Cast, published: Publication, edie: Client) -> None:
    for number in range(11):
        begun = begin(actor=cast.actor("edie"), manual=cast.core, title=f"No {number}")
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(f"Page {number}", "Words."))
        publish(actor=cast.actor("edie"), publication=begun, note="New.")

    first, second = _html(edie, PAST), _html(edie, f"{PAST}?number=2")

    assert ("No 10" in first, "Spring" in first, "?number=2" in first) == (True, False, True)
    assert ("Spring" in second, "?number=1" in second) == (True, True)
    for odd in ("0", "-1", "x", "99999999", "²"):
        assert edie.get(f"{PAST}?number={odd}").status_code == 200


def test_a_note_that_was_not_published_yet_is_nobody_else_s(cast: Cast, gathered: Revision, edie: Client) -> None:
    edie.post(HERE, {"act": "preview", "note": "Secret for now."})
    for who in ("ben", "cora", "ana"):
        client = _client(cast, who)
        assert client.get(HERE).status_code == 403
        for path in (PAST, f"/m/core/drafts/{gathered.pk}/", "/m/core/export/json/"):
            answer = client.get(path)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert (answer.status_code, b"Secret for now." in text) == (200, False)
