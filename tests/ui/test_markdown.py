"""Markdown becomes safe HTML, with places for links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.ui.markdown import LinkTo, render


def test_page_links_become_places() -> None:
    rendered = render("See [[The first meeting]] and [[shown|Two-visit rule#Part one]].")

    assert rendered.links == (
        LinkTo("title", "The first meeting"),
        LinkTo("title", "Two-visit rule", "shown", "part-one"),
    )
    assert '<a href="fc:1">shown</a>' in rendered.html


def test_relative_addresses_become_places_and_outside_ones_stay() -> None:
    rendered = render("[a](../b.md#c) [d](https://example.org) ![e](f.png)")

    assert [(link.by, link.to) for link in rendered.links] == [("path", "../b.md"), ("file", "f.png")]
    assert 'href="https://example.org"' in rendered.html


def test_the_title_is_the_only_heading_of_level_one() -> None:
    assert "<h1" not in render("# One\n\n## Two").html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe src='https://example.org'></iframe>",
        "<svg onload=alert(1)>",
        "<p style='position:fixed'>x</p>",
    ],
)
def test_nothing_that_runs_gets_through(hostile: str) -> None:
    html = render(hostile).html.lower()

    assert not any(sign in html for sign in ("<script", "onerror", "onload", "<iframe", "style=", 'href="javascript'))


@given(st.text(max_size=400))
def test_any_text_can_be_rendered(text: str) -> None:
    assert "<script" not in render(text).html.lower()
