"""A manual in one HTML file."""

import base64
import hashlib
import re
from dataclasses import fields

import pytest

from fieldcraft.engine.formats.export.one_file import FileNote, FilePage, FileWords, Line, one_file

HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(1)>&"
WORDS = FileWords(**{field.name: f"{field.name} word" for field in fields(FileWords)})


def _file(title: str = "M", **of: str) -> str:
    note = FileNote("<p>ours</p>", of.get("whose", "us"), of.get("quote", ""))
    page = FilePage(
        "p1", of.get("page", "A"), of.get("whose", "Core"), (("<p>words</p>", (note,)),), (of.get("above", "B"),)
    )
    lines = [Line(of.get("above", "B"), "", (Line(of.get("page", "A"), "p1"),))]
    return one_file(title=title, about=of.get("about", ""), contents=lines, pages=[page], words=WORDS).decode()


def test_it_holds_contents_pages_notes_and_whose_words_they_are() -> None:
    html = _file(whose="Core · 3 May", quote="some words")

    assert '<ul><li>B<ul><li><a href="#p1">A</a></li></ul></li></ul>' in html
    assert '<h2 id="title-p1">A</h2>' in html
    assert "Core · 3 May" in html
    assert "“some words”" in html
    assert "<p>words</p><aside" in html


@pytest.mark.parametrize("name", ["title", "page", "whose", "quote", "above", "about"])
def test_whatever_somebody_writes_becomes_no_markup(name: str) -> None:
    html = _file(**{name: HOSTILE})

    assert html.count("<script") == _file().count("<script") == 1
    assert "<img" not in html


def test_it_lets_itself_load_nothing_and_run_nothing_but_its_script() -> None:
    html = _file()
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    sha = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{sha}'" in html
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*\"|url\(|@import", html) == []


def test_its_language_landmarks_and_headings_are_said() -> None:
    html = _file()

    assert '<html lang="language word">' in html
    assert [html.count(f"<{mark}") for mark in ("main", "nav", "header", "h1")] == [1, 1, 1, 1]
    assert 'role="search" hidden' in html, "it is shown by the script that answers it"
