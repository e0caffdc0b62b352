"""Counting in: read, said yes to, taken back; and what is shown of a quarter in which too few people did."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, beside, come_in, enter_on, follow, press

pytestmark = pytest.mark.journey
QUESTIONS = (
    "In my team's own picture?",
    "In the picture of the whole organisation?",
    "In testing what the organisation believes about learning?",
)
EACH_SAYS = (
    ("everybody in your team, at the same moment; your lead no earlier", "at least eight people", "8 to 10 people"),
    ("everybody in the organisation, in a ledger", "at least eleven people", "20 to 29 people"),
    ("Who sees it: everybody in the organisation.", "at least thirty people", "cannot say yet"),
)
NEVER = "Never shown, whatever you choose: your answers, your name, your private line, whether you take part."
FROM_WHEN = "From then on nothing that is not yet published holds anything of you"
NO_PICTURE = "There is no picture yet. It comes after a window in which enough people let themselves be counted."
TOO_FEW = "too few people let themselves be counted"


def _answer(page: Page, question: str, answer: str) -> Locator:
    return page.get_by_role("group", name=question).get_by_role("radio", name=answer)


def test_somebody_reads_what_would_be_shown_counts_in_and_takes_it_back_by_keyboard(
    open_page: OpenPage, home: Path
) -> None:
    here = beside(home, "community", "Lock Trust", "9")
    page = come_in(open_page, here, "Nia")
    page.emulate_media(reduced_motion="reduce")
    page.goto("/compass/count-me-in/")
    _reads_what_would_be_shown(page)

    _chosen_by_keyboard(page, QUESTIONS[0], "ArrowDown")
    enter_on(page, "Keep these answers")
    expect(page.get_by_role("status")).to_contain_text("Kept. You can change it on any day.")
    page.goto("/compass/count-me-in/")
    expect(_answer(page, QUESTIONS[0], "Yes")).to_be_checked()
    for question in QUESTIONS[1:]:
        expect(_answer(page, question, "No")).to_be_checked()

    _chosen_by_keyboard(page, QUESTIONS[0], "ArrowUp")
    enter_on(page, "Keep these answers")
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    page.goto("/compass/count-me-in/")
    expect(_answer(page, QUESTIONS[0], "No")).to_be_checked()
    expect(page.get_by_text(FROM_WHEN)).to_be_visible()


def _reads_what_would_be_shown(page: Page) -> None:
    """For each use by itself: who sees it, what they see, an example; and no is what stands there first."""
    expect(page.get_by_text(NEVER)).to_be_visible()
    expect(page.get_by_text("A yes is for the weeks of this quarter")).to_be_visible()
    for question, words in zip(QUESTIONS, EACH_SAYS, strict=True):
        expect(_answer(page, question, "No")).to_be_checked()
        shown = page.locator(".note").filter(has_text=question)
        for each in words:
            expect(shown).to_contain_text(each)
    page.set_viewport_size({"width": 390, "height": TALL})
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})


def _chosen_by_keyboard(page: Page, question: str, key: str) -> None:
    """Tab goes to what is chosen now, and an arrow to the other."""
    for _key in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('fieldset')?.innerText ?? ''").startswith(question):
            page.keyboard.press(key)
            return
    raise AssertionError(f"“{question}” is not reached by keyboard.")


def test_a_quarter_with_too_few_people_is_shown_as_such_without_javascript(open_page: OpenPage, home: Path) -> None:
    here = beside(home, "community", "Sluice Trust", "9", "3")
    tove = come_in(open_page, here, "Tove", javascript=False)
    _says_yes_to_all(tove)
    expect(_page_of_team(tove, here).get_by_text(NO_PICTURE)).to_be_visible()
    tove.goto(f"/organisations/{here['slug']}/ledger/")
    expect(tove.get_by_text("Nothing has been published yet.")).to_be_visible()

    beside(home, "published", here["slug"])
    nia = come_in(open_page, here, "Nia", height=TALL)
    _withheld_in_the_ledger(nia, here)
    _the_team_reads_why(nia, here)


def _says_yes_to_all(page: Page) -> None:
    page.goto("/compass/count-me-in/")
    for question in QUESTIONS:
        _answer(page, question, "Yes").check()
    press(page, "Keep these answers")
    for question in QUESTIONS:
        expect(_answer(page, question, "Yes")).to_be_checked()


def _page_of_team(page: Page, here: Any) -> Page:
    page.goto(f"/teams/{here['team']}/picture/")
    expect(page.get_by_role("heading", name="My team's own picture")).to_be_visible()
    return page


def _withheld_in_the_ledger(page: Page, here: Any) -> None:
    """From the organisation's page on; every window says what is not shown, and why."""
    page.goto(f"/people/organisations/{here['slug']}/")
    follow(page, "The organisation's picture, and what was withheld")
    expect(page.get_by_role("heading", name="Sense of mastery")).to_be_visible()
    expect(page.get_by_text(TOO_FEW).first).to_be_visible()
    expect(page.get_by_text(" of 100")).to_have_count(0)
    windows = page.get_by_role("navigation", name="Every window").get_by_role("listitem")
    assert windows.count() >= 3
    assert violations(page) == []
    for name in ("Nia", "Tove"):
        expect(page.locator("main")).not_to_contain_text(name)


def _the_team_reads_why(page: Page, here: Any) -> None:
    """What the team sees of itself, in place of a picture; and nobody outside sees even that."""
    page.goto(f"/people/teams/{here['team']}/")
    follow(page, "The team's own picture")
    expect(page.get_by_role("region").first).to_contain_text(f"not shown: {TOO_FEW}")
    expect(page.get_by_text(" of 100")).to_have_count(0)
    assert violations(page) == []
