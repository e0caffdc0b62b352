"""Two texts side by side: ours and the core's, ours and another team's, on the screen and on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import HARBOUR, MILL, ONE, OpenPage, change, enter, follow, more

pytestmark = pytest.mark.journey
PAGE = "p/kindness-towards-yourself/"


def test_a_worker_compares_with_the_core_and_looks_only_at_what_changed(open_page: OpenPage) -> None:
    page = enter(open_page, "Rosa")
    change(page, f"{MILL}{PAGE}", " Sit down first.", button=ONE)

    more(page, "Compare with Working Alongside")
    expect(page.get_by_role("heading", name="Two texts of “Kindness towards yourself”")).to_be_visible()
    expect(page.get_by_text("To: Mill Lane manual")).to_be_visible()
    added = page.locator(".compare ins").filter(has_text="Sit down first.")
    expect(added).to_be_visible()
    _follow_only(page)
    fold = page.locator(".compare-fold").first
    expect(added).to_be_visible()
    expect(fold).to_contain_text("unchanged passages")
    expect(fold.locator(".prose")).not_to_be_visible()

    follow(page, "The other way round")
    expect(page.locator(".compare del").filter(has_text="Sit down first.")).to_be_visible()


def _follow_only(page: Page) -> None:
    page.get_by_role("link", name=re.compile("[Oo]nly what changed")).first.click()


def test_a_worker_sees_how_another_team_does_it_without_javascript(open_page: OpenPage) -> None:
    rosa = enter(open_page, "Rosa")
    change(rosa, f"{MILL}p/purpose-is-a-direction/", " We write ours on the wall.", button=ONE)
    dee = enter(open_page, "Dee", javascript=False)

    dee.goto(f"{HARBOUR}p/purpose-is-a-direction/")
    more(dee, "See how others do it")
    expect(dee.get_by_role("listitem").filter(has_text="Mill Lane manual")).to_contain_text("1 added")
    follow(dee, "Mill Lane manual")
    expect(dee.locator(".compare ins").filter(has_text="We write ours on the wall.")).to_be_visible()
    _follow_only(dee)
    expect(dee.locator(".compare ins").filter(has_text="We write ours on the wall.")).to_be_visible()


def test_an_earlier_text_is_taken_up_again_from_the_history(open_page: OpenPage) -> None:
    page = enter(open_page, "Rosa")
    page_there = f"{MILL}p/vision-is-a-picture/"
    change(page, page_there, " Draw it with chalk.", button=ONE)
    page.goto(f"{page_there}change/")
    page.locator(".ProseMirror").fill("Everything else is gone.")
    _send(page)

    more(page, "History: who changed what, and why")
    follow(page, "Begin a change from this text")
    expect(page.locator(".ProseMirror")).to_contain_text("Draw it with chalk.")
    _send(page)
    expect(page.locator(".prose")).to_contain_text("Draw it with chalk.")


def _send(page: Page) -> None:
    page.get_by_role("button", name=ONE).click()
    page.wait_for_url(re.compile("/p/vision-is-a-picture/$"))


def test_a_comparison_and_a_noted_page_are_printed(open_page: OpenPage, tmp_path: Path) -> None:
    page = enter(open_page, "Dee")
    page.emulate_media(media="print")

    page.goto(f"{HARBOUR}p/the-two-visit-rule/compare/")
    expect(page.locator(".compare ins").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("what changed$")).first).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Places")).not_to_be_visible()
    page.pdf(path=tmp_path / "compared.pdf")
    page.goto(f"{HARBOUR}to-manualize/")
    page.pdf(path=tmp_path / "list.pdf")

    for made in ("compared", "list"):
        assert (tmp_path / f"{made}.pdf").read_bytes().startswith(b"%PDF")
