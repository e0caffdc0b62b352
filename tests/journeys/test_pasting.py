"""What is pasted into the editor: nothing vanishes without a word, and lists and links stay what they were."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import MILL, TALL, OpenPage, enter

pytestmark = pytest.mark.journey

_PASTE = """([html, text]) => {
  const board = new DataTransfer();
  if (html) board.setData("text/html", html);
  if (text) board.setData("text/plain", text);
  if (!html && !text) board.items.add(new File(["x"], "scan.png", { type: "image/png" }));
  const event = new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
IGNORED = "<span style='mso-list:Ignore'>{}<span style='font:7pt'>&nbsp; </span></span>"
ITEM = "<p class=MsoListParagraph style='margin-left:36pt;mso-list:{} level{} lfo1'>" + IGNORED + "{}</p>"


def pasted(open_page: OpenPage, html: str = "", text: str = "") -> tuple[Page, str]:
    """A page to add with something pasted into it, and the text that would be sent."""
    page = enter(open_page, "Tom")
    page.goto(f"{MILL}add/")
    page.locator(".ProseMirror").click()
    page.evaluate(_PASTE, [html, text])
    return page, page.locator("textarea[data-editor]").input_value()


def test_a_picture_leaves_its_place_and_it_is_said(open_page: OpenPage) -> None:
    html = (
        "<p>before<img src='file:///c/1.png' width=600>after 1<img src='https://x.example/o.gif' width=1 height=1></p>"
    )

    page, text = pasted(open_page, html)

    assert text == "before[picture]after 1\n"
    expect(page.locator(".editor").get_by_role("status").first).to_have_text(
        "Pictures do not come along when words are pasted. “[picture]” stands where one was. "
        "“Add a picture or file” stands below."
    )
    page.set_viewport_size({"width": 390, "height": TALL})
    assert violations(page) == []
    page.evaluate(_PASTE, ["<p>more</p>", ""])
    expect(page.get_by_text("Pictures do not come along")).not_to_be_visible()


def test_a_picture_alone_is_not_taken_without_a_word(open_page: OpenPage) -> None:
    page, text = pasted(open_page)

    assert text == ""
    expect(page.get_by_text("Pictures and files cannot be put into the text in this way.")).to_be_visible()


def test_a_sign_that_comes_as_a_picture_stays_a_sign(open_page: OpenPage) -> None:
    _page, text = pasted(open_page, "<p>well done <img alt='🙂' src='https://x.example/smile.png'></p>")

    assert text == "well done 🙂\n"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([("l0", 1, "·", "a"), ("l1", 1, "1.", "b"), ("l1", 1, "2.", "c")], "- a\n\n1. b\n2. c\n"),
        ([("l1", 1, "1.", "a"), ("l0", 1, "·", "b")], "1. a\n\n- b\n"),
        ([("l0", 1, "1.", "a"), ("l0", 2, "·", "b"), ("l0", 2, "a)", "c"), ("l0", 1, "2.", "d")],
         "1. a\n   - b\n   1. c\n2. d\n"),
        ([("l0", 2, "·", "a"), ("l0", 1, "·", "b")], "- a\n- b\n"),
    ],
    ids=["numbers after signs", "signs after numbers", "both within an item", "an inner item first"],
)  # fmt: skip
def test_each_list_of_word_keeps_its_kind_and_its_order(
    open_page: OpenPage, items: list[tuple[str, int, str, str]], text: str
) -> None:
    html = "".join(ITEM.format(*item) for item in items)

    _page, found = pasted(open_page, html)

    assert found == text


@pytest.mark.parametrize(("html", "text"), [("", "See [[Supervision]]."), ("<p>See [[Supervision]].</p>", "x")])
def test_a_link_to_a_page_stays_one(open_page: OpenPage, html: str, text: str) -> None:
    page, found = pasted(open_page, html, text)

    assert found == "See [[Supervision]].\n"
    expect(page.locator(".ProseMirror .page-link")).to_have_text("Supervision")
