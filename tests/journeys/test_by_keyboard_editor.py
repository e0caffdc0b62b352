"""The tools of the editor, its list of pages, and the plain text, with the keys alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import MILL, OpenPage, tab_to
from tests.journeys.keys import act, passed, sit_down

pytestmark = pytest.mark.journey
TOOLS = (
    "Heading",
    "Smaller heading",
    "Bold",
    "Italic",
    "List",
    "Numbers",
    "Quote",
    "Link to a page",
    "Link",
    "Undo",
    "Redo",
    "Write as plain text",
)
# What follows at once counts as the same step for “Undo”, and the editor hears of a selection a moment after it is made.
A_BREATH = 600


def _begun(open_page: OpenPage) -> Page:
    page = sit_down(open_page, "Tom")
    page.goto(f"{MILL}add/")
    tab_to(page, "Title")
    page.keyboard.type("Trying the keys")
    return page


def _tool(page: Page, name: str) -> None:
    """Back from the text to the row of tools, along it by the arrows, and press."""
    page.wait_for_timeout(A_BREATH)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    for _each in range(TOOLS.index(name)):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    assert page.evaluate(_IS_WHOLLY_SEEN), f"{name} has the focus out of sight"
    page.keyboard.press("Enter")


_IS_WHOLLY_SEEN = """(() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
})()"""


def _is_writing(page: Page) -> None:
    expect(page.get_by_role("textbox", name="The text")).to_be_focused()


def _text(page: Page) -> str:
    return str(page.locator("textarea[name=body]").evaluate("box => box.value"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Heading", "## Tea\n"),
        ("Smaller heading", "### Tea\n"),
        ("Bold", "**Tea**\n"),
        ("Italic", "*Tea*\n"),
        ("List", "- Tea\n"),
        ("Numbers", "1. Tea\n"),
        ("Quote", "> Tea\n"),
    ],
)
def test_each_tool_is_pressed_and_undone_by_keyboard(open_page: OpenPage, name: str, written: str) -> None:
    page = _begun(open_page)
    tab_to(page, "The text")
    page.keyboard.type("Tea")
    page.keyboard.press("Shift+Home")

    _tool(page, name)
    _is_writing(page)
    assert _text(page) == written
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    _tool(page, "Undo")
    _is_writing(page)
    assert _text(page).strip() == "Tea"
    _tool(page, "Redo")
    _is_writing(page)
    assert _text(page) == written


def test_links_are_made_by_keyboard(open_page: OpenPage) -> None:
    page = _begun(open_page)
    tab_to(page, "The text")
    page.keyboard.type("See ")

    _tool(page, "Link to a page")
    _is_writing(page)
    page.keyboard.type("eight pairs")
    expect(page.get_by_role("option", name="Eight pairs we hold")).to_have_attribute("aria-selected", "true")
    passed(page)
    page.keyboard.press("Enter")
    _is_writing(page)
    page.keyboard.type(" or this map")
    for _word in range(2):
        page.keyboard.press("Control+Shift+ArrowLeft")
    _tool(page, "Link")
    expect(page.get_by_label("The address it leads to")).to_be_focused()
    passed(page)
    page.keyboard.press("Escape")
    _is_writing(page)
    _tool(page, "Link")
    page.keyboard.type("example.org/map")
    page.keyboard.press("Enter")
    _is_writing(page)

    assert _text(page) == "See [[Eight pairs we hold]] or [this map](https://example.org/map)\n"


def test_the_text_is_written_as_plain_text_and_back_by_keyboard(open_page: OpenPage) -> None:
    page = _begun(open_page)
    tab_to(page, "The text")

    _tool(page, "Write as plain text")
    expect(page.locator("textarea[name=body]")).to_be_focused()
    page.keyboard.type("Tea at *four*.")
    passed(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Write as it will look")).to_be_focused()
    page.keyboard.press("Enter")
    _is_writing(page)
    expect(page.locator(".ProseMirror em")).to_have_text("four")
    act(page, "Use it", "Your page is there.")
