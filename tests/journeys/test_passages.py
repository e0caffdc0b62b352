"""What is sent about words selected in a page, on a small page of its own: which of two like passages it was is told."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from fieldcraft.engine.prose.anchor import Found, Quote, find
from fieldcraft.engine.prose.tokens import Span

pytestmark = pytest.mark.journey

SCRIPT = Path(__file__).parents[2] / "src/fieldcraft/ui/static/ui/app/passage.js"
TWICE = "Wait for the kettle."
BEFORE = (
    "Coming in On the first visit you sit down by the door. Wait for the kettle. Then ask. Going again When you leave: "
)
AFTER = " Then say when you come again and leave a card."
"""The page's words around the second of the two passages, as a reader and the server have them."""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Read</title></head><body><article class="prose">
  <h2>Coming in</h2>
  <p>On the <em>first</em> visit you
     sit down by the door. Wait for the kettle. Then ask.</p><h2>Going again</h2>
  <aside class="note"><p>Our team has no kettle.</p></aside>
  <ul><li><p>When you leave:</p>Wait for the kettle.</li><li>Then say when you come again</li><li>and leave a card.</li></ul>
</article><p><a href="/remark/?revision=7" data-passage-remark data-passage-label="Remark on this" data-passage-bar="Selected">
<span>Make a remark</span></a><a hidden href="/note/?revision=7" data-passage-note data-passage-label="A note here">x</a></p>
<script type="module" src="/passage.js"></script></body></html>"""


@pytest.fixture
def reading(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(4000)
    page = context.new_page()
    page.route("http://page.test/**", _answer)
    page.goto("http://page.test/")
    yield page
    context.close()


def _answer(route: Route) -> None:
    if route.request.url.endswith(".js"):
        route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body=PAGE, content_type="text/html")


_SELECT = """([words, which]) => {
  const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
  for (let left = which; left && walker.nextNode(); ) if (walker.currentNode.data.includes(words)) left -= 1;
  const start = walker.currentNode.data.indexOf(words), range = document.createRange();
  range.setStart(walker.currentNode, start);
  range.setEnd(walker.currentNode, start + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def _sent(page: Page, *, which: int, link: str = "Remark on this") -> dict[str, str]:
    """What the link in the bar takes along once the first or second of the passages is selected."""
    page.evaluate(_SELECT, [TWICE, which])
    copy = page.get_by_role("region", name="Selected").get_by_role("link", name=link)
    expect(copy).to_be_visible()
    asked = parse_qs(urlsplit(copy.get_attribute("href") or "").query)
    return {name: value for name, (value,) in asked.items()}


@pytest.mark.parametrize("link", ["Remark on this", "A note here"])
def test_of_two_like_passages_the_second_is_sent_with_where_it_stands(reading: Page, link: str) -> None:
    sent = _sent(reading, which=2, link=link)

    assert sent == {
        "revision": "7",
        "quote": TWICE,
        "prefix": BEFORE[-32:],
        "suffix": AFTER[:32],
        "position": str(len(BEFORE)),
    }


def test_of_two_like_passages_the_first_is_sent_with_where_it_stands(reading: Page) -> None:
    sent = _sent(reading, which=1)

    before = BEFORE[: BEFORE.index(TWICE)]
    assert (sent["quote"], sent["position"]) == (TWICE, str(len(before)))
    assert (sent["prefix"], sent["suffix"]) == (before[-32:], " Then ask. Going again When you ")


def test_the_page_s_own_link_takes_the_same_along_for_the_keyboard(reading: Page) -> None:
    sent = _sent(reading, which=2)

    own = reading.locator("[data-passage-remark]")
    expect(own).to_have_text("Remark on this")
    assert {name: value for name, (value,) in parse_qs(urlsplit(own.get_attribute("href") or "").query).items()} == sent


def test_the_server_finds_the_passage_that_was_meant(reading: Page) -> None:
    sent = _sent(reading, which=2)

    quote = Quote(sent["quote"], sent["prefix"], sent["suffix"], int(sent["position"]))
    start = len(BEFORE)
    assert find(BEFORE + TWICE + AFTER, quote) == Found(Span(start, start + len(TWICE)))
