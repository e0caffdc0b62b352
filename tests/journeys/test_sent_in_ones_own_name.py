"""Tom's page is still open when Rosa signs in on the same browser: his words are not sent as hers, and not lost."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import ELM, MILL, TALL, OpenPage, enter, press, send

pytestmark = pytest.mark.journey

LABEL, WORDS = "What should a colleague know here?", "Ours hangs by the kettle, with the tea stains."
ELSE = "Somebody else has signed in in this browser. Your words are kept"


def be(page: Page, name: str) -> None:
    """Signs in in another window, without anybody having signed out."""
    page.context.clear_cookies(name="session")
    page.goto("/")
    press(page, f"Be {name}")
    expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()


def test_what_tom_wrote_waits_for_tom_while_rosa_is_signed_in(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", height=TALL)
    page.goto(f"{MILL}p/after-a-crisis/note/")
    page.get_by_label(LABEL).fill(WORDS)
    other = page.context.new_page()
    be(other, "Rosa")

    press(page, "Keep the note")

    expect(page.get_by_role("alert")).to_contain_text(ELSE)
    expect(page.get_by_label(LABEL)).to_have_value(WORDS)
    assert violations(page) == []
    own = page.locator("#keep-words").get_attribute("data-own")
    assert own
    kept = page.evaluate("words => Object.keys(localStorage).filter(key => localStorage[key].includes(words))", WORDS)
    assert [key.split(" ")[0] for key in kept] == [own], "under Tom's mark alone"
    other.goto(f"{MILL}p/after-a-crisis/")
    expect(other.get_by_text(WORDS)).not_to_be_attached()

    be(other, "Tom")
    send(page, "Keep the note")

    note = page.locator(".note").filter(has_text=WORDS)
    expect(note).to_contain_text("Tom Hallett")
    expect(page.get_by_text("Rosa Lindgren")).not_to_be_attached()


def test_tom_has_his_words_though_rosa_signed_out_in_between(open_page: OpenPage) -> None:
    """Signing out empties what is kept on the device; the open page still has its words."""
    page = enter(open_page, "Tom", height=TALL)
    page.goto(f"{MILL}p/after-a-crisis/remark/")
    page.get_by_label("What did you notice?").fill(WORDS)
    other = page.context.new_page()
    be(other, "Rosa")
    press(page, "Keep the remark")
    expect(page.get_by_role("alert")).to_contain_text(ELSE)

    other.goto("/people/me/")
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("button", name="Be Tom")).to_be_visible()
    press(page, "Keep the remark")
    expect(page.get_by_role("alert")).to_contain_text("You were signed out.")
    be(other, "Tom")
    send(page, "Keep the remark")

    expect(page.get_by_role("region", name="Remarks")).to_contain_text(WORDS)


def test_a_suggestion_begun_without_a_name_is_not_sent_with_one(open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    page.goto(f"{ELM}p/after-a-crisis/remark/")
    page.get_by_label("What would you suggest?").fill(WORDS)
    other = page.context.new_page()
    be(other, "Rosa")

    press(page, "Send it")

    expect(page.get_by_role("alert")).to_contain_text("this would go out under their name")
    expect(page.get_by_label("What would you suggest?")).to_have_value(WORDS)
    other.context.clear_cookies(name="session")
    send(page, "Send it")
    expect(page.get_by_role("status")).to_contain_text("Those who keep this manual will read it.")
