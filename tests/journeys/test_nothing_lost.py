"""Whatever happens while somebody writes, both texts and every word are still there."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import (
    HARBOUR,
    MILL,
    ONE,
    TALL,
    TWO,
    OpenPage,
    add_words,
    change,
    enter,
    press,
    send,
    the_text,
)

pytestmark = pytest.mark.journey


def test_the_second_of_two_savers_has_both_texts_and_goes_on_with_both(open_page: OpenPage) -> None:
    rosa, tom = enter(open_page, "Rosa"), enter(open_page, "Tom", height=TALL)
    page_there = f"{MILL}p/supervision/"
    for page in (rosa, tom):
        page.goto(f"{page_there}change/")

    add_words(rosa, " Rosa's words.")
    send(rosa, ONE)
    add_words(tom, " Tom's words.")
    press(tom, ONE)

    expect(tom.get_by_role("alert")).to_contain_text("Your text stands below, whole.")
    expect(tom.locator(".source")).to_contain_text("Rosa's words.")
    expect(the_text(tom)).to_contain_text("Tom's words.")
    expect(the_text(tom)).not_to_contain_text("Rosa's words.")
    assert violations(tom) == []
    add_words(tom, " Rosa's words.")
    send(tom, ONE)

    expect(tom.locator(".prose")).to_contain_text("Tom's words. Rosa's words.")
    tom.goto(f"{page_there}history/")
    expect(tom.get_by_role("listitem").filter(has_text="Mill Lane manual · Rosa Lindgren")).to_be_visible()
    expect(tom.get_by_role("listitem").filter(has_text="Mill Lane manual · Tom Hallett")).to_be_visible()


def test_the_second_of_two_savers_has_both_texts_without_javascript(open_page: OpenPage) -> None:
    rosa, tom = (enter(open_page, name, javascript=False) for name in ("Rosa", "Tom"))
    for page in (rosa, tom):
        page.goto(f"{MILL}p/hunches-and-reasons/change/")

    the_text(rosa).fill("Rosa's words.")
    send(rosa, ONE)
    the_text(tom).fill("Tom's words.")
    press(tom, ONE)

    expect(tom.get_by_role("alert")).to_contain_text("Rosa's words.")
    assert the_text(tom).input_value() == "Tom's words."
    the_text(tom).fill("Rosa's words. Tom's words.")
    send(tom, ONE)
    expect(tom.locator(".prose")).to_contain_text("Rosa's words. Tom's words.")


def test_a_draft_that_was_overtaken_is_brought_up_to_date(open_page: OpenPage) -> None:
    dee, amina = enter(open_page, "Dee"), enter(open_page, "Amina")
    page_there = f"{HARBOUR}p/new-in-the-team/"
    change(dee, page_there, " First words.", button=TWO)
    late = dee.url
    change(amina, page_there, " Other words.", button=TWO)
    dee.goto(amina.url)
    press(dee, "I agree")
    expect(dee.locator(".prose")).to_contain_text("Other words.")

    dee.goto(late)
    expect(dee.get_by_text("Nobody can agree it until it is up to date.")).to_be_visible()
    dee.get_by_role("link", name="Bring it up to date").click()
    dee.get_by_text("The text as it is now", exact=True).click()
    expect(dee.locator(".source")).to_contain_text("Other words.")
    add_words(dee, " Other words.")
    send(dee, TWO)
    amina.goto(dee.url)
    press(amina, "I agree")
    expect(amina.locator(".prose")).to_contain_text("First words. Other words.")


@pytest.mark.parametrize(
    ("form", "label", "button"),
    [
        ("note/", "What should a colleague know here?", "Keep the note"),
        ("remark/", "What did you notice?", "Keep the remark"),
    ],
)
def test_words_typed_without_a_connection_are_kept_and_sent_afterwards(
    open_page: OpenPage, form: str, label: str, button: str
) -> None:
    page = enter(open_page, "Tom", height=TALL)
    page.goto(f"{MILL}p/trying-something-small/{form}")

    page.context.set_offline(True)
    page.get_by_label(label).fill("One cup of tea is small enough.")
    press(page, button)
    expect(page.get_by_role("alert")).to_contain_text("Your words are kept on this device; you can send them again.")
    assert violations(page) == []
    page.context.set_offline(False)
    send(page, button)

    expect(page.locator(".note").filter(has_text="One cup of tea").first).to_be_visible()


def test_who_was_signed_out_signs_in_beside_it_and_sends_again(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", height=TALL)
    page.goto(f"{MILL}p/what-to-do-with-a-mistake/change/")
    add_words(page, " Tell it at lunch.")

    page.context.clear_cookies(name="session")
    press(page, ONE)
    expect(page.get_by_role("alert")).to_contain_text("You were signed out.")
    assert violations(page) == []
    with page.context.expect_page() as opened:
        page.get_by_role("alert").get_by_role("link", name="Sign in").click()
    _be(opened.value, "Tom")
    send(page, ONE)

    expect(page.locator(".prose")).to_contain_text("Tell it at lunch.")
    expect(page.get_by_role("status")).to_contain_text("Kept. Readers have your text now.")


def _be(beside: Page, name: str) -> None:
    expect(beside.get_by_role("heading", name="Sign in")).to_be_visible()
    beside.goto("/")
    press(beside, f"Be {name}")
    expect(beside.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()
    beside.close()


def test_whoever_comes_back_to_a_page_is_offered_the_words_that_were_not_sent(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", height=TALL)
    page.on("dialog", lambda asks: asks.accept())
    form = f"{MILL}p/observing-each-other/change/"
    page.goto(form)
    add_words(page, " Two chairs by the wall.")

    page.goto(MILL)
    page.goto(form)
    expect(page.get_by_text("You have words here that were not sent.")).to_be_visible()
    assert violations(page) == []
    press(page, "Take them up")
    send(page, ONE)

    expect(page.locator(".prose")).to_contain_text("Two chairs by the wall.")
    page.goto(form)
    expect(page.get_by_text("You have words here")).not_to_be_attached()
