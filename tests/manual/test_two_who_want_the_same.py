"""Two people who set one page aside, return it or change one note are told of each other, and what is done is said to be."""

from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.manuals import open_to
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise, set_page_aside
from fieldcraft.manual.models import Audience, Edition, Manual, Revision, State
from fieldcraft.people.actions.community import set_quorum

AT = "/m/street-manual/"
PAGE = f"{AT}p/doors/"
SEEN = "look at it and agree it there"


@pytest.fixture
def doors(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Doors", "Knock.\n\nWait."))


@pytest.fixture
def note(cast: Cast, doors: Revision) -> Revision:
    made = noted(cast, doors, "The bell is broken.")
    two_agree(cast)
    return made


@pytest.fixture
def own(cast: Cast, doors: Revision) -> Revision:
    """The team's own text of the page."""
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    made = adapt_page(actor=cast.actor("ben"), text=Text("Doors", "Ring.\n\nWait."), **ask)
    two_agree(cast)
    return made


def two_agree(cast: Cast) -> None:
    set_quorum(actor=cast.actor("ana"), team=cast.team, quorum=2)


def noted(cast: Cast, doors: Revision, body: str, who: str = "ben") -> Revision:
    ask: dict[str, Any] = {"manual": cast.team_manual, "page_id": doors.edition.page_id, "based_on": doors.pk}
    return note_page(actor=cast.actor(who), text=Text("Doors", body), **ask)


def held(page: Revision) -> Edition:
    return Edition.objects.select_related("manual", "current").get(pk=page.edition_id)


def aside(cast: Cast, page: Revision, who: str, reason: str = "We have none.") -> Revision:
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    return set_page_aside(
        actor=cast.actor(who), manual=manual, page_id=page.edition.page_id, reason=reason, based_on=page.pk
    )


def returned(cast: Cast, page: Revision, who: str) -> Revision:
    return give_up(actor=cast.actor(who), edition=held(page), based_on=page.pk, reason="The core is better.")


def changed(cast: Cast, page: Revision, who: str, body: str = "Hers.") -> Revision:
    return revise(actor=cast.actor(who), edition=held(page), text=Text("Doors", body), based_on=page.pk)


def draft_at(draft: Revision) -> str:
    return f"{AT}drafts/{draft.pk}/"


def test_who_sets_a_page_aside_reads_that_a_colleague_has_asked_for_it(cast: Cast, doors: Revision) -> None:
    two_agree(cast)
    draft = aside(cast, doors, "ana")

    answer = as_(cast, "ben").get(f"{PAGE}set-aside/")

    assert f'href="{draft_at(draft)}"' in html(answer)
    assert "Somebody is changing this page already" in words(answer)
    assert "Ana has asked to set it aside" in words(answer)
    assert SEEN in words(answer)


def test_who_returns_a_page_reads_that_a_colleague_has_asked_for_it(cast: Cast, own: Revision) -> None:
    draft = returned(cast, own, "ana")

    answer = as_(cast, "ben").get(f"{PAGE}return/")

    assert f'href="{draft_at(draft)}"' in html(answer)
    assert "Ana has asked to give its text up" in words(answer)


@pytest.mark.parametrize("end", ["", "out/"])
def test_who_changes_a_note_reads_what_waits_of_that_note_alone(
    cast: Cast, doors: Revision, note: Revision, end: str
) -> None:
    draft, out = changed(cast, note, "ana"), returned(cast, note, "ana")
    others = noted(cast, doors, "Another.", "ana"), aside(cast, doors, "ana")

    answer = as_(cast, "ben").get(f"{PAGE}notes/{note.edition_id}/{end}")

    assert "Somebody is changing this note already" in words(answer)
    assert "Ana's draft of" in words(answer)
    assert "Ana has asked to take it out" in words(answer)
    assert all(f'href="{draft_at(each)}"' in html(answer) for each in (draft, out))
    assert not any(draft_at(each) in html(answer) for each in others)


def test_taking_a_note_out_is_no_change_of_its_page(cast: Cast, note: Revision) -> None:
    returned(cast, note, "ana")

    for end in ("set-aside/", "change/"):
        assert "Somebody is changing this page already" not in words(as_(cast, "ben").get(f"{PAGE}{end}"))


def test_where_nobody_has_begun_nothing_is_said(cast: Cast, note: Revision) -> None:
    for end in ("set-aside/", f"notes/{note.edition_id}/", f"notes/{note.edition_id}/out/"):
        assert "already" not in words(as_(cast, "ben").get(f"{PAGE}{end}"))


def test_where_nobody_has_begun_to_return_a_page_nothing_is_said(cast: Cast, own: Revision) -> None:
    assert "already" not in words(as_(cast, "ben").get(f"{PAGE}return/"))


def both_aside(cast: Cast, page: Revision) -> Revision:
    """Ben's draft to set the page aside; Ana's was agreed meanwhile."""
    two_agree(cast)
    mine, hers = aside(cast, page, "ben"), aside(cast, page, "ana", "The door is gone.")
    agree(actor=cast.actor("ben"), draft=hers)
    return mine


@pytest.mark.parametrize("which", ["doors", "own"])
def test_a_page_set_aside_already_is_not_set_aside_once_more(
    cast: Cast, request: pytest.FixtureRequest, which: str
) -> None:
    draft = both_aside(cast, request.getfixturevalue(which))

    answer = as_(cast, "ben").get(draft_at(draft))

    assert "It is set aside already." in words(answer)
    assert "This would set the page aside" not in words(answer)
    assert "Bring it up to date" not in words(answer)
    assert "Change why" not in words(answer)
    assert "Withdraw it" in words(answer)
    assert "This would set the page aside" not in words(as_(cast, "ana").get(draft_at(draft)))
    assert as_(cast, "ben").post(draft_at(draft), {"act": "withdraw"}).status_code == 302
    assert Revision.objects.get(pk=draft.pk).state == State.WITHDRAWN
    assert "It is set aside already." not in words(as_(cast, "ben").get(draft_at(draft)))


def test_whoever_opens_such_a_draft_to_change_it_is_led_back_to_it(cast: Cast, own: Revision) -> None:
    draft = both_aside(cast, own)

    answer = as_(cast, "ben").get(f"{draft_at(draft)}change/", follow=True)

    assert answer.redirect_chain == [(draft_at(draft), 302)]
    assert "removed" not in words(answer)


def test_a_reason_typed_for_such_a_draft_is_shown_back(cast: Cast, own: Revision) -> None:
    draft = both_aside(cast, own)

    answer = as_(cast, "ben").post(f"{draft_at(draft)}change/", {"reason": "Precious.", "based_on": str(own.pk)})

    assert answer.status_code == 409
    assert "Precious." in html(answer)
    assert "removed" not in words(answer)


def test_a_page_returned_already_is_not_returned_once_more(cast: Cast, own: Revision) -> None:
    mine, hers = returned(cast, own, "ben"), returned(cast, own, "ana")
    agree(actor=cast.actor("ben"), draft=hers)

    answer = as_(cast, "ben").get(draft_at(mine))

    assert "Readers have the core's text already." in words(answer)
    assert "This would give up" not in words(answer)
    assert "What would change" not in words(answer)
    assert "Bring it up to date" not in words(answer)
    assert "Withdraw it" in words(answer)


def test_a_note_taken_out_already_is_not_taken_out_once_more(cast: Cast, note: Revision) -> None:
    mine, hers = returned(cast, note, "ben"), returned(cast, note, "ana")
    agree(actor=cast.actor("ben"), draft=hers)

    answer = as_(cast, "ana").get(draft_at(mine))

    assert "The note is taken out already." in words(answer)
    assert "This would take the note away" not in words(answer)
    assert "Decline it" in words(answer)


def test_a_page_of_our_own_taken_out_already_is_not_taken_out_once_more(cast: Cast) -> None:
    page = add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Kettles", "Boil."))
    two_agree(cast)
    mine, hers = returned(cast, page, "ben"), returned(cast, page, "ana")
    agree(actor=cast.actor("ben"), draft=hers)

    assert "The page is taken out already." in words(as_(cast, "ben").get(draft_at(mine)))


def test_a_draft_to_return_a_page_that_only_changed_is_still_brought_up_to_date(cast: Cast, own: Revision) -> None:
    mine, hers = returned(cast, own, "ben"), changed(cast, own, "ana")
    agree(actor=cast.actor("ben"), draft=hers)

    answer = as_(cast, "ben").get(draft_at(mine))

    assert "Bring it up to date" in words(answer)
    assert "already" not in words(answer)


def test_readers_are_told_that_it_is_done_and_nothing_of_what_they_cannot_do(cast: Cast, own: Revision) -> None:
    draft = both_aside(cast, own)
    open_to(actor=cast.actor("edie"), manual=Manual.objects.get(pk=cast.core.pk), audience=Audience.PUBLIC)
    open_to(actor=cast.actor("ana"), manual=Manual.objects.get(pk=cast.team_manual.pk), audience=Audience.PUBLIC)

    shown = words(as_(cast, "anyone").get(draft_at(draft)))

    assert "It is set aside already." in shown
    assert "withdraw" not in shown.lower()


def test_who_sets_aside_what_is_set_aside_is_told_so_and_why(cast: Cast, own: Revision) -> None:
    two_agree(cast)
    agree(actor=cast.actor("ben"), draft=aside(cast, own, "ana", "The door is gone."))

    shown = words(as_(cast, "ben").get(f"{PAGE}set-aside/"))
    late = as_(cast, "ben").post(f"{PAGE}set-aside/", {"reason": "Precious.", "based_on": str(own.pk)})

    assert "is set aside already" in shown
    assert "The door is gone." in shown
    assert late.status_code == 409
    assert "Precious." in html(late)
    assert "Somebody has set this page aside meanwhile." in words(late)


def test_another_reason_for_a_page_set_aside_is_called_that(cast: Cast, own: Revision) -> None:
    agree(actor=cast.actor("ben"), draft=aside(cast, own, "ana", "The door is gone."))
    now = held(own).current
    assert now

    shown = words(as_(cast, "ana").get(draft_at(aside(cast, now, "ben", "A better reason."))))

    assert "The page is set aside; this would change why." in shown
    assert "This would set the page aside" not in shown


def test_a_draft_of_a_page_that_was_set_aside_meanwhile_keeps_its_words(cast: Cast, own: Revision) -> None:
    """Setting aside leaves the page without a text; put together with that, the draft's words would go."""
    text = Text("Gates", "Ring.\n\nWait.")
    draft = revise(actor=cast.actor("ben"), edition=held(own), text=text, based_on=own.pk)
    agree(actor=cast.actor("ben"), draft=aside(cast, own, "ana"))

    shown = words(as_(cast, "ben").get(draft_at(draft)))
    screen = html(as_(cast, "ben").get(f"{draft_at(draft)}change/"))

    assert "The page has been set aside since this draft was written." in shown
    assert "\n\nWait.</textarea>" in screen
    assert "The page has been set aside since this draft was written." in screen
