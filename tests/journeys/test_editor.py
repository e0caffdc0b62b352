"""The editor over a text and what keeps the words of a form, in a real browser under the strict policy.

The pages here are small and answered by the test itself: no server stands behind them.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.journeys.conftest import violations

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/fieldcraft/ui/static"
SAMPLE = ROOT / "src/fieldcraft/shell/sample/core"
HANDBOOKS = ROOT.parent / "shared/corpora/handbooks"
SHARED = sorted((ROOT / "tests/shared_blocks").glob("*.json"))
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TITLES = ("Turning up again", "Eight pairs we hold", "Eight words", "If you have ten minutes")
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


@dataclass
class Site:
    """What the small page shows, and what its form is answered."""

    body: str = ""
    tail: str = "ui/editor.html"
    answers: list[Callable[[Route], None]] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        path = re.sub(r"^https?://[^/]+", "", route.request.url).partition("?")
        if path[0].startswith("/static/"):
            self._file(route, path[0])
        elif path[0] == "/titles/":
            self._titles(route, path[2].removeprefix("q="))
        elif route.request.method == "POST":
            self.posted.append(route.request.post_data or "")
            self.answers.pop(0)(route)
        else:
            route.fulfill(body=self.page(), content_type="text/html", headers={"Content-Security-Policy": POLICY})

    def _file(self, route: Route, path: str) -> None:
        file = STATIC / re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", path.removeprefix("/static/"))
        route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/plain"))

    def _titles(self, route: Route, asked: str) -> None:
        found = [{"title": title} for title in TITLES if title.lower().startswith(asked.lower().replace("%20", " "))]
        route.fulfill(body=json.dumps({"pages": found}), content_type="application/json")

    def page(self, extra: str = "") -> str:
        tail = render_to_string(self.tail).replace('data-own=""', 'data-own="somebody"')  # not a stranger's page
        text = self.body.replace("&", "&amp;").replace("<", "&lt;")
        return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Change a page</title>
        <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/ui/fieldcraft.css"></head>
        <body><main id="main" class="page" tabindex="-1"><h1>Change this page</h1>{extra}
        <form class="stack" method="post" action="/send/" data-keep="page:1">
        <input type="hidden" name="csrfmiddlewaretoken" value="old"><input type="hidden" name="based_on" value="r1">
        <div class="field"><label for="id_title">Title</label><input id="id_title" name="title" value="A title"></div>
        <div class="field"><label for="id_body">The text</label>
        <textarea id="id_body" name="body" rows="9" data-editor data-check-names data-pages-url="/titles/">\n{text}</textarea></div>
        <p class="row"><button class="button">Use it</button></p></form></main>{tail}</body></html>"""


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def opened(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the small page; whatever the strict policy blocks, and any error in a script, is a failure."""
    wrong: list[str] = []
    contexts = []

    def open_page(body: str = "", *, width: int = 900, height: int = 900, colours: str = "light") -> Page:
        site.body = body
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=colours)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(4000)
        context.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        context.on("weberror", lambda problem: wrong.append(str(problem.error)))
        context.route("**/*", site.answer)
        page = context.new_page()
        page.goto("http://fieldcraft.test/change/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _text(page: Page) -> str:
    return str(page.locator("#id_body").evaluate("box => box.value"))


def _editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The text")


# The editor hears of a new selection a moment after the browser; no hand is quicker, but a test is.
_SETTLED = "new Promise(done => setTimeout(done, 40))"


def _touch(page: Page, place: Locator, times: int = 1) -> None:
    place.click(click_count=times)
    page.evaluate(_SETTLED)


def _end_of(page: Page, words: str) -> None:
    _touch(page, page.locator(".ProseMirror").get_by_text(words).first)
    page.keyboard.press("End")
    page.evaluate(_SETTLED)


# What each of the handbooks has at least: the two of Markdown as they are written, the two wikis as our importer turns them.
CORPORA = {"18f": 200, "incident-response": 80, "tiddlywiki/tw5.com": 1500, "tiddlywiki/fr-FR": 300}


def _handbook_pages(name: str) -> list[str]:
    archive, _slash, inside = name.partition("/")
    files = files_of_archive((HANDBOOKS / f"{archive}.tar.gz").read_bytes())
    if inside:
        wiki = {path.removeprefix(f"{name}/"): files[path] for path in files if path.startswith(f"{name}/")}
        return [document.body for document in read_source(wiki).documents]
    return [_as_sent(text.decode("utf-8", "replace")) for path, text in files.items() if path.endswith(".md")]


def _as_sent(text: str) -> str:
    """A field of a form knows one kind of line break only."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sample_pages() -> list[str]:
    return [file.read_text() for file in sorted(SAMPLE.rglob("*.md"))]


ODD = [
    "",
    "\n\n",
    "no end of line",
    "two spaces at the end  \nand more   \n\n\n",
    "\n\nblank lines first\n",
    "[a]: https://example.org\n\nsee [a] and [[Some page|that]]\n\n[b]: /x",
    "- one\n- two\n\n\n* three\n\n    code\n\n<div>\n\nhtml\n\n</div>\n",
    "a[^1]\n\n[^1]: note\n\n    more\n\nTerm\n: meaning\n",
    "| a | b |\n|---|:-:|\n| `x\\|y` | [[p\\|q]] |\n\n- [ ] to do\n- [x] done\n",
    "Setext *one*\ntwo\n===\n\n# # #\n\n\ttabbed\n\n> quote\nlazy\n",
]


def test_the_editor_cuts_blocks_as_the_server_does(opened: Callable[..., Page]) -> None:
    cases = [case for file in SHARED for case in json.loads(file.read_text())]
    page = opened()

    found = page.evaluate("texts => texts.map(FieldcraftEditor.blocks)", [case["text"] for case in cases])

    assert cases
    assert [case["name"] for case, cut in zip(cases, found, strict=True) if cut != case["blocks"]] == []


# Writes a letter into the text's last line and takes it out again: whatever is then in the field would be saved.
_OPEN_AND_SAVE = """async texts => {
  const box = document.querySelector("#id_body"), changed = [];
  for (const text of texts) {
    box.value = text; box.dispatchEvent(new CustomEvent("fieldcraft:filled"));
    const editor = document.querySelector(".ProseMirror");
    if (!editor) { changed.push([text, "no editor"]); continue; }
    const last = editor.lastElementChild;
    editor.focus(); getSelection().selectAllChildren(last); getSelection().collapseToEnd();
    document.execCommand("insertText", false, "x"); await 0;
    const during = box.value;
    document.execCommand("delete"); await 0;
    if (during === text || box.value !== text) changed.push([text, box.value]);
  }
  return changed;
}"""


def _unchanged(page: Page, texts: list[str]) -> None:
    assert page.evaluate(_OPEN_AND_SAVE, texts) == []


def test_opening_and_saving_changes_nothing(opened: Callable[..., Page]) -> None:
    _unchanged(opened(), [*ODD, *_sample_pages()])


@pytest.mark.skipif(not HANDBOOKS.is_dir(), reason="The handbooks to try it on are not here.")
@pytest.mark.parametrize(("name", "least"), CORPORA.items())
def test_opening_and_saving_changes_nothing_in_any_handbook(opened: Callable[..., Page], name: str, least: int) -> None:
    pages = _handbook_pages(name)
    assert len(pages) >= least

    _unchanged(opened(), pages)


_EDIT_ONE_PARAGRAPH = """async texts => {
  const box = document.querySelector("#id_body"), results = [];
  for (const text of texts) {
    box.value = text; box.dispatchEvent(new CustomEvent("fieldcraft:filled"));
    const paragraphs = [...document.querySelectorAll(".ProseMirror > p")].filter(each => each.textContent.trim());
    if (!paragraphs.length) { results.push(null); continue; }
    const one = paragraphs[Math.floor(paragraphs.length / 2)];
    document.querySelector(".ProseMirror").focus(); getSelection().selectAllChildren(one); getSelection().collapseToEnd();
    document.execCommand("insertText", false, " Zebra."); await 0;
    results.push([FieldcraftEditor.blocks(text), box.value]);
  }
  return results;
}"""


def _only_its_lines(page: Page, texts: list[str]) -> None:
    results = page.evaluate(_EDIT_ONE_PARAGRAPH, texts)

    assert sum(found is not None for found in results) > 0.8 * len(texts)  # nearly every page has a paragraph
    assert [
        text for text, found in zip(texts, results, strict=True) if found and not _one_paragraph(text, *found)
    ] == []


def _one_paragraph(text: str, blocks: list[list[Any]], now: str) -> bool:
    """Whether all lines before and after one paragraph are as they were, and the words stand in it."""
    before, after = text.split("\n"), now.split("\n")
    at = next(index for index, line in enumerate(after) if "Zebra." in line)
    tail = len(after) - at - 1
    return any(
        before[:first] == after[:first] and before[end:] == after[len(after) - (len(before) - end) :]
        for kind, first, end in blocks
        if kind == "paragraph" and first <= at and len(before) - end <= tail
    )


def test_one_edited_paragraph_changes_only_its_lines(opened: Callable[..., Page]) -> None:
    _only_its_lines(opened(), _sample_pages())


@pytest.mark.skipif(not HANDBOOKS.is_dir(), reason="The handbooks to try it on are not here.")
@pytest.mark.parametrize("name", CORPORA)
def test_one_edited_paragraph_changes_only_its_lines_in_any_handbook(opened: Callable[..., Page], name: str) -> None:
    pages = _handbook_pages(name)

    _only_its_lines(opened(), pages[:: 1 + len(pages) // 600])  # of the largest every third, which is 560


def test_one_edited_item_and_one_edited_cell_change_only_their_lines(opened: Callable[..., Page]) -> None:
    page = opened("*   one\n*   two\n    - inner\n*   three\n\n|a  |b|\n|---|--:|\n|x  |y|\n|z  |w|\n")

    _end_of(page, "two")
    page.keyboard.type(" more")
    _touch(page, page.get_by_role("cell", name="x"))
    page.keyboard.type("x")

    assert _text(page) == "*   one\n*   two more\n    - inner\n*   three\n\n|a  |b|\n|---|--:|\n| xx | y |\n|z  |w|\n"


def test_two_lists_that_come_together_become_one_and_enter_goes_down_a_table(opened: Callable[..., Page]) -> None:
    page = opened("- one\n\nbetween\n\n- two\n\n| a | b |\n|---|---|\n| c | d |\n")

    _touch(page, page.locator(".ProseMirror > p").first, times=3)
    page.keyboard.press("Delete")
    assert _text(page).startswith("- one\n\n* two\n\n|")
    page.keyboard.press("Backspace")
    _touch(page, page.get_by_role("cell", name="c"))
    page.keyboard.press("Enter")
    page.keyboard.type("e|f")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("after")

    assert _text(page) == "- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n| e\\|f |  |\n\nafter\n"


def test_a_link_stays_when_one_writes_beside_it_and_goes_when_it_is_deleted(opened: Callable[..., Page]) -> None:
    page = opened("see [[A page]]\n")

    _touch(page, page.locator(".page-link"))
    page.keyboard.press("End")
    page.keyboard.type("!")
    assert _text(page) == "see [[A page]]!\n"
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")

    assert _text(page).rstrip() == "see"


def test_a_link_to_an_address_is_set_and_taken_away(opened: Callable[..., Page]) -> None:
    page = opened("see there\n")
    _touch(page, page.locator(".ProseMirror p"), times=3)

    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("The address it leads to").fill("example.org/a")
    page.keyboard.press("Enter")
    assert _text(page) == "[see there](https://example.org/a)\n"
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("The address it leads to").fill("")
    page.keyboard.press("Enter")

    assert _text(page) == "see there\n"


def test_a_link_to_a_page_is_chosen_by_keyboard(opened: Callable[..., Page]) -> None:
    page = opened("See also\n")
    _end_of(page, "See also")

    page.keyboard.type(" [[eight")
    expect(page.get_by_role("option")).to_have_count(2)
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Eight words")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type(" and [[Turning up again|more]] and [[no")
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    assert _text(page) == "See also [[Eight words]] and [[Turning up again|more]] and [[no\n"


_PASTE = """([html, text]) => {
  const board = new DataTransfer();
  if (html) board.setData("text/html", html);
  board.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true });
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""


def _paste(page: Page, html: str, text: str = "text") -> str:
    _editor(page).click()
    page.evaluate(_PASTE, [html, text])
    return _text(page)


def test_words_from_word_are_clean(opened: Callable[..., Page]) -> None:
    ignored = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7pt'>&nbsp;&nbsp; </span></span><![endif]>"
    item = (
        "<p class=MsoListParagraph style='margin-left:36pt;mso-list:l0 level{} lfo1'>" + ignored + "{}<o:p></o:p></p>"
    )
    word = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {{ color: red }}</style></head><body>
        <h1 style='mso-x:y'>Home visits<o:p></o:p></h1>
        <p class=MsoNormal><b style='mso-bidi'>Never</b> go <i>alone</i> to <a href="https://example.org/map">this
        street</a>.<o:p></o:p></p>
        {item.format(1, "·", "first")}{item.format(2, "o", "inner")}{item.format(1, "·", "second")}
        <p class=MsoNormal>Then:</p>{item.format(1, "1.", "ring")}{item.format(1, "2.", "wait")}
        <table class=MsoTable border=1><tr><td><p class=MsoNormal><b>Day</b></p></td><td><p>Who</p></td></tr>
        <tr><td><p>Monday</p></td><td><p>Ana</p></td></tr></table><script>alert(1)</script></body></html>"""

    text = _paste(opened(), word)

    assert text == (
        "## Home visits\n\n**Never** go *alone* to [this street](https://example.org/map).\n\n"
        "- first\n  - inner\n- second\n\nThen:\n\n1. ring\n2. wait\n\n| Day | Who |\n| --- | --- |\n| Monday | Ana |\n"
    )


def test_words_from_google_are_clean(opened: Callable[..., Page]) -> None:
    google = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span
        style="font-weight:400">Plans</span></h2><p dir="ltr" style="line-height:1.4"><span style="font-weight:400;font-style:normal">We </span><span
        style="font-weight:700;font-style:normal">write</span><span style="font-weight:400;font-style:italic"> together</span></p><ul
        style="margin:0"><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span
        style="font-weight:400">one</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr"><span
        style="font-weight:400">two</span></p></li></ul><div dir="ltr" align="left"><table><colgroup><col></colgroup><tbody><tr><td><p
        dir="ltr"><span style="font-weight:700">A</span></p></td><td><p><span>B</span></p></td></tr><tr><td><p><span>1</span></p></td><td><p><span>2</span></p></td></tr></tbody></table></div></b><br>"""

    text = _paste(opened(), google)

    assert text == "## Plans\n\nWe **write** *together*\n\n- one\n- two\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n"


def test_plain_text_with_marks_stays_text_but_for_links_to_pages(opened: Callable[..., Page]) -> None:
    page = opened()

    text = _paste(page, "", "# no heading\n\n- no list\n\n**not bold** and [[a link]]")

    expect(page.locator(".ProseMirror")).to_contain_text("**not bold** and a link")
    assert page.locator(".ProseMirror :is(h1, h2, ul, strong)").count() == 0
    page.get_by_role("button", name="Write as plain text").click()
    page.get_by_role("button", name="Write as it will look").click()
    expect(page.locator(".ProseMirror")).to_contain_text("**not bold** and a link")
    expect(page.locator(".ProseMirror .page-link")).to_have_text("a link")
    assert _text(page) == text


def test_an_island_is_edited_as_text_and_nothing_else_changes(opened: Callable[..., Page]) -> None:
    page = opened('before\n<div onclick="x()">\n<b>kept</b>\n</div>\n\nafter\n')
    island = page.get_by_role("group", name="Shown as it is")
    expect(island).to_contain_text('<div onclick="x()">')

    island.get_by_role("button", name="Edit as text").click()
    expect(page.get_by_label("This part as text")).to_be_focused()
    page.get_by_label("This part as text").fill("<div>\nnew\n</div>")
    island.get_by_role("button", name="Use it").click()

    assert _text(page) == "before\n<div>\nnew\n</div>\n\nafter\n"


@pytest.mark.parametrize(("width", "colours"), [(390, "light"), (390, "dark"), (1200, "light"), (1200, "dark")])
def test_axe_finds_nothing(opened: Callable[..., Page], width: int, colours: str) -> None:
    text = "## A\n\n**b** [c](https://example.org) [[d]]\n\n- e\n\n<div>f</div>\n\n| g | h |\n|---|---|\n| i | j |\n"
    page = opened(text, width=width, colours=colours)

    expect(_editor(page)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Edit as text").click()
    page.get_by_role("button", name="Link", exact=True).click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.locator(".tools button").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert min(sizes) >= 46


def test_everything_is_done_without_a_pointer(opened: Callable[..., Page]) -> None:
    page = opened("")
    page.get_by_label("Title").focus()

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Heading", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(_editor(page)).to_be_focused()
    page.keyboard.type("Bold")
    page.keyboard.press("ControlOrMeta+b")
    page.keyboard.type(" not")
    page.keyboard.press("Enter")
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Use it")).to_be_focused()
    assert _text(page) == "**Bold** not\n\n- one\n- two\n"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ControlOrMeta+z")
    assert _text(page) != "**Bold** not\n\n- one\n- two\n"


def test_without_its_words_or_with_a_text_it_cannot_hold_the_plain_field_stays(
    opened: Callable[..., Page], site: Site
) -> None:
    page = opened("as *it* is\n")
    page.evaluate("document.getElementById('editor-words').textContent = '{'")

    page.evaluate("document.querySelector('#id_body').dispatchEvent(new CustomEvent('fieldcraft:filled'))")

    expect(page.locator("#id_body")).to_be_visible()
    expect(page.get_by_label("The text")).to_have_value("as *it* is\n")


# What was typed is kept


def _ok(route: Route) -> None:
    route.fulfill(status=204, headers={"Location": "/p/there/"})


def _gone(route: Route) -> None:
    route.abort("internetdisconnected")


def _signed_out(route: Route) -> None:
    route.fulfill(status=204, headers={"Location": "/account/login/?next=/change/"})


def test_a_lost_connection_keeps_the_words_and_they_can_be_sent_again(opened: Callable[..., Page], site: Site) -> None:
    page = opened("Old words.\n")
    site.answers = [_gone, lambda route: route.fulfill(status=502), _ok]
    _end_of(page, "Old words.")
    page.keyboard.type(" New ones.")

    for _time in range(2):
        page.get_by_role("button", name="Use it").click()
        expect(page.get_by_role("alert")).to_contain_text("kept on this device")
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**/p/there/")

    assert "Old words. New ones." in site.posted[-1]
    assert page.evaluate("localStorage.length") == 0


def test_words_that_were_not_sent_are_offered_again(opened: Callable[..., Page]) -> None:
    page = opened("Old words.\n")
    _end_of(page, "Old words.")
    page.keyboard.type(" Mine.")
    page.once("dialog", lambda asks: asks.accept())  # leaving warns

    page.reload()
    expect(page.get_by_text("You have words here that were not sent.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Take them up").click()

    expect(_editor(page)).to_contain_text("Old words. Mine.")
    assert _text(page) == "Old words. Mine.\n"
    page.once("dialog", lambda asks: asks.accept())
    page.reload()
    page.get_by_role("button", name="Throw them away").click()
    expect(page.get_by_text("You have words here")).not_to_be_attached()
    assert page.evaluate("localStorage.length") == 0


def test_leaving_with_words_that_were_not_sent_warns(opened: Callable[..., Page]) -> None:
    page = opened("Old words.\n")
    asked: list[str] = []
    page.on("dialog", lambda asks: (asked.append(asks.type), asks.accept()))

    page.reload()
    assert asked == []
    _end_of(page, "Old words.")
    page.keyboard.type("!")
    page.reload()
    assert asked == ["beforeunload"]


def test_who_was_signed_out_signs_in_beside_it_and_sends_again(opened: Callable[..., Page], site: Site) -> None:
    page = opened("Old words.\n")
    site.answers = [_signed_out, _ok]
    page.get_by_label("Title").fill("Another title")

    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("alert")).to_contain_text("You were signed out.")
    link = page.get_by_role("alert").get_by_role("link", name="Sign in")
    expect(link).to_have_attribute("target", "_blank")
    page.evaluate("document.cookie = 'csrf=fresh'")
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**/p/there/")

    assert "old" in site.posted[0]
    assert "fresh" in site.posted[1]


def test_an_answer_that_asks_to_look_again_is_shown_in_place(opened: Callable[..., Page], site: Site) -> None:
    page = opened("Old words.\n")
    _end_of(page, "Old words.")
    page.keyboard.type(" Mine.")
    site.body = "Old words. Mine.\n"
    again = site.page('<div class="error-summary" role="alert" tabindex="-1"><h2>Please look at this again</h2></div>')
    site.answers = [lambda route: route.fulfill(status=409, body=again, content_type="text/html"), _ok]

    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(_editor(page)).to_contain_text("Old words. Mine.")
    assert page.evaluate("localStorage.length") == 1
    _end_of(page, "Old words.")
    page.keyboard.type(" Theirs.")
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**/p/there/")

    assert "Old words. Mine. Theirs." in site.posted[-1]


def test_a_look_at_the_change_before_sending_keeps_the_words_unsent(opened: Callable[..., Page], site: Site) -> None:
    page = opened("Old words.\n")
    _end_of(page, "Old words.")
    page.keyboard.type(" Mine.")
    site.body = "Old words. Mine.\n"
    shown = site.page('<div class="compare-view stack">Old words. <ins>Mine.</ins></div>')
    site.answers = [lambda route: route.fulfill(body=shown, content_type="text/html"), _ok]

    page.get_by_role("button", name="Use it").click()
    expect(page.locator(".compare-view")).to_be_focused()
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**/p/there/")

    assert page.evaluate("localStorage.length") == 0


def test_what_looks_like_a_name_is_asked_about_quietly(opened: Callable[..., Page]) -> None:
    page = opened("We met Old Friend here. Somebody called.\n")
    _end_of(page, "We met")

    page.keyboard.type(" Then I rang Jamie Porter on 07700 900123.")
    page.get_by_label("Title").focus()
    expect(page.get_by_text("“07700 900123”")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("This looks like a name: “Jamie Porter”. Write “a young person” instead?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Change it").click()

    assert _text(page) == "We met Old Friend here. Somebody called. Then I rang a young person on 07700 900123.\n"
    expect(page.get_by_text("This looks like")).not_to_be_attached()
