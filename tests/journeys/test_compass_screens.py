"""Every screen of the compass, empty and filled: accessible on a phone and a desk, light and dark, and narrow enough."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import AXE, RULES
from tests.journeys.hands import HARBOUR, TALL, OpenPage, enter, press

pytestmark = pytest.mark.journey
EMPTY = (
    "", "purposes/", "visions/", "in-the-way/", "practice/", "notes/", "reflections/", "shares/", "shared/",
    "keeping/", "delete/", "receipt/", "export/", "words/", "weeks/",
)  # fmt: skip
ASKING = (
    "purposes/new/", "visions/new/", "in-the-way/new/", "practice/new/", "notes/new/", "reflections/new/",
    "exercises/", "exercises/two-hands/", "exercises/sleep-on-it/", "exercises/letter-from-the-day/",
)  # fmt: skip
OF_PURPOSE = ("delete/",)
OF_VISION = (
    "", "brings/", "change/", "change/?kind=clearer", "change/?kind=let_go", "now/", "nows/", "over-time/?days=1", "delete/",
    *(f"ask/{question}/?on=1" for question in ("whose", "wish", "serves", "organisation", "horizon")),
)  # fmt: skip
OF_OBSTACLE = (
    "", "beside/", "page/?q=handover", "delete/",
    *(f"ask/{question}/?on=1" for question in ("words", "kind", "whose", "against", "vision")),
)  # fmt: skip
SETTINGS = tuple((width, colours) for width in (390, 1280) for colours in ("light", "dark"))
LONG = "Verantwortungsübernahmebereitschaft in the kitchen at half past four, and the kettle is on. "


def _amiss(page: Page, screen: str) -> list[str]:
    """What axe finds in each setting, and whether a small phone has to scroll sideways."""
    page.locator("main").evaluate("main => { for (const each of main.querySelectorAll('details')) each.open = true; }")
    page.evaluate(AXE)
    found = []
    for width, colours in SETTINGS:
        page.set_viewport_size({"width": width, "height": TALL})
        page.emulate_media(color_scheme=colours)
        said = page.evaluate(f"{RULES}.then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).slice(0, 2)))")
        found += [f"{screen} {width} {colours}: {each}" for each in said]
    page.set_viewport_size({"width": 320, "height": TALL})
    wide = page.evaluate("document.documentElement.scrollWidth") > 320
    return [*found, *([f"{screen} is wider than 320 pixels"] if wide else [])]


def _all_amiss(page: Page, screens: Iterator[str]) -> list[str]:
    found: list[str] = []
    for screen in screens:
        answer = page.goto(f"/compass/{screen}" if not screen.startswith("/") else screen)
        found += [f"{screen} answers {answer and answer.status}"] if not answer or answer.status != 200 else []
        found += _amiss(page, screen)
    return found


def test_every_screen_of_an_empty_compass_is_accessible_and_narrow_enough(open_page: OpenPage) -> None:
    page = enter(open_page, "Zofia", height=TALL)
    page.emulate_media(reduced_motion="reduce")

    assert _all_amiss(page, iter((*EMPTY, *ASKING))) == []
