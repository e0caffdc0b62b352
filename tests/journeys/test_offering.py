"""What one team found goes to the core, and comes back with thanks; and pages travel from team to team."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import (
    CORE,
    ELM,
    HARBOUR,
    MILL,
    ONE,
    TALL,
    TWO,
    OpenPage,
    enter,
    follow,
    more,
    press,
    read_until,
    rewrite,
    send,
)

pytestmark = pytest.mark.journey
WHERE = "p/marking-the-task/"
FOUND = "Ask it again after five minutes."


def test_an_offer_is_asked_about_answered_drawn_in_with_thanks_and_then_read_by_all(open_page: OpenPage) -> None:
    rosa, tom, edith = enter(open_page, "Rosa"), enter(open_page, "Tom"), enter(open_page, "Edith")
    old = "and start the clock again."
    plain = enter(open_page, "Rosa", javascript=False)
    rewrite(plain, f"{MILL}{WHERE}", (old, f"{old} {FOUND}"), button=ONE, why="The first answer was a polite one.")

    offer = _offered(rosa)
    _asked(edith)
    tom.goto(offer)
    expect(tom.get_by_text("Was five ever too soon?")).to_be_visible()
    tom.get_by_label("Your words").fill("Once, with somebody who was crying.")
    press(tom, "Answer")
    _drawn_in(edith)

    edith.goto(f"{CORE}{WHERE}")
    expect(edith.locator(".prose")).to_contain_text(FOUND)
    expect(edith.get_by_text("Thanks to Mill Lane")).to_be_visible()
    read_until(tom, f"{MILL}{WHERE}", "The words of Working Alongside")
    expect(tom.locator(".prose")).to_contain_text(FOUND)
    expect(tom.get_by_text("Thanks to Mill Lane")).to_be_visible()
    rosa.goto(offer)
    expect(rosa.get_by_role("listitem").filter(has_text="Drawn in")).to_be_visible()


def _offered(page: Page) -> str:
    """Where the team finds its offer."""
    page.goto(f"{MILL}{WHERE}")
    more(page, "Offer this to the core or another team")
    page.get_by_label("Whom do you offer it to?").select_option(label="Working Alongside (core)")
    page.get_by_label("What did you see that makes this better?").fill("In four talks the second answer was the task.")
    page.get_by_role("radio", name="Yes; the page will thank your team").check()
    assert _violations(page) == []
    press(page, "See what they will see")
    expect(page.get_by_role("heading", name="This is exactly what they will see")).to_be_visible()
    expect(page.locator("ins").filter(has_text=FOUND)).to_be_visible()
    send(page, "Offer")
    assert _violations(page) == []
    return page.url


def _asked(page: Page) -> None:
    page.goto(f"{CORE}editorial/")
    page.get_by_role("region", name="Offers that wait for you").get_by_role("link", name="Marking the task").click()
    expect(page.get_by_text("From Mill Lane")).to_be_visible()
    page.get_by_text("Ask the team").click()
    page.get_by_label("Your words").fill("Was five ever too soon?")
    press(page, "Ask")
    expect(page.get_by_text("Was five ever too soon?")).to_be_visible()


def _drawn_in(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("Once, with somebody who was crying.")).to_be_visible()
    assert _violations(page) == []
    press(page, "Draw it in")
    follow(page, "Look at")
    page.get_by_label("Why?").fill("Four talks, and it costs a breath.")
    send(page, ONE)


def _violations(page: Page) -> list[str]:
    """What axe finds, where nothing lies under the thumb bar."""
    page.set_viewport_size({"width": 390, "height": TALL})
    found = violations(page)
    page.set_viewport_size({"width": 390, "height": 844})
    return found


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_that_only_another_team_has_is_copied_with_where_it_comes_from(
    open_page: OpenPage, *, javascript: bool
) -> None:
    name, manual, there = (
        ("Tom", MILL, "p/crisis-at-the-kitchen-table/") if javascript else ("Ines", "/m/quayside-manual/", "")
    )
    page = enter(open_page, name, javascript=javascript)
    page.goto(f"{ELM}p/crisis-at-the-kitchen-table/copy/")

    expect(page.get_by_text("It does not have this page: it gets a copy, which you can change.")).to_be_visible()
    page.get_by_label("Why?").fill("We have kitchens too.")
    send(page, "Copy this into our manual")

    if not there:
        expect(page.get_by_text("1 of 2 has agreed.")).to_be_visible()
        return
    page.goto(f"{manual}{there}")
    expect(page.get_by_text("Copied from")).to_contain_text("Elm House manual")
    expect(page.get_by_text("the sheet can wait")).to_be_visible()


def test_another_teams_text_is_combined_with_ours_place_by_place(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee")
    page.goto(f"{HARBOUR}steps/")
    page.get_by_role("listitem").filter(has_text="To borrow from another team").get_by_role("link").first.click()
    expect(page.get_by_text("This is how Elm House has it.")).to_be_visible()

    follow(page, "Go on to")
    assert _violations(page) == []
    while "/whole/" not in page.url:
        page.get_by_role("radio", name="Keep ours").check()
        send(page, "Use this and go on")
    expect(page.locator("ins").filter(has_text="Ten").or_(page.locator(".compare ins")).first).to_be_visible()
    page.get_by_label("Why?").fill("What fits of theirs fits us too.")
    send(page, TWO)

    expect(page.get_by_text("1 of 2 has agreed.")).to_be_visible()
