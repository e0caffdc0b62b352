"""The screens of a manual without a team and with nothing below it speak neither of a team nor of a core to follow."""

from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise, set_page_aside
from fieldcraft.manual.actions.publications import begin
from fieldcraft.manual.models import Revision

CORE, TEAM = "/m/core/p/doors/", "/m/street-manual/p/doors/"


@pytest.fixture
def doors(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", "Knock."))


@pytest.mark.usefixtures("doors")
def test_setting_a_page_of_the_core_aside_says_that_it_is_not_in_use(cast: Cast) -> None:
    shown = words(as_(cast, "edie").get(f"{CORE}set-aside/"))

    assert "that it is not in use, and why" in shown
    assert "Why is this page not in use?" in shown
    assert "team" not in shown


@pytest.mark.usefixtures("doors")
def test_a_page_of_the_core_set_aside_without_a_reason_speaks_of_no_team(cast: Cast) -> None:
    answer = as_(cast, "edie").post(f"{CORE}set-aside/", {"reason": ""})

    assert answer.status_code == 400
    assert "Say in a few words why this page is not in use." in words(answer)
    assert "team" not in words(answer)


@pytest.mark.usefixtures("doors")
def test_setting_a_page_of_a_team_aside_speaks_of_the_team(cast: Cast) -> None:
    shown = words(as_(cast, "ben").get(f"{TEAM}set-aside/"))

    assert "that your team does not use it, and why" in shown
    assert "Why does your team not use this page?" in shown


@pytest.mark.usefixtures("doors")
def test_a_note_in_a_manual_that_follows_nothing_leaves_the_pages_text_as_it_is(cast: Cast) -> None:
    shown = words(as_(cast, "edie").get(f"{CORE}note/"))

    assert "the page's own text stays as it is" in shown
    assert "following the core" not in shown
    assert "the page itself goes on following the core" in words(as_(cast, "ben").get(f"{TEAM}note/"))


def test_what_the_core_gathers_to_set_aside_speaks_of_no_team(cast: Cast, doors: Revision) -> None:
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    ask: dict[str, Any] = {"manual": cast.core, "page_id": doors.edition.page_id, "based_on": doors.pk}
    draft = set_page_aside(actor=cast.actor("edie"), reason="No doors.", **ask)

    shown = words(as_(cast, "edie").get(f"/m/core/drafts/{draft.pk}/"))
    why = words(as_(cast, "edie").get(f"/m/core/drafts/{draft.pk}/change/"))

    assert "readers would see that it is not in use, and why" in shown
    assert "The draft sets the page aside, so it has no text to change." in why
    assert "Why is this page not in use?" in why
    assert "team" not in shown
    assert "team" not in why


def test_what_the_core_gathers_is_a_page_and_no_teams(cast: Cast, doors: Revision) -> None:
    begin(actor=cast.actor("edie"), manual=cast.core, title="Spring")
    new = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Bells", "Ring."))
    changed = revise(actor=cast.actor("edie"), edition=doors.edition, text=Text("Doors", "Ring."), based_on=doors.pk)

    for draft, says in ((new, "This would be a new page."), (changed, "This would change the page.")):
        shown = words(as_(cast, "edie").get(f"/m/core/drafts/{draft.pk}/"))
        assert says in shown
        assert "team" not in shown


def test_taking_a_page_of_the_core_out_speaks_of_no_team(cast: Cast, doors: Revision) -> None:
    shown = words(as_(cast, "edie").get(f"{CORE}return/"))

    assert "Take this page out" in shown
    assert "team" not in shown
