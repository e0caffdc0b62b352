"""What the journeys of writing share: coming in as somebody, and a hand on the editor."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
ROOT = Path(__file__).parents[2]
HARBOUR, MILL, ELM = "/m/harbour-street-manual/", "/m/mill-lane-manual/", "/m/elm-house-manual/"
CORE, QUAYSIDE, TIDEWAY = "/m/working-alongside/", "/m/quayside-manual/", "/m/tideway-trust-manual/"
TWO, ONE = "Put it to the team", "Use it"  # Harbour Street agrees in twos; at Mill Lane one yes is enough

MOST_KEYS = 90
TALL = 6000  # as tall as any screen, so that nothing lies under the thumb bar while axe measures


def enter(open_page: OpenPage, name: str, **asked: object) -> Page:
    """Somebody of the sample community on a phone, unless it is said otherwise."""
    page = open_page(**asked)
    page.goto("/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()
    return page


def beside(home: Path, what: str, *words: str) -> Any:
    """Do something of `world.py` in the server's home, from a process of its own; gives what it gives."""
    own = {**os.environ, "FIELDCRAFT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings"}
    command = [sys.executable, "-c", _BESIDE, what, *words]
    made = subprocess.run(command, env=own, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(made.stdout)


_BESIDE = "import sys, django; django.setup(); from tests.journeys.world import done; print(done(sys.argv[1:]))"


def come_in(open_page: OpenPage, community: Any, name: str, **asked: object) -> Page:
    """Somebody of an organisation that `beside` made, on a phone, unless it is said otherwise."""
    page = open_page(**asked)
    page.goto("/")
    page.context.add_cookies([{"name": "session", "value": community["sessions"][name], "url": page.url}])
    return page


def the_text(page: Page) -> Locator:
    """Where the text of a page is written: the editor, or the plain field without JavaScript."""
    return page.get_by_role("textbox", name="The text")


def add_words(page: Page, words: str) -> None:
    """Go to the end of the text and write on."""
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send(page: Page, name: str) -> None:
    """Press the button that sends the words; it leads on to another address."""
    before = page.url
    press(page, name)
    page.wait_for_url(lambda url: url != before)


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def more(page: Page, name: str) -> None:
    """One of the things that lie under “More about this page”."""
    page.get_by_text("More about this page").click()
    follow(page, name)


def change(page: Page, address: str, words: str, *, button: str) -> None:
    """Change the page at the address by adding a few words at its end."""
    page.goto(f"{address}change/")
    add_words(page, words)
    send(page, button)


def select(page: Page, words: str) -> None:
    """Select words of the page, as a finger held on them does."""
    page.locator(".prose").evaluate(
        """(prose, words) => {
            const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes(words));
            const range = document.createRange(), start = walker.currentNode.data.indexOf(words);
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        words,
    )


def rewrite(page: Page, address: str, *changes: tuple[str, str], button: str, why: str) -> None:
    """Change words of the page at the address in the plain field, as without JavaScript."""
    page.goto(f"{address}change/")
    text = the_text(page).input_value()
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    the_text(page).fill(text)
    page.get_by_label("Why?").fill(why)
    send(page, button)


def read_until(page: Page, address: str, words: str) -> None:
    """Read the page again until what happens in the background has reached it."""
    for _again in range(40):
        page.goto(address)
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"“{words}” has not come to {address}")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus, which must be seen wherever it goes."""
    for _key in range(MOST_KEYS):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        if found is None:
            continue
        assert found["isSeen"], f"nothing shows that the focus is on {found['name']!r}"
        assert not found["isCovered"], f"{found['name']!r} has the focus and lies under something"
        if found["name"].startswith(name):
            return
    raise AssertionError(f"“{name}” is not reached by keyboard.")


_FOCUSED = """(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const label = at.labels?.[0] ?? document.getElementById(at.getAttribute("aria-labelledby") ?? "");
    const words = at.getAttribute("aria-label") ?? (label ?? at).textContent;
    const isSeen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
    const x = box.left + box.width / 2, y = Math.min(box.top + box.height / 2, box.top + 20);
    const above = document.elementFromPoint(x, y);
    const isCovered = !above || !(at.contains(above) || above.contains(at) || label?.contains(above));
    return { name: words.trim().replace(/\\s+/g, " "), isSeen, isCovered };
})()"""


def enter_on(page: Page, name: str) -> None:
    """Press Enter on what has this name."""
    tab_to(page, name)
    page.keyboard.press("Enter")
