"""Tending a manual that others build on, and remarks that teams pass on to it."""

import re

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual, open_to
from fieldcraft.manual.actions.offers import Seen, make_offer
from fieldcraft.manual.actions.pages import adapt_page, add_page, note_page, set_page_aside
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.actions.remarks import Noticed, make_remark, settle_remark
from fieldcraft.manual.models import Audience, Kind, Manual, Outcome, Remark, Revision, Standing
from fieldcraft.manual.queries.editorial import adapted_pages, remarks_passed_on
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.people.models import Membership, Organisation, Role, Team


@pytest.fixture
def core(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.\n\nGo in.\n"))


@pytest.fixture
def noticed(cast: Cast, core: Revision) -> Remark:
    said = Noticed("Nobody hears it at number 7.", core.pk, Quote("Knock twice."))
    return make_remark(actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, noticed=said)


def neighbour(cast: Cast, name: str) -> Manual:
    team = Team.objects.create(organisation=cast.organisation, name=name, slug=name.lower())
    Membership.objects.create(organisation=cast.organisation, team=team, person=cast.people["cora"], role=Role.MEMBER)
    kind = {"kind": Kind.TEAM, "team_id": team.pk, "built_on": [cast.core]}
    return make_manual(by=None, organisation_id=cast.organisation.pk, title=f"{name} manual", **kind)


def test_pages_stand_by_how_many_teams_went_their_own_way_with_their_reasons(cast: Cast, core: Revision) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Drink it."))
    elm, hidden = neighbour(cast, "Elm"), neighbour(cast, "Yew")
    at = {"page_id": core.edition.page_id, "based_on": core.pk}
    tea = {"page_id": other.edition.page_id, "based_on": other.pk}
    adapt_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Hello", "Ring.", reason="No door."), **at)
    set_page_aside(actor=cast.actor("cora"), manual=elm, reason="We never visit.", **at)
    adapt_page(actor=cast.actor("cora"), manual=elm, text=Text("Tea", "Coffee."), **tea)
    adapt_page(actor=cast.actor("cora"), manual=hidden, text=Text("Tea", "Milk.", reason="Secret."), **tea)
    Manual.objects.filter(pk=hidden.pk).update(audience="team")
    stack = stack_named("core")
    assert stack

    found = adapted_pages(cast.actor("edie"), stack)

    assert [(page.title, page.teams) for page in found] == [("Hello", 2), ("Tea", 1)]
    assert [(way.manual.title, way.standing, way.reason) for way in found[0].ways] == [
        ("Elm manual", Standing.SET_ASIDE, "We never visit."),
        ("Street manual", Standing.ADAPTED, "No door."),
    ]
    seen = words(as_(cast, "edie").get("/m/core/editorial/"))
    assert "We never visit." in seen
    assert "They did not say why." in seen
    assert "Secret." not in seen


def test_what_waits_longest_stands_first(cast: Cast, core: Revision) -> None:
    of = {"actor": cast.actor("ben"), "manual": cast.team_manual, "to": cast.core}
    own = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Bells", "Ring."))
    make_offer(**of, revision=own, seen=Seen("It helps."))
    note = note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=core.edition.page_id, text=Text("Hello", "Green.")
    )
    make_offer(**of, revision=note, seen=Seen("It helps.", is_named=False))

    seen = words(as_(cast, "edie").get("/m/core/editorial/"))

    assert re.search(r"Bells from Street, .* waits for you Hello from a team that does not want to be named", seen)


def test_a_team_has_no_editorial_screen(cast: Cast) -> None:
    assert as_(cast, "ana").get("/m/street-manual/editorial/").status_code == 404
    assert "Tending this manual" in words(as_(cast, "edie").get("/m/core/"))
    assert "Tending this manual" not in words(as_(cast, "ana").get("/m/core/"))


def test_a_remark_is_passed_on_in_other_words_and_its_outcome_comes_back(cast: Cast, noticed: Remark) -> None:
    ben, edie = as_(cast, "ben"), as_(cast, "edie")
    mine = f"/m/street-manual/remarks/{noticed.pk}/"
    assert "Pass it on to the core" in words(ben.get(mine))
    screen = words(ben.get(f"{mine}pass-on/"))
    assert "everyone of Harbour Trust reads it, with your name" in screen
    assert "Nobody hears it at number 7." in screen

    answer = ben.post(f"{mine}pass-on/", {"to": "core", "body": "Nobody hears it."})

    made = Remark.objects.get(manual=cast.core)
    assert answer["Location"] == mine
    assert (made.body, made.quote, made.passed_from, made.is_held) == (
        "Nobody hears it.",
        "Knock twice.",
        noticed,
        False,
    )
    assert "the answer is still to come" in words(ben.get(mine))
    assert "Nobody hears it." in words(edie.get("/m/core/editorial/"))
    theirs = words(edie.get(f"/m/core/remarks/{made.pk}/"))
    assert "passed on from a team" in theirs
    assert "number 7" not in theirs
    settle_remark(
        actor=cast.actor("edie"), remark=made, outcome=Outcome.ANSWERED, answer="Ring then.", seen=state_of(made)
    )
    told = words(ben.get(mine))
    assert "Passed on to “Core”: it was answered" in told
    assert "Ring then." in told
    assert "Pass it on to the core" not in told
    assert remarks_passed_on(cast.actor("edie"), cast.core) == []


def test_passing_on_is_refused_with_a_sentence_and_the_words_stay(cast: Cast, noticed: Remark) -> None:
    ben = as_(cast, "ben")
    address = f"/m/street-manual/remarks/{noticed.pk}/pass-on/"
    assert ben.post(address, {"to": "core", "body": " "}).status_code == 400
    assert ben.post(address, {"to": "street-manual", "body": "Words."}).status_code == 400
    pass_on(actor=cast.actor("ben"), remark=noticed, to=cast.core, body="Words.")
    with pytest.raises(Invalid):
        pass_on(actor=cast.actor("ana"), remark=noticed, to=cast.core, body="Again.")
    with pytest.raises(NotAllowed):
        pass_on(actor=cast.actor("edie"), remark=noticed, to=cast.core, body="Not mine.")
    assert "There is nobody to pass it on to" in words(ben.get(address))
    assert Remark.objects.filter(manual=cast.core).count() == 1


def test_from_another_organisation_it_is_held_for_those_who_change_the_pages(cast: Cast, noticed: Remark) -> None:
    elsewhere = Organisation.objects.get(slug="elsewhere")
    open_to(actor=cast.actor("edie"), manual=cast.core, audience=Audience.COMMUNITY)
    team = Team.objects.get(organisation=elsewhere)
    theirs = make_manual(
        by=None, organisation_id=elsewhere.pk, title="Other manual", kind=Kind.TEAM, team_id=team.pk,
        built_on=[cast.core],
    )  # fmt: skip
    said = Noticed("Here neither.", noticed.revision_id)
    own = make_remark(actor=cast.actor("cleo"), manual=theirs, page_id=noticed.page_id, noticed=said)
    screen = words(as_(cast, "cleo").get(f"/m/other-manual/remarks/{own.pk}/pass-on/"))
    assert "those who change its pages read it" in screen

    made = pass_on(actor=cast.actor("cleo"), remark=own, to=Manual.objects.get(pk=cast.core.pk), body="Here neither.")

    assert made.is_held
    assert "Here neither." in words(as_(cast, "edie").get("/m/core/editorial/"))
    assert "Here neither." not in words(as_(cast, "ben").get("/m/core/p/hello/"))
