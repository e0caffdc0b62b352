"""A reason or a suggestion is as hard to write as a page; a lost connection takes neither."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import ELM, MILL, TALL, OpenPage, enter, press, send

pytestmark = pytest.mark.journey

KEPT = "Your words are kept on this device; you can send them again."
OFFER = "You have words here that were not sent."
REASON, SAID = "We have no stairwell to wait in.", "Could you ask one of us to come once?"


def where(page: Page, words: str) -> list[str]:
    """In which stores of the browser the words lie."""
    lies_in = "name => Object.values(window[name]).some(each => each.includes(words))"
    return list(page.evaluate(f"words => ['localStorage', 'sessionStorage'].filter({lies_in})", words))


def test_the_reason_to_set_a_page_aside_outlasts_the_connection_and_the_page(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", height=TALL)
    page.on("dialog", lambda asks: asks.accept())
    page.goto(f"{MILL}p/after-a-crisis/set-aside/")

    page.context.set_offline(True)
    page.get_by_label("Why does your team not use this page?").fill(REASON)
    press(page, "Set it aside")
    expect(page.get_by_role("alert")).to_contain_text(KEPT)
    assert violations(page) == []
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text(OFFER)).to_be_visible()
    press(page, "Take them up")
    expect(page.get_by_label("Why does your team not use this page?")).to_have_value(REASON)
    send(page, "Set it aside")

    expect(page.get_by_role("main")).to_contain_text(REASON)
    assert where(page, "stairwell") == []


def test_a_suggestion_from_outside_outlasts_the_connection_but_not_the_window(open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    page.on("dialog", lambda asks: asks.accept())
    form = f"{ELM}p/after-a-crisis/remark/"
    page.goto(form)

    page.context.set_offline(True)
    page.get_by_label("What would you suggest?").fill(SAID)
    press(page, "Send it")
    expect(page.get_by_role("alert")).to_contain_text(KEPT)
    assert where(page, "come once") == ["sessionStorage"]
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text(OFFER)).to_be_visible()
    later = page.context.new_page()
    later.goto(form)
    expect(later.get_by_label("What would you suggest?")).to_be_visible()
    expect(later.get_by_text(OFFER)).not_to_be_attached()
    press(page, "Take them up")
    send(page, "Send it")

    expect(page.get_by_role("status")).to_contain_text("Those who keep this manual will read it.")
    assert where(page, "come once") == []
