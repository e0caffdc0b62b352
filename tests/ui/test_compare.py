"""The new text is shown with what was added and removed, in its own elements, and nothing in it can run."""

import random
import re
import time
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from fieldcraft.ui.compare import Compared, compared
from fieldcraft.ui.markdown import LinkTo, plain_text, render

SIGNS = '- |1. |> |# |    |```|we |meet |today |**|*|~~|`|[[x]]|[a](b) |<div>|</div>|<b>|</b>|<ins>|</del>|<p>|<table><tr><td>|<script>|<img src=x onerror=a>|\n|\n\n|[^1]: |: |![p](q)|&lt;|<|"|<details>'
MARKDOWNISH = st.lists(st.sampled_from([*SIGNS.split("|"), "| a | b |\n|---|---|\n| 1 | 2 |\n"]), max_size=25).map(
    "".join
)
HIDDEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')


def html_of(old: str, new: str) -> str:
    """The passages without the words that only screen readers say."""
    return HIDDEN.sub("", "".join(passage.html for passage in compared(old, new).passages))


def screen(shown: Compared, **context: object) -> str:
    return render_to_string("ui/compare.html", {"compared": shown, **context})


def squeezed(html: str) -> str:
    return "".join(plain_text(html).split())


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("Meet on Monday.", "Meet on Friday.", "<p>Meet on <del>Monday</del> <ins>Friday</ins>.</p>"),
        ("## Now", "## Now and then", "<h2>Now <ins>and then</ins></h2>"),
        ("- one\n- two", "- one\n- two\n- three", '<ul><li>one</li><li>two</li><li class="compare-added"><ins>three</ins></li></ul>'),
        ("- one\n- two", "- two", '<ul><li class="compare-removed"><del>one</del></li><li>two</li></ul>'),
        ("- one\n- two", "- one\n\n- two", "<ul><li><p>one</p></li><li><p>two</p></li></ul>"),
        ("Go *out* soon and well.", "Go **out** soon and well.", "<p>Go <del><em>out</em></del> <ins><strong>out</strong></ins> soon and well.</p>"),
        ("A **b c d** e f.", "A **b x d** e f.", "<p>A <strong>b</strong> <del><strong>c</strong></del> <ins><strong>x</strong></ins> <strong>d</strong> e f.</p>"),
        ("One.\n\nTwo.", "Two.", '<p class="compare-removed"><del>One.</del></p><p>Two.</p>'),
        ("Two.", "Two.\n\n---", '<p>Two.</p><hr class="compare-added">'),
        ("a  \nb c", "a b c", "<p>a<del><br></del> b c</p>"),
        ("    a\n    b", "    a\n     b", "<pre><code>a</code>\n<del><code>b</code></del>\n <ins><code>b</code></ins></pre>"),
        ("See [[A]] now ok.", "See [[A|B]] now ok.", "<p>See <del><a>A</a></del> <ins><a>A</a></ins> now ok.</p>"),
    ],
)  # fmt: skip
def test_changes_stand_inside_the_element_they_belong_to(old: str, new: str, html: str) -> None:
    assert html_of(old, new) == html


def test_a_changed_cell_is_marked_in_its_column() -> None:
    head = "| who | when |\n|---|---|\n"
    html = html_of(f"{head}| Ana | 9 |\n", f"{head}| Ana | 10 |\n| Ben | 11 |\n")

    assert "<tr><td>Ana</td><td><del>9</del><ins>10</ins></td></tr>" in html
    assert '<tr class="compare-added"><td><ins>Ben</ins></td><td><ins>11</ins></td></tr>' in html
    assert html.count("<table>") == 1


def test_a_moved_block_says_so_at_both_places() -> None:
    moved = "This one moves as a whole and is long enough to be cut."
    html = html_of(f"{moved}\n\nStays one.\n\nStays two.", f"Stays one.\n\nStays two.\n\n{moved}")

    assert f'<p class="compare-moved"><span class="compare-note">Moved here:</span> {moved}</p>' in html
    assert '<span class="compare-note">Moved from here:</span> <del>This one moves as a whole and is…</del>' in html


@given(MARKDOWNISH, MARKDOWNISH)
def test_without_what_was_removed_it_is_the_new_text(old: str, new: str) -> None:
    html = html_of(old, new)
    assume("compare-moved" not in html)

    left = re.sub(r"<del>.*?</del>", "", html, flags=re.S)
    assert squeezed(left).replace("[p]", "") == squeezed(render(new).html).replace("[p]", "")


@given(MARKDOWNISH, MARKDOWNISH)
def test_without_what_was_added_it_holds_the_old_words(old: str, new: str) -> None:
    html = html_of(old, new)
    assume("compare-moved" not in html)

    left = re.sub(r"<ins>.*?</ins>", "", html, flags=re.S)
    assert Counter(squeezed(left).replace("[p]", "")) == Counter(squeezed(render(old).html).replace("[p]", ""))


@given(MARKDOWNISH)
def test_a_text_compared_with_itself_shows_nothing(text: str) -> None:
    shown = compared(text, text)

    assert not shown.is_changed
    assert not shown.counts
    assert shown.summary == "Nothing changed"


class Watch(HTMLParser):
    """Notes what could run or load, and whether every element ends where it should."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "embed", "form", "svg", "link", "meta", "base"}:
            self.faults.append(tag)
        self.faults += [f"{tag} {name}" for name, _value in attrs if name.startswith("on") or name in {"style", "id"}]
        self.faults += [
            value for _name, value in attrs if (value or "").strip().lower().startswith(("javascript:", "data:", "fc:"))
        ]
        if tag not in {"br", "hr", "img", "input", "wbr", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=\"x\" title='a\">\"><script>alert(1)</script>'>x</a>",
    "<div><b><i>open <p> and <table><tr><td>open",
    "</div></section></body>",
    "<!-- <p> -->x<!--",
    "<svg onload=alert(1)><style>*{display:none}</style></svg>",
    "<p id=top class='visually-hidden' style='x'>hidden</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`<ins>` <ins>x</ins> <del>y</del> &amp;lt;b&amp;gt;",
    "<iframe src=//a.org></iframe><form action=/x><button>go</button></form>",
    "<p title='<ins>'>x</p>",
    "<div>" * 400 + "deep" + "</div>" * 400,
    "> " * 30 + "deep",
    "![<b>](x) ![a](https://a.org/b.png) <img alt='\"><script>' src='//a.org'>",
    "[x](y \"<script>\") [[<b>a</b>|\"><script>]]",
    "\0 \x01 \ufffe \u202e",
]  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("side", ["old", "new", "both"])
def test_nothing_hostile_on_either_side_can_run_or_leave_its_element(hostile: str, side: str) -> None:
    calm = "Calm words.\n\n- one\n- two\n"
    old = {"old": hostile, "new": calm, "both": f"{hostile}\n\nwords then"}[side]
    new = {"old": calm, "new": hostile, "both": f"{hostile} words now"}[side]

    _watch(compared(old, new, fields=[("Title", hostile, "x")]))


@given(MARKDOWNISH, MARKDOWNISH)
def test_no_text_breaks_out(old: str, new: str) -> None:
    _watch(compared(old, new))


def _watch(shown: Compared) -> None:
    watch = Watch()
    watch.feed(screen(shown.only_changed()))
    watch.close()

    assert watch.faults == []
    assert watch.open == []


def test_an_author_cannot_pretend_that_something_changed_or_hide_that_it_did() -> None:
    shown = compared(
        "<ins>new</ins> <span class=visually-hidden>a</span>", "<ins>new</ins> <span class=visually-hidden>b</span>"
    )
    html = HIDDEN.sub("", shown.passages[0].html)

    assert "<ins>new" not in html
    assert "visually-hidden" not in html


def test_removed_links_lead_nowhere_and_new_ones_where_they_are_told_to() -> None:
    def address(link: LinkTo) -> str:
        return f"/pages/{link.to}?a=1&b"

    html = (
        compared("Old [[Gone]] here.", "Now [[Duty]] and [out](https://a.org) here.", address_of=address)
        .passages[0]
        .html
    )

    assert '<a href="/pages/Duty?a=1&amp;b">Duty</a>' in html
    assert '<a href="https://a.org">out</a>' in html
    assert "Gone" in html
    assert "pages/Gone" not in html


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ("One.", "One.", "Nothing changed"),
        ("We met on Monday. It was good. They ate well.", "We met on Friday. It was bad. They ate little. All new here now.", "3 sentences changed, 1 added, none removed"),
        ("We meet here. We sing songs.", "We meet here.", "No sentence changed, none added, 1 removed"),
        ("We meet on Monday.", "We meet on Friday.", "1 sentence changed, none added, none removed"),
        ("First of all.\n\nThen this.\n\nAnd that.", "Then this.\n\nAnd that.\n\nFirst of all.", "No sentence changed, none added, none removed, 1 moved"),
        ("One.", "One.\n\n---", "No sentence changed, but something beside the words did"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 3 |", "1 sentence changed, none added, none removed"),
    ],
)  # fmt: skip
def test_the_first_line_counts_sentences(old: str, new: str, summary: str) -> None:
    assert compared(old, new).summary == summary


def test_only_what_changed_folds_the_rest_but_keeps_the_heading_above_a_change() -> None:
    same = "# Purpose\n\nWhy.\n\nWho.\n\n# Now\n\nCalm.\n\n"
    shown = compared(f"{same}We meet on Monday.\n\nEnd.", f"{same}We meet on Friday.\n\nEnd.").only_changed()

    assert [(run.is_folded, [squeezed(HIDDEN.sub("", one.html)) for one in run.passages]) for run in shown.runs] == [
        (True, ["Purpose", "Why.", "Who."]),
        (False, ["Now"]),
        (True, ["Calm."]),
        (False, ["WemeetonMondayFriday."]),
        (True, ["End."]),
    ]
    html = screen(shown, whole_text_url="?whole=1")
    assert "3 unchanged passages" in html
    assert "1 unchanged passage<" in html
    assert 'href="?whole=1"' in html


def test_fields_are_shown_where_they_differ() -> None:
    shown = compared("a", "a", fields=[("Title", "Street", "<b>Street work"), ("Tags", "x", "x")])
    html = screen(shown, only_changed_url="?only=1")

    assert [field.label for field in shown.fields] == ["Title"]
    assert "&lt;b&gt;Street work</ins>" in html
    assert "Nothing changed" not in html
    assert 'href="?only=1"' in html


def test_each_change_is_said_to_those_who_hear_the_text() -> None:
    html = compared("We meet on Monday.", "We meet on Friday.").passages[0].html

    assert '<del><span class="visually-hidden">[removed:] </span>Monday' in html
    assert '<ins><span class="visually-hidden">[added:] </span>Friday' in html


def test_words_are_asked_for_in_the_readers_language() -> None:
    shown = compared("a", "b")

    with translation.override("de"):
        assert shown.summary


def _prose(words: int) -> str:
    dice = random.Random(1)
    known = ["".join(dice.choices("aeioulmnrst", k=dice.randint(2, 9))) for _ in range(600)]
    said = [known[int(600 * dice.random() ** 2)] + ("." if dice.random() < 0.08 else "") for _ in range(words)]
    return "\n\n".join(" ".join(said[at : at + 70]) for at in range(0, words, 70))


def _edited(text: str, edits: int) -> str:
    dice, words = random.Random(2), text.split(" ")
    for _ in range(edits):
        words[dice.randrange(len(words))] = "anew and"
    return " ".join(words)


@pytest.mark.parametrize(
    ("old", "new", "seconds"),
    [
        pytest.param(_prose(2_000), _edited(_prose(2_000), 30), 0.25, id="a page with thirty edits"),
        pytest.param(_prose(20_000).replace("\n\n", " "), _edited(_prose(20_000), 300).replace("\n\n", " "), 3, id="one giant block"),
        pytest.param("a b " * 10_000, "b a " * 9_000, 3, id="two words only"),
        pytest.param("- a b\n" * 3_000, "- a c\n" * 3_000, 6, id="a long list"),
        pytest.param("<b>x</b> " * 5_000, "<i>x</i> " * 5_000, 4, id="marks only"),
    ],
)  # fmt: skip
def test_large_texts_take_bounded_time(old: str, new: str, seconds: float) -> None:
    compared("warm", "up")
    start = time.process_time()
    compared(old, new)

    assert time.process_time() - start < seconds
