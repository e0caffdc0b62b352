"""Two texts side by side, and the manual taken along as a file, with the keys alone."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import HARBOUR, MILL, OpenPage, enter_on, tab_to
from tests.journeys.keys import act, go, passed, sit_down

pytestmark = pytest.mark.journey
PAGE = "p/saying-what-you-are-there-for/"
TITLE = "Saying what you are there for"
WORDS = "We say it on the doorstep."


def test_ours_is_compared_with_the_core_and_with_another_team_by_keyboard(open_page: OpenPage) -> None:
    rosa = sit_down(open_page, "Rosa")
    _adapt(rosa)
    enter_on(rosa, "More about this page")
    go(rosa, "Compare with Working Alongside", f"Two texts of “{TITLE}”")
    _only_what_changed(rosa, "ins")
    go(rosa, "The other way round", f"Two texts of “{TITLE}”")
    expect(rosa.locator(".compare del").filter(has_text=WORDS)).to_be_visible()

    dee = sit_down(open_page, "Dee", javascript=False)
    dee.goto(f"{HARBOUR}{PAGE}")
    enter_on(dee, "More about this page")
    go(dee, "See how others do it", f"How others do “{TITLE}”")
    go(dee, "Compare with ours", f"Two texts of “{TITLE}”")
    _only_what_changed(dee, "ins")


def _adapt(page: Page) -> None:
    page.goto(f"{MILL}{PAGE}change/")
    tab_to(page, "The text")
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {WORDS}")
    act(page, "Use it", "Kept. Readers have your text now.")


def _only_what_changed(page: Page, sign: str) -> None:
    """The passages that are the same are folded, and can be opened and closed; then the whole text again."""
    if page.get_by_role("link", name="Show only what changed").count():
        go(page, "Show only what changed", f"Two texts of “{TITLE}”")
    expect(page.locator(f".compare {sign}").filter(has_text=WORDS)).to_be_visible()
    fold = page.locator(".compare-fold").first
    expect(fold.locator(".prose")).not_to_be_visible()
    tab_to(page, re.sub(r"\s+", " ", fold.locator("summary").inner_text()))
    page.keyboard.press("Enter")
    expect(fold.locator(".prose")).to_be_visible()
    expect(fold.locator("summary")).to_be_focused()
    passed(page)
    go(page, "Show the whole text", f"Two texts of “{TITLE}”")


def test_a_manual_is_taken_along_by_keyboard(open_page: OpenPage, tmp_path: Path) -> None:
    page = sit_down(open_page, "Dee", javascript=False)
    page.goto(HARBOUR)

    go(page, "About this manual", "About this manual")
    go(page, "Take this manual along", "Take it along")
    with page.expect_download() as taken:
        enter_on(page, "TiddlyWiki (JSON)")
    taken.value.save_as(tmp_path / "taken.json")
    with page.expect_download() as read:
        enter_on(page, "One page for reading offline")

    titles = {each["title"] for each in json.loads((tmp_path / "taken.json").read_text())}
    assert TITLE in titles
    assert read.value.suggested_filename == "harbour-street-manual.html"
    expect(page.get_by_role("link", name="One page for reading offline")).to_be_focused()
