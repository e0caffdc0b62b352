"""Putting a note where its passage stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.ui.beside import place_of


@pytest.mark.parametrize(("html", "passage", "before"), [
    ("<p>One.</p>\n<p>Two, three.</p>", "One.", "<p>One.</p>"),
    ("<p>One.</p>\n<p>Two, three.</p>", "three", "<p>One.</p>\n<p>Two, three.</p>"),
    ("<ul>\n<li>Ring.</li>\n<li>Walk.</li></ul>", "Ring.", "<ul>\n<li>Ring."),
    ("<p>Say <em>it</em> aloud,\nnow.</p><p>x</p>", "Say it aloud, now.", "<p>Say <em>it</em> aloud,\nnow.</p>"),
    ("<p>Tea &amp; bread</p><p>x</p>", "Tea & bread", "<p>Tea &amp; bread</p>"),
    ("<table><tr><td>a</td><td>b</td></tr></table><p>x</p>", "a", "<table><tr><td>a</td><td>b</td></tr></table>"),
    ("<h2>Safety</h2><p>x</p>", "Safety", "<h2>Safety</h2>"),
])  # fmt: skip
def test_a_note_follows_the_block_of_its_passage(html: str, passage: str, before: str) -> None:
    place = place_of(html, passage)

    assert place is not None
    assert html[:place] == before


@pytest.mark.parametrize("passage", ["", "  ", "elsewhere", "One. Nine."])
def test_a_passage_that_is_not_there_has_no_place(passage: str) -> None:
    assert place_of("<p>One.</p><p>Two.</p>", passage) is None


@given(st.lists(st.text("ab &<", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=6), st.data())
def test_every_paragraph_is_found_where_it_ends(paragraphs: list[str], data: st.DataObject) -> None:
    from html import escape

    chosen = data.draw(st.integers(0, len(paragraphs) - 1))
    numbered = [f"{number}{text}{number}" for number, text in enumerate(paragraphs)]
    blocks = [f"<p>{escape(text)}</p>" for text in numbered]

    assert place_of("".join(blocks), numbered[chosen]) == len("".join(blocks[: chosen + 1]))
