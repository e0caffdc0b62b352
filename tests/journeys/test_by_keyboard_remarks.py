"""A remark on a passage, a reply and what came of it, with the keys alone."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.hands import HARBOUR, MILL, OpenPage, enter_on, tab_to
from tests.journeys.keys import act, go, is_told, passed, sit_down, write

pytestmark = pytest.mark.journey
SIGNS = str.maketrans({"’": "'", "“": '"', "”": '"', "–": "-"})


@pytest.mark.parametrize(
    ("where", "title", "javascript"),
    [("missed-visits", "Missed visits", True), ("ending-well", "Ending well", False)],
)
def test_a_remark_on_a_passage_is_made_answered_and_settled_by_keyboard(
    open_page: OpenPage, where: str, title: str, javascript: bool
) -> None:
    dee, amina = (sit_down(open_page, name, javascript=javascript) for name in ("Dee", "Amina"))
    dee.goto(f"{HARBOUR}p/{where}/")
    passage = " ".join(dee.locator(".prose p").nth(1).inner_text().split()[:7])

    _remark(dee, passage, "The bus is late on Fridays.")
    amina.goto(f"{HARBOUR}to-manualize/")
    passed(amina)
    go(amina, title, f"A remark on “{title}”")
    expect(amina.locator("main q")).to_have_text(passage)
    _reply(amina, "Then we ring the bell twice.")
    _settle(amina)


def _remark(page: Page, passage: str, noticed: str) -> None:
    """Words that nobody finds first; then the passage as a keyboard writes it, in small letters and plain signs."""
    go(page, "Make a remark", "Make a remark")
    write(page, "What did you notice?", noticed)
    write(page, "Beside which words?", "words that stand nowhere in it")
    act(page, "Keep the remark", "Please look at this again")
    enter_on(page, "Beside which words?:")
    expect(page.get_by_label("Beside which words?")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(passage.lower().translate(SIGNS))
    enter_on(page, "Keep the remark")
    expect(page.get_by_role("status")).to_contain_text("Your remark stands with the page.")
    is_told(page, "Remarks")
    expect(page.get_by_role("region", name="Remarks").locator("q")).to_have_text([passage])
    passed(page)


@pytest.mark.parametrize(("where", "javascript"), [("missed-visits", True), ("ending-well", False)])
def test_a_passage_is_chosen_from_the_page_by_keyboard(open_page: OpenPage, where: str, javascript: bool) -> None:
    page = sit_down(open_page, "Tom", javascript=javascript)
    page.goto(f"{MILL}p/{where}/")
    passage = " ".join(page.locator(".prose p").nth(1).inner_text().split())
    go(page, "Make a remark", "Make a remark")
    write(page, "What did you notice?", "Here they hang up.")
    enter_on(page, "Choose them from the page")
    tab_to(page, "None of these")
    while not page.evaluate("document.activeElement.value").endswith(passage):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") != "", "once round, and it was not there"
    passed(page)

    enter_on(page, "Keep the remark")

    expect(page.get_by_role("region", name="Remarks").locator("q").filter(has_text=passage)).to_be_visible()


def _reply(page: Page, words: str) -> None:
    write(page, "Your reply", words)
    act(page, "Reply", "Your reply stands with the remark.")
    expect(page.get_by_role("listitem").filter(has_text=words)).to_be_visible()


def _settle(page: Page) -> None:
    tab_to(page, "the page was changed")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.labels[0].textContent.trim()")
    write(page, "In a few words", "The bell it is.")
    act(page, "Settle it", "Settled. What came of it stands with the remark.")
    expect(page.get_by_text(f"What came of it: {chosen}")).to_be_visible()
    act(page, "Open it again", "Open again.")
