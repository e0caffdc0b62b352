"""A condition raised unnamed: seen by nobody until enough people raised it, answered, judged by those who did."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, beside, come_in, follow, press, send

pytestmark = pytest.mark.journey
WORDS = "Between two visits there are five minutes, and the road takes twenty."
TRIED, CHANGED = "Two visits fewer on Tuesdays, from Monday on.", "No two visits follow each other within half an hour."


def test_an_unnamed_condition_reaches_its_threshold_is_answered_and_judged(open_page: OpenPage, home: Path) -> None:
    here = beside(home, "community", "Weir Trust", "14")
    ola, ada, nia = (come_in(open_page, here, name, height=TALL) for name in ("Ola", "Ada", "Nia"))
    tove, uma = (come_in(open_page, here, name, javascript=False) for name in ("Tove", "Uma"))
    _raised_from_the_compass(nia)
    _not_to_be_joined_yet(tove)

    beside(home, "joinable", here["slug"])
    _joined(tove)
    beside(home, "joined", here["slug"], "5")
    beside(home, "monday_came", here["slug"])  # one is missing yet
    _shown_to_nobody(here, ola, uma)
    _joined(uma)
    _shown_to_nobody(here, ola, nia)

    beside(home, "monday_came", here["slug"])
    where = _asked_to_answer(here, ola)
    _heard_tried_and_changed(ada, where)

    _it_helped(nia)
    beside(home, "helped", here["slug"], "5")
    _it_helped(tove)
    _it_helped(uma)
    beside(home, "monday_came", here["slug"])
    _said_to_all_and_come_back(ola, nia, where)


def _raised_from_the_compass(page: Page) -> None:
    """Named there as something that is not mine to move."""
    page.goto("/compass/in-the-way/new/")
    page.get_by_label("What is in the way?").fill(WORDS)
    send(page, "Keep it")
    page.get_by_role("radio", name="The set-up here").check()
    send(page, "Next")
    page.get_by_role("radio", name="Not mine", exact=True).check()
    send(page, "Next")
    follow(page, "Enough for now")
    expect(page.get_by_text("This is not yours to move")).to_be_visible()
    press(page, "Begin with these words")

    expect(page.get_by_text(WORDS)).to_be_visible()
    assert violations(page) == []
    press(page, "Unnamed")
    expect(page.get_by_label("What is in the way, in one sentence?")).to_have_value(WORDS)
    expect(page.get_by_text("Nobody sees who raised it, now or later.")).to_be_visible()
    assert violations(page) == []
    send(page, "Raise it unnamed")
    mine = page.get_by_role("listitem").filter(has_text=WORDS)
    expect(mine).to_contain_text("It waits for others.")
    expect(mine.get_by_role("button", name="Take it back")).to_be_visible()
    assert violations(page) == []


def _about_to_raise(page: Page) -> None:
    page.goto("/conditions/raise/")
    press(page, "Unnamed")
    expect(page.get_by_role("button", name="Raise it unnamed")).to_be_visible()


def _not_to_be_joined_yet(page: Page) -> None:
    _about_to_raise(page)
    expect(page.get_by_text(WORDS)).to_have_count(0)


def _joined(page: Page) -> None:
    _about_to_raise(page)
    page.get_by_role("listitem").filter(has_text=WORDS).get_by_role("button", name="Join this").click()
    expect(page.get_by_role("listitem").filter(has_text=WORDS)).to_contain_text("It waits for others.")


def _shown_to_nobody(here: Any, *pages: Page) -> None:
    for page in pages:
        page.goto(f"/organisations/{here['slug']}/conditions/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text(WORDS)).to_have_count(0)


def _asked_to_answer(here: Any, page: Page) -> str:
    """The convenor finds it on the organisation's page, and says who answers; gives its address."""
    page.goto(f"/people/organisations/{here['slug']}/")
    conditions = page.get_by_role("link", name=WORDS)
    expect(conditions).to_be_visible()
    conditions.click()
    expect(page.get_by_text("Nobody answers for it yet.")).to_be_visible()
    for name in ("Nia", "Tove", "Uma"):
        expect(page.locator("main header")).not_to_contain_text(name)
    page.get_by_label("Somebody of the organisation").select_option(label="Ada Weir")
    press(page, "Ask them to answer")
    expect(page.get_by_text("Ada Weir is asked to answer for the organisation")).to_be_visible()
    assert violations(page) == []
    return page.url


def _heard_tried_and_changed(page: Page, where: str) -> None:
    page.goto(where)
    press(page, "I heard this")
    path = page.get_by_role("region", name="What became of it")
    expect(path).to_contain_text("Heard by Ada Weir")
    page.get_by_label("We will try …").fill(TRIED)
    press(page, "We will try this")
    expect(path).to_contain_text("Being tried, Ada Weir said on")
    page.get_by_label("What has changed?").fill(CHANGED)
    press(page, "This has changed")
    for words in (TRIED, CHANGED, "Ada Weir answers for the organisation."):
        expect(path).to_contain_text(words)
    assert violations(page) == []


def _it_helped(page: Page) -> None:
    page.goto("/compass/")
    follow(page, "What I raised, and what became of it")
    mine = page.get_by_role("listitem").filter(has_text=WORDS)
    mine.get_by_role("group", name="Is it better?").get_by_role("button", name="Yes").click()
    expect(mine.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")


def _said_to_all_and_come_back(ola: Page, nia: Page, where: str) -> None:
    """In words and never in numbers; and to whoever raised it, where they keep what is theirs."""
    ola.goto(where)
    expect(ola.get_by_text("Most of those who raised it say that it is better, at least a little.")).to_be_visible()
    nia.goto("/compass/")
    follow(nia, "What I raised, and what became of it")
    mine = nia.get_by_role("listitem").filter(has_text=WORDS)
    expect(mine).to_contain_text("Ada Weir answers.")
    assert violations(nia) == []
    nia.goto("/")
    expect(nia.get_by_role("link", name=WORDS)).to_be_visible()
