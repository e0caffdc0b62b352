"""A manual is taken along as one file, and read where there is no connection."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.hands import HARBOUR, OpenPage, enter, follow

pytestmark = pytest.mark.journey


def test_a_manual_is_taken_along_as_one_file_and_searched_without_a_connection(
    open_page: OpenPage, chromium: Browser, tmp_path: Path
) -> None:
    page = enter(open_page, "Dee")
    page.goto(HARBOUR)
    follow(page, "About this manual")
    follow(page, "Take this manual along")

    with page.expect_download() as taken:
        page.get_by_role("link", name="One page for reading offline").click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)

    assert file.name == "harbour-street-manual.html"
    away = chromium.new_context(viewport={"width": 390, "height": 844}, offline=True)
    offline = away.new_page()
    wrong: list[str] = []
    offline.on("pageerror", lambda problem: wrong.append(str(problem)))
    offline.on(
        "request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
    )
    offline.goto(file.as_uri())
    expect(offline.get_by_role("heading", name="Harbour Street manual").first).to_be_visible()
    offline.get_by_role("searchbox").fill("day tickets")
    offline.get_by_role("link", name="Small useful things").first.click()
    expect(offline.get_by_text("We keep six day tickets in the top drawer").first).to_be_visible()
    for typed in ("day tikcets", "dya tickets"):
        offline.get_by_role("searchbox").fill(typed)
        expect(offline.get_by_role("status")).to_contain_text("Did you mean “day tickets”? Here is what it finds.")
        expect(offline.locator("#hits").get_by_role("link", name="Small useful things")).to_be_visible()
    offline.get_by_role("searchbox").fill("zzzzzzzzz")
    expect(offline.get_by_role("status")).to_have_text("Nothing was found.")
    assert offline.evaluate("document.documentElement.scrollWidth") <= 390
    away.close()
    assert wrong == []
