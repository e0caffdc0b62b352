"""A theory: drawn by keyboard on a phone, challenged, answered, tested; and what is disputed is not offered."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, beside, come_in, enter, follow, press, send

pytestmark = pytest.mark.journey
HERE = "/organisations/tideway/"
WORDS = {
    "We think so because": "Everybody talks over tea.",
    "Source": "Our own kitchen.",
    "We would see": "Longer handovers.",
    "We would change our mind if": "People take their cups away.",
}


TESTED = "When there is more connection to purpose, there is more learning, after about a week."
HOLDS = "Supports"
STEP = 0.04  # of the picture's height, by one key


def _middle(box: Locator) -> float:
    """How far down the picture a box stands, 0 to 1."""
    return float(
        box.evaluate(
            """box => {
                const frame = box.querySelector("rect"), number = (name) => Number(frame.getAttribute(name));
                return (number("y") + number("height") / 2) / box.ownerSVGElement.viewBox.baseVal.height;
            }"""
        )
    )


def _add_link(page: Page, cause: str, outcome: str) -> None:
    page.goto(f"{HERE}theory/add/")
    page.get_by_label("or, in your own words").fill(cause)
    page.get_by_label("or of this, in your own words").fill(outcome)
    for label, words in WORDS.items():
        page.get_by_label(label).fill(words)
    send(page, "Add")


def test_a_theory_is_drawn_by_keyboard_on_a_phone(open_page: OpenPage) -> None:
    page = enter(open_page, "Sam")
    _add_link(page, "tea together", "talk")
    _add_link(page, "talk", "tea together")
    page.goto(f"{HERE}theory/picture/")
    box = page.get_by_role("button", name="tea together: move it with the arrow keys, or drag it")
    before = _middle(box)
    key, way = ("ArrowDown", 1) if before < 0.5 else ("ArrowUp", -1)  # it may stand at either edge

    box.focus()
    for _step in range(2):
        with page.expect_response("**/theory/picture/move/") as answer:
            page.keyboard.press(key)
        assert answer.value.ok
        expect(page.get_by_role("status")).to_contain_text("“tea together” stands")
        expect(box).to_be_focused()

    page.reload()
    assert way * (_middle(box) - before) == pytest.approx(2 * STEP, abs=0.02)
    page.set_viewport_size({"width": 390, "height": TALL})
    assert violations(page) == []


def test_a_loop_is_named_a_link_challenged_and_answered_without_javascript(open_page: OpenPage) -> None:
    sam = enter(open_page, "Sam", javascript=False)
    _add_link(sam, "rest", "patience")
    dee = enter(open_page, "Dee", javascript=False)
    dee.goto(f"{HERE}theory/")
    follow(dee, "When there is more rest, there is more patience, after about a week.")
    follow(dee, "Challenge it")
    dee.get_by_label("What speaks against it, or what is missing?").fill("After my holiday I had none left.")
    send(dee, "Challenge it")

    sam.goto(f"{HERE}theory/")
    follow(sam, "When there is more rest, there is more patience, after about a week.")
    follow(sam, "Answer")
    sam.get_by_label("the claim stands, and why").check()
    sam.get_by_label("Why", exact=True).fill("We mean rest within the week.")
    send(sam, "Answer")

    dee.reload()
    expect(dee.get_by_text("We mean rest within the week.")).to_be_visible()


def test_a_link_is_challenged_answered_registered_and_judged(open_page: OpenPage, home: Path) -> None:
    here = beside(home, "community", "Dyke Trust", "14", "14", "14")
    ola, nia = (come_in(open_page, here, name, height=TALL) for name in ("Ola", "Nia"))
    claim = _claimed(ola, here)
    _challenged_and_answered(ola, nia, claim)

    _registered(ola, nia, here, claim)
    beside(home, "counted", here["slug"], "60")
    beside(home, "judged", here["slug"])
    _judged(nia, here, claim)


def _claimed(page: Page, here: Any) -> str:
    """Between two things that the check-in asks; gives its address."""
    page.goto(f"/organisations/{here['slug']}/theory/add/")
    page.get_by_label("When there is more", exact=True).select_option("connection to purpose")
    page.get_by_label("of this", exact=True).select_option("learning")
    for label, words in WORDS.items():
        page.get_by_label(label).fill(words)
    send(page, "Add")
    page.goto(f"/organisations/{here['slug']}/theory/")
    follow(page, TESTED)
    expect(page.get_by_role("heading", name=TESTED, level=1)).to_be_visible()
    return page.url


def _challenged_and_answered(keeper: Page, other: Page, claim: str) -> None:
    other.goto(claim)
    assert violations(other) == []
    follow(other, "Challenge it")
    other.get_by_label("What speaks against it, or what is missing?").fill("In autumn it was the other way round.")
    send(other, "Challenge it")
    keeper.goto(claim)
    follow(keeper, "Answer")
    keeper.get_by_label("the claim stands, and why").check()
    keeper.get_by_label("Why", exact=True).fill("Let us have it tested.")
    send(keeper, "Answer")
    other.goto(claim)
    expect(other.get_by_text("Let us have it tested.")).to_be_visible()


def _registered(keeper: Page, other: Page, here: Any, claim: str) -> None:
    """Through the screen, with its dates; from then on it cannot be changed, and everybody reads it."""
    other.goto(f"{claim}test/")
    expect(other.get_by_text("Nobody has registered this question.")).to_be_visible()
    expect(other.get_by_role("button", name="Register this question")).to_have_count(0)
    keeper.goto(claim)
    follow(keeper, "Test this link")
    expect(keeper.get_by_text("Nobody can change it afterwards")).to_be_visible()
    assert violations(keeper) == []
    press(keeper, "Register this question")
    expect(keeper.get_by_role("status")).to_contain_text("its dates are fixed")
    expect(keeper.get_by_role("button", name="Register this question")).to_have_count(0)

    other.reload()
    expect(other.get_by_text("Nothing yet: it has not been judged.")).to_be_visible()
    expect(other.get_by_text("Judged next on")).to_be_visible()
    other.get_by_text("The question as it was registered").click()
    expect(other.locator("pre.registered")).to_contain_text('"cause":{"measure":"own-week:purpose"')
    assert violations(other) == []
    other.goto(f"/organisations/{here['slug']}/tests/")
    expect(other.get_by_text("Registered; first judged on")).to_be_visible()


def _judged(page: Page, here: Any, claim: str) -> None:
    """By the weeks of many people, in words, with how sure it is and the way back; and in the ledger."""
    page.goto(f"{claim}test/")
    found = page.get_by_role("region", name="What was found")
    expect(found.get_by_role("heading", level=3).first).to_have_text(HOLDS)
    for words in ("30 to 49 people", "pairs of steps that follow each other", "The other way round:"):
        expect(found).to_contain_text(words)
    expect(found.locator("figure svg")).to_be_visible()
    expect(page.get_by_role("heading", name="How to read it")).to_be_visible()
    assert violations(page) == []
    page.goto(f"/organisations/{here['slug']}/tests/")
    expect(page.get_by_role("listitem").filter(has_text=HOLDS)).to_be_visible()
    page.goto(f"/organisations/{here['slug']}/ledger/")
    expect(page.get_by_role("region", name="What was said of the theory")).to_contain_text("30 to 49 people")


def test_what_an_organisation_disputes_is_not_offered_and_says_why(open_page: OpenPage) -> None:
    dee = enter(open_page, "Dee")
    dee.goto("/compass/exercises/whose-purpose/")
    follow(dee, "Why is it asked like this?")
    expect(dee.get_by_text("No organisation of yours has said here")).to_be_visible()

    sam = enter(open_page, "Sam")
    sam.goto(f"{HERE}psychology/offered/whose-purpose/")
    sam.get_by_label("Why do you not want it offered?").fill("It made people doubt what they do gladly.")
    press(sam, "Do not offer it here")
    expect(sam.get_by_text("It is not offered here.")).to_be_visible()

    dee.goto("/compass/exercises/")
    expect(dee.get_by_role("link", name="Whose purpose is this?")).to_have_count(0)
    dee.goto("/compass/exercises/whose-purpose/")
    expect(dee.get_by_text("It made people doubt what they do gladly.")).to_be_visible()
    sam.reload()
    press(sam, "Offer it again")
    expect(sam.get_by_text("It is offered again.")).to_be_visible()
