"""Words that were kept on a shared device are offered to whoever wrote them, and to nobody else."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import MILL, OpenPage, enter, press

pytestmark = pytest.mark.journey

FORM, WORDS = f"{MILL}p/supervision/note/", "Ask for the hour before it is needed."
LABEL, OFFER = "What should a colleague know here?", "You have words here that were not sent."


def be(page: Page, name: str) -> None:
    """Somebody else signs in on the same browser; the one before never signed out."""
    page.context.clear_cookies(name="session")
    page.goto("/")
    press(page, f"Be {name}")
    expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()


def kept(page: Page) -> int:
    return int(page.evaluate("Object.values(localStorage).filter(each => each.includes('before it is needed')).length"))


def test_another_person_on_the_same_browser_is_not_offered_the_words(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.on("dialog", lambda asks: asks.accept())
    page.goto(FORM)
    page.get_by_label(LABEL).fill(WORDS)

    be(page, "Rosa")
    page.goto(FORM)
    expect(page.get_by_label(LABEL)).to_be_visible()
    expect(page.get_by_text(OFFER)).not_to_be_attached()
    page.get_by_label(LABEL).fill("Mine.")
    be(page, "Tom")
    page.goto(FORM)
    expect(page.get_by_text(OFFER)).to_be_visible()
    press(page, "Take them up")

    expect(page.get_by_label(LABEL)).to_have_value(WORDS)


def test_signing_out_leaves_no_words_of_anybody_on_the_device(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.on("dialog", lambda asks: asks.accept())
    page.goto(FORM)
    page.get_by_label(LABEL).fill(WORDS)
    be(page, "Rosa")
    assert kept(page) == 1

    page.goto("/people/me/")
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("button", name="Be Tom")).to_be_visible()
    assert kept(page) == 0
