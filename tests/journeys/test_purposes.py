"""What people are here for: asked, offered by name and unnamed, taken back, read by nobody before the day, answered."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, beside, come_in, follow, press, send

pytestmark = pytest.mark.journey
QUESTION, AGAIN = "What are you here for, when the day goes well?", "What has changed since?"
NAMED, UNNAMED, TAKEN_BACK = (
    "I am here so that nobody sits alone with it.",
    "I want to hear what nobody has asked about.",
    "I wanted to leave in spring.",
)
THEME = "time to listen"
ANSWER = "We read that you want time to listen. From May on one afternoon a week has no list."


def test_an_invitation_from_question_to_published_answer(open_page: OpenPage, home: Path) -> None:
    here = beside(home, "community", "Ferry Trust", "14")
    ola, nia = (come_in(open_page, here, name, height=TALL) for name in ("Ola", "Nia"))
    purposes = f"/organisations/{here['slug']}/purposes/"
    _ask(ola, purposes, QUESTION)

    _offer_by_name(nia, purposes)
    _offer_unnamed_and_take_back(open_page, here, purposes)
    beside(home, "offered", here["slug"], "11", THEME)
    _nobody_reads_anything(ola, nia, purposes)

    beside(home, "last_day_over", here["slug"])
    _the_map_is_read(nia, purposes)
    _the_next_waits_for_the_answer(ola, nia, purposes)


def _ask(page: Page, purposes: str, question: str) -> None:
    page.goto(f"{purposes}ask/")
    page.get_by_label("What do you ask?").fill(question)
    page.get_by_label("Who will read the answers with you?").fill("All leads, in one afternoon.")
    page.get_by_label("What will be done with them?").fill("We change next year's plan.")
    send(page, "Ask")
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    expect(page.get_by_text("Nobody reads anything before the map is made")).to_be_visible()


def _offer_by_name(page: Page, purposes: str) -> None:
    """With a look at how it will stand, before anything is kept."""
    page.goto(purposes)
    assert violations(page) == []
    follow(page, "Offer my purpose")
    page.get_by_label("Your sentence").fill(NAMED)
    page.get_by_role("radio", name="With my name").check()
    assert violations(page) == []
    press(page, "See how it will stand")
    expect(page.get_by_role("heading", name="So it will stand")).to_be_visible()
    shown = page.get_by_role("region", name="So it will stand")
    for words in (NAMED, "Nia Ferry", "everybody at Ferry Trust reads your sentence with your name"):
        expect(shown).to_contain_text(words)
    assert violations(page) == []

    press(page, "Change it")
    expect(page.get_by_label("Your sentence")).to_have_value(NAMED)
    press(page, "See how it will stand")
    press(page, "Offer it")
    expect(page.get_by_role("heading", name="What I offered")).to_be_visible()


def _offer_unnamed_and_take_back(open_page: OpenPage, here: Any, purposes: str) -> None:
    """Without JavaScript."""
    tove, uma = (come_in(open_page, here, name, javascript=False) for name in ("Tove", "Uma"))
    for page, name, words in ((tove, "Tove", UNNAMED), (uma, "Uma", TAKEN_BACK)):
        page.goto(purposes)
        follow(page, "Offer my purpose")
        page.get_by_label("Your sentence").fill(words)
        page.get_by_label("A theme in your own words").fill(THEME)
        press(page, "See how it will stand")
        shown = page.get_by_role("region", name="So it will stand")
        expect(shown).to_contain_text("with no name, day, team or role")
        expect(shown.get_by_text("unnamed", exact=True)).to_be_visible()
        expect(shown).not_to_contain_text(name)
        press(page, "Offer it")
        expect(page.get_by_text(words)).to_be_visible()

    press(uma, "Take back my purpose")
    expect(uma.get_by_label("Your sentence")).to_have_value("")
    uma.goto(purposes)
    follow(uma, "Take back my purpose")
    expect(uma.get_by_text(TAKEN_BACK)).to_have_count(0)


def _nobody_reads_anything(ola: Page, nia: Page, purposes: str) -> None:
    """Not the one who asks, either; and nothing can be answered or asked anew."""
    for page in (ola, nia):
        page.goto(purposes)
        expect(page.get_by_text("Nobody ever learns who answered and who did not.")).to_be_visible()
        for words in (NAMED, UNNAMED, THEME, "one of many"):
            expect(page.get_by_text(words)).to_have_count(0)
    invitation = ola.get_by_role("link", name="Offer my purpose").get_attribute("href") or ""
    ola.goto(invitation.replace("/offering/", "/invitations/") + "answer/")
    expect(ola.get_by_text("Nothing can be answered before it can be read")).to_be_visible()
    expect(ola.get_by_label("What did you read, and what will you do?")).to_have_count(0)
    ola.goto(f"{purposes}ask/")
    expect(ola.get_by_text("has no published answer yet")).to_be_visible()


def _the_map_is_read(page: Page, purposes: str) -> None:
    page.goto(purposes)
    expect(page.get_by_text("The answer is not published yet.")).to_be_visible()
    row = page.get_by_role("row", name=THEME)
    expect(row).to_contain_text("people")
    assert violations(page) == []
    row.get_by_role("link", name=THEME).click()
    follow(page, "Read all")
    expect(page.get_by_text(UNNAMED)).to_be_visible()
    expect(page.get_by_text(TAKEN_BACK)).to_have_count(0)
    expect(page.get_by_text("Tove")).to_have_count(0)
    assert violations(page) == []

    page.goto(purposes)
    follow(page, "Without a theme")
    expect(page.get_by_role("listitem").filter(has_text=NAMED)).to_contain_text("Nia Ferry")
    page.goto(purposes)
    follow(page, "What I offered")
    expect(page.get_by_text("so it cannot be taken back any more")).to_be_visible()


def _the_next_waits_for_the_answer(ola: Page, nia: Page, purposes: str) -> None:
    ola.goto(f"{purposes}ask/")
    expect(ola.get_by_text("has no published answer yet")).to_be_visible()
    expect(ola.get_by_label("What do you ask?")).to_have_count(0)
    ola.goto(purposes)
    follow(ola, "Answer")
    expect(ola.get_by_text("We change next year's plan.")).to_be_visible()
    assert violations(ola) == []
    ola.get_by_label("What did you read, and what will you do?").fill(ANSWER)
    send(ola, "Publish")

    nia.goto(purposes)
    answered = nia.get_by_role("region", name="The answer")
    for words in (ANSWER, "Ola Ferry"):
        expect(answered).to_contain_text(words)
    assert violations(nia) == []
    ola.goto(purposes)
    follow(ola, "Invite again")
    _ask(ola, purposes, AGAIN)
    nia.goto(purposes)
    expect(nia.get_by_role("heading", name=AGAIN)).to_be_visible()
    expect(nia.get_by_text(ANSWER)).to_be_visible()
