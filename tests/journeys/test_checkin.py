"""The check-in on a phone, by thumb: how many taps, fields and bytes it costs; and my weeks after it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.hands import TALL, OpenPage, enter, follow, press
from tests.journeys.screens import amiss_on

pytestmark = pytest.mark.journey
CHECK_IN, WEEKS = "/compass/check-in/", "/compass/weeks/"
MOST_TAPS, MOST_SECONDS, MOST_BYTES, TARGET = 8, 60, 130_000, 46
A_TAP, A_SENTENCE = 1.5, 5.0  # seconds: a thumb, and somebody who reads and thinks


@pytest.fixture
def enter_open(open_page: OpenPage) -> Callable[..., Page]:
    """Somebody whose compass is open; where it is not yet, Sam says whom to call."""

    def entered(name: str, **asked: object) -> Page:
        page = enter(open_page, name, **asked)
        page.goto("/compass/")
        if page.get_by_role("heading", name="Your compass is not open yet").count():
            sam = enter(open_page, "Sam")
            sam.goto("/compass/safety/tideway/")
            for box in sam.get_by_role("textbox").all():
                box.fill("The duty desk, day and night.")
            press(sam, "Keep it")
        return page

    return entered


def _questions(page: Page) -> list[Locator]:
    return page.get_by_role("group").all()


def _tap(question: Locator, name: str) -> None:
    question.get_by_role("radio", name=re.compile(f"^{name}")).check(force=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_check_in_costs_at_most_eight_taps_and_a_minute(enter_open: Callable[..., Page], javascript: bool) -> None:
    page = enter_open("Rosa", javascript=javascript)
    first_load, again = _bytes(page, CHECK_IN)
    questions, taps = _questions(page), 0

    for number, question in enumerate(questions, start=1):
        _tap(question, str(number))
        taps += 1
    press(page, "Done")
    taps += 1

    expect(page.get_by_role("heading", name="Kept.")).to_be_visible()
    fields = len(questions) + 1
    seconds = taps * A_TAP + len(questions) * A_SENTENCE
    print(f"taps {taps}, fields {fields}, of them to fill in 0, seconds {seconds:.0f}, bytes {first_load} then {again}")
    assert taps <= MOST_TAPS
    assert seconds <= MOST_SECONDS
    assert first_load <= MOST_BYTES
    expect(page.get_by_role("link", name="See my weeks")).to_be_visible()
    expect(page.get_by_role("link", name="Name what is in the way")).to_be_visible()


def _bytes(page: Page, path: str) -> tuple[int, int]:
    """What comes over the line: with nothing in the browser's memory, and once more with it."""
    line = page.context.new_cdp_session(page)
    sizes: list[float] = []
    line.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    line.send("Network.enable")
    line.send("Network.clearBrowserCache")
    page.goto(path, wait_until="networkidle")
    first = sum(sizes)
    sizes.clear()
    page.goto(path, wait_until="networkidle")
    return int(first), int(sum(sizes))


def test_nothing_chosen_and_done_is_fine_and_so_is_not_this_week(enter_open: Callable[..., Page]) -> None:
    page = enter_open("Kofi")
    page.goto(CHECK_IN)
    if not page.locator("input:checked").count():
        press(page, "Done")
        expect(page.get_by_role("heading", name="Nothing is written, and that is fine.")).to_be_visible()

    page.goto(CHECK_IN)
    follow(page, "Not this week")

    expect(page.get_by_role("heading", name="My compass")).to_be_visible()


def test_the_buttons_are_made_for_a_thumb_and_for_a_keyboard(enter_open: Callable[..., Page]) -> None:
    page = enter_open("Tom")
    page.goto(CHECK_IN)
    sizes = page.locator(".asked label").evaluate_all(
        "labels => labels.map(label => { const box = label.getBoundingClientRect(); return [box.width, box.height]; })"
    )
    assert min(min(size) for size in sizes) >= TARGET

    first = _questions(page)[0]
    first.get_by_role("radio").first.focus()
    for _press in range(3):
        page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="4", exact=True)).to_be_checked()
    ring = first.locator("input:focus-visible + span").evaluate("part => getComputedStyle(part).outlineStyle")
    assert ring == "solid"


def test_weeks_are_pinned_hidden_noted_and_deleted(enter_open: Callable[..., Page]) -> None:
    page = enter_open("Wendell", javascript=False)
    page.goto(CHECK_IN)
    for question in _questions(page):
        _tap(question, "5")
    page.get_by_role("textbox").fill("The calm handover.")
    press(page, "Done")
    follow(page, "See my weeks")
    expect(page.get_by_role("img", name="Sense of mastery")).to_be_visible()

    follow(page, "Pin something to a week")
    page.get_by_label("What was it?").fill("The new rota")
    press(page, "Pin it")
    expect(page.get_by_role("listitem").filter(has_text="The new rota")).to_be_visible()

    page.get_by_role("button", name=re.compile("Hide this picture ?: Sense of mastery")).click()
    expect(page.get_by_role("img", name="Sense of mastery")).to_be_hidden()
    page.get_by_role("button", name=re.compile("Show this picture ?: Sense of mastery")).click()

    page.get_by_role("link", name=re.compile("Write a note beside it|Change my note")).click()
    page.get_by_role("textbox").fill("Calmer than it looks.")
    press(page, "Keep")
    expect(page.get_by_text("Calmer than it looks.")).to_be_visible()

    follow(page, "The same as a table")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_text("The calm handover.")).to_be_visible()
    week = page.url
    follow(page, "Delete")
    press(page, "Delete")
    expect(page.get_by_text("Deleted.")).to_be_visible()
    assert page.goto(week).status == 404  # type: ignore[union-attr]


SCREENS = (
    CHECK_IN, f"{CHECK_IN}done/", WEEKS, f"{WEEKS}table/", f"{WEEKS}pin/", f"{WEEKS}fits/",
    "/measures/", "/measures/own-week/", "/measures/gse-3/", "/measures/gse-3/permission/",
)  # fmt: skip


def test_every_screen_of_it_is_accessible_and_narrow_enough(enter_open: Callable[..., Page]) -> None:
    page = enter_open("Sam", height=TALL)
    page.emulate_media(reduced_motion="reduce")
    page.goto(CHECK_IN)
    _tap(_questions(page)[1], "6")
    press(page, "Done")
    page.goto(f"{WEEKS}table/")
    link = page.get_by_role("rowheader").get_by_role("link").first.get_attribute("href") or ""

    assert amiss_on(page, (*SCREENS, link, f"{link}delete/")) == []


def test_in_german_every_sentence_of_the_check_in_is_german(enter_open: Callable[..., Page]) -> None:
    page = enter_open("Edith")
    page.goto(CHECK_IN)
    page.get_by_role("button", name="Deutsch").click()

    for question in _questions(page):
        expect(question).not_to_contain_text(re.compile(r"\b(my|work|the)\b"))
    page.get_by_role("button", name="English").click()
