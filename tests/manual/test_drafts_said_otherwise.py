"""A draft said otherwise: nobody's words go when it was changed, agreed, declined or overtaken meanwhile."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree, decline, redo, withdraw
from fieldcraft.manual.actions.pages import (
    adapt_page,
    add_page,
    bring_back,
    give_up,
    note_page,
    revise,
    set_page_aside,
)
from fieldcraft.manual.models import Revision, Standing, State
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
LONG = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def below(cast: Cast) -> Revision:
    """A page of the core, beside which the team can write notes."""
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", LONG))


@pytest.fixture
def page(cast: Cast) -> Revision:
    """A page of the team's own, agreed; from then on two have to agree."""
    made = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Kettles", LONG))
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    return made


def drafted(cast: Cast, page: Revision, body: str, who: str = "ben") -> Revision:
    now = Revision.objects.select_related("edition__manual").get(pk=page.pk)
    return revise(actor=cast.actor(who), edition=now.edition, text=Text("Kettles", body), based_on=page.pk)


def change(draft: Revision) -> str:
    return f"{AT}drafts/{draft.pk}/change/"


def typed(body: str, based_on: object, title: str = "Kettles") -> dict[str, str]:
    return {"title": title, "body": body, "tags": "", "reason": "", "pole": "", "based_on": str(based_on)}


def in_the_box(screen: str) -> str:
    found = re.search(r'<textarea name="body"[^>]*>\s?(.*?)</textarea>', screen, re.S)
    assert found, screen[:2000]
    return found[1]


def readers_get(cast: Cast, page: Revision) -> str:
    held = stack_now(cast.team_manual).covering(page.edition.page_id)
    assert held
    return Revision.objects.get(pk=held.revision_id).body


def test_a_draft_brought_up_to_date_has_what_was_agreed_meanwhile(cast: Cast, page: Revision) -> None:
    mine, theirs = drafted(cast, page, f"{LONG} Mine."), drafted(cast, page, f"Theirs. {LONG}", "ana")
    agree(actor=cast.actor("ben"), draft=theirs)

    screen = html(as_(cast, "ben").get(change(mine)))

    assert in_the_box(screen) == f"Theirs. {LONG} Mine."
    assert "both are put together" in screen
    based_on = re.findall(r'name="based_on" value="([^"]+)"', screen)[0]
    made = as_(cast, "ben").post(change(mine), typed(in_the_box(screen), based_on))
    assert made.status_code == 302
    agree(actor=cast.actor("ana"), draft=Revision.objects.get(state=State.DRAFT))
    assert readers_get(cast, page) == f"Theirs. {LONG} Mine."


def test_where_both_changed_the_same_words_the_drafts_own_stand_there_beside_theirs(cast: Cast, page: Revision) -> None:
    mine, theirs = drafted(cast, page, "One.\n\nMine."), drafted(cast, page, "One.\n\nTheirs.", "ana")
    agree(actor=cast.actor("ben"), draft=theirs)

    screen = html(as_(cast, "ben").get(change(mine)))

    assert in_the_box(screen) == "One.\n\nMine."
    assert "Your text stands below, whole" in screen
    assert "Theirs." in screen


def test_of_two_who_change_one_draft_the_second_goes_on_from_both(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, f"{LONG} Four.")
    first = as_(cast, "ana").post(change(draft), typed(f"First. {LONG} Four.", page.pk))
    assert first.status_code == 302

    second = as_(cast, "ben").post(change(draft), typed(f"{LONG} Four. Second.", page.pk))

    assert second.status_code == 409
    screen = html(second)
    assert in_the_box(screen) == f"First. {LONG} Four. Second."
    newest = Revision.objects.get(state=State.DRAFT)
    assert f'action="{change(newest)}"' in screen
    assert f'data-keep="draft {draft.pk}"' in screen
    based_on = re.findall(r'name="based_on" value="([^"]+)"', screen)[0]
    assert as_(cast, "ben").post(change(newest), typed(in_the_box(screen), based_on)).status_code == 302
    assert Revision.objects.get(state=State.DRAFT).body == f"First. {LONG} Four. Second."


def test_words_for_a_draft_that_was_agreed_meanwhile_go_on_as_a_change_of_the_page(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, f"{LONG} Four.")
    agree(actor=cast.actor("ana"), draft=draft)

    answer = as_(cast, "ben").post(change(draft), typed(f"{LONG} Four. Five.", page.pk))

    assert answer.status_code == 409
    screen = html(answer)
    assert 'action="/m/street-manual/p/kettles/change/"' in screen
    assert in_the_box(screen) == f"{LONG} Four. Five."
    sent = typed(in_the_box(screen), re.findall(r'name="based_on" value="([^"]+)"', screen)[0])
    assert as_(cast, "ben").post(f"{AT}p/kettles/change/", sent).status_code == 302


def test_words_for_a_draft_that_was_declined_meanwhile_go_on_too(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, f"{LONG} Four.")
    decline(actor=cast.actor("ana"), draft=draft, reason="Too long.")

    screen = html(as_(cast, "ben").post(change(draft), typed(f"{LONG} Five.", page.pk)))

    assert in_the_box(screen) == f"{LONG} Five."
    assert 'action="/m/street-manual/p/kettles/change/"' in screen
    assert "declined or withdrawn" in screen


def test_who_opens_a_draft_that_was_replaced_is_led_to_the_newer_one(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, "Mine.")
    newer = redo(actor=cast.actor("ana"), draft=draft, text=Text("Kettles", "Hers."), based_on=page.pk)

    answer = as_(cast, "ben").get(change(draft), follow=True)

    assert answer.redirect_chain[-1][0] == change(newer)
    assert "It is the newer one that you go on with." in html(answer)


def noted(cast: Cast, below: Revision) -> Revision:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": below.edition.page_id, "based_on": below.pk}
    return note_page(actor=cast.actor("ben"), text=Text("Hello", "A note."), **ask)


def test_of_two_who_change_one_note_the_second_goes_on_too(cast: Cast, below: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    note = noted(cast, below)
    as_(cast, "ana").post(change(note), {"body": "Hers.", "quote": "", "based_on": ""})

    answer = as_(cast, "ben").post(change(note), {"body": "Mine, precious.", "quote": "", "based_on": ""})

    assert answer.status_code == 409
    newest = Revision.objects.get(state=State.DRAFT)
    assert in_the_box(html(answer)) == "Mine, precious."
    assert f'action="{change(newest)}"' in html(answer)
    assert "Hers." in html(answer)


def test_words_for_a_note_that_was_agreed_meanwhile_change_the_note(cast: Cast, below: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    note = noted(cast, below)
    agree(actor=cast.actor("ana"), draft=note)

    screen = html(as_(cast, "ben").post(change(note), {"body": "Mine, precious.", "quote": "", "based_on": ""}))

    at = re.findall(r'action="(/m/street-manual/p/hello/notes/[^"]+)"', screen)[0]
    based_on = re.findall(r'name="based_on" value="([^"]+)"', screen)[0]
    assert in_the_box(screen) == "Mine, precious."
    sent = {"body": "Mine, precious.", "quote": "", "based_on": based_on}
    assert as_(cast, "ben").post(at, sent).status_code == 302
    assert Revision.objects.get(state=State.DRAFT).body == "Mine, precious."


def aside(cast: Cast, page: Revision) -> Revision:
    return set_page_aside(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.edition.page_id, reason="Not here.",
        based_on=page.pk,
    )  # fmt: skip


def given_up(cast: Cast, page: Revision) -> Revision:
    return give_up(actor=cast.actor("ben"), edition=page.edition, based_on=page.pk, reason="Not here.")


@pytest.mark.parametrize("made", [aside, given_up])
def test_a_draft_that_gives_something_up_has_only_its_reason_to_change(
    cast: Cast, page: Revision, made: Callable[[Cast, Revision], Revision]
) -> None:
    draft = made(cast, page)

    screen = html(as_(cast, "ana").get(change(draft)))

    assert 'name="body"' not in screen
    assert "Not here." in screen
    sent: dict[str, Any] = typed("WORDS", page.pk) | {"reason": "Nobody reads it."}
    assert as_(cast, "ana").post(change(draft), sent).status_code == 302
    newest = Revision.objects.get(state=State.DRAFT)
    assert (newest.reason, newest.standing) == ("Nobody reads it.", draft.standing)
    assert "WORDS" not in newest.body


def test_what_was_given_up_comes_back_with_why_it_was_written(cast: Cast, page: Revision) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=1)
    why = revise(
        actor=cast.actor("ana"), edition=page.edition, text=Text("Kettles", "x", reason="They sing."), based_on=page.pk
    )
    given = give_up(actor=cast.actor("ben"), edition=why.edition, based_on=why.pk, reason="Enough.")

    back = bring_back(actor=cast.actor("ben"), edition=given.edition)

    assert (back.body, back.reason) == ("x", "They sing.")


def test_a_page_that_came_to_nothing_can_be_begun_again(cast: Cast, page: Revision) -> None:
    draft = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Lamps", "They shine.", ("light",)))
    withdraw(actor=cast.actor("ben"), draft=draft)

    screen = html(as_(cast, "ana").get(f"{AT}drafts/{draft.pk}/"))

    again = f"{AT}add/?from={draft.pk}"
    assert again in screen
    begun = html(as_(cast, "ana").get(again))
    assert in_the_box(begun) == "They shine."
    assert 'value="Lamps"' in begun
    assert 'value="light"' in begun
    assert "They shine." not in html(as_(cast, "ana").get(f"{AT}add/?from={page.pk}")), "only what came to nothing"


def test_a_declined_change_can_be_begun_again_from_its_text(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, "Mine.")
    decline(actor=cast.actor("ana"), draft=draft, reason="No.")

    assert f"{AT}p/kettles/change/?from={draft.pk}" in html(as_(cast, "ben").get(f"{AT}drafts/{draft.pk}/"))
    assert in_the_box(html(as_(cast, "ben").get(f"{AT}p/kettles/change/?from={draft.pk}"))) == "Mine."


def test_a_note_is_never_what_a_change_of_the_page_begins_from(cast: Cast, below: Revision) -> None:
    note = noted(cast, below)
    out = give_up(actor=cast.actor("ben"), edition=note.edition, based_on=note.pk)

    history = html(as_(cast, "ben").get(f"{AT}p/hello/history/"))

    assert f"revisions/{out.pk}" in history
    assert f"from={out.pk}" not in history
    assert in_the_box(html(as_(cast, "ben").get(f"{AT}p/hello/change/?from={out.pk}"))) == LONG


def test_a_new_title_alone_is_a_change_that_is_shown(cast: Cast, page: Revision) -> None:
    sent = typed(LONG, page.pk, "Teapots") | {"preview": "yes", "tags": "kitchen"}

    screen = html(as_(cast, "ben").post(f"{AT}p/kettles/change/", sent))

    assert "Nothing changed" not in screen
    assert "Teapots" in screen.partition('class="compare compare-fields"')[2].partition("</dl>")[0]
    assert "kitchen" in screen.partition('class="compare compare-fields"')[2].partition("</dl>")[0]


def test_a_move_is_shown_in_its_draft(cast: Cast, page: Revision) -> None:
    moved = revise(
        actor=cast.actor("ben"), edition=page.edition, text=Text("Kettles", LONG, section=("Kitchen", "Hob")),
        based_on=page.pk,
    )  # fmt: skip

    assert "Kitchen › Hob" in html(as_(cast, "ana").get(f"{AT}drafts/{moved.pk}/"))


def test_who_wrote_and_who_declined_are_told_apart(cast: Cast, page: Revision) -> None:
    draft = drafted(cast, page, "Mine.", "ana")
    decline(actor=cast.actor("ben"), draft=draft, reason="No.")

    screen = html(as_(cast, "ana").get(f"{AT}drafts/{draft.pk}/"))

    assert re.search(r"declined</span>\s*written by Ana", screen)
    assert re.search(r"Declined · Ben", screen)


def test_an_adaptation_is_brought_up_to_date_as_well(cast: Cast, below: Revision) -> None:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": below.edition.page_id, "based_on": below.pk}
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)
    first = adapt_page(actor=cast.actor("ana"), text=Text("Hello", f"Hers. {LONG}"), **ask)
    second = adapt_page(actor=cast.actor("ben"), text=Text("Hello", f"{LONG} Mine."), **ask)
    agree(actor=cast.actor("ben"), draft=first)

    screen = html(as_(cast, "ben").get(change(second)))

    assert second.standing == Standing.ADAPTED
    assert in_the_box(screen) == f"Hers. {LONG} Mine."
