"""The core moves on: who hears of it, and how a page is brought into step, kept as it is, undone, renamed."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import (
    CORE,
    ELM,
    HARBOUR,
    MILL,
    ONE,
    QUAYSIDE,
    TALL,
    TIDEWAY,
    TWO,
    OpenPage,
    enter,
    enter_on,
    follow,
    press,
    read_until,
    rewrite,
    send,
)

pytestmark = pytest.mark.journey
WHERE = "p/when-we-disagree/"
MOVED_ON = "Your team adapted this page; the core has moved on since"
OURS = (
    ("Soon they are no longer talking about him.", "Soon they are talking about each other."),
    ("in the next two weeks to come a little closer", "in the next two weeks, on our stairs, to come a little closer"),
)
THEIRS = (
    ("Soon they are no longer talking about him.", "After a while nobody mentions him."),
    ("in the next two weeks to come a little closer", "in the next three weeks to come a little closer"),
    ("Agreeing in the room and doing otherwise in the field.", "Agreeing in the room and doing otherwise outside."),
)


def test_each_team_hears_what_it_should_and_one_brings_the_page_into_step(open_page: OpenPage) -> None:
    amina, dee = enter(open_page, "Amina"), enter(open_page, "Dee")
    _four_teams_and_the_core(open_page)

    _read_by_those_who_follow(open_page)
    _opened_chosen_and_left(amina)
    _resumed_and_put_to_the_team(dee)

    follow(amina, "Today")
    amina.goto(f"{HARBOUR}{WHERE}")
    follow(amina, "Dee Okafor's draft of")
    press(amina, "I agree")
    expect(amina.get_by_role("status")).to_contain_text("Readers have it now.")
    text = amina.locator(".prose")
    for words in (
        "After a while nobody mentions him.",
        "in the next three weeks, or on our stairs,",
        "doing otherwise outside.",
    ):
        expect(text).to_contain_text(words)
    expect(amina.get_by_text(MOVED_ON)).not_to_be_attached()


def _four_teams_and_the_core(open_page: OpenPage) -> None:
    """Harbour Street covers the page, Mill Lane has a note beside it, Elm House sets it aside, Quayside follows it."""
    dee, amina, tom, jo, edith = (
        enter(open_page, name, javascript=False) for name in ("Dee", "Amina", "Tom", "Jo", "Edith")
    )
    rewrite(dee, f"{HARBOUR}{WHERE}", *OURS, button=TWO, why="It is about ourselves by then.")
    amina.goto(dee.url)
    press(amina, "I agree")
    tom.goto(f"{MILL}{WHERE}note/")
    tom.get_by_label("What should a colleague know here?").fill("Rosa keeps the list of what we watch.")
    send(tom, "Keep the note")
    jo.goto(f"{ELM}{WHERE}set-aside/")
    jo.get_by_label("Why").fill("We have our own way.")
    send(jo, "Set it aside")
    rewrite(edith, f"{CORE}{WHERE}", *THEIRS, button=ONE, why="Two weeks were too short to see anything.")


def _read_by_those_who_follow(open_page: OpenPage) -> None:
    tom, ines, jo = (enter(open_page, name) for name in ("Tom", "Ines", "Jo"))
    for page, manual in ((tom, MILL), (ines, QUAYSIDE)):
        page.goto(f"{manual}{WHERE}")
        expect(page.locator(".prose")).to_contain_text("After a while nobody mentions him.")
        expect(page.get_by_text("the core has moved on")).not_to_be_attached()
        page.goto(f"{manual}steps/")
        expect(page.get_by_role("link", name="When we disagree")).not_to_be_attached()
    tom.goto(f"{MILL}{WHERE}")
    expect(tom.get_by_text("Rosa keeps the list of what we watch.")).to_be_visible()
    read_until(jo, f"{ELM}{WHERE}", "The core has changed the page that your team set aside")
    _to_step(jo)
    expect(jo.get_by_text("Still leave it out?")).to_be_visible()
    expect(jo.get_by_role("link", name="Bring it back")).to_be_visible()


def _opened_chosen_and_left(page: Page) -> None:
    """One place is chosen; then something else comes in between."""
    read_until(page, f"{HARBOUR}{WHERE}", MOVED_ON)
    _to_step(page)
    expect(page.get_by_role("heading", name="1 change from the core fits. 2 need you.")).to_be_visible()
    expect(page.get_by_text("Two weeks were too short to see anything.")).to_be_visible()
    expect(page.get_by_text("Please read:").locator("..")).to_contain_text("a number")
    assert _amiss(page) == []
    follow(page, "Go on to the 2")
    expect(page.get_by_role("heading", name="Your team and the core both changed this sentence")).to_be_visible()
    assert _amiss(page) == []
    page.get_by_role("radio", name="Take the core's").check()
    send(page, "Use this and go on")
    expect(page.get_by_text("Place 2 of 2")).to_be_visible()
    page.goto("/")


def _resumed_and_put_to_the_team(page: Page) -> None:
    """A colleague goes on where it was left."""
    page.goto(f"{HARBOUR}steps/")
    follow(page, "When we disagree")
    expect(page.get_by_text("1 is chosen already.")).to_be_visible()
    follow(page, "Go on to the one")
    expect(page.get_by_text("Please read:").locator("..")).to_contain_text("a number")
    page.get_by_role("radio", name="Write it in your own words").check()
    own = page.get_by_role("textbox", name="Your own words")
    own.fill(own.input_value().replace("two weeks, on our stairs,", "three weeks, or on our stairs,"))
    send(page, "Use this and go on")
    expect(page.get_by_role("heading", name="“When we disagree”, combined")).to_be_visible()
    expect(page.locator("ins").filter(has_text="three").first).to_be_visible()
    assert _amiss(page) == []
    send(page, TWO)
    expect(page.get_by_text("1 of 2 has agreed.")).to_be_visible()
    page.goto(f"{HARBOUR}{WHERE}")
    expect(page.locator(".prose")).to_contain_text("Soon they are talking about each other.")


def _to_step(page: Page) -> None:
    """From the page to its step, whether or not the background was there before."""
    before = page.url
    follow(page, "See what changed")
    page.wait_for_url(lambda url: url != before)
    for name in ("See what changed", "Look at it anew"):
        if page.get_by_role("button", name=name).count():
            press(page, name)
            page.get_by_role("button", name=name).wait_for(state="detached")


def _amiss(page: Page) -> list[str]:
    """What axe finds on a phone, and whether a small one has to scroll sideways."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": TALL})
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": TALL})
    is_wide = page.evaluate("document.documentElement.scrollWidth") > 320
    page.set_viewport_size({"width": 390, "height": 844})
    return [*found, *(["wider than 320 pixels"] if is_wide else [])]


def test_a_choice_is_made_by_keyboard(open_page: OpenPage) -> None:
    page = enter(open_page, "Hassan")
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{ELM}p/working-with-families-and-friends/")

    enter_on(page, "See what changed")
    page.wait_for_url("**/steps/*/")
    enter_on(page, "Go on to the")
    page.wait_for_url("**/1/")
    chosen = page.get_by_role("radio").first
    for _key in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "chosen":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(chosen).not_to_be_checked()
    name = page.evaluate("document.activeElement.value")
    enter_on(page, "Use this and go on")
    page.wait_for_url("**/2/")
    enter_on(page, "Back")
    page.wait_for_url("**/1/")

    expect(page.locator(f"input[name=chosen][value={name}]")).to_be_checked()


def test_a_page_is_brought_into_step_without_javascript(open_page: OpenPage) -> None:
    page = enter(open_page, "Wendell", javascript=False)
    page.goto(f"{HARBOUR}p/meetings-the-person-would-recognise/")

    _to_step(page)
    follow(page, "Look at the whole page first")
    expect(page.get_by_role("button", name=TWO)).to_be_disabled()
    expect(page.get_by_text("Some places still need you.")).to_be_visible()
    follow(page, "Go on to the 2")
    page.get_by_role("radio", name="Take the core's").check()
    send(page, "Use this and go on")
    page.get_by_role("radio", name="Keep ours").check()
    send(page, "Use this and go on")
    send(page, TWO)

    expect(page.get_by_text("1 of 2 has agreed.")).to_be_visible()
    expect(page.locator("ins").filter(has_text="for as long as they need").first).to_be_visible()


def test_ours_is_kept_until_a_day_then_combined_and_undone(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    there = f"{MILL}p/plans-on-one-page/"
    news = "a plan without one is believed for too long"
    page.goto(there)

    _to_step(page)
    follow(page, "Keep ours")
    page.get_by_label("Why does your team keep its own?").fill("After the move.")
    page.get_by_label("Keep quiet about it until").fill((date.today() + timedelta(days=9)).isoformat())
    send(page, "Keep ours")
    page.goto(there)
    expect(page.get_by_text("Kept as it is until")).to_be_visible()
    expect(page.get_by_text("After the move.").first).to_be_visible()
    page.goto(f"{MILL}to-manualize/")
    expect(page.get_by_text("1 more page is kept as it is for now")).to_be_visible()

    page.goto(there)
    _to_step(page)
    press(page, "Combine the one")
    expect(page.get_by_role("status")).to_contain_text("Readers have it now.")
    expect(page.locator(".prose")).to_contain_text(news)

    page.goto(f"{MILL}steps/")
    press(page, "Undo: Plans on one page")
    page.goto(there)
    expect(page.locator(".prose")).not_to_contain_text(news)


def test_a_page_that_the_core_renamed_keeps_its_old_address(open_page: OpenPage) -> None:
    page = enter(open_page, "Jo")
    page.goto(f"{ELM}p/working-with-schools/")

    _to_step(page)
    expect(page.get_by_text("The core renamed it:")).to_contain_text("Working with schools and colleges")
    press(page, "Combine the 2")

    page.goto(f"{ELM}p/working-with-schools/")
    expect(page.get_by_role("heading", name="Working with schools and colleges", level=1)).to_be_visible()
    expect(page.locator(".prose")).to_contain_text("ring each school by itself")
    expect(page.locator(".prose")).to_contain_text("in colleges the first week is")


def test_one_notice_tells_a_team_of_all_that_was_published_until_somebody_has_read_it(open_page: OpenPage) -> None:
    zofia, callum = enter(open_page, "Zofia"), enter(open_page, "Callum")
    notice = "Working Alongside published “What you told us at the gathering”"
    zofia.goto(f"{QUAYSIDE}steps/")

    expect(zofia.get_by_role("heading", name=notice)).to_have_count(1)
    concerned = zofia.get_by_role("region", name=notice)
    expect(concerned.get_by_text("of your pages are out of step with it:")).to_be_visible()
    expect(concerned.get_by_role("link", name="Safety plans")).to_be_visible()
    assert _amiss(zofia) == []
    concerned.get_by_role("button", name="We have read it").click()

    callum.goto(f"{QUAYSIDE}steps/")
    expect(callum.get_by_role("heading", name="Bring into step")).to_be_visible()
    expect(callum.get_by_role("heading", name=notice)).not_to_be_attached()


def test_what_was_gathered_is_published_with_a_note(open_page: OpenPage) -> None:
    edith, sam = enter(open_page, "Edith"), enter(open_page, "Sam")
    icy = f"{TIDEWAY}p/visits-when-the-roads-are-icy/"
    assert (sam.goto(icy) or sam).status == 404  # type: ignore[union-attr]

    edith.goto(f"{TIDEWAY}publication/")
    edith.get_by_label("What changed for you").fill("One page is new: what to do when it is icy.")
    send(edith, "Publish")

    sam.goto(icy)
    expect(sam.get_by_role("heading", name="Visits when the roads are icy")).to_be_visible()
    sam.goto(f"{TIDEWAY}publications/")
    expect(sam.get_by_text("One page is new: what to do when it is icy.")).to_be_visible()
