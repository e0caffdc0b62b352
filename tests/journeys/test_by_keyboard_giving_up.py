"""A page is set aside, returned, brought back and renamed, with the keys alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import MILL, OpenPage, enter_on, tab_to
from tests.journeys.keys import act, go, sit_down, write

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("where", "title", "javascript"),
    [
        ("nobody-carries-this-alone", "Nobody carries this alone", True),
        ("many-parts-of-life-and-one-plan", "Many parts of life and one plan", False),
    ],
)
def test_a_page_is_set_aside_returned_and_brought_back_by_keyboard(
    open_page: OpenPage, where: str, title: str, javascript: bool
) -> None:
    page = sit_down(open_page, "Rosa", javascript=javascript)
    page.goto(f"{MILL}p/{where}/")

    enter_on(page, "More about this page")
    go(page, "Set it aside", "Set this page aside")
    write(page, "Why does your team not use this page?", "We carry it in pairs.")
    act(page, "Set it aside", "Set aside. You can take it back whenever you like.")
    expect(page.get_by_text("We carry it in pairs.")).to_be_visible()
    enter_on(page, "More about this page")
    go(page, "Return to the core", "Return to the core")
    act(page, "Return to the core", "For thirty days it can be brought back.")
    expect(page.get_by_text("The words of Working Alongside")).to_be_visible()

    page.goto(MILL)
    go(page, "Bring something back", "Bring something back")
    act(page, f"Bring it back: {title}", "Brought back.")
    page.goto(f"{MILL}p/{where}/")
    expect(page.get_by_text("Your team set this page aside")).to_be_visible()
    go(page, "Use it again, in our words", "Change")


def test_a_page_is_renamed_and_links_follow_by_keyboard(open_page: OpenPage) -> None:
    page = sit_down(open_page, "Rosa")
    _add(page, "The lamp in the hall", "It goes by itself.")
    _add(page, "Coming in late", "Look for [[The lamp in the hall")

    page.goto(f"{MILL}p/the-lamp-in-the-hall/")
    go(page, "Change this page", "Change this page")
    write(page, "Title", "The light by the stairs")
    enter_on(page, "Tags, and where it stands")
    _choose(page, "Under which heading?", "Learning at work")
    act(page, "Use it", "Kept. Readers have your text now.")

    expect(page.get_by_role("heading", name="The light by the stairs", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Where you are")).to_contain_text("Learning at work")
    page.goto(f"{MILL}p/coming-in-late/")
    go(page, "The lamp in the hall", "The light by the stairs")


def _add(page: Page, title: str, text: str) -> None:
    """A new page; a title that is begun with `[[` is chosen from the list."""
    page.goto(MILL)
    go(page, "Add a page", "Add a page")
    write(page, "Title", title)
    tab_to(page, "The text")
    page.keyboard.type(text)
    if "[[" in text:
        expect(page.get_by_role("listbox", name="Pages of this manual").get_by_role("option")).to_have_count(1)
        page.keyboard.press("Enter")
    act(page, "Use it", "Your page is there.")


def _choose(page: Page, name: str, label: str) -> None:
    tab_to(page, name)
    page.keyboard.type(label)
    expect(page.get_by_label(name).locator("option:checked")).to_have_text(label)
