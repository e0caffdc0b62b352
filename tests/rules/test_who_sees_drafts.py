"""Drafts, history and other manuals' texts: nothing one may not read is reachable through another manual's address."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text, decline, withdraw
from fieldcraft.manual.actions.manuals import include, make_manual, open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise
from fieldcraft.manual.actions.publications import begin
from fieldcraft.manual.actions.remarks import Noticed, make_remark
from fieldcraft.manual.models import Agreement, Audience, Edition, Kind, Manual, Remark, Revision, State
from fieldcraft.people.models import Membership, Organisation, Person, Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = ("anyone", "ben", "ana", "edie", "ada", "cora", "cleo")
HOUSE = {"ben", "ana", "edie", "ada", "cora"}
OPEN, DECLINED, WITHDRAWN, NOTE, AGREED = (
    "open words",
    "declined words",
    "withdrawn words",
    "note words",
    "agreed words",
)


@dataclass
class World:
    """The team's manual and Cleo's over one core; each holds drafts of every fate on the core's page."""

    cast: Cast
    below: Revision
    ours: dict[str, Revision]
    theirs: dict[str, Revision]
    elsewhere: Manual

    @property
    def page_id(self) -> UUID:
        return self.below.edition.page_id


def _filled(cast: Cast, manual: Manual, below: Revision, writer: str, other: str) -> dict[str, Revision]:
    """One agreed adaptation, and on it a draft of each fate."""
    team = Team.objects.get(pk=manual.team_id)
    ask: dict[str, Any] = {"actor": cast.actor(writer), "manual": manual, "page_id": below.edition.page_id}
    note = note_page(**ask, text=Text("Hello", f"{manual.slug} {NOTE}", reason="why"))
    agreed = adapt_page(**ask, text=Text("Hello", f"{manual.slug} {AGREED}"), based_on=below.pk)
    Team.objects.filter(pk=team.pk).update(quorum=2)
    made = {"note": note, "agreed": agreed}
    for fate, words in (("declined", DECLINED), ("withdrawn", WITHDRAWN), ("open", OPEN)):
        text = Text("Hello", f"{manual.slug} {words}")
        made[fate] = revise(actor=cast.actor(writer), edition=agreed.edition, text=text, based_on=agreed.pk)
    decline(actor=cast.actor(other), draft=made["declined"], reason=f"{manual.slug} answer")
    withdraw(actor=cast.actor(writer), draft=made["withdrawn"])
    return made


@pytest.fixture
def world(cast: Cast) -> World:
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.PUBLIC)
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Core words."))
    there = Organisation.objects.get(slug="elsewhere")
    team = Team.objects.get(slug="other")
    elsewhere = make_manual(
        by=None, organisation_id=there.pk, title="Other", kind=Kind.TEAM, team_id=team.pk, audience=Audience.TEAM
    )
    include(by=None, manual=elsewhere, included=cast.core)
    # Dan reads as Cleo does, so that Cleo's drafts have somebody to decline them.
    cast.people["dan"] = Person.objects.create(name="Dan", email="dan@example.org")
    Membership.objects.create(organisation=there, team=team, person=cast.people["dan"], role="member")
    ours = _filled(cast, Manual.objects.get(pk=cast.team_manual.pk), below, "ben", "ana")
    theirs = _filled(cast, Manual.objects.get(pk=elsewhere.pk), below, "cleo", "dan")
    open_to(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), audience=Audience.PUBLIC)
    return World(cast, below, ours, theirs, Manual.objects.get(pk=elsewhere.pk))


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    if who != "anyone":
        client.force_login(cast.people[who], BACKEND)
    return client


def _statuses(world: World, path: str) -> dict[str, int]:
    return {who: _client(world.cast, who).get(path).status_code for who in WHO}


@pytest.mark.parametrize("fate", ["open", "agreed", "note"])
def test_open_drafts_of_a_public_manual_are_for_its_readers(world: World, fate: str) -> None:
    assert set(_statuses(world, f"/m/street-manual/drafts/{world.ours[fate].pk}/").values()) == {200}


@pytest.mark.parametrize("fate", ["declined", "withdrawn"])
def test_what_was_answered_otherwise_is_for_the_manual_s_own_people(world: World, fate: str) -> None:
    found = _statuses(world, f"/m/street-manual/drafts/{world.ours[fate].pk}/")

    assert {who for who, status in found.items() if status == 200} == HOUSE


@pytest.mark.parametrize("who", WHO)
def test_history_shows_each_reader_what_they_may_know_of(world: World, who: str) -> None:
    html = _client(world.cast, who).get("/m/street-manual/p/hello/history/").content.decode()

    assert str(world.ours["open"].pk) in html
    assert (str(world.ours["declined"].pk) in html) == (who in HOUSE)
    assert ("street-manual answer" in html) == (who in HOUSE)
    assert str(world.theirs["agreed"].pk) not in html
    assert "<p>Other" not in html


@pytest.mark.parametrize("who", WHO)
def test_comparing_tells_nobody_more_than_reading(world: World, who: str) -> None:
    """Every text of the page on either side, at every manual's address."""
    client = _client(world.cast, who)
    reads_theirs = who == "cleo"
    hidden = [*world.theirs.values()] if not reads_theirs else []
    hidden += [] if who in HOUSE else [world.ours["declined"], world.ours["withdrawn"]]
    for slug in ("core", "street-manual", "other"):
        for each in (*world.ours.values(), *world.theirs.values(), world.below):
            is_draft_elsewhere = each.state != State.AGREED and each.edition.manual.slug != slug
            may = each not in hidden and not is_draft_elsewhere and (slug != "other" or reads_theirs)
            for query in (f"old={world.below.pk}&new={each.pk}", f"old={each.pk}&new={world.below.pk}"):
                each.refresh_from_db()
                answer = client.get(f"/m/{slug}/p/hello/compare/?{query}")
                assert answer.status_code == (200 if may else 404), (slug, each.body, who)
                assert may or each.body not in answer.content.decode()


@pytest.mark.parametrize("who", ["ben", "ana", "cleo"])
def test_a_change_begins_from_no_text_that_its_writer_may_not_read(world: World, who: str) -> None:
    slug, hidden = ("other", world.ours) if who == "cleo" else ("street-manual", world.theirs)
    secret = [each for name, each in hidden.items() if who != "cleo" or name in {"open", "declined", "withdrawn"}]
    for each in secret:
        html = _client(world.cast, who).get(f"/m/{slug}/p/hello/change/?from={each.pk}").content.decode()
        assert each.body not in html


@pytest.mark.parametrize("who", WHO)
def test_what_is_gathered_is_seen_by_those_who_see_drafts(world: World, who: str) -> None:
    """The core is public: so are its drafts, and what it gathers; a manual above shows neither."""
    begin(actor=world.cast.actor("edie"), manual=Manual.objects.get(pk=world.cast.core.pk), title="Spring")
    edition = Edition.objects.get(pk=world.below.edition_id)
    text = Text("Hello", "gathered words", reason="gathered why")
    made = revise(actor=world.cast.actor("edie"), edition=edition, text=text, based_on=world.below.pk)
    client, query = _client(world.cast, who), f"?old={world.below.pk}&new={made.pk}"

    assert made.state == State.GATHERED
    assert client.get(f"/m/core/drafts/{made.pk}/").status_code == 200
    assert "gathered why" in client.get("/m/core/p/hello/history/").content.decode()
    assert client.get(f"/m/core/p/hello/compare/{query}").status_code == 200
    assert client.get(f"/m/core/revisions/{made.pk}/").status_code == 404
    for path in (
        "/m/core/p/hello/",
        "/m/core/feed/",
        "/m/core/changes/",
        "/m/core/search/?q=gathered",
        "/m/core/publications/",
    ):
        answer = client.get(path).content.decode()
        assert "gathered words" not in answer
        assert "gathered why" not in answer
    for path in (f"drafts/{made.pk}/", f"p/hello/compare/{query}", f"revisions/{made.pk}/"):
        assert client.get(f"/m/street-manual/{path}").status_code == 404
    assert "gathered why" not in client.get("/m/street-manual/p/hello/history/").content.decode()


def test_texts_of_other_pages_are_not_compared_here(world: World) -> None:
    page = add_page(actor=world.cast.actor("edie"), manual=world.cast.core, text=Text("Tea", "Other page's words."))

    answer = _client(world.cast, "ben").get(f"/m/core/p/hello/compare/?old={world.below.pk}&new={page.pk}")

    assert answer.status_code == 404


@pytest.mark.parametrize("fate", ["open", "declined", "withdrawn", "agreed", "note"])
def test_no_manual_leads_to_another_manual_s_revisions_and_drafts(world: World, fate: str) -> None:
    theirs, ours = world.theirs[fate].pk, world.ours[fate].pk
    for who in WHO:
        client = _client(world.cast, who)
        for slug, each in (("street-manual", theirs), ("core", theirs), ("core", ours), ("other", ours)):
            for kind in ("revisions", "drafts"):
                assert client.get(f"/m/{slug}/{kind}/{each}/").status_code == 404, (who, slug, kind)


def test_how_others_do_it_names_only_manuals_that_are_open_to_the_reader(world: World) -> None:
    for who in WHO:
        html = _client(world.cast, who).get("/m/core/p/hello/others/").content.decode()
        assert "Street manual" in html
        assert ("Other</a>" in html) == (who == "cleo")


def test_what_was_public_and_is_not_any_more_is_gone_for_everybody_at_once(world: World) -> None:
    """A page that tells of another manual must not be answered from memory."""
    paths = ("/m/core/p/hello/others/", f"/m/core/p/hello/compare/?old={world.below.pk}&new={world.ours['agreed'].pk}")
    assert [b"Street manual" in Client().get(path).content for path in paths] == [True, True]

    manual = Manual.objects.get(pk=world.cast.team_manual.pk)
    open_to(actor=world.cast.actor("ana"), manual=manual, audience=Audience.TEAM)

    assert [b"Street manual" in Client().get(path).content for path in paths] == [False, False]


ACTS = [("agree", {}), ("decline", {"reason": "No."}), ("withdraw", {}), ("take-back", {}), ("else", {})]


@pytest.mark.parametrize(("act", "more"), ACTS)
@pytest.mark.parametrize("who", ["anyone", "edie", "ada", "cora", "cleo"])
def test_nobody_from_outside_the_team_answers_a_draft(world: World, act: str, more: dict[str, str], who: str) -> None:
    path, yeses = f"/m/street-manual/drafts/{world.ours['open'].pk}/", Agreement.objects.count()

    answer = _client(world.cast, who).post(path, {"act": act, **more})

    assert answer.status_code == 403
    world.ours["open"].refresh_from_db()
    assert (world.ours["open"].state, Agreement.objects.count()) == (State.DRAFT, yeses)


@pytest.mark.parametrize("who", ["anyone", "edie", "ada", "cora", "cleo"])
def test_nobody_from_outside_the_team_changes_anything_by_any_form(world: World, who: str) -> None:
    note, at = world.ours["note"], "/m/street-manual/"
    gone = _filled_gone(world)
    sent = {"title": "Taken", "body": "Taken over.", "reason": "x", "based_on": str(world.ours["agreed"].pk)}
    client, before = _client(world.cast, who), _everything()
    for path in (
        "add/", "p/hello/change/", "p/hello/note/", "p/hello/set-aside/", "p/hello/return/", "gone/",
        f"p/hello/notes/{note.edition_id}/", f"p/hello/notes/{note.edition_id}/out/",
        f"drafts/{world.ours['open'].pk}/change/",
    ):  # fmt: skip
        answer = client.post(f"{at}{path}", {**sent, "edition": str(gone)})
        assert answer.status_code == 403, path
        assert "Taken over." in answer.content.decode(), "even so, what was written is shown back"
    assert _everything() == before


def _filled_gone(world: World) -> UUID:
    made = add_page(
        actor=world.cast.actor("edie"), manual=world.cast.core, text=Text("Stairs", "Words.")
    )  # given up in the core
    give_up(actor=world.cast.actor("edie"), edition=made.edition, based_on=made.pk)
    return made.edition_id


def _everything() -> list[object]:
    revisions = Revision.objects.order_by("pk").values_list("pk", "state", "body", "answer")
    return [*revisions, *Edition.objects.order_by("pk").values_list("pk", "ended_at", "current_id")]


@pytest.mark.parametrize("who", ["ben", "ana"])
def test_ids_of_another_manual_do_nothing_at_one_s_own(world: World, who: str) -> None:
    client, at, theirs = _client(world.cast, who), "/m/street-manual/", world.theirs
    gone = _filled_gone(world)
    noticed = Noticed("Theirs.", world.below.pk)
    remark = make_remark(actor=world.cast.actor("cleo"), manual=world.elsewhere, page_id=world.page_id, noticed=noticed)
    before = _everything()
    ours = world.ours["agreed"].pk
    tried = [
        (f"drafts/{theirs['open'].pk}/", {"act": "agree"}, 404),
        (f"drafts/{theirs['open'].pk}/change/", {"title": "x", "based_on": str(theirs["agreed"].pk)}, 404),
        (f"p/hello/notes/{theirs['note'].edition_id}/", {"body": "x"}, 404),
        (f"p/hello/notes/{theirs['note'].edition_id}/out/", {"based_on": str(theirs["note"].pk)}, 404),
        ("gone/", {"edition": str(gone)}, 404),
        ("gone/", {"edition": str(theirs["agreed"].edition_id)}, 404),
        (f"remarks/{remark.pk}/", {"act": "settle", "outcome": "nothing", "answer": "x"}, 404),
        ("p/hello/change/", {"title": "x", "body": "x", "based_on": str(ours), "remark": str(remark.pk)}, 400),
        ("p/hello/change/", {"title": "x", "body": "x", "based_on": str(theirs["agreed"].pk)}, 409),
        ("p/hello/return/", {"based_on": str(theirs["agreed"].pk)}, 409),
        ("p/hello/set-aside/", {"reason": "x", "based_on": str(theirs["agreed"].pk)}, 409),
    ]

    assert [client.post(f"{at}{path}", sent).status_code for path, sent, _ in tried] == [each[2] for each in tried]
    assert _everything() == before
    assert Remark.objects.get(pk=remark.pk).outcome == ""
