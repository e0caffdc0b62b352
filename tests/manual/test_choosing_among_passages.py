"""A chosen passage is the one that was chosen, whatever stands elsewhere, was typed besides, or changed meanwhile."""

import re
from typing import Any

from django.utils.html import escape
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.models import Remark, Revision

AT = "/m/street-manual/p/calls/remark/"
BODY = "Before you ask to leave, ring.\n\n## Leave\n\nRing twice.\n\n## Return\n\nRing twice."


def calls(cast: Cast, body: str = BODY) -> Revision:
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Calls", body))


def values(shown: str) -> list[str]:
    """What the form offers, in its order."""
    return [re.search(r'value="([^"]*)"', each)[1] for each in radios(shown)][1:]  # type: ignore[index]


def radios(shown: str) -> list[str]:
    return re.findall(r'<input type="radio" name="passage"[^>]*>', shown)


def sent(cast: Cast, page: Revision, at: str = AT, **said: Any) -> str:
    return html(as_(cast, "ben").post(at, {"body": "Late.", "based_on": str(page.pk), **said}))


def test_a_heading_is_meant_and_not_the_same_words_before_it(cast: Cast) -> None:
    page = calls(cast, "Leave when asked.\n\n## Leave\n\nRing.")
    offered = values(html(as_(cast, "ben").get(AT)))

    sent(cast, page, passage=offered[1])

    made = Remark.objects.get()
    assert (made.quote, made.prefix) == ("Leave", "Leave when asked. ")


def test_of_two_alike_each_can_be_chosen(cast: Cast) -> None:
    page = calls(cast)
    offered = values(html(as_(cast, "ben").get(AT)))

    sent(cast, page, passage=offered[-1])

    made = Remark.objects.get()
    assert (made.quote, made.prefix[-7:]) == ("Ring twice.", "Return ")


def test_passages_are_those_of_the_text_that_was_read(cast: Cast) -> None:
    page = calls(cast)
    text = Text("Calls", BODY.replace("## Return", "## Coming back"))
    newer = revise(actor=cast.actor("ben"), edition=page.edition, text=text, based_on=page.pk)
    ben = as_(cast, "ben")

    assert "Return" in html(ben.get(f"{AT}?revision={page.pk}"))
    assert "Coming back" not in html(ben.get(f"{AT}?revision={page.pk}"))
    assert "Coming back" in html(ben.get(f"{AT}?revision={newer.pk}"))


def test_no_text_is_read_by_naming_it_that_is_not_for_readers_of_this_page(cast: Cast) -> None:
    calls(cast)
    other = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Other", "Something else."))

    assert "Something else." not in html(as_(cast, "ben").get(f"{AT}?revision={other.pk}"))
    for nonsense in ("nonsense", "-" * 36):
        assert "Ring twice." in html(as_(cast, "ben").get(f"{AT}?revision={nonsense}"))


def test_a_chosen_passage_that_the_list_has_not_stays_chosen(cast: Cast) -> None:
    page = calls(cast)

    shown = sent(cast, page, passage="Something that nobody wrote.")

    assert "The page does not have these words." in shown
    (chosen,) = [each for each in radios(shown) if "checked" in each]
    assert 'value="Something that nobody wrote."' in chosen


def test_words_typed_out_of_the_chosen_passage_are_the_ones_meant(cast: Cast) -> None:
    page = calls(cast)
    offered = values(html(as_(cast, "ben").get(AT)))

    sent(cast, page, passage=offered[-1], quote="twice")

    made = Remark.objects.get()
    assert (made.quote, made.prefix[-12:]) == ("twice", "Return Ring ")


def test_words_typed_and_a_passage_chosen_that_has_them_not_are_asked_about(cast: Cast) -> None:
    page = calls(cast)
    offered = values(html(as_(cast, "ben").get(AT)))

    shown = sent(cast, page, passage=offered[-1], quote="ask to leave")

    assert not Remark.objects.exists()
    assert escape("These words are not in the part that you chose below.") in shown
    assert "ask to leave</textarea>" in shown
