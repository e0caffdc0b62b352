"""A manual as a TiddlyWiki."""

import json
from pathlib import Path

import pytest

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import Attachment, Document, Files, Library
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage, outgoing_of
from fieldcraft.engine.formats.export.tiddlywiki import WikiWords, tiddlers, tiddlywiki_html, tiddlywiki_json
from fieldcraft.engine.formats.tiddlywiki.fields import items, moment
from fieldcraft.engine.formats.tiddlywiki.tiddlers import tiddlers_of

CORPORA = Path(__file__).parents[4] / "shared/corpora/handbooks"
WORDS = WikiWords("en", "Drop this file on TiddlyWiki.", "Pages")
SAMPLE = [
    {"title": "Home", "text": "''bold'' and [[About  us]]", "tags": "TableOfContents [[two words]]", "created": "20200102030405678", "modified": "20210102030405678", "caption": "C", "list": "[[About  us]] x"},
    {"title": "About  us", "text": "", "created": "200001021200"},
    {"title": "Mark", "text": "**down**\n", "type": "text/x-markdown"},
    {"title": "Plain", "text": "a < b", "type": "text/plain", "creator": "Ann"},
    {"title": "Just words", "text": "Just words.\n", "type": "text/vnd.tiddlywiki"},
    {"title": "dot.svg", "text": "<svg/>", "type": "image/svg+xml"},
    {"title": "dot.png", "text": "iVBORw==", "type": "image/png"},
]  # fmt: skip


def _of(*pages: Document) -> Outgoing:
    return Outgoing("M", tuple(OutgoingPage(str(number), page) for number, page in enumerate(pages)))


def _compared(fields: dict[str, str]) -> dict[str, object]:
    """What must come back: tags and moments by their meaning, everything else sign by sign."""
    made: dict[str, object] = {
        name: value for name, value in fields.items() if name not in {"tags", "created", "modified"}
    }
    moments = {name: moment(fields[name]) for name in ("created", "modified") if name in fields}
    made.setdefault("text", "")
    return {**made, "tags": items(fields.get("tags", "")), **{name: at for name, at in moments.items() if at}}


def _differences(files: Files, library: Library) -> dict[str, object]:
    pages = {page.path.strip() for page in library.documents}
    came = {
        each.fields["title"].strip(): each.fields for each in tiddlers_of(files).tiddlers if each.fields.get("title")
    }
    went = {fields["title"]: fields for fields in tiddlers(outgoing_of(library))}
    return {
        title: (_compared(came[title]), _compared(went[title]))
        for title in pages
        if _compared({**came[title], "title": title}) != _compared(went[title])
    }


def test_a_wiki_comes_back_tiddler_by_tiddler() -> None:
    files = {"w.json": json.dumps(SAMPLE).encode()}
    library = read_source(files)

    assert len(library.documents) == 5
    assert _differences(files, library) == {}


def test_pictures_come_back_too() -> None:
    made = {
        fields["title"]: fields
        for fields in tiddlers(outgoing_of(read_source({"w.json": json.dumps(SAMPLE).encode()})))
    }

    assert [made["dot.svg"]["text"], made["dot.png"]["text"]] == ["<svg/>", "iVBORw=="]


def test_the_documentation_of_tiddlywiki_comes_back_tiddler_by_tiddler() -> None:
    archive = CORPORA / "tiddlywiki.tar.gz"
    if not archive.exists():
        pytest.skip("The handbooks to try it on are not beside this checkout.")
    files = {
        path: content
        for path, content in files_of_archive(archive.read_bytes()).items()
        if path.startswith("tiddlywiki/tw5.com/")
    }
    library = read_source(files)

    assert len(library.documents) > 1000
    assert _differences(files, library) == {}


def test_what_was_written_here_is_markdown() -> None:
    (_site, page) = tiddlers(_of(Document("", "A", "**b**", tags=("x y", "z"))))

    assert page == {"title": "A", "tags": "[[x y]] z", "type": "text/x-markdown", "text": "**b**"}


def test_markdown_written_over_a_wikis_page_is_not_taken_for_wikitext() -> None:
    (_site, page) = tiddlers(_of(Document("Home", "Home", "**b** //c//")))

    assert page["type"] == "text/x-markdown"


def test_no_page_becomes_something_that_a_wiki_runs() -> None:
    """Whoever writes a page, or a handbook's front matter, decides its title, its tags and its fields."""
    evil = (("type", "application/javascript"), ("module-type", "startup"), ("wikitext", "alert(1)"))
    pages = [
        Document(path, "$:/core/x", "words", tags=("$:/tags/RawMarkup", "x"), fields=evil) for path in ("a.md", "A", "")
    ]

    for made in tiddlers(_of(*pages))[1:]:
        assert (made["type"], made["text"], made["tags"]) == ("text/x-markdown", "words", "x")
        assert not made["title"].startswith("$:/")


def test_two_pages_of_one_title_are_both_kept() -> None:
    made = tiddlers(_of(Document("a.md", "A", "one"), Document("b.md", "A", "two")))

    assert [fields["title"] for fields in made] == ["$:/SiteTitle", "A", "A (2)"]


def test_a_note_says_what_it_stands_beside() -> None:
    note = OutgoingNote("a", "A page", "", "Ours.", quote="some words", whose="Team")

    made = tiddlers(Outgoing("M", (), (note,)))[1]

    assert made == {
        "title": "A page (Team)", "tags": "[[A page]]", "type": "text/x-markdown", "beside": "A page", "quote": "some words",
        "manual": "Team", "text": "Ours.",
    }  # fmt: skip


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", '<div id="storeArea">', "<!--", "\u2028 ]]"])
def test_one_html_file_holds_what_the_list_holds_whatever_it_says(hostile: str) -> None:
    outgoing = _of(Document("", hostile, hostile, tags=(hostile,), fields=(("f", hostile),)))

    html = tiddlywiki_html(outgoing, WORDS)

    assert html.count(b"<script") == 1
    assert [each.fields for each in tiddlers_of({"w.html": html}).tiddlers] == tiddlers(outgoing)
    assert [each.fields for each in tiddlers_of({"w.json": tiddlywiki_json(outgoing)}).tiddlers] == tiddlers(outgoing)


def test_a_browser_shows_how_to_open_it_and_the_titles() -> None:
    html = tiddlywiki_html(_of(Document("", "A & B", "x")), WORDS).decode()

    assert 'lang="en"' in html
    assert WORDS.how in html
    assert "<li>A &amp; B</li>" in html


def test_a_file_with_its_bytes() -> None:
    outgoing = Outgoing("M", (), (), (Attachment("a.png", b"\x89PNG", "image/png"),))

    assert tiddlers(outgoing)[1] == {"title": "a.png", "type": "image/png", "text": "iVBORw=="}
