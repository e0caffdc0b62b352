"""Every kind of screen on which something is written, agreed, compared or taken along: accessible, and narrow enough."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import ELM, HARBOUR, TALL, TWO, OpenPage, change, enter, press

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
    found: list[str] = []

    change(page, f"{HARBOUR}p/structure-and-following-the-person/", WORDS, button=TWO)
    draft = page.url
    for screen in _screens(page, draft):
        page.goto(screen)
        _open_all(page)
        found += _amiss(page, screen)
    page.goto(f"{HARBOUR}p/the-two-visit-rule/change/")
    press(page, "See my change")
    page.get_by_role("heading", name="Your change").wait_for()
    found += _amiss(page, "a look at the change")
    page.get_by_label("Title").fill(" ")
    press(page, TWO)
    page.get_by_text("Please look at this again").wait_for()
    found += _amiss(page, "something to look at again")
    page.once("dialog", lambda asks: asks.accept())
    page.goto(draft)
    press(page, "Withdraw it")
    expect(page.get_by_role("status")).to_contain_text("Withdrawn.")
    found += _amiss(page, "a draft that was withdrawn")

    assert found == []


def _amiss(page: Page, screen: str) -> list[str]:
    """What axe finds on a phone and on a desk, light and dark, and whether a small phone has to scroll sideways."""
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": TALL})
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            found += [f"{screen} {width} {colours}: {each}" for each in violations(page)]
    page.set_viewport_size({"width": 320, "height": TALL})
    return [*found, *([f"{screen} is wider than 320 pixels"] if page.evaluate(_WIDTH) > 320 else [])]


_WIDTH = "document.documentElement.scrollWidth"


def _open_all(page: Page) -> None:
    page.locator("main").evaluate("main => { for (const each of main.querySelectorAll('details')) each.open = true; }")


def test_a_reader_from_outside_suggests_on_an_accessible_screen(open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    page.goto(f"{ELM}p/joint-visits/remark/")

    assert _amiss(page, "a suggestion") == []
