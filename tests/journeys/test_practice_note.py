"""Practice on a phone: a note in a minute by thumb, a hunch before the reasons, a note that becomes a draft, sleeping on it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import HARBOUR, MILL, TALL, OpenPage, enter, follow, press, send

pytestmark = pytest.mark.journey

MOST_TAPS, MOST_FIELDS, MOST_BYTES = 8, 5, 1_000
ONLY_ME = "Only you see this, now and later"
HUNCH, HAPPENED = "Stay in the hall today.", "She opened before I had rung, and we talked about the bins."
SURPRISE, REASONS = "How glad she was.", "It was the fourth visit, and the plan said so."


@dataclass
class Thumb:
    """Taps on the screen, and counts them; typing after a tap is the keyboard's business."""

    page: Page
    taps: int = 0
    fields: int = 0

    def tap(self, place: Locator) -> None:
        self.taps += 1
        place.click()

    def write(self, label: str, words: str) -> None:
        self.tap(self.page.get_by_label(label))
        self.fields += 1
        self.page.keyboard.type(words)


def fits(page: Page) -> None:
    """Nothing runs off a small phone, and what can be pressed is large enough; then axe looks."""
    page.set_viewport_size({"width": 320, "height": TALL})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('main :is(.button, .button-second, .link-button, summary, .big-choices label)')]
            .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 46).map((each) => each.textContent)"""
    )
    assert [words for words in small if "settled" not in words] == []
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="My notes on this page")


def test_a_practice_note_takes_eight_taps_from_the_page_of_the_manual(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee")
    page.goto(f"{HARBOUR}p/turning-up-again/")
    thumb, sent = Thumb(page), []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    thumb.tap(panel(page).get_by_role("link", name="Write what happened"))
    expect(page.get_by_text(ONLY_ME)).to_be_visible()
    thumb.write("My hunch, before I think", HUNCH)
    thumb.write("What did you try, and what happened?", HAPPENED)
    thumb.write("What surprised you?", SURPRISE)
    thumb.write("My reasons, now that I think", REASONS)
    thumb.tap(page.get_by_text("Helped", exact=True))
    thumb.tap(page.get_by_role("button", name="Keep"))

    expect(page.get_by_role("status")).to_contain_text("Kept. It is yours alone.")
    note: Request = sent[0]
    assert (thumb.taps, thumb.fields) <= (MOST_TAPS, MOST_FIELDS)
    assert len(note.post_data or "") <= MOST_BYTES
    page.goto(f"{HARBOUR}p/turning-up-again/")
    expect(panel(page).get_by_role("link", name=HAPPENED)).to_be_visible()
    expect(page.locator("html")).to_contain_text("Only you see them.")


def test_three_taps_are_enough_for_what_happened_alone(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}p/turning-up-again/")
    thumb = Thumb(page)

    thumb.tap(panel(page).get_by_role("link", name="Write what happened"))
    thumb.write("What did you try, and what happened?", "Nobody was in.")
    thumb.tap(page.get_by_role("button", name="Keep"))

    expect(page.get_by_text("Nobody was in.")).to_be_visible()
    assert thumb.taps == 3


def test_the_hunch_comes_before_the_reasons_and_later_one_says_which_one_followed(open_page: OpenPage) -> None:
    page = enter(open_page, "Amina")
    page.goto("/compass/")
    follow(page, "Write what happened")
    boxes = page.get_by_role("textbox")
    expect(boxes.first).to_have_accessible_name("My hunch, before I think")
    fits(page)
    page.get_by_label("My hunch, before I think").fill(HUNCH)
    page.get_by_label("What did you try, and what happened?").fill(HAPPENED)
    page.get_by_label("My reasons, now that I think").fill(REASONS)
    send(page, "Keep")
    fits(page)

    page.get_by_text("Later, when you know: which did you follow?").click()
    page.get_by_role("radio", name="My hunch").check()
    page.get_by_label("And what happened?").fill("She rang the next day.")
    press(page, "Keep")

    expect(page.locator("dl")).to_contain_text("She rang the next day.")
    expect(page.locator("dl")).to_contain_text("My hunch")
    stranger = enter(open_page, "Dee")
    answer = stranger.goto(page.url)
    assert answer
    assert answer.status == 404


def test_a_name_is_asked_about_on_the_device_before_it_is_kept(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto("/compass/notes/new/")

    page.get_by_label("What did you try, and what happened?").fill("We met Mrs Alder at the gate.")
    page.get_by_label("What surprised you?").click()

    expect(page.get_by_text("This looks like a name: “Mrs Alder”.")).to_be_visible()
    press(page, "Change it")
    expect(page.get_by_label("What did you try, and what happened?")).to_have_value(
        "We met a young person at the gate."
    )


def test_a_note_becomes_a_draft_in_words_that_its_writer_chose(open_page: OpenPage) -> None:
    page = enter(open_page, "Dee")
    page.goto(f"{HARBOUR}p/silence-and-short-answers/")
    panel(page).get_by_role("link", name="Write what happened").click()
    page.get_by_label("My hunch, before I think").fill("He is tired of me.")
    page.get_by_label("What did you try, and what happened?").fill("I sat with the short answers and made tea.")
    send(page, "Keep")
    at = page.url

    follow(page, "Turn it into a draft for our manual")
    words = page.get_by_label("What of this may the team read?")
    expect(words).to_have_value("I sat with the short answers and made tea.")
    fits(page)
    words.fill("Tea first. A short answer is an answer.")
    page.get_by_role("radio", name="A change of the page's text").check()
    press(page, "Go on")
    expect(page.get_by_text("goes into Harbour Street manual with your name")).to_be_visible()
    expect(page.locator(".ProseMirror")).to_contain_text("A short answer is an answer.")
    page.get_by_label("Why?").fill("It worked twice.")
    send(page, "Put it to the team")

    assert page.url == at
    expect(page.get_by_text("Your team is agreeing it.")).to_be_visible()
    colleague = enter(open_page, "Amina")
    colleague.goto(f"{HARBOUR}p/silence-and-short-answers/")
    follow(colleague, "Dee Okafor's draft of")
    expect(colleague.locator(".compare ins").filter(has_text="A short answer is an answer.")).to_be_visible()
    expect(colleague.locator("main")).not_to_contain_text("He is tired of me.")
    press(colleague, "I agree")
    expect(colleague.get_by_role("status")).to_contain_text("Agreed.")
    page.reload()
    expect(page.get_by_text("It was agreed, and readers have it.")).to_be_visible()


def test_a_note_becomes_a_remark_without_javascript(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom", javascript=False)
    page.goto(f"{MILL}p/safety-plans/")
    follow(page, "My notes on this page")
    follow(page, "Write what happened")
    page.get_by_label("What did you try, and what happened?").fill("The plan was out of date, and we said so.")
    press(page, "Keep")
    follow(page, "Tell the team, as a remark")
    page.get_by_label("What of this may the team read?").fill("Look at the date first.")
    press(page, "Send it to the team")

    expect(page.get_by_role("status")).to_contain_text("The note itself stays yours alone.")
    follow(page, "A remark on the page.")
    expect(page.get_by_text("Look at the date first.")).to_be_visible()


def test_what_is_tried_from_a_page_waits_there(open_page: OpenPage) -> None:
    page = enter(open_page, "Amina", colours="dark")
    page.goto(f"{HARBOUR}p/small-useful-things/")
    panel(page).get_by_role("link", name="Try this").click()
    page.get_by_label("What will you try?").fill("One lamp before one form.")
    fits(page)
    send(page, "Keep it")
    fits(page)

    page.goto(f"{HARBOUR}p/small-useful-things/")
    follow(page, "One lamp before one form.")
    follow(page, "Write what happened")
    expect(page.get_by_text("One lamp before one form.")).to_be_visible()


def test_a_question_sleeps_and_comes_back_with_an_empty_box_first(open_page: OpenPage) -> None:
    page = enter(open_page, "Amina")
    page.goto("/compass/")
    follow(page, "Think with an exercise")
    fits(page)
    follow(page, "Sleep on it")
    page.get_by_label("What is the question?").fill("Shall I lead the team?")
    page.get_by_label("When shall it come back?").fill((date.today() + timedelta(days=5)).isoformat())
    fits(page)
    send(page, "Put it away")
    expect(page.get_by_role("heading", name="Asleep until")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Shall I lead the team?")
    fits(page)

    page.get_by_text("Another day, or throw it away").click()
    page.get_by_label("When shall it come back?").fill(date.today().isoformat())
    press(page, "Let it come back then")
    page.goto("/compass/")
    follow(page, "Open it when you like")
    expect(page.get_by_label("What comes to you about it now?")).to_have_value("")
    expect(page.locator("main")).not_to_contain_text("Shall I lead the team?")
    fits(page)
    page.get_by_label("What comes to you about it now?").fill("It feels lighter.")
    press(page, "Show what I wrote")

    now, then = page.get_by_text("It feels lighter."), page.get_by_text("Shall I lead the team?")
    expect(then).to_be_visible()
    assert (now.bounding_box() or {})["y"] < (then.bounding_box() or {})["y"]
    fits(page)


def test_a_name_is_found_wherever_it_stands_and_everyday_words_are_none(open_page: OpenPage) -> None:
    page = enter(open_page, "Tom")
    page.goto("/compass/notes/new/")
    texts = (
        "Then Jordan Reed came.",
        "Jordan Reed came late.",
        "We waited. Jordan Reed came late.",
        "- Jordan Reed came late.",
        "“Jordan Reed” came late.",
        "We met **Jordan Reed** at the gate.",
        "We met Jordan\nReed at the gate.",
        "Ring Jordan Reed on Tuesday.",
        "Rang Jordan on Tuesday.",
        "We met Mohammed Al-Hassan at the gate.",
        "We visited Jordan on Tuesday.",
        "My son Jordan found it hard.",
        "When Jordan came, it was late.",
        "Jordan said he would come.",
        "After Monday we went on. Last Friday she rang.",
        "Everyone said so. Police came. Services told us. Mum said no. It went well in London.",
        "# Working Together is a heading",
        "Open the door. Ask whoever is there. We open on Monday Tuesday and Friday.",
    )

    found = page.evaluate(
        """async (texts) => {
            const { looksLikeAPerson } = await import("/static/ui/app/looks_like.js");
            return texts.map((text) => looksLikeAPerson(text, new Set())?.found ?? "");
        }""",
        texts,
    )

    whole = [*["Jordan Reed"] * 6, "Jordan\nReed", "Jordan Reed"]
    assert found == [*whole, "Jordan", "Mohammed Al-Hassan", *["Jordan"] * 4, *[""] * 4]
