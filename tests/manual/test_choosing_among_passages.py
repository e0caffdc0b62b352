"""A chosen passage is the one that was chosen, whatever stands elsewhere, was typed besides, or changed meanwhile."""

import re
from typing import Any

from django.utils.html import escape
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.models import Edition, Remark, Revision, Standing

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


def test_of_two_who_move_a_note_the_second_sees_both_places_and_goes_on(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Calls", BODY))
    ben = as_(cast, "ben")
    ben.post("/m/street-manual/p/calls/note/", {"body": "Late.", "passage": "Leave", "based_on": str(core.pk)})
    note = Revision.objects.get(standing=Standing.NOTED)
    at = f"/m/street-manual/p/calls/notes/{note.edition_id}/"
    offered = values(html(ben.get(at)))
    opened = {"body": "Late.", "quote": "Leave", "initial-quote": "Leave", "based_on": str(note.pk)}
    assert 'name="initial-quote" value="Leave"' in html(ben.get(at))

    as_(cast, "ana").post(at, {**opened, "passage": offered[2]})
    answer = ben.post(at, {**opened, "passage": offered[-1]})

    assert answer.status_code == 409
    now = Edition.objects.get(pk=note.edition_id).current
    assert now
    assert (now.quote, now.prefix[-6:]) == ("Ring twice.", "Leave ")
    assert "Somebody else changed this note since you began." in html(answer)


def test_a_note_moves_to_the_same_words_further_down(cast: Cast) -> None:
    core = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Calls", BODY))
    ben = as_(cast, "ben")
    ben.post("/m/street-manual/p/calls/note/", {"body": "Late.", "passage": "Ring twice.", "based_on": str(core.pk)})
    note = Revision.objects.get(standing=Standing.NOTED)
    at = f"/m/street-manual/p/calls/notes/{note.edition_id}/"

    last = values(html(ben.get(at)))[-1]
    ben.post(at, {"body": "Late.", "quote": note.quote, "passage": last, "based_on": str(note.pk)})

    moved = Revision.objects.exclude(pk=note.pk).get(standing=Standing.NOTED)
    assert (note.prefix[-6:], moved.prefix[-7:]) == ("Leave ", "Return ")
