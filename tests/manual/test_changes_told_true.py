"""What changed lately says what happened: to a page, to a note beside it, here or in the core; and so do the feeds."""

from typing import Any
from xml.etree import ElementTree

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import include, make_manual
from fieldcraft.manual.actions.pages import adapt_page, add_page, bring_back, give_up, note_page, set_page_aside
from fieldcraft.manual.models import Edition, Revision

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def below(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice."))


def on(cast: Cast, below: Revision) -> dict[str, Any]:
    return {"actor": cast.actor("ben"), "manual": cast.team_manual, "page_id": below.edition.page_id}


def adapted(cast: Cast, below: Revision) -> Revision:
    return adapt_page(**on(cast, below), text=Text("Hello", "Ring.", reason="No door."), based_on=below.pk)


def out(cast: Cast, made: Revision, who: str = "ben", reason: str = "") -> Revision:
    edition = Edition.objects.select_related("manual__team").get(pk=made.edition_id)
    return give_up(actor=cast.actor(who), edition=edition, based_on=made.pk, reason=reason)


def fed(cast: Cast) -> list[tuple[str, str]]:
    answer = as_(cast, "ben").get("/m/street-manual/feed/")
    entries = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    return [(entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}summary", "")) for entry in entries]


def screen(cast: Cast) -> str:
    return words(as_(cast, "ben").get("/m/street-manual/changes/"))


def test_a_page_of_the_team_s_own_was_taken_out(cast: Cast) -> None:
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Kettles", "Boil."))
    gone = out(cast, made, reason="We have no kitchen.")

    assert "Taken out · We have no kitchen." in screen(cast)
    assert "eturned to the core" not in screen(cast)
    assert fed(cast) == [("Kettles", "Taken out. We have no kitchen.")]
    answer = as_(cast, "ben").get("/m/street-manual/changes/").content.decode()
    assert f'href="/m/street-manual/revisions/{gone.pk}/"' in answer, "for the page has no address any more"
    assert "Boil." in words(as_(cast, "ben").get(f"/m/street-manual/revisions/{gone.pk}/"))


def test_a_version_of_the_team_s_own_was_given_up_for_the_core_s(cast: Cast, below: Revision) -> None:
    out(cast, adapted(cast, below))

    assert "Returned to the core's text" in screen(cast)
    assert fed(cast)[0] == ("Hello", "Returned to the core's text.")


def test_a_note_is_told_as_a_note(cast: Cast, below: Revision) -> None:
    note = note_page(**on(cast, below), text=Text("Hello", "Ours sticks."))
    assert fed(cast)[0] == ("Hello", "A note was put beside the page.")
    assert "A note was put beside the page" in screen(cast)

    out(cast, note)
    assert fed(cast)[0] == ("Hello", "A note was taken out.")
    assert "A note was taken out" in screen(cast)
    assert "Returned" not in screen(cast)
    bring_back(actor=cast.actor("ben"), edition=Edition.objects.get(pk=note.edition_id))
    assert fed(cast)[0][1].startswith("A note was put beside the page.")


def test_a_page_that_the_core_withdrew_is_told_with_and_without_a_text_of_one_s_own(
    cast: Cast, below: Revision
) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Stairs", "Hold the rail."))
    adapted(cast, below)
    for made in (below, other):
        out(cast, made, "edie")

    assert fed(cast)[:2] == [("Stairs", "Not in the core any more."), ("Hello", "Not in the core any more.")]
    assert screen(cast).count("Not in the core any more") == 2
    assert "Returned" not in screen(cast)
    assert "Taken out" in words(as_(cast, "edie").get("/m/core/changes/")), "which is what the core itself did"


def test_what_was_returned_and_then_withdrawn_below_is_told_in_that_order(cast: Cast, below: Revision) -> None:
    out(cast, adapted(cast, below))
    out(cast, below, "edie")

    assert [what for _title, what in fed(cast)] == ["Not in the core any more.", "Returned to the core's text."]


def test_what_was_given_up_after_the_core_withdrew_it_was_taken_out(cast: Cast, below: Revision) -> None:
    made = adapted(cast, below)
    out(cast, below, "edie")
    out(cast, made)

    assert [what for _title, what in fed(cast)] == ["Taken out.", "Not in the core any more."]


def test_a_note_that_readers_never_saw_is_not_told(cast: Cast, below: Revision) -> None:
    """It stood in a manual between, beside the core's text, which the team covers."""
    between = make_manual(by=None, organisation_id=cast.organisation.pk, title="Between")
    for upper, lower in ((between, cast.core), (cast.team_manual, between)):
        include(by=None, manual=upper, included=lower)
    adapted(cast, below)
    at = {"actor": cast.actor("edie"), "manual": between, "page_id": below.edition.page_id}
    out(cast, note_page(**at, text=Text("Hello", "In winter, too.")), "edie")

    assert "A note was taken out" not in screen(cast)


def test_a_page_that_was_set_aside_is_told_so(cast: Cast, below: Revision) -> None:
    set_page_aside(**on(cast, below), reason="We have no door.", based_on=below.pk)

    assert fed(cast)[0] == ("Hello", "Set aside. We have no door.")
    assert "Set aside · We have no door." in screen(cast)


def test_a_change_of_the_page_is_told_by_its_reason_alone(cast: Cast, below: Revision) -> None:
    adapted(cast, below)

    assert fed(cast) == [("Hello", "No door.")]
