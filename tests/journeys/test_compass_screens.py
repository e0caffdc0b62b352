"""Every screen of the compass, empty and filled: accessible on a phone and a desk, light and dark, and narrow enough."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from tests.journeys.hands import TALL, OpenPage, enter
from tests.journeys.screens import amiss_on

pytestmark = pytest.mark.journey
EMPTY = (
    "", "purposes/", "visions/", "in-the-way/", "practice/", "notes/", "reflections/", "shares/", "shared/",
    "keeping/", "delete/", "receipt/", "export/", "words/", "weeks/",
)  # fmt: skip
LEAST = 40  # kinds of screens that lie behind a filled compass; fewer would mean that the walk lost its way


def test_every_screen_of_an_empty_compass_is_accessible_and_narrow_enough(open_page: OpenPage) -> None:
    page = enter(open_page, "Priya", height=TALL)

    assert amiss_on(page, (f"/compass/{screen}" for screen in EMPTY)) == []


def test_every_screen_of_a_filled_compass_leads_on_and_is_accessible_and_narrow_enough(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee", height=TALL)
    walked: list[str] = []

    assert amiss_on(page, _one_of_each_kind(page, walked)) == []
    assert len(walked) >= LEAST


def _one_of_each_kind(page: Page, walked: list[str]) -> Iterator[str]:
    """Walks from the first screen along its links, to one screen of each kind; nothing is pressed."""
    waiting, kinds = ["/compass/"], {""}
    while waiting:
        walked.append(waiting.pop(0))
        yield walked[-1]
        for link in page.locator("main a").evaluate_all("links => links.map(link => link.pathname)"):
            if link.startswith("/compass/") and not link.endswith("/file/") and _kind(link) not in kinds:
                kinds.add(_kind(link))
                waiting.append(link)


def _kind(link: str) -> str:
    """What kind of screen it is: without which thing, which question, which exercise or which page of a manual."""
    kind = re.sub(r"[0-9a-f-]{36}", "…", link)
    kind = re.sub(r"/ask/.*", "/ask/", kind)
    kind = re.sub(r"^/compass/(exercises|check-in)/(?!new|….).+", r"/compass/\1/…/", kind)
    return re.sub(r"^/compass/(pages|share)/.*", r"/compass/\1/…/", kind)
