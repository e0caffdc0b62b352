"""What is amiss on a screen, seen on a phone and on a desk, light and dark, with all that is folded opened."""

from collections.abc import Iterable

from playwright.sync_api import Page
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL

_OPEN_ALL = "main => { for (const each of main.querySelectorAll('details')) each.open = true; }"


def amiss(page: Page, screen: str) -> list[str]:
    """What axe finds in each setting, and whether a small phone has to scroll sideways."""
    page.locator("main").evaluate(_OPEN_ALL)
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": TALL})
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            found += [f"{screen} {width} {colours}: {each}" for each in violations(page)]
    page.set_viewport_size({"width": 320, "height": TALL})
    is_wide = page.evaluate("document.documentElement.scrollWidth") > 320
    return [*found, *([f"{screen} is wider than 320 pixels"] if is_wide else [])]


def amiss_on(page: Page, screens: Iterable[str], answers: tuple[int, ...] = (200,)) -> list[str]:
    """Of all of them; each is opened first, and answers as it may. They may come about while one looks."""
    found: list[str] = []
    for screen in screens:
        answer = page.goto(screen)
        found += [] if answer and answer.status in answers else [f"{screen} answers {answer and answer.status}"]
        found += amiss(page, screen)
    return found
