"""The compass on a phone: a first purpose and vision, the band, a vision changed for the third time, what is in the way."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.hands import OpenPage, enter, follow, press, send

pytestmark = pytest.mark.journey
ONLY_ME = "Only you see this, now and later"
TARGET, WHY_ASKED = "To halve the waiting list by June.", "a purpose is a direction you can go on walking in"
PICTURE = "It is Thursday. A mother rings before it breaks, and two of us sit at her kitchen table the same day."
SEEN, STORY = "Six names have stood on the board since Monday; two rang back.", "They only call when it has broken."
CLOSER, WIDER = re.compile("You set them close together"), re.compile("You set them quite close together")


def _write_a_vision(page: Page) -> str:
    """A picture and nothing else; gives its address."""
    page.goto("/compass/visions/new/")
    page.get_by_label("What would somebody see and hear?").fill(PICTURE)
    send(page, "Keep it")
    follow(page, "Enough for now")
    expect(page.get_by_role("heading", name="What it would look like")).to_be_visible()
    return page.url


def _write_what_is_so(page: Page) -> None:
    follow(page, "Write what is so now")
    page.get_by_label("What would a camera have seen?").fill(SEEN)
    page.get_by_label("What is the story I tell about it?").fill(STORY)
    send(page, "Keep it")


def _end(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def _name(page: Page, what: str, *, kind: str, whose: str) -> None:
    """Something in the way, by its three questions; what speaks against it stays open."""
    page.goto("/compass/in-the-way/new/")
    page.get_by_label("What is in the way?").fill(what)
    send(page, "Keep it")
    page.get_by_role("radio", name=kind).check()
    send(page, "Next")
    page.get_by_role("radio", name=whose, exact=True).check()
    send(page, "Next")


def _note(page: Page, happened: str) -> None:
    page.goto("/compass/notes/new/")
    page.get_by_label("What did you try, and what happened?").fill(happened)
    send(page, "Keep")


def _put(page: Page, where: str, note: str) -> Locator:
    """The button that lays a note on a side; what it is about is said to those who do not see the note."""
    return page.get_by_role("button", name=re.compile(f"^{where} ?: {note}"))


@pytest.mark.parametrize(("name", "javascript"), [("Rosa", True), ("Hassan", False)])
def test_a_first_purpose_reads_like_a_target_is_asked_about_and_kept_as_it_is_and_a_first_vision_follows(
    open_page: OpenPage, name: str, javascript: bool
) -> None:
    page = enter(open_page, name, javascript=javascript)
    page.goto("/compass/")
    expect(page.get_by_text(ONLY_ME)).to_be_visible()
    expect(page.get_by_role("heading", name="Where are you heading?")).to_be_visible()
    follow(page, "Write a purpose")
    page.get_by_label("I am here").fill(TARGET)
    press(page, "Keep it")

    expect(page.get_by_text(WHY_ASKED)).to_be_visible()
    expect(page.get_by_text("Nobody reads along")).to_be_visible()
    press(page, "Keep it as it is")
    expect(page.get_by_role("status")).to_contain_text("Kept, for you.")
    expect(page.get_by_text(TARGET)).to_be_visible()

    follow(page, "Draw a picture")
    page.get_by_label("What would somebody see and hear?").fill(PICTURE)
    send(page, "Keep it")
    page.get_by_role("radio", name="my team").check()
    send(page, "Next")
    page.get_by_role("radio", name="It is a way to something else").check()
    send(page, "Next")
    page.get_by_label("It would bring me").fill("That she is not alone with it.")
    send(page, "This I want for itself")
    page.get_by_role("radio", name=TARGET).check()
    send(page, "Next")
    page.get_by_label("The organisation could").fill("Leave one afternoon a week without a list.")
    send(page, "Next")
    follow(page, "Enough for now")

    expect(page.locator("#band")).to_contain_text(PICTURE)
    expect(page.locator(".chain")).to_contain_text("the wish")
    expect(page.get_by_text("Leave one afternoon a week without a list.")).to_be_visible()
    _write_what_is_so(page)
    _end(page, "The vision").get_by_role("button", name="Closer").click()
    expect(page.locator("#band")).to_contain_text(CLOSER)
    page.goto("/compass/")
    expect(page.get_by_role("link", name=PICTURE[:30])).to_contain_text(SEEN)


def test_a_vision_that_says_what_would_be_gone_is_asked_once_what_would_be_there_instead(open_page: OpenPage) -> None:
    page = enter(open_page, "Ines")
    page.goto("/compass/visions/new/")
    page.get_by_label("What would somebody see and hear?").fill("No more waiting list.")
    press(page, "Keep it")

    expect(page.get_by_text("what would be there instead?")).to_be_visible()
    press(page, "Look at it again")
    expect(page.get_by_label("What would somebody see and hear?")).to_have_value("No more waiting list.")
    page.get_by_label("What would somebody see and hear?").fill("No more waiting list: we ring back by noon.")
    send(page, "Keep it")
    expect(page.get_by_role("heading", name="Whose picture is it?")).to_be_visible()


def test_a_vision_changed_for_the_third_time_shows_its_owner_their_own_pattern(open_page: OpenPage) -> None:
    page = enter(open_page, "Bethan")
    address = _write_a_vision(page)
    pattern = page.get_by_text("So far you have made this picture, one after the other:")

    for kind, why in (("Clearer", "I learnt something"), ("Smaller", "It hurt to hold"), ("Smaller", "Life changed")):
        expect(pattern).to_be_hidden()
        page.goto(address)
        follow(page, "Change the picture")
        page.get_by_role("link", name=re.compile(f"^{kind}")).click()
        page.get_by_role("radio", name=why).check()
        page.get_by_label("The picture now").fill(f"{PICTURE} ({kind}, {why})")
        send(page, "Keep it")

    expect(pattern).to_contain_text(
        "clearer (“I learnt something”), smaller (“It hurt to hold”), smaller (“Life changed”)"
    )
    expect(page.get_by_text("What that means is yours to say.")).to_be_visible()
    page.get_by_text("How it was before").click()
    expect(page.get_by_text(PICTURE, exact=True)).to_be_visible()


def test_the_band_moves_by_its_buttons_and_by_arrow_keys_and_asks_for_no_number(open_page: OpenPage) -> None:
    page = enter(open_page, "Bethan")
    address = _write_a_vision(page)
    _write_what_is_so(page)
    band = page.locator("#band")
    expect(band).to_contain_text("You have not set how far apart they are.")

    _end(page, "The vision").get_by_role("button", name="Closer").click()
    expect(band).to_contain_text(CLOSER)
    expect(_end(page, "The vision").get_by_role("button", name="Closer")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(band).to_contain_text(WIDER)
    expect(_end(page, "The vision").get_by_role("button", name="Further")).to_be_focused()
    _end(page, "What is so now").get_by_role("button", name="Closer").focus()
    page.keyboard.press("ArrowUp")
    expect(band).to_contain_text(CLOSER)

    expect(page.get_by_role("status").last).to_contain_text(CLOSER)
    assert re.search(r"\d", re.sub(r"\d+ \w+ \d{4}", "", band.inner_text())) is None
    assert page.url.split("#")[0] == address
    page.reload()
    expect(band).to_contain_text(CLOSER)
    follow(page, "Both over time")
    expect(page.get_by_role("img", name="Vision and now over time")).to_be_visible()


def test_a_belief_that_it_cannot_be_reached_is_held_beside_notes_for_and_against_it(open_page: OpenPage) -> None:
    page = enter(open_page, "Callum")
    _note(page, "I asked at handover, and the list was closed before I had finished.")
    _note(page, "She rang on Tuesday, before anything had happened.")
    _name(page, "They will never ring before it breaks.", kind="It cannot be reached", whose="I can influence it")
    page.get_by_label("One thing, if there is one").fill("Last spring one family did.")
    send(page, "Keep it")

    follow(page, "Hold it beside my notes")
    against, for_it = (page.get_by_role("region", name=name) for name in ("Speaks against it", "Speaks for it"))
    expect(against).to_contain_text("Last spring one family did.")
    _put(page, "Speaks for it", "I asked at handover").click()
    _put(page, "Speaks for it", "She rang on Tuesday").click()
    _put(page, "Move it over", "She rang on Tuesday").click()

    expect(for_it).to_contain_text("I asked at handover")
    expect(against).to_contain_text("She rang on Tuesday")
    assert re.search(r"\b[12] (notes?|for|against)\b|\d ?%", page.locator("main").inner_text()) is None


def test_what_is_not_mine_to_move_never_becomes_my_homework(open_page: OpenPage) -> None:
    page = enter(open_page, "Callum")
    page.goto("/")
    expect(page.get_by_text("Only you see this.")).to_be_visible()  # the panel has come
    waiting = page.locator("main").inner_text()
    _name(page, "The rota is made in another building.", kind="The set-up here", whose="Not mine")
    follow(page, "Enough for now")

    expect(page.get_by_text("This is not yours to move, and nothing here asks you to.")).to_be_visible()
    expect(page.get_by_text("Only if you like")).to_be_visible()
    expect(page.locator("main .button")).to_have_count(0)
    for words in ("Try something", "What is one thing you would try?", "What will you try?"):
        expect(page.locator("main")).not_to_contain_text(words)
    page.goto("/compass/practice/")
    expect(page.locator("main")).not_to_contain_text("The rota is made in another building.")
    page.goto("/")
    expect(page.get_by_text("Only you see this.")).to_be_visible()
    assert page.locator("main").inner_text() == waiting


def test_as_long_as_something_is_shared_every_screen_says_so_and_leads_there(open_page: OpenPage) -> None:
    page = enter(open_page, "Edith")
    exception = page.get_by_role("link", name="Except what you let somebody read")
    page.goto("/compass/purposes/new/")
    page.get_by_label("I am here").fill("So that every page can be read aloud.")
    send(page, "Keep it")
    follow(page, "My purpose, now and earlier")
    expect(page.get_by_text(ONLY_ME)).to_be_visible()
    expect(exception).to_be_hidden()

    follow(page, "Let somebody read it")
    page.get_by_label("Who may read it?").select_option(label="Sam Whitcombe")
    send(page, "Share")
    page.goto("/compass/purposes/")
    expect(page.get_by_text(ONLY_ME)).to_be_visible()
    exception.click()

    expect(page.get_by_role("heading", name="What I let others read")).to_be_visible()
    follow(page, "So that every page can be read aloud.")
    press(page, "Take it back")
    page.goto("/compass/purposes/")
    expect(page.get_by_text(ONLY_ME)).to_be_visible()
    expect(exception).to_be_hidden()


def test_a_vision_at_rest_is_found_again_from_the_first_screen(open_page: OpenPage) -> None:
    page = enter(open_page, "Leon")
    _write_a_vision(page)
    press(page, "Let it rest")
    expect(page.get_by_role("status")).to_contain_text("It rests, and waits for nobody.")

    page.goto("/compass/")
    follow(page, "All visions")

    expect(page.get_by_role("heading", name="At rest")).to_be_visible()
    expect(page.get_by_role("link", name=PICTURE[:30])).to_be_visible()
