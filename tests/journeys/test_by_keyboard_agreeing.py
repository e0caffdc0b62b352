"""A draft is agreed, declined with a reason and withdrawn, with the keys alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import HARBOUR, OpenPage, enter_on, tab_to
from tests.journeys.keys import act, go, is_told, passed, sit_down

pytestmark = pytest.mark.journey
WHOSE = "The first meeting"
PAGE = f"{HARBOUR}p/the-first-meeting/"


def test_a_draft_is_agreed_by_keyboard(open_page: OpenPage) -> None:
    dee, amina = sit_down(open_page, "Dee"), sit_down(open_page, "Amina")

    _put_to_the_team(dee, PAGE, "We take our shoes off.")
    amina.goto(PAGE)
    go(amina, "Dee Okafor's draft of", WHOSE)
    act(amina, "I agree", "Agreed. Readers have it now.")
    expect(amina.locator(".prose")).to_contain_text("We take our shoes off.")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_draft_is_declined_with_a_reason_by_keyboard(open_page: OpenPage, javascript: bool) -> None:
    dee, amina = sit_down(open_page, "Dee"), sit_down(open_page, "Amina", javascript=javascript)

    _put_to_the_team(dee, f"{HARBOUR}p/when-services-pull-apart/", "We sing to them.")
    amina.goto(dee.url)
    enter_on(amina, "Not this")
    tab_to(amina, "Why not?")
    amina.keyboard.type("Two of us would hide.")
    act(amina, "Decline it", "Declined. Whoever wrote it will read why.")
    expect(amina.get_by_text("Two of us would hide.")).to_be_visible()


def test_a_draft_is_withdrawn_and_begun_again_by_keyboard(open_page: OpenPage) -> None:
    dee = sit_down(open_page, "Dee")

    _put_to_the_team(dee, f"{HARBOUR}p/sharing-information/", "Not by post.")
    act(dee, "Withdraw it", "Withdrawn. Its text stays here; you can begin again from it.")
    go(dee, "Begin again from this text", "Change")
    tab_to(dee, "The text")
    expect(dee.locator(":focus")).to_contain_text("Not by post.")


def _put_to_the_team(page: Page, there: str, words: str) -> None:
    """Written at the text's end, looked at before it goes, and sent."""
    page.goto(there)
    passed(page)
    go(page, "Change this", "Change this")
    tab_to(page, "The text")
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {words}")
    act(page, "See my change", "1 added")
    expect(page.locator(".compare ins").filter(has_text=words)).to_be_visible()
    enter_on(page, "Put it to the team")
    page.wait_for_url("**/drafts/*/")
    is_told(page, "Your team sees your draft now.")
    passed(page)
