"""Words that return: found on the person's own device, off until it is switched on there, kept and sent nowhere."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import OpenPage, enter, press

pytestmark = pytest.mark.journey

SCRIPT = Path(__file__).parents[2] / "src/fieldcraft/ui/static/ui/app/returning.js"
PLAIN = ["We went along the canal.", "The kettle was broken.", "Her brother opened.", "It rained on the bench."]


@pytest.fixture
def device(chromium: Browser) -> Iterator[Page]:
    """A page that has the script and nothing else."""
    context = chromium.new_context()
    page = context.new_page()
    page.route("http://device.test/**", lambda route: _answer(route))
    page.goto("http://device.test/")
    yield page
    context.close()


def _answer(route: Any) -> None:
    if route.request.url.endswith(".js"):
        route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><p>Here.</p>", content_type="text/html")


def ask(page: Page, call: str, given: object) -> Any:
    """What one of the script's own functions gives."""
    return page.evaluate(f"async (given) => {{ const it = await import('/returning.js'); return {call}; }}", given)


def returning(page: Page, notes: list[str]) -> Any:
    return ask(page, "it.returning(given)", notes)


def notes(*last: str, earlier: int = 12) -> list[str]:
    """Eight last notes, padded with plain ones, and so many plain ones before them."""
    padded = [*last, *(PLAIN[number % 4] for number in range(8 - len(last)))]
    return [*padded, *(PLAIN[number % 4] for number in range(earlier))]


def test_words_of_a_text_are_small_and_whole_and_no_phrase_runs_over_a_stop(device: Page) -> None:
    assert ask(device, "it.stretches(given)", "Waiting again. Für Größe, don’t!") == [
        ["waiting", "again"], ["für", "größe"], ["don't"],
    ]  # fmt: skip
    assert set(ask(device, "[...it.phrases(given)]", "The waiting room. Hard chairs")) == {
        "waiting", "room", "waiting room", "hard", "chairs", "hard chairs",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["I was there with them, and then not.", "Ich war da und dann nicht mehr.", "", "…!"])
def test_words_that_say_little_are_no_words_here(device: Page, text: str) -> None:
    assert ask(device, "[...it.phrases(given)]", text) == []


def test_a_word_in_five_of_the_last_eight_that_was_rare_before_is_found(device: Page) -> None:
    found = returning(device, notes(*(f"Waiting, {each}." for each in "abcde")))

    assert found[0] == {"words": "waiting", "count": 5, "last": 8}


def test_a_phrase_stands_for_the_words_in_it(device: Page) -> None:
    found = returning(device, notes(*["The waiting list came up."] * 4))

    assert "waiting list" in {each["words"] for each in found}
    assert {"waiting", "list"} & {each["words"] for each in found} == set()


@pytest.mark.parametrize("times", [0, 1, 2])
def test_less_than_three_of_the_last_eight_is_nothing(device: Page, times: int) -> None:
    assert returning(device, notes(*["Waiting."] * times)) == []


def test_what_was_always_there_is_nothing(device: Page) -> None:
    always = [f"Waiting. {PLAIN[number % 4]}" for number in range(20)]

    assert returning(device, always) == []


def test_saying_a_word_often_in_one_note_counts_once(device: Page) -> None:
    assert returning(device, notes("Waiting waiting waiting.")) == []


@pytest.mark.parametrize("total", [0, 1, 8, 11])
def test_with_few_notes_nothing_can_be_told(device: Page, total: int) -> None:
    assert returning(device, ["Waiting."] * total) is None


def test_the_measure_is_the_log_odds_ratio_over_its_spread(device: Page) -> None:
    """By hand: 5 of 8 against 0 of 12, a half added to each count: ln(5.5/3.5) − ln(0.5/12.5) = 3.671, spread 1.596."""
    assert ask(device, "it.standsOut(...given)", [5, 8, 0, 12]) == pytest.approx(2.300, abs=0.001)
    assert ask(device, "it.standsOut(...given)", [3, 8, 0, 12]) == pytest.approx(
        -ask(device, "it.standsOut(...given)", [5, 8, 12, 12]), abs=1e-9
    )
    assert ask(device, "it.standsOut(...given)", [2, 8, 3, 12]) == pytest.approx(0, abs=0.1)


def test_four_hundred_long_notes_are_looked_through_at_once(device: Page) -> None:
    long = [" ".join(f"word{(note * 7 + place) % 900}" for place in range(120)) for note in range(400)]

    milliseconds = ask(
        device,
        "(() => { const from = performance.now(); it.returning(given); return performance.now() - from; })()",
        long,
    )

    assert milliseconds < 1500


def write_notes(page: Page, *texts: str) -> None:
    for text in texts:
        page.goto("/compass/notes/new/")
        page.get_by_label("What did you try, and what happened?").fill(text)
        press(page, "Keep")
        expect(page.get_by_role("status")).to_contain_text("Kept.")


def test_it_is_off_until_switched_on_here_and_nothing_is_kept_or_sent(open_page: OpenPage) -> None:
    page = enter(open_page, "Edith")
    write_notes(page, *(PLAIN[number % 4] for number in range(7)), *(f"Waiting again, {each}." for each in "vwxyz"))
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto("/compass/words/")
    expect(page.get_by_role("button", name="Switch it on here")).to_be_visible()
    assert violations(page) == []
    assert [each.url for each in asked if "texts" in each.url] == []

    press(page, "Switch it on here")
    question = page.get_by_text("You wrote “waiting” in five of your last eight notes.")
    expect(question).to_be_visible()
    expect(page.get_by_role("link", name="Name what is in the way")).to_be_visible()
    assert violations(page) == []

    assert [each.method for each in asked] == ["GET"] * len(asked)
    assert [each.url for each in asked if "waiting" in each.url.lower()] == []
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "waiting" not in kept.lower()
    press(page, "Not now")
    expect(question).not_to_be_visible()
    press(page, "Switch it off here")
    page.reload()
    expect(page.get_by_role("button", name="Switch it on here")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_it_is_off_on_every_other_device(open_page: OpenPage) -> None:
    for _device in range(2):
        page = enter(open_page, "Edith")
        page.goto("/compass/words/")
        press(page, "Switch it on here")


def test_without_javascript_it_says_that_it_needs_it(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", javascript=False)
    page.goto("/compass/words/")

    expect(page.get_by_text("It needs JavaScript")).to_be_visible()
