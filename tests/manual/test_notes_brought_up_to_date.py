"""A note that a colleague changed meanwhile: what was agreed is in the box or beside it, never gone unseen."""

import re
from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.made import hidden_in, words
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree, decline, redo
from fieldcraft.manual.actions.pages import add_page, give_up, note_page, revise
from fieldcraft.manual.models import Revision, State
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
LONG = "The bell is broken.\n\nKnock twice.\n\nWait."
MINE, HERS = f"{LONG} Mine.", f"Hers. {LONG}"
BOTH = f"Hers. {LONG} Mine."


@pytest.fixture
def doors(cast: Cast) -> Revision:
    body = "At the front, ring.\n\nAt the back, knock."
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", body))


@pytest.fixture
def note(cast: Cast, doors: Revision) -> Revision:
    """A note that stands beside the page; from then on two have to agree."""
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    made = note_page(actor=cast.actor("ben"), text=Text("Doors", LONG, quote="knock"), **ask)
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    return made


def drafted(cast: Cast, note: Revision, body: str, who: str = "ben", quote: str = "knock") -> Revision:
    now = Revision.objects.select_related("edition__manual").get(pk=note.pk)
    text = Text("Doors", body, quote=quote, prefix=now.prefix, suffix=now.suffix)
    return revise(actor=cast.actor(who), edition=now.edition, text=text, based_on=note.pk)


def overtaken(cast: Cast, note: Revision, mine: str = MINE, hers: str = HERS, hers_beside: str = "knock") -> Revision:
    """Ben's draft of the note; Ana's was agreed meanwhile."""
    draft, theirs = drafted(cast, note, mine), drafted(cast, note, hers, "ana", hers_beside)
    agree(actor=cast.actor("ben"), draft=theirs)
    return draft


def change(draft: Revision) -> str:
    return f"{AT}drafts/{draft.pk}/change/"


def in_the_box(screen: str, name: str = "body") -> str:
    found = re.search(rf'<textarea name="{name}"[^>]*>\s?(.*?)</textarea>', screen, re.S)
    assert found, screen[:2000]
    return found[1]


def now(note: Revision) -> Revision:
    current = Revision.objects.select_related("edition__current").get(pk=note.pk).edition.current
    assert current
    return current


def sent_from(screen: str, quote: str = "knock") -> dict[str, str]:
    """The form as it stands on the screen."""
    return {**hidden_in(screen), "body": in_the_box(screen), "quote": quote}


def test_a_note_brought_up_to_date_has_what_was_agreed_meanwhile(cast: Cast, note: Revision) -> None:
    draft = overtaken(cast, note)

    screen = html(as_(cast, "ben").get(change(draft)))

    assert in_the_box(screen) == BOTH
    assert "both are put together" in screen
    assert as_(cast, "ben").post(change(draft), sent_from(screen)).status_code == 302
    agree(actor=cast.actor("ana"), draft=Revision.objects.get(state=State.DRAFT))
    assert now(note).body == BOTH


def test_where_both_changed_the_same_words_of_a_note_theirs_stand_beside(cast: Cast, note: Revision) -> None:
    draft = overtaken(cast, note, "Mine.", "Theirs.")

    screen = html(as_(cast, "ben").get(change(draft)))

    assert in_the_box(screen) == "Mine."
    assert '<pre class="source">Theirs.</pre>' in screen
    assert "Your text stands below, whole" in screen
    assert "From the text as it is now to yours" in screen


def test_the_passage_that_was_agreed_meanwhile_is_kept_too(cast: Cast, note: Revision) -> None:
    draft = overtaken(cast, note, hers_beside="ring")

    screen = html(as_(cast, "ben").get(change(draft)))

    assert in_the_box(screen, "quote") == "ring"
    hidden = hidden_in(screen)
    assert hidden["prefix"].endswith("At the front, ")
    assert in_the_box(screen) == BOTH


def test_a_passage_that_both_chose_anew_is_for_a_person_to_settle(cast: Cast, note: Revision) -> None:
    draft, theirs = drafted(cast, note, MINE, quote="At the back"), drafted(cast, note, HERS, "ana", "ring")
    agree(actor=cast.actor("ben"), draft=theirs)

    screen = html(as_(cast, "ben").get(change(draft)))

    assert in_the_box(screen, "quote") == "At the back"
    assert in_the_box(screen) == MINE
    fields = screen.partition('class="compare compare-fields"')[2].partition("</dl>")[0]
    assert "ring" in fields
    assert "At the back" in fields


def test_the_screens_of_an_overtaken_note_speak_of_the_note(cast: Cast, note: Revision) -> None:
    draft = overtaken(cast, note)

    for address in (change(draft), f"{AT}drafts/{draft.pk}/"):
        shown = words(as_(cast, "ben").get(address))
        assert "The note has a newer text than when this draft was written." in shown
        assert "The page has a newer text" not in shown
    refused = as_(cast, "ana").post(f"{AT}drafts/{draft.pk}/", {"act": "agree"})
    assert refused.status_code == 409
    assert "The note has changed since this draft was written." in words(refused)


def test_words_for_an_overtaken_note_are_put_together_with_what_was_agreed(cast: Cast, note: Revision) -> None:
    draft = overtaken(cast, note)
    sent = {"body": f"{LONG} Mine, later.", "quote": "knock", "based_on": str(note.pk)}

    answer = as_(cast, "ben").post(change(draft), sent)

    assert answer.status_code == 409
    assert in_the_box(html(answer)) == f"Hers. {LONG} Mine, later."
    assert "Somebody else changed this note since you began." in words(answer)


def test_the_slower_of_two_savers_of_a_note_goes_on_from_both(cast: Cast, note: Revision) -> None:
    agree(actor=cast.actor("ben"), draft=drafted(cast, note, HERS, "ana"))
    at = f"{AT}p/doors/notes/{note.edition_id}/"

    answer = as_(cast, "ben").post(at, {"body": MINE, "quote": "knock", "based_on": str(note.pk)})

    assert answer.status_code == 409
    screen = html(answer)
    assert in_the_box(screen) == BOTH
    assert "both are put together" in screen
    assert "Somebody else changed this note since you began." in words(answer)
    assert as_(cast, "ben").post(at, sent_from(screen)).status_code == 302
    assert Revision.objects.get(state=State.DRAFT).body == BOTH


def test_the_slower_saver_of_a_note_keeps_the_passage_that_the_other_chose(cast: Cast, note: Revision) -> None:
    agree(actor=cast.actor("ben"), draft=drafted(cast, note, HERS, "ana", "ring"))
    at, ben = f"{AT}p/doors/notes/{note.edition_id}/", as_(cast, "ben")

    screen = html(ben.post(at, {"body": MINE, "quote": "knock", "based_on": str(note.pk)}))

    assert in_the_box(screen, "quote") == "ring"
    assert ben.post(at, sent_from(screen, "ring")).status_code == 302
    made = Revision.objects.get(state=State.DRAFT)
    assert (made.quote, made.prefix) == ("ring", now(note).prefix)


def test_of_two_who_change_one_draft_of_a_note_the_second_goes_on_from_both(cast: Cast, note: Revision) -> None:
    draft = drafted(cast, note, LONG)
    hers = redo(actor=cast.actor("ana"), draft=draft, text=Text("Doors", HERS, quote="knock"), based_on=note.pk)

    screen = html(as_(cast, "ben").post(change(draft), {"body": MINE, "quote": "knock", "based_on": str(note.pk)}))

    assert in_the_box(screen) == BOTH
    assert f'action="{change(hers)}"' in screen
    assert as_(cast, "ben").post(change(hers), sent_from(screen)).status_code == 302


def test_words_for_a_note_that_was_taken_out_meanwhile_say_so(cast: Cast, note: Revision) -> None:
    draft = drafted(cast, note, MINE)
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=1)
    give_up(actor=cast.actor("ana"), edition=now(note).edition, based_on=note.pk)

    assert "The note has been taken out since this draft was written." in words(
        as_(cast, "ben").get(f"{AT}drafts/{draft.pk}/")
    )
    answer = as_(cast, "ben").post(change(draft), {"body": MINE, "quote": "knock", "based_on": str(note.pk)})
    assert answer.status_code == 409
    assert in_the_box(html(answer)) == MINE
    assert "Somebody has taken this note out meanwhile." in words(answer)


def test_a_note_that_was_declined_is_not_shown_as_the_note_that_stands(cast: Cast, doors: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    draft = note_page(actor=cast.actor("ben"), text=Text("Doors", LONG), **ask)
    decline(actor=cast.actor("ana"), draft=draft, reason="No.")

    answer = as_(cast, "ben").post(change(draft), {"body": MINE, "quote": "", "based_on": ""})

    screen = html(answer)
    assert answer.status_code == 409
    assert in_the_box(screen) == MINE
    assert "declined or withdrawn" in screen
    assert "as it is now" not in screen
    assert as_(cast, "ben").post(f"{AT}p/doors/note/", sent_from(screen, "")).status_code == 302
