"""What became of a page: every text of it said with who, when and why; any two side by side; nothing in between is lost."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import escape
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text, agree, decline, redo, withdraw
from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, bring_back, give_up, note_page, revise, set_page_aside
from fieldcraft.manual.models import Audience, Kind, Manual, Remark, Revision, Standing, State
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.people.actions.community import set_quorum
from fieldcraft.people.models import Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AT = "/m/street-manual/"


@pytest.fixture
def below(cast: Cast) -> Revision:
    body = "## Door\n\nKnock twice. Wait a while.\n\n## Tea\n\nAsk first.\n"
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", body, ("doors",)))


@pytest.fixture
def ours(cast: Cast, below: Revision) -> Revision:
    text = Text(
        "Hello", below.body.replace("twice", "three times"), ("doors",), reason="Thick door.", pole="local_practice"
    )
    return adapt_page(**_ask(cast, below), text=text, based_on=below.pk)


def _ask(cast: Cast, below: Revision, who: str = "ben") -> dict[str, Any]:
    """Asked of the database, not of the fixture, whose team is as it was."""
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    return {"actor": cast.actor(who), "manual": manual, "page_id": below.edition.page_id}


def _client(cast: Cast, who: str = "ben") -> Client:
    client = Client()
    client.force_login(cast.people[who], BACKEND)
    return client


def _read(cast: Cast, path: str, who: str = "ben") -> str:
    answer = _client(cast, who).get(f"{AT}{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def _two(cast: Cast) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)


def test_history_says_who_when_why_which_pole_and_who_agreed(cast: Cast, below: Revision, ours: Revision) -> None:
    _two(cast)
    text = Text("Hello", "Ring.", reason="A bell now.", pole="evidence")
    draft = revise(actor=cast.actor("ben"), edition=ours.edition, text=text, based_on=ours.pk)
    agree(actor=cast.actor("ana"), draft=draft)

    listed = re.search(r'(?s)<ol class="list">(.*?)</ol>', _read(cast, "p/hello/history/"))
    assert listed
    newest, older, oldest = (" ".join(re.sub(r"<[^>]*>", " ", each).split()) for each in listed[1].split("<li>")[1:])

    assert "Street manual · Ben · A bell now. · serves evidence Agreed by Ben, Ana" in newest
    assert "Street manual · Ben · Thick door. · serves local practice" in older
    assert "Core · Edie" in oldest
    assert all(re.match(r"\d+ \w+ 20\d\d, \d\d:\d\d ", each) for each in (newest, older, oldest))


def test_a_draft_that_was_declined_is_not_said_to_be_agreed(cast: Cast, below: Revision) -> None:
    _two(cast)
    draft = adapt_page(**_ask(cast, below), text=Text("Hello", "Ring."), based_on=below.pk)
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=3)
    decline(actor=cast.actor("ana"), draft=draft, reason="No bell.")

    assert "Agreed by" not in _read(cast, "p/hello/history/")


def test_history_is_where_the_page_s_former_address_leads_too(cast: Cast, below: Revision) -> None:
    revise(actor=cast.actor("edie"), edition=below.edition, text=Text("Good day", "x"), based_on=below.pk)

    assert "Good day" in _read(cast, "p/hello/history/")


def test_any_two_texts_are_compared_either_way(cast: Cast, below: Revision, ours: Revision) -> None:
    newer = revise(actor=cast.actor("ben"), edition=ours.edition, text=Text("Hi", "Ring.", ()), based_on=ours.pk)
    every = [below, ours, newer]

    for old in every:
        for new in every:
            html = _read(cast, f"p/hello/compare/?old={old.pk}&new={new.pk}")
            assert ("Nothing changed." in html) == (old == new)
    html = _read(cast, f"p/hello/compare/?old={ours.pk}&new={newer.pk}")
    assert "<dt>Title</dt>" in html
    assert "<dt>Tags</dt>" in html


def test_ours_and_the_core_s_are_compared_when_nobody_says_which(cast: Cast, below: Revision, ours: Revision) -> None:
    html = _read(cast, "p/hello/compare/")

    assert "1 sentence changed, none added, none removed." in html
    assert "From: Core" in html
    assert "To: Street manual" in html
    assert "three times" in re.sub(r"</?ins>", "", html)


def test_only_what_changed_folds_the_rest_and_keeps_its_heading(cast: Cast, below: Revision, ours: Revision) -> None:
    html = _read(cast, f"p/hello/compare/?old={below.pk}&new={ours.pk}&only=1")

    shown = re.sub(r"(?s)<details.*?</details>", "", html)
    assert ">Door<" in shown
    assert "Wait a while." in shown
    assert "Ask first." not in shown
    assert "Ask first." in html


def test_ours_and_another_team_s_are_compared_from_the_page(cast: Cast, below: Revision, ours: Revision) -> None:
    team = Team.objects.get(slug="other")
    other = make_manual(
        by=None, organisation_id=team.organisation_id, title="Mill Lane", kind=Kind.TEAM, team_id=team.pk,
        audience=Audience.PUBLIC,
    )  # fmt: skip
    cast.core.audience = Audience.PUBLIC
    cast.core.save()
    include(by=None, manual=other, included=cast.core)
    text = Text("Hello", below.body.replace("Wait a while", "Breathe"), reason="Calmer.")
    page_id = below.edition.page_id
    adapt_page(actor=cast.actor("cleo"), manual=other, page_id=page_id, text=text, based_on=below.pk)

    html = _read(cast, "p/hello/others/")
    url = re.search(r'href="([^"]*compare[^"]*)">Mill Lane', html)

    assert "Calmer." in html
    assert url
    compared = _client(cast).get(url[1].replace("&amp;", "&")).content.decode()
    assert "From: Street manual" in compared
    assert "To: Mill Lane" in compared


def test_what_was_said_after_a_change_is_said_once(cast: Cast, below: Revision) -> None:
    client = _client(cast)
    sent = {"title": "Hello", "body": "Ours.", "based_on": str(below.pk)}
    first = client.post(f"{AT}p/hello/change/", sent, follow=True)
    assert "Readers have your text now." in first.content.decode()

    again = client.get(f"{AT}p/hello/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 200, "the browser has a page with the sentence in it, and must not show that again"
    assert "Readers have your text now." not in again.content.decode()


def test_a_text_stays_at_its_address_after_its_page_was_taken_out(cast: Cast) -> None:
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Stairs", "Stand below."))
    give_up(actor=cast.actor("ben"), edition=made.edition, based_on=made.pk)

    for path in (f"revisions/{made.pk}/", "p/stairs/history/"):
        assert "The page is not in this manual any more." in _read(cast, path)
    assert "Stand below." in _read(cast, f"revisions/{made.pk}/")
    assert f"revisions/{made.pk}/" in _read(cast, "gone/")
    assert _client(cast, "cleo").get(f"{AT}p/stairs/history/").status_code == 404


def test_a_declined_version_is_not_in_the_way_of_bringing_back(cast: Cast, below: Revision, ours: Revision) -> None:
    give_up(actor=cast.actor("ben"), edition=ours.edition, based_on=ours.pk)
    _two(cast)
    for answer in (decline, withdraw):
        draft = adapt_page(**_ask(cast, below), text=Text("Hello", "Another."), based_on=below.pk)
        who = "ana" if answer is decline else "ben"
        answer(actor=cast.actor(who), draft=draft, reason="Not yet.")

    agree(actor=cast.actor("ana"), draft=bring_back(actor=cast.actor("ben"), edition=ours.edition))

    held = stack_named("street-manual").covering(below.edition.page_id)
    assert held.edition_id == ours.edition_id


def test_after_a_declined_first_draft_a_page_can_be_adapted_anew(cast: Cast, below: Revision) -> None:
    _two(cast)
    first = adapt_page(**_ask(cast, below), text=Text("Hello", "One."), based_on=below.pk)
    decline(actor=cast.actor("ana"), draft=first, reason="No.")

    second = adapt_page(**_ask(cast, below), text=Text("Hello", "Two."), based_on=below.pk)

    assert agree(actor=cast.actor("ana"), draft=second).state == State.AGREED


@pytest.mark.parametrize("is_adapted", [True, False])
def test_using_a_page_again_begins_from_the_text_it_had(cast: Cast, below: Revision, is_adapted: bool) -> None:
    text = Text("Hello", "Our own words.")
    seen = adapt_page(**_ask(cast, below), text=text, based_on=below.pk) if is_adapted else below
    set_page_aside(**_ask(cast, below), reason="No doors.", based_on=seen.pk)

    html = _read(cast, "p/hello/change/")

    assert escape(seen.body.split("\n")[0]) in html


def test_a_note_remembers_only_a_text_that_was_there(cast: Cast, below: Revision) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Ask."))
    for based_on in (uuid4(), other.pk, None):
        made = note_page(**_ask(cast, below), text=Text("Hello", "Bell."), based_on=based_on)
        assert made.base == below
    connection.check_constraints()


def test_a_redone_draft_keeps_where_it_stands_and_what_it_came_from(cast: Cast, below: Revision) -> None:
    _two(cast)
    ask, ana = _ask(cast, below), _client(cast, "ana")
    remark = Remark.objects.create(
        manual=ask["manual"], page_id=ask["page_id"], revision=below, body="No door.", by=cast.people["ben"]
    )
    text = Text("Hello", "x", section=("Visits",), position=3, remark=remark.pk)
    moved = adapt_page(**ask, text=text, based_on=below.pk)
    note = note_page(**ask, text=Text("Hello", "The bell.", quote="Knock twice."))

    for draft, standing in ((moved, Standing.ADAPTED), (note, Standing.NOTED)):
        ana.post(f"{AT}drafts/{draft.pk}/change/", {"title": "Hello", "body": "Better words."})
        newer = Revision.objects.get(redone_from=draft)
        kept = ("standing", "section", "position", "quote", "remark_id", "base_id")
        assert [getattr(newer, name) for name in kept] == [getattr(draft, name) for name in kept]
        assert (newer.standing, newer.body) == (standing, "Better words.")
    agree(actor=cast.actor("ben"), draft=Revision.objects.get(redone_from=moved))
    remark.refresh_from_db()
    assert remark.outcome == "changed"


def test_a_redone_draft_can_be_moved_elsewhere(cast: Cast, below: Revision) -> None:
    _two(cast)
    draft = adapt_page(**_ask(cast, below), text=Text("Hello", "x", section=("Visits",), position=3), based_on=below.pk)

    newer = redo(actor=cast.actor("ana"), draft=draft, text=Text("Hello", "x", section=(), position=-1), based_on=None)

    assert (newer.section, newer.position) == ([], -1)


def test_agreeing_leads_to_the_page_that_was_changed(cast: Cast, below: Revision) -> None:
    """Even where the team has another page of the same name, so that this one's address is longer."""
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Hello", "The team's other page."))
    _two(cast)
    note = note_page(**_ask(cast, below), text=Text("Hello", "The bell."))

    answer = _client(cast, "ana").post(f"{AT}drafts/{note.pk}/", {"act": "agree"}, follow=True)

    assert "The bell." in answer.content.decode()
    assert "Knock twice." in answer.content.decode()


def test_the_quorum_counts_from_the_moment_it_is_set(cast: Cast, below: Revision) -> None:
    """Whoever looked at the manual before, and whatever is kept in memory of it."""
    ben = _client(cast, "ben")
    ben.get(f"{AT}p/hello/change/")
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)

    assert "Put it to the team" in ben.get(f"{AT}add/").content.decode()
    ben.post(f"{AT}p/hello/change/", {"title": "Hello", "body": "Ours.", "based_on": str(below.pk)})

    assert Revision.objects.latest("id").state == "draft"
    assert b"Knock twice." in ben.get(f"{AT}p/hello/").content


def test_words_for_an_overtaken_draft_stay_when_something_is_amiss(cast: Cast, below: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    ask: dict[str, Any] = {"manual": manual, "page_id": below.edition.page_id, "based_on": below.pk}
    first, second = (adapt_page(actor=cast.actor("ben"), text=Text("Hello", each), **ask) for each in ("One.", "Two."))
    agree(actor=cast.actor("ana"), draft=first)
    path = f"{AT}drafts/{second.pk}/change/"

    answer = _client(cast, "ben").post(path, {"title": "", "body": "Precious.", "based_on": str(first.pk)})

    assert answer.status_code == 400
    assert re.search(r"<textarea [^>]*>\s*Precious.</textarea>", answer.content.decode())


@pytest.mark.parametrize("who", ["ben", "anyone"])
def test_words_come_back_when_the_page_the_draft_or_the_session_is_gone(cast: Cast, below: Revision, who: str) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    page = add_page(actor=cast.actor("ben"), manual=manual, text=Text("Stairs", "Stand below."))
    agree(actor=cast.actor("ana"), draft=page)
    agree(actor=cast.actor("ana"), draft=give_up(actor=cast.actor("ben"), edition=page.edition, based_on=page.pk))
    client = _client(cast, who) if who == "ben" else Client()

    for path in ("p/stairs/change/", f"drafts/{page.pk}/change/", "p/stairs/note/"):
        answer = client.post(f"{AT}{path}", {"title": "Stairs", "body": "Precious.", "based_on": str(page.pk)})
        goes_on = path.startswith("drafts/") and who == "ben"
        assert answer.status_code == (400 if goes_on else 404), path
        assert "Precious." in answer.content.decode(), path
    strict = Client(enforce_csrf_checks=True)
    assert b"Precious." in strict.post(f"{AT}p/hello/change/", {"body": "Precious."}).content
