"""What keeps the words of a form and sends them, held to each of its promises in a real browser.

The page here is small and answered by the test itself: no server stands behind it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.hands import press

pytestmark = pytest.mark.journey

STATIC = Path(__file__).parents[2] / "src/fieldcraft/ui/static"
TYPES = {".js": "text/javascript", ".css": "text/css"}
OWN, KEEP = "somebody", "page:1"
KEY = f"{OWN} {KEEP}"
UNSENT = "This could not be sent. Your words are kept on this device; you can send them again."


@dataclass
class Site:
    """What the form is answered, one answer after the other, and what was posted; page: the form itself."""

    page: Callable[[], str] = lambda: form_page()
    answers: list[Callable[[Route], None]] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = re.sub(r"^https?://[^/]+", "", route.request.url).partition("?")[0]
        if path.startswith("/static/"):
            file = STATIC / re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", path.removeprefix("/static/"))
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))
        elif route.request.method == "POST":
            self.posted.append(route.request.post_data or "")
            self.answers.pop(0)(route)
        else:
            route.fulfill(body=self.page(), content_type="text/html")


def form_page(body: str = "As it was.") -> str:
    own = render_to_string("ui/keep.html").replace('data-own=""', f'data-own="{OWN}"')  # not a stranger's page
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Write</title></head><body>
    <main id="main"><form method="post" action="/send/" enctype="multipart/form-data" data-keep="{KEEP}">
    <input type="hidden" name="csrfmiddlewaretoken" value="a-token">
    <label>Title <input name="title" value="A title"></label> <label>The text <textarea name="body">{body}</textarea></label>
    <label>Password <input type="password" name="password"></label> <label>A file <input type="file" name="file"></label>
    <p class="row"><button>Use it</button></p></form></main>{own}</body></html>"""


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def screen(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page at the address of the form, which is yet to be opened; an error in a script is a failure."""
    wrong: list[str] = []
    context = chromium.new_context()
    context.set_default_timeout(4000)
    context.on("weberror", lambda problem: wrong.append(str(problem.error)))
    context.route("**/*", site.answer)
    page = context.new_page()
    page.on("dialog", lambda asks: asks.accept())
    yield page
    context.close()
    assert wrong == []


def open_with(page: Page, *words: str) -> None:
    """Open the form with these words kept on the device from other days, the newest first."""
    page.goto("http://fieldcraft.test/change/")
    sets = [{"fields": {"title": ["A title"], "body": [each]}} for each in words]
    page.evaluate("([key, sets]) => localStorage.setItem(key, JSON.stringify(sets))", [KEY, sets])
    page.reload()


def kept(page: Page) -> list[dict[str, Any]]:
    """The fields of each set that is kept on the device."""
    sets = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "[]")
    return [each["fields"] for each in sets]


def kept_texts(page: Page) -> list[str]:
    return [fields["body"][0] for fields in kept(page)]


def write(page: Page, words: str) -> None:
    page.get_by_label("The text").fill(words)


def _taken(route: Route) -> None:
    route.fulfill(status=204, headers={"Location": "/p/there/"})


def _look_again(route: Route) -> None:
    route.fulfill(status=409, body=form_page("Newer, with theirs."), content_type="text/html")


# More than one set of words is kept


def test_taking_one_set_up_keeps_the_other(screen: Page, site: Site) -> None:
    site.answers = [_taken]
    open_with(screen, "Newer.", "Older.")

    press(screen, "Take them up")
    expect(screen.get_by_label("The text")).to_have_value("Newer.")
    assert kept_texts(screen) == ["Newer.", "Older."]
    press(screen, "Use it")
    screen.wait_for_url("**/p/there/")

    assert kept_texts(screen) == ["Older."]
    expect(screen.get_by_text("You have words here that were not sent.")).to_be_visible()


def test_taking_one_set_up_keeps_the_other_although_one_had_to_look_again(screen: Page, site: Site) -> None:
    site.answers = [_look_again, _taken]
    open_with(screen, "Newer.", "Older.")

    press(screen, "Take them up")
    press(screen, "Use it")
    expect(screen.get_by_label("The text")).to_have_value("Newer, with theirs.")
    press(screen, "Use it")
    screen.wait_for_url("**/p/there/")

    assert kept_texts(screen) == ["Older."]


def test_throwing_one_set_away_keeps_the_other_and_asks_about_it(screen: Page) -> None:
    open_with(screen, "Newer.", "Older.")

    press(screen, "Throw them away")
    assert kept_texts(screen) == ["Older."]
    press(screen, "Take them up")

    expect(screen.get_by_label("The text")).to_have_value("Older.")
    assert kept_texts(screen) == ["Older."]


def test_words_sent_without_an_answer_to_the_question_leave_what_was_kept(screen: Page, site: Site) -> None:
    site.answers = [_taken]
    open_with(screen, "Newer.", "Older.")

    write(screen, "Of today.")
    press(screen, "Use it")
    screen.wait_for_url("**/p/there/")

    assert kept_texts(screen) == ["Newer.", "Older."]


def test_no_more_than_three_sets_are_kept_the_newest(screen: Page) -> None:
    open_with(screen, "Third.", "Second.", "First.")

    write(screen, "Fourth.")
    screen.reload()

    assert kept_texts(screen) == ["Fourth.", "Third.", "Second."]


# What is kept, and when


def test_a_token_a_password_and_a_file_are_never_kept(screen: Page) -> None:
    open_with(screen)

    screen.get_by_label("Password").fill("four words to picture")
    screen.get_by_label("A file").set_input_files({"name": "scan.txt", "mimeType": "text/plain", "buffer": b"inside"})
    write(screen, "Kept.")
    screen.reload()
    assert kept(screen) == [{"title": ["A title"], "body": ["Kept."]}]
    press(screen, "Take them up")

    expect(screen.get_by_label("The text")).to_have_value("Kept.")
    expect(screen.get_by_label("Password")).to_have_value("")
    expect(screen.locator("[name=csrfmiddlewaretoken]")).to_have_value("a-token")


def test_words_are_kept_within_half_a_second_of_the_last_key(screen: Page) -> None:
    screen.clock.install()
    screen.goto("http://fieldcraft.test/change/")
    screen.clock.pause_at("2100-01-01")

    write(screen, "The battery ends now.")
    assert kept_texts(screen) == []
    screen.clock.run_for(500)

    assert kept_texts(screen) == ["The battery ends now."]


# Sending


def test_two_presses_send_once(screen: Page, site: Site) -> None:
    site.answers = [_taken, _taken]
    open_with(screen)
    write(screen, "Once.")

    screen.evaluate("() => { const button = document.querySelector('button'); button.click(); button.click(); }")
    screen.wait_for_url("**/p/there/")

    assert len(site.posted) == 1


def test_after_a_send_that_failed_one_can_send_again(screen: Page, site: Site) -> None:
    site.answers = [lambda route: route.fulfill(status=503), _taken]
    open_with(screen)
    write(screen, "Again.")

    press(screen, "Use it")
    expect(screen.get_by_role("alert")).to_have_text(UNSENT)
    press(screen, "Use it")
    screen.wait_for_url("**/p/there/")

    assert len(site.posted) == 2
    assert kept(screen) == []


_IMPATIENT = """(() => {
  const wait = AbortSignal.timeout.bind(AbortSignal);
  window.waited = [];
  AbortSignal.timeout = (milliseconds) => { window.waited.push(milliseconds); return wait(200); };
})()"""


def test_a_server_that_never_answers_leaves_the_words_unsent_after_a_minute(screen: Page, site: Site) -> None:
    site.answers = [lambda route: None]
    screen.add_init_script(_IMPATIENT)
    open_with(screen)
    write(screen, "Nobody listens.")

    press(screen, "Use it")
    expect(screen.get_by_role("alert")).to_have_text(UNSENT)

    assert screen.evaluate("window.waited") == [60_000]
    expect(screen.locator("form")).not_to_have_attribute("aria-busy", "true")
    assert kept_texts(screen) == ["Nobody listens."]
