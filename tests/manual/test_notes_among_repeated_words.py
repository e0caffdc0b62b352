"""A note stands beside the very place it was written for, also where its words stand twice, and after it came back."""

from typing import Any

import pytest
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, bring_back, give_up, note_page
from fieldcraft.manual.models import Revision

BODY = "At the front, knock twice.\n\nAt the back, knock twice and wait."
PAGE = "/m/street-manual/p/doors/"
WHERE = [("At the front, ", ".", "At the front"), ("At the back, ", " and wait.", "At the back")]


@pytest.fixture
def doors(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", BODY))


def noted(cast: Cast, doors: Revision, prefix: str, suffix: str) -> Revision:
    text = Text("Doors", "The bell is broken.", quote="knock twice", prefix=prefix, suffix=suffix)
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    return note_page(actor=cast.actor("ben"), text=text, **ask)


def stands_behind(screen: str, before: str) -> bool:
    """Whether the note follows the paragraph that begins so, and no other."""
    above = screen.partition("The bell is broken.")[0]
    return above.rfind(before) == max(above.rfind(each) for _prefix, _suffix, each in WHERE)


@pytest.mark.parametrize(("prefix", "suffix", "before"), WHERE)
def test_of_two_places_with_its_words_it_stands_at_its_own(
    cast: Cast, doors: Revision, prefix: str, suffix: str, before: str
) -> None:
    noted(cast, doors, prefix, suffix)

    assert stands_behind(html(as_(cast, "ben").get(PAGE)), before)


@pytest.mark.parametrize(("prefix", "suffix", "before"), WHERE)
def test_it_stays_there_when_its_words_change_and_when_it_comes_back(
    cast: Cast, doors: Revision, prefix: str, suffix: str, before: str
) -> None:
    note, ben = noted(cast, doors, prefix, suffix), as_(cast, "ben")
    sent = {"body": "The bell is broken. Knock.", "quote": "knock twice", "based_on": str(note.pk)}
    assert ben.post(f"{PAGE}notes/{note.edition_id}/", sent).status_code == 302
    assert stands_behind(html(ben.get(PAGE)), before)

    now = Revision.objects.select_related("edition__manual").latest("id")
    give_up(actor=cast.actor("ben"), edition=now.edition, based_on=now.pk)
    assert "The bell is broken." not in html(ben.get(PAGE))
    back = bring_back(actor=cast.actor("ben"), edition=now.edition)

    assert (back.quote, back.prefix, back.suffix) == (now.quote, now.prefix, now.suffix)
    assert (back.body, stands_behind(html(ben.get(PAGE)), before)) == ("The bell is broken. Knock.", True)
