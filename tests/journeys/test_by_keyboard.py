"""Everything with the keys alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import HARBOUR, MILL, OpenPage, enter, enter_on, tab_to

pytestmark = pytest.mark.journey


def _enter(open_page: OpenPage, name: str, **asked: object) -> Page:
    page = enter(open_page, name, **asked)
    page.emulate_media(reduced_motion="reduce")  # where the focus goes, the page is at once, not gliding there
    return page


def test_a_note_is_left_from_the_page_by_keyboard(open_page: OpenPage) -> None:
    page = _enter(open_page, "Tom")
    page.goto(f"{MILL}p/seeing-what-is-so-now/")

    enter_on(page, "Add a local note")
    page.wait_for_url("**/note/")
    tab_to(page, "What should a colleague know here?")
    page.keyboard.type("Look at the fridge before the file.")
    enter_on(page, "Keep the note")

    note = page.get_by_role("complementary", name="Local note")
    expect(note).to_contain_text("Look at the fridge before the file.")


def test_a_change_is_written_and_agreed_by_keyboard(open_page: OpenPage) -> None:
    dee, amina = (_enter(open_page, name, width=1280, height=900) for name in ("Dee", "Amina"))
    page_there = f"{HARBOUR}p/creative-tension/"

    dee.goto(page_there)
    enter_on(dee, "Change this for our team")
    dee.wait_for_url("**/change/")
    expect(dee.locator(".ProseMirror")).to_be_visible()
    tab_to(dee, "The text")
    dee.keyboard.press("Control+End")
    dee.keyboard.type(" We hold it with two hands.")
    enter_on(dee, "See my change")
    expect(dee.locator(".compare ins").filter(has_text="with two hands")).to_be_visible()
    enter_on(dee, "Put it to the team")
    dee.wait_for_url("**/drafts/*/")

    amina.goto(page_there)
    enter_on(amina, "Dee Okafor's draft of")
    amina.wait_for_url("**/drafts/*/")
    enter_on(amina, "I agree")
    expect(amina.get_by_role("status")).to_contain_text("Agreed. Readers have it now.")
    expect(amina.locator(".prose")).to_contain_text("We hold it with two hands.")


def test_a_draft_is_declined_by_keyboard(open_page: OpenPage) -> None:
    dee, amina = _enter(open_page, "Dee"), _enter(open_page, "Amina")
    dee.goto(f"{HARBOUR}p/what-gets-in-the-way/note/")
    dee.get_by_label("What should a colleague know here?").fill("The lift.")
    dee.get_by_role("button", name="Put it to the team").click()
    dee.wait_for_url("**/drafts/*/")

    amina.goto(dee.url)
    enter_on(amina, "Not this")
    tab_to(amina, "Why not?")
    amina.keyboard.type("The lift is mended.")
    enter_on(amina, "Decline it")
    expect(amina.get_by_text("The lift is mended.")).to_be_visible()
