"""The small change first: a note, then a page of the team's own, its name, its place and its pictures."""

import struct
import zlib

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import MILL, ONE, OpenPage, add_words, enter, follow, more, press, select, send, the_text

pytestmark = pytest.mark.journey


def test_a_worker_leaves_their_first_note_beside_the_words_they_selected(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}p/curiosity-before-advice/")
    words = " ".join(page.locator(".prose p").first.inner_text().split()[:6])

    select(page, words)
    page.get_by_role("region", name="What you selected").get_by_role("link", name="Note beside this").click()
    assert page.get_by_label("Beside which words?").input_value() == words
    page.get_by_label("What should a colleague know here?").fill("Ring the flat above first; they let you in.")
    send(page, "Keep the note")

    expect(page.get_by_role("status")).to_contain_text("Your note stands beside the page.")
    note = page.locator(".prose").get_by_role("complementary", name="Local note")
    expect(note).to_contain_text("they let you in")
    expect(note).to_contain_text("Tom Hallett")
    expect(note.locator("q")).to_have_text(words)


def test_a_note_is_left_without_javascript_by_copying_words_then_changed_and_taken_out(open_page: OpenPage) -> None:
    page = enter(open_page, "Rosa", javascript=False)
    page.goto(f"{MILL}p/silence-and-short-answers/")
    words = " ".join(page.locator(".prose p").nth(1).inner_text().split()[:5])

    follow(page, "Add a local note")
    page.get_by_label("What should a colleague know here?").fill("In the car it is easier to be quiet.")
    page.get_by_label("Beside which words?").fill(words)
    send(page, "Keep the note")
    note = page.locator(".prose").get_by_role("complementary", name="Local note")
    expect(note).to_contain_text("easier to be quiet")

    follow(page, "Change the note")
    page.get_by_label("What should a colleague know here?").fill("On the bus it is easier to be quiet.")
    send(page, "Keep the note")
    expect(note).to_contain_text("On the bus")
    expect(note.locator("q")).to_have_text(words)
    follow(page, "Take it out")
    press(page, "Take it out")
    expect(note).not_to_be_attached()


def test_a_team_covers_a_page_without_javascript_and_goes_back(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", javascript=False)
    page.goto(f"{MILL}p/ten-minute-case-talk/")

    follow(page, "Change this for our team")
    expect(page.get_by_text("The core stays as it is.")).to_be_visible()
    the_text(page).fill("We talk for ten minutes, standing up.")
    page.get_by_label("Why?").fill("Sitting down it took an hour.")
    press(page, "See my change")
    expect(page.locator("ins").get_by_text("standing up").first).to_be_visible()
    send(page, ONE)

    expect(page.get_by_text("We talk for ten minutes, standing up.")).to_be_visible()
    expect(page.get_by_text("Sitting down it took an hour.")).to_be_visible()
    expect(page.get_by_text("The words of Mill Lane manual")).to_be_visible()
    more(page, "Return to the core")
    press(page, "Return to the core")
    expect(page.get_by_text("standing up.")).not_to_be_visible()


def test_a_renamed_page_is_found_by_its_old_address_and_old_links_and_stands_where_it_was_put(
    open_page: OpenPage,
) -> None:
    page = enter(open_page, "Rosa")
    _add(page, "The box of keys", "Sign the keys out.")
    _add(page, "Opening the flat", "Take a key from [[The box of keys]].")

    page.goto(f"{MILL}p/the-box-of-keys/change/")
    page.get_by_label("Title").fill("The key cupboard")
    page.get_by_text("Tags, and where it stands").click()
    page.get_by_label("Under which heading?").select_option(label="Learning at work")
    page.get_by_label("Or under a new heading").fill("Doors")
    send(page, ONE)

    expect(page.get_by_role("heading", name="The key cupboard", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Where you are")).to_contain_text("Learning at work")
    expect(page.get_by_role("navigation", name="Where you are")).to_contain_text("Doors")
    page.goto(f"{MILL}p/the-box-of-keys/")
    assert page.url.endswith("/p/the-key-cupboard/")
    page.goto(f"{MILL}p/opening-the-flat/")
    page.locator(".prose").get_by_role("link").click()
    expect(page.get_by_role("heading", name="The key cupboard", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Pages that lead here")).to_be_visible()


def _add(page: Page, title: str, text: str) -> None:
    page.goto(f"{MILL}add/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Write as plain text").click()
    the_text(page).fill(text)
    send(page, ONE)
    expect(page.get_by_role("status")).to_contain_text("Your page is there.")


def test_a_picture_is_put_into_the_text_and_shown_on_the_page(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}p/drawing-the-map-of-helpers/change/")
    add_words(page, " Like this:")

    page.get_by_text("Add a picture or file").click()
    picture = {"name": "map.png", "mimeType": "image/png", "buffer": _png(40, 30)}
    page.get_by_label("A picture or file").set_input_files(picture)
    press(page, "Put it into the text")
    expect(the_text(page).get_by_role("img", name="map")).to_be_visible()
    send(page, ONE)

    shown = page.locator(".prose img")
    expect(shown).to_be_visible()
    assert shown.evaluate("each => each.complete && each.naturalWidth") == 40


def _png(width: int, height: int) -> bytes:
    """A plain grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
