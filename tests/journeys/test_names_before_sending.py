"""What looks like a name is asked about before the words leave the device: once, and never in the way."""

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import HARBOUR, MILL, TALL, TWO, OpenPage, enter, press, send

pytestmark = pytest.mark.journey

NOTE = "What should a colleague know here?"
NUMBER, NAME = "0161 496 0000", "Sarah Miller"
WORDS = f"We rang {NAME} at home on {NUMBER}."
AGAIN = "Nothing is sent yet. Press again to send it as it is."


def line(page: Page, found: str) -> Locator:
    return page.locator(".name-check").filter(has_text=f"“{found}”")


def posted(page: Page) -> list[str]:
    """The bodies of the forms that leave the page from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    return sent


def test_the_first_press_asks_and_the_second_sends(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee")
    page.goto(f"{HARBOUR}p/turning-up-again/note/")
    sent = posted(page)
    page.get_by_label(NOTE).fill(WORDS)

    press(page, TWO)
    expect(line(page, NUMBER)).to_be_focused()
    expect(line(page, NUMBER)).to_contain_text(AGAIN)
    assert sent == []
    page.set_viewport_size({"width": 320, "height": TALL})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    send(page, TWO)

    assert len(sent) == 1
    expect(page.locator("main")).to_contain_text(WORDS)


def test_what_was_answered_is_not_asked_again(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}p/turning-up-again/note/")
    page.get_by_label(NOTE).fill(WORDS)

    press(page, "Keep the note")
    line(page, NUMBER).get_by_role("button", name="Keep it").click()
    line(page, NAME).get_by_role("button", name="Change it").click()
    expect(page.get_by_label(NOTE)).to_be_focused()
    send(page, "Keep the note")

    expect(page.locator(".note").filter(has_text=f"We rang a young person at home on {NUMBER}.")).to_be_visible()


def test_a_form_that_is_sent_as_a_page_waits_as_well(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto("/compass/notes/new/")
    sent = posted(page)
    page.get_by_label("What did you try, and what happened?").fill(f"{NAME} came late.")

    press(page, "Keep")
    expect(line(page, NAME)).to_be_focused()
    assert sent == []
    press(page, "Keep")

    expect(page.get_by_role("status")).to_contain_text("Kept. It is yours alone.")
    assert len(sent) == 1


def test_words_of_a_note_are_asked_about_before_the_team_reads_them(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}p/turning-up-again/")
    page.get_by_role("link", name="Write what happened").click()
    page.get_by_label("What did you try, and what happened?").fill(f"{NAME} came late.")
    press(page, "Keep")
    press(page, "Keep")

    page.get_by_role("link", name="Tell the team, as a remark").click()
    press(page, "Send it to the team")
    expect(line(page, NAME)).to_be_focused()
    send(page, "Send it to the team")

    expect(page.get_by_role("status")).to_contain_text("The note itself stays yours alone.")


def test_without_a_script_the_words_are_sent_at_once(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", javascript=False)
    page.goto(f"{MILL}p/trying-something-small/note/")
    page.get_by_label(NOTE).fill(WORDS)

    send(page, "Keep the note")

    expect(page.locator("main")).to_contain_text(WORDS)
