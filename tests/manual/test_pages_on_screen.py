"""What readers get over the wire, and what they may not know of."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, revise
from fieldcraft.manual.models import Audience, Manual


@pytest.fixture
def page(cast: Cast) -> object:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Bye", "Back to [[Hello]] or [[Nowhere]]."))
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Core words, [[Bye]]."))


def _signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_who_writes_the_title_into_the_address_comes_to_the_page(cast: Cast, page: object) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Missed visits", "Ring."))
    ben = _signed_in(cast, "ben")

    assert ben.get("/m/street-manual/p/Missed visits/")["Location"] == "/m/street-manual/p/missed-visits/"
    assert ben.get("/m/street-manual/p/Missed hours/").status_code == 404


def test_a_page_says_whose_words_these_are_and_what_leads_here(cast: Cast, page: object) -> None:
    html = _signed_in(cast, "ben").get("/m/street-manual/p/hello/").content.decode()

    assert "The words of Core" in html
    assert 'href="/m/street-manual/p/bye/"' in html


def test_a_missing_page_is_marked(cast: Cast, page: object) -> None:
    html = _signed_in(cast, "ben").get("/m/core/p/bye/").content.decode()

    assert '<a class="missing" href="/m/core/missing/?title=Nowhere">Nowhere</a>' in html


def test_a_signed_in_read_costs_six_queries_at_most(cast: Cast, page: object) -> None:
    client = _signed_in(cast, "ben")
    client.get("/m/street-manual/p/bye/")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/m/street-manual/p/hello/")

    assert len(queries) <= 6


def test_a_repeat_read_answers_304_until_any_layer_changes(cast: Cast, page: object) -> None:
    client = _signed_in(cast, "ben")
    tag = client.get("/m/street-manual/p/hello/")["ETag"]
    assert client.get("/m/street-manual/p/hello/", headers={"If-None-Match": tag}).status_code == 304

    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Newer words"), based_on=page.pk)
    answer = client.get("/m/street-manual/p/hello/", headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert b"Newer words" in answer.content


@pytest.mark.parametrize(("audience", "who", "status"), [
    (Audience.PUBLIC, None, 200),
    (Audience.COMMUNITY, None, 404),
    (Audience.COMMUNITY, "cleo", 200),
    (Audience.ORGANISATION, "cleo", 404),
    (Audience.ORGANISATION, "cora", 200),
])  # fmt: skip
def test_a_manual_is_read_by_its_audience(cast: Cast, page: object, audience: Audience, who: str, status: int) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=audience)
    client = _signed_in(cast, who) if who else Client()

    assert client.get("/m/core/p/hello/").status_code == status


def test_a_public_manual_over_a_closed_one_stays_closed_to_outsiders(cast: Cast, page: object) -> None:
    open_to(actor=cast.actor("ana"), manual=cast.team_manual, audience=Audience.PUBLIC)

    assert Client().get("/m/street-manual/p/hello/").status_code == 404


def test_a_page_from_one_team_is_never_another_teams_answer(cast: Cast, page: object) -> None:
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=page.edition.page_id,
        text=Text("Hello", "Street words"),
        based_on=page.pk,
    )
    assert b"Street words" in _signed_in(cast, "ben").get("/m/street-manual/p/hello/").content
    assert b"Street words" not in _signed_in(cast, "ben").get("/m/core/p/hello/").content


def test_strict_headers_go_out_with_every_page(cast: Cast, page: object) -> None:
    answer = _signed_in(cast, "ben").get("/m/core/p/hello/")

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["", "index/", "changes/", "about/", "search/?q=hello", "p/hello/", "missing/?title=x"]
)
def test_every_screen_of_a_manual_opens(cast: Cast, page: object, path: str) -> None:
    status = _signed_in(cast, "ana").get(f"/m/street-manual/{path}").status_code

    assert status == (404 if path.startswith("missing") else 200)
    assert Client().get(f"/m/street-manual/{path}").status_code == 404


def test_no_manual_is_named_to_those_who_may_not_read_it(cast: Cast) -> None:
    assert Manual.objects.count() == 2
    assert b"Street manual" not in _signed_in(cast, "cleo").get("/manuals/").content


def test_a_reader_who_is_not_signed_in_never_gets_a_stale_page(cast: Cast, page: object) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    assert b"Core words" in Client().get("/m/core/p/hello/").content
    assert b"Core words" in Client().get("/m/core/p/hello/").content

    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Newer words"), based_on=page.pk)
    assert b"Newer words" in Client().get("/m/core/p/hello/").content
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.ORGANISATION)

    assert Client().get("/m/core/p/hello/").status_code == 404


@pytest.mark.parametrize("path", ["", "index/", "changes/"])
def test_two_pages_of_one_address_are_both_reached_from_the_lists(cast: Cast, page: object, path: str) -> None:
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Hello", "Our own hello."))
    farther = f"/m/street-manual/p/hello~{page.edition.page_id.hex[-8:]}/"
    client = _signed_in(cast, "ben")

    html = client.get(f"/m/street-manual/{path}").content.decode()

    assert 'href="/m/street-manual/p/hello/"' in html
    assert f'href="{farther}"' in html
    assert b"Core words" in client.get(farther).content


@pytest.mark.parametrize("path", ["", "index/", "changes/"])
def test_lists_for_readers_who_are_not_signed_in_are_never_stale(cast: Cast, page: object, path: str) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    assert b"Later page" not in Client().get(f"/m/core/{path}").content

    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Later page", "New."))

    assert b"Later page" in Client().get(f"/m/core/{path}").content


def test_half_an_address_is_not_there(cast: Cast) -> None:
    assert Client().get("/m/core", follow=True).status_code == 404


def test_the_contents_follow_the_order_of_what_the_manual_is_built_on(cast: Cast) -> None:
    Manual.objects.filter(pk=cast.core.pk).update(contents_by="tags", version=5)
    held = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Boil.", tags=("drinks",)))
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=held.edition.page_id,
        text=Text("Tea", "Boil twice."),
        based_on=held.pk,
    )

    html = _signed_in(cast, "ben").get("/m/street-manual/").content.decode()

    assert "<summary>drinks" in html
    assert 'href="/m/street-manual/p/tea/"' in html


def test_pages_for_readers_who_are_not_signed_in_set_no_cookie(cast: Cast, page: object) -> None:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)

    for path in ("", "p/hello/", "index/", "changes/"):
        assert not Client().get(f"/m/core/{path}").cookies, path
