"""Hands that know the keys alone: where the focus is after a step, and what axe finds on the screens that are passed."""

from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL, OpenPage, enter_on, tab_to


def sit_down(open_page: OpenPage, name: str, *, javascript: bool = True) -> Page:
    """Somebody of the sample community on a phone with a keyboard, who comes in by it as well."""
    page = open_page(javascript=javascript)
    page.emulate_media(reduced_motion="reduce")  # where the focus goes, the page is at once, not gliding there
    page.goto("/")
    go(page, f"Be {name}", f"Good to see you, {name}")
    return page


def go(page: Page, name: str, heading: str) -> None:
    """Enter on what has this name; it leads to a screen with this heading, and nothing on it is amiss."""
    with page.expect_navigation():
        enter_on(page, name)
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    passed(page)


def act(page: Page, name: str, told: str) -> None:
    """Enter on what has this name; then the focus is on what says what became of it, and one sees it there."""
    enter_on(page, name)
    is_told(page, told)
    passed(page)


def write(page: Page, name: str, words: str) -> None:
    """Go to the field of this name and type, instead of what stood there."""
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def is_told(page: Page, words: str) -> None:
    """The focus is on what says this, seen, and the next key goes on from there instead of from the top."""
    expect(page.locator(":focus")).to_contain_text(words)
    assert page.evaluate(_IS_SEEN), f"nothing shows that the focus is on {words!r}"
    assert page.evaluate(_IS_IN_TEXT), f"{words!r} is not in the text of the page"


_IS_IN_TEXT = "document.querySelector('main').contains(document.activeElement)"
_IS_SEEN = """(() => {
    const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
    const isOnScreen = box.bottom > 0 && box.top < innerHeight;
    return isOnScreen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})()"""


def passed(page: Page) -> None:
    """Nothing of what axe knows is amiss on a phone, in light and in dark; axe itself is a script."""
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        return
    before = page.viewport_size
    page.set_viewport_size({"width": 390, "height": TALL})
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        assert violations(page) == [], f"{page.url} {colours}"
    page.set_viewport_size(before or {"width": 390, "height": 844})
