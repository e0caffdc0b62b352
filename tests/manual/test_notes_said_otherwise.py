"""A note that a colleague was quicker to change: every word typed, and the passage it stands beside, are kept."""

from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import hidden_in
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.pages import add_page, note_page, revise
from fieldcraft.manual.models import Revision, State
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
PAGE = f"{AT}p/doors/"
MINE = "Mine, precious."
BACK = {"quote": "knock twice", "prefix": "At the back, ", "suffix": " and wait."}


@pytest.fixture
def doors(cast: Cast) -> Revision:
    """The words that the note stands beside are there twice."""
    body = "At the front, knock twice.\n\nAt the back, knock twice and wait."
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", body))


@pytest.fixture
def note(cast: Cast, doors: Revision) -> Revision:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    return note_page(actor=cast.actor("ben"), text=Text("Doors", "The bell is broken.", **BACK), **ask)


def around(note: Revision) -> tuple[str, str, str]:
    return note.quote, note.prefix, note.suffix


def redrafted(cast: Cast, note: Revision, body: str, who: str = "ben") -> Revision:
    now = Revision.objects.select_related("edition__manual").get(pk=note.pk)
    text = Text("Doors", body, quote=now.quote, prefix=now.prefix, suffix=now.suffix)
    return revise(actor=cast.actor(who), edition=now.edition, text=text, based_on=note.pk)


def overtaken(cast: Cast, note: Revision) -> tuple[Revision, Revision]:
    """Ben's open draft of the note, and the one of Ana's that was agreed meanwhile."""
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    mine, hers = redrafted(cast, note, "Mine."), redrafted(cast, note, "Hers.", "ana")
    agree(actor=cast.actor("ben"), draft=hers)
    return mine, hers


def test_a_note_is_written_beside_the_passage_that_was_chosen(cast: Cast, doors: Revision, ben: Client) -> None:
    sent = {"body": "The bell is broken.", **BACK, "based_on": str(doors.pk)}

    assert ben.post(f"{PAGE}note/", sent).status_code == 302

    assert Revision.objects.latest("id").prefix.endswith("At the back, ")


def test_the_draft_of_a_note_keeps_its_passage_when_its_words_change(cast: Cast, doors: Revision, ben: Client) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    ben.post(f"{PAGE}note/", {"body": "The bell is broken.", **BACK, "based_on": str(doors.pk)})
    draft = Revision.objects.get(state=State.DRAFT)
    change = f"{AT}drafts/{draft.pk}/change/"

    screen = html(ben.get(change))
    answer = ben.post(change, {"based_on": "", **hidden_in(screen), "body": MINE, "quote": draft.quote})

    assert answer.status_code == 302
    newest = Revision.objects.get(state=State.DRAFT)
    assert (newest.body, around(newest)) == (MINE, around(draft))


def test_words_for_a_draft_that_was_overtaken_come_back_beside_the_note_as_it_is(cast: Cast, note: Revision) -> None:
    mine, hers = overtaken(cast, note)
    change, ben = f"{AT}drafts/{mine.pk}/change/", as_(cast, "ben")
    sent = {"body": MINE, "quote": mine.quote, "prefix": mine.prefix, "suffix": mine.suffix, "reason": "It sings."}

    answer = ben.post(change, {**sent, "based_on": str(note.pk)})

    assert answer.status_code == 409
    screen = html(answer)
    assert f"{MINE}</textarea>" in screen
    assert 'value="It sings."' in screen
    assert '<pre class="source">Hers.</pre>' in screen
    assert Revision.objects.filter(state=State.DRAFT).get() == mine, "nothing was written"
    hidden = hidden_in(screen)
    assert hidden["based_on"] == str(hers.pk)
    assert (hidden["prefix"], hidden["suffix"]) == (mine.prefix, mine.suffix)
    assert ben.post(change, {**hidden, "body": MINE, "quote": mine.quote}).status_code == 302
    newest = Revision.objects.get(state=State.DRAFT)
    assert (newest.body, around(newest), newest.parent) == (MINE, around(mine), hers)


def test_who_was_slower_with_an_agreed_note_reads_the_others_note_too(cast: Cast, note: Revision, ben: Client) -> None:
    redrafted(cast, note, "Hers.", "ana")
    sent = {"body": MINE, "quote": note.quote, "based_on": str(note.pk)}

    answer = ben.post(f"{PAGE}notes/{note.edition_id}/", sent)

    assert answer.status_code == 409
    assert '<pre class="source">Hers.</pre>' in html(answer)
    assert f"{MINE}</textarea>" in html(answer)
