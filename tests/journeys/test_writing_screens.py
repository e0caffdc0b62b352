"""Every kind of screen on which something is written, agreed, compared or taken along: accessible, and narrow enough."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import ELM, HARBOUR, TALL, TWO, OpenPage, change, enter, press
from tests.journeys.screens import amiss, amiss_on

pytestmark = pytest.mark.journey
ADDRESSES = (
    f"{HARBOUR}add/",
    f"{HARBOUR}gone/",
    f"{HARBOUR}to-manualize/",
    f"{HARBOUR}export/",
    *(f"{HARBOUR}p/the-two-visit-rule/{end}" for end in ("change/", "set-aside/", "return/", "history/")),
    *(f"{HARBOUR}p/the-two-visit-rule/{end}" for end in ("compare/", "compare/?only=1", "others/", "remark/")),
    f"{HARBOUR}p/structure-and-following-the-person/note/",
    f"{HARBOUR}p/handover-that-helps/others/",
)
WORDS = " One more sentence of ours, so that there is something to look at."


def _screens(page: Page, draft: str) -> list[str]:
    """The addresses, and those that only come about: the draft, its change, a note to be changed, a remark, a revision."""
    page.goto(f"{HARBOUR}p/small-useful-things/")
    notes = [page.get_by_role("link", name=name).first.get_attribute("href") or "" for name in _OF_A_NOTE]
    revision = page.get_by_role("link", name="this revision").get_attribute("href") or ""
    page.goto(f"{HARBOUR}to-manualize/")
    remark = page.get_by_role("region", name=re.compile("open$")).get_by_role("link").first.get_attribute("href") or ""
    return [*ADDRESSES, draft, f"{draft}change/", *notes, revision, remark]


_OF_A_NOTE = ("Change the note", "Take it out")


def test_every_writing_screen_is_accessible_and_narrow_enough(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee", height=TALL)
    page.emulate_media(reduced_motion="reduce")
    change(page, f"{HARBOUR}p/structure-and-following-the-person/", WORDS, button=TWO)
    draft = page.url
    found = amiss_on(page, _screens(page, draft))
    page.goto(f"{HARBOUR}p/the-two-visit-rule/change/")
    press(page, "See my change")
    page.get_by_role("heading", name="Your change").wait_for()
    found += amiss(page, "a look at the change")
    page.get_by_label("Title").fill(" ")
    press(page, TWO)
    page.get_by_text("Please look at this again").wait_for()
    found += amiss(page, "something to look at again")
    page.once("dialog", lambda asks: asks.accept())
    page.goto(draft)
    press(page, "Withdraw it")
    expect(page.get_by_role("status")).to_contain_text("Withdrawn.")
    found += amiss(page, "a draft that was withdrawn")

    assert found == []


def test_a_reader_from_outside_suggests_on_an_accessible_screen(open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    page.goto(f"{ELM}p/joint-visits/remark/")

    assert amiss(page, "a suggestion") == []
