"""Pictures of the sample community for people to look at: `python scripts/pictures.py [FOLDER] [--docs]`.

Every screen at 390 and 1280 pixels, light and dark, into FOLDER; with --docs the pictures that the documentation
shows. Needs Chromium, as the browser journeys do.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
SIZES = {390: 844, 1280: 900}
TEAM = "/m/harbour-street-manual/"
MEETINGS = "p/meetings-the-person-would-recognise/"
SCREENS = {
    "today": "/",
    "manuals": "/manuals/",
    "contents": TEAM,
    "adapted": f"{TEAM}p/the-two-visit-rule/",
    "noted": f"{TEAM}p/small-useful-things/",
    "set-aside": f"{TEAM}p/working-with-the-police-and-courts/",
    "local": f"{TEAM}p/the-back-stairs/",
    "index": f"{TEAM}index/",
    "changes": f"{TEAM}changes/",
    "about": f"{TEAM}about/",
    "history": f"{TEAM}p/the-two-visit-rule/history/",
    "compare": f"{TEAM}p/the-two-visit-rule/compare/",
    "compare-only": f"{TEAM}p/the-two-visit-rule/compare/?only=1",
    "others": f"{TEAM}p/handover-that-helps/others/",
    "change": f"{TEAM}p/curiosity-before-advice/change/",
    "note": f"{TEAM}p/curiosity-before-advice/note/",
    "make-remark": f"{TEAM}p/curiosity-before-advice/remark/",
    "set-aside-why": f"{TEAM}p/curiosity-before-advice/set-aside/",
    "return": f"{TEAM}p/the-two-visit-rule/return/",
    "add": f"{TEAM}add/",
    "gone": f"{TEAM}gone/",
    "to-manualize": f"{TEAM}to-manualize/",
    "export": f"{TEAM}export/",
    "steps": f"{TEAM}steps/",
    "offers": f"{TEAM}offers/",
    "offer-this": f"{TEAM}p/the-back-stairs/offer/",
    "publications": f"{TEAM}publications/",
    "withdrawn-below": f"{TEAM}p/when-services-pull-apart/",
    "kept-until": f"{TEAM}p/joint-visits/",
    "copied": f"{TEAM}p/crisis-at-the-kitchen-table/",
    "missing": f"{TEAM}missing/?title=Nowhere",
    "search": "/search/?q=saftey",
    "nothing-found": f"{TEAM}search/?q=qqqq",
    "teams": "/people/teams/",
    "organisation": "/people/organisations/tideway/",
    "conditions": "/organisations/tideway/conditions/",
    "raised": "/conditions/mine/",
    "trail": "/trail/",
    "purposes": "/organisations/tideway/purposes/",
    "theory": "/organisations/tideway/theory/",
    "theory-picture": "/organisations/tideway/theory/picture/",
    "psychology": "/organisations/tideway/psychology/",
    "tests": "/organisations/tideway/tests/",
    "ledger": "/organisations/tideway/ledger/",
    "count-me-in": "/compass/count-me-in/",
    "me": "/people/me/",
    "begin": "/manuals/new/",
    "import": "/import/",
    "second-step": "/account/2fa/",
    "addresses": "/account/email/",
    "new-password": "/account/password/change/",
    "not-there": "/nowhere/",
}
LED_TO: dict[str, tuple[str, str]] = {
    "draft": (f"{TEAM}p/missed-visits/", "draft of"),
    "note-draft": (f"{TEAM}to-manualize/", "The weekly team meeting"),
    "remark": (f"{TEAM}to-manualize/", "Sharing information"),
    "note-change": (f"{TEAM}p/small-useful-things/", "Change the note"),
    "note-out": (f"{TEAM}p/small-useful-things/", "Take it out"),
    "step": (f"{TEAM}{MEETINGS}", "See what changed"),
    "step-fits": (f"{TEAM}p/the-two-visit-rule/", "See what changed"),
    "step-withdrawn": (f"{TEAM}p/when-services-pull-apart/", "See what changed"),
    "step-set-aside": (f"{TEAM}p/working-with-the-police-and-courts/", "See what changed"),
    "borrow": (f"{TEAM}steps/", "Joint visits"),
    "offer-declined": (f"{TEAM}offers/", "Two of us after dark"),
}
"""Screens whose address is another each time: the screen before, and the link there."""
SIGNED_OUT = {
    "home": "/",
    "public-page": "/m/working-alongside/p/the-first-meeting/",
    "suggest": "/m/elm-house-manual/p/joint-visits/remark/",
    "sign-in": "/account/login/",
    "forgotten": "/account/password/reset/",
    "by-invitation": "/account/signup/",
}
DOCS: dict[str, str | tuple[str, str]] = {
    "docs/tutorial/pictures/today.png": "/",
    "docs/tutorial/pictures/noted.png": f"{TEAM}p/small-useful-things/",
    "docs/tutorial/pictures/adapted.png": f"{TEAM}p/the-two-visit-rule/",
    "docs/tutorial/pictures/compared.png": f"{TEAM}p/the-two-visit-rule/compare/?only=1",
    "docs/tutorial/pictures/change.png": f"{TEAM}p/curiosity-before-advice/change/",
    "docs/tutorial/pictures/draft.png": LED_TO["draft"],
    "docs/tutorial/pictures/to-manualize.png": f"{TEAM}to-manualize/",
    "docs/tutorial/pictures/in-step-list.png": f"{TEAM}steps/",
    "docs/tutorial/pictures/in-step-page.png": f"{TEAM}{MEETINGS}",
    "docs/tutorial/pictures/in-step.png": LED_TO["step"],
}
CHOSEN = "docs/tutorial/pictures/in-step-choice.png", "docs/tutorial/pictures/in-step-whole.png"
"""Pictures on the way through a step, which is begun for them."""


def main(folder: Path | None, *, with_docs: bool) -> None:
    with served() as address, sync_playwright() as playwright:
        quiet = ["--headless=new", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROME_BIN", "/usr/bin/chromium"), args=quiet
        )
        if folder:
            _every_screen(browser, address, folder)
        if with_docs:
            _of_the_docs(_opened(browser, address, 390, "light"))


def _every_screen(browser: Browser, address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for width in SIZES:
        for colours in ("light", "dark"):
            _all_screens(_opened(browser, address, width, colours), folder, f"{width}-{colours}")


def _of_the_docs(page: Page) -> None:
    _enter(page, "Dee")
    for file, place in DOCS.items():
        _go(page, place)
        _kept_small(page, ROOT / file)
    _into_step(page)


@contextmanager
def served() -> Iterator[str]:
    """The sample community on a server and home of its own."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        address = f"http://localhost:{port}"
        environment = {**os.environ, "FIELDCRAFT_HOME": home, "FIELDCRAFT_ADDRESS": address}
        subprocess.run([sys.executable, "-m", "fieldcraft", "demo"], env=environment, check=True)
        server = subprocess.Popen([sys.executable, "-m", "fieldcraft", "up", "--port", str(port)], env=environment)
        try:
            _wait_for(f"{address}/health/")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.25)


def _opened(browser: Browser, address: str, width: int, colours: str) -> Page:
    looks: dict[str, Any] = {"color_scheme": colours, "reduced_motion": "reduce", "locale": "en-GB"}
    context = browser.new_context(base_url=address, viewport={"width": width, "height": SIZES[width]}, **looks)
    return context.new_page()


def _enter(page: Page, name: str = "Amina") -> None:
    page.goto("/")
    page.get_by_role("button", name=f"Be {name}").click()


def _all_screens(page: Page, folder: Path, ending: str) -> None:
    for name, path in SIGNED_OUT.items():
        page.goto(path)
        page.screenshot(path=folder / f"{name}-{ending}.png", full_page=True)
    _enter(page)
    for name, path in SCREENS.items():
        page.goto(path)
        page.screenshot(path=folder / f"{name}-{ending}.png", full_page=True)
    for name, place in LED_TO.items():
        _go(page, place)
        page.screenshot(path=folder / f"{name}-{ending}.png", full_page=True)
    _seen_before_sending(page, folder / f"see-my-change-{ending}.png")
    for name in ("noted", "compare", "to-manualize"):
        page.goto(SCREENS[name])
        page.pdf(path=folder / f"{name}.pdf")


def _into_step(page: Page) -> None:
    """Through the places of a step to the whole page; nothing is put to the team."""
    choice, whole = CHOSEN
    _go(page, LED_TO["step"])
    page.get_by_role("link", name="Go on to").click()
    page.get_by_role("radio", name="Take the core's").check()
    page.get_by_role("radio", name="Keep ours").scroll_into_view_if_needed()
    _kept_small(page, ROOT / choice)
    page.get_by_role("button", name="Use this and go on").click()
    page.get_by_role("radio", name="Write it in your own words").check()
    own = page.get_by_role("textbox", name="Your own words")
    own.fill(own.input_value().replace("forty", "thirty"))
    page.get_by_role("button", name="Use this and go on").click()
    page.get_by_role("heading", name="combined").wait_for()
    _kept_small(page, ROOT / whole)


def _kept_small(page: Page, file: Path) -> None:
    """What is on the screen, in as few colours as it needs."""
    page.screenshot(path=file)
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def _go(page: Page, place: str | tuple[str, str]) -> None:
    """To an address; or to a screen, and on by a link there."""
    path, link = (place, "") if isinstance(place, str) else place
    page.goto(path)
    if link:
        page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()


def _seen_before_sending(page: Page, file: Path) -> None:
    """A change that its writer looks at; it is not sent."""
    page.goto(SCREENS["change"])
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Ask twice, and wait twice.")
    page.get_by_role("button", name="See my change").click()
    page.get_by_role("heading", name="Your change").wait_for()
    page.screenshot(path=file, full_page=True)
    page.once("dialog", lambda asks: asks.accept())


if __name__ == "__main__":
    folders = [Path(each) for each in sys.argv[1:] if not each.startswith("--")]
    main(next(iter(folders), None), with_docs="--docs" in sys.argv)
