"""The editor on a phone: its tools, its list of pages, wide tables, and files that go where one writes."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import MILL, ONE, TALL, OpenPage, enter, press, send, the_text

pytestmark = pytest.mark.journey

SEVEN = "| Day | Who comes | What we do | We bring | Where it is | How long | Afterwards |\n" + "|---" * 7 + "|\n"
SEVEN += "| Monday | Everybody | Talking together | Biscuits | Harbour Street | Forty minutes | Writing it down |\n"
THREE = "| Situation | Response | Responsible |\n|---|---|---|\n| Distressed | Listening | Whoever answered |\n"
WIDTHS = (320, 390)


def overflow(page: Page) -> dict[int, int]:
    """How far the page can be scrolled sideways at each width, in pixels."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        found[width] = int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
    return found


def begin(open_page: OpenPage, title: str, text: str) -> Page:
    """A new page with a text that was written as plain text and is shown in the editor again."""
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}add/")
    page.get_by_label("Title").fill(title)
    press(page, "Write as plain text")
    the_text(page).fill(text)
    press(page, "Write as it will look")
    expect(page.locator(".ProseMirror")).to_be_visible()
    return page


def test_wide_tables_scroll_and_the_page_does_not(open_page: OpenPage) -> None:
    page = begin(open_page, "Wide tables on a phone", f"{SEVEN}\n{THREE}")
    assert overflow(page) == {320: 0, 390: 0}
    assert violations(page) == []
    send(page, ONE)

    assert overflow(page) == {320: 0, 390: 0}
    table = page.locator(".prose .scroll").first
    assert table.evaluate("each => each.scrollWidth > each.clientWidth && each.tabIndex === 0")
    assert violations(page) == []


def test_the_list_of_pages_lies_before_the_bar_of_places(open_page: OpenPage) -> None:
    page = begin(open_page, "Pages to choose from", "\n\n".join(f"Line {each}." for each in range(30)))
    page.set_viewport_size({"width": 390, "height": 420})  # what a keyboard leaves of the screen
    page.locator(".ProseMirror").get_by_text("Line 20.").click()
    page.keyboard.press("End")
    page.keyboard.type(" [[")
    expect(page.get_by_role("listbox")).to_be_visible()

    listed = page.get_by_role("listbox").bounding_box() or {}
    places = page.get_by_role("navigation", name="Places").bounding_box() or {}
    assert listed["y"] >= 0
    assert listed["y"] + listed["height"] <= places["y"]
    assert page.get_by_role("listbox").evaluate(_IS_SEEN_WHOLE)


_IS_SEEN_WHOLE = """(list) => {
    const box = list.getBoundingClientRect();
    return [box.top + 4, box.bottom - 4].every((y) => list.contains(document.elementFromPoint(box.left + 20, y)));
}"""


def test_a_row_of_tools_that_goes_on_says_so_until_its_end(open_page: OpenPage) -> None:
    page = begin(open_page, "Tools", "Words.")
    tools = page.get_by_role("toolbar")
    expect(tools).to_contain_class("tools-after")

    tools.evaluate("each => each.scrollTo({ left: each.scrollWidth, behavior: 'instant' })")
    expect(tools).not_to_contain_class("tools-after")
    expect(tools).to_contain_class("tools-before")

    page.set_viewport_size({"width": 1200, "height": 800})
    expect(tools).not_to_contain_class("tools-before")


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (400, 300), "seagreen").save(made, "PNG")
    return made.getvalue()


def test_a_picture_goes_where_one_writes_and_what_it_shows_is_asked(open_page: OpenPage, tmp_path: Path) -> None:
    page = begin(open_page, "A page with a picture", "One.\n\nTwo.\n\nThree.\n")
    file = tmp_path / "IMG_20261126.png"
    file.write_bytes(picture())
    page.locator(".ProseMirror").get_by_text("Two.").click()
    page.get_by_text("Add a picture or file").click()
    page.get_by_label("A picture or file").set_input_files(file)
    press(page, "Put it into the text")

    shows = page.get_by_label("What the picture shows, for those who do not see it")
    expect(shows).to_be_focused()
    expect(shows).to_have_value("IMG_20261126")
    assert (
        page.locator(".ProseMirror .picture img").evaluate("each => each.decode().then(() => each.naturalWidth)") == 400
    )
    page.keyboard.type("A green [wall]")  # takes the place of the file's name, which is selected
    page.keyboard.press("Enter")

    text = page.locator("textarea[data-editor]").input_value()
    assert text == "One.\n\nTwo.\n\n![A green \\[wall\\]](/files/img-20261126.png)\n\nThree.\n"
    assert overflow(page) == {320: 0, 390: 0}
    assert violations(page) == []
    send(page, ONE)
    expect(page.get_by_role("img", name="A green [wall]")).to_be_visible()


def test_a_file_goes_to_the_end_where_nobody_was_in_the_text(open_page: OpenPage, tmp_path: Path) -> None:
    page = begin(open_page, "A page with a file", "One.\n\nTwo.\n")
    file = tmp_path / "list.txt"
    file.write_text("tea", encoding="utf-8")
    page.get_by_text("Add a picture or file").click()
    page.get_by_label("A picture or file").set_input_files(file)
    press(page, "Put it into the text")

    expect(page.locator(".ProseMirror").get_by_text("list")).to_be_visible()
    assert page.locator("textarea[data-editor]").input_value() == "One.\n\nTwo.\n\n[list](/files/list.txt)\n"
