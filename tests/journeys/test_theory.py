"""A theory: begun, drawn by keyboard on a phone, challenged and answered; and what is disputed is not offered."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, enter, follow, press, send

pytestmark = pytest.mark.journey
HERE = "/organisations/tideway/"
WORDS = {
    "We think so because": "Everybody talks over tea.",
    "Source": "Our own kitchen.",
    "We would see": "Longer handovers.",
    "We would change our mind if": "People take their cups away.",
}


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
    before = box.bounding_box()

    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_contain_text("“tea together” stands")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(box).to_be_focused()

    page.reload()
    after = box.bounding_box()
    assert before
    assert after
    assert after["y"] > before["y"]
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
