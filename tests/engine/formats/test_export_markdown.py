"""A manual as a tree of Markdown files."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source, without_common_folder
from fieldcraft.engine.formats.document import Attachment, Document
from fieldcraft.engine.formats.export.front_matter import page_text
from fieldcraft.engine.formats.export.markdown import markdown_files
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage, outgoing_of
from fieldcraft.engine.formats.export.places import Places, safe_path
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.engine.formats.markdown import document
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS

CORPORA = Path(__file__).parents[4] / "shared/corpora/handbooks"
TREE = {
    "index.md": b"# Home\n\nSee [a](a.md).\n",
    "a.md": b"---\r\ntitle: A\r\nodd: [1, 2]\r\ntags:\r\n- x\r\n# kept\r\n---\r\nwords\r\n",
    "deep/no-title.md": b"only words, no newline at the end",
    "img/dot.png": b"\x89PNG",
}


def _written(*pages: Document) -> dict[str, bytes]:
    return markdown_files(Outgoing("M", tuple(OutgoingPage(f"page-{at}", page) for at, page in enumerate(pages))))


def test_what_nobody_changed_comes_back_byte_for_byte_at_its_path() -> None:
    assert markdown_files(outgoing_of(read_source(TREE))) == TREE


def test_writing_and_reading_again_writes_the_same() -> None:
    once = markdown_files(outgoing_of(read_source(TREE)))

    assert markdown_files(outgoing_of(read_source(once))) == once


@pytest.mark.parametrize(("corpus", "pages"), [("18f", 247), ("incident-response", 1)])
def test_a_whole_handbook_comes_back_byte_for_byte(corpus: str, pages: int) -> None:
    archive = CORPORA / f"{corpus}.tar.gz"
    if not archive.exists():
        pytest.skip("The handbooks to try it on are not beside this checkout.")
    files = without_common_folder(files_of_archive(archive.read_bytes()))
    library = read_source(files)

    written = markdown_files(outgoing_of(library))

    assert len(library.documents) >= pages
    assert {path for path, content in written.items() if files[path] != content} == set()
    assert {page.path for page in library.documents} <= written.keys()


def test_a_new_title_and_new_tags_change_their_lines_alone() -> None:
    page = document("a.md", TREE["a.md"])

    text = page_text(replace(page, title="B: new", tags=("y", "z z")), "a.md")

    assert text == "---\r\ntitle: 'B: new'\r\nodd: [1, 2]\r\ntags: [y, z z]\r\n# kept\r\n---\r\nwords\r\n"


def test_a_title_that_spans_lines_is_replaced_whole() -> None:
    page = document("a.md", b"---\ntitle: >\n  two\n  lines\nodd: 1\n---\nwords\n")

    assert page_text(replace(page, title="One"), "a.md") == "---\ntitle: One\nodd: 1\n---\nwords\n"


def test_front_matter_in_one_line_is_written_anew_in_its_order() -> None:
    page = document("a.md", b"---\n{odd: 1, title: A, even: 2}\n---\nwords\n")

    assert (
        page_text(replace(page, title="B"), "a.md")
        == "---\neven: 2\n---\n".replace("even: 2", "odd: 1\ntitle: B\neven: 2\ntags: []") + "words\n"
    )


def test_tags_come_in_where_there_were_none() -> None:
    page = document("a.md", b"---\ntitle: A\n---\nwords\n")

    assert page_text(replace(page, tags=("x",)), "a.md") == "---\ntitle: A\ntags: [x]\n---\nwords\n"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("A", "# B\n"),
        ("yes", ""),
        ("1", "x"),
        ("- x", ""),
        ("a: b", ""),
        ('"', "# x"),
        ("é 🫖 #", "---\ntitle: no\n---\n"),
    ],
)
def test_a_page_made_here_is_read_back_with_its_title_tags_and_body(title: str, body: str) -> None:
    page = Document("", title, body, tags=("x y", "null"), fields=(("caption", "c: d"), ("wikitext", "''x''")))

    ((path, content),) = _written(page).items()
    read = document(path, content)

    assert (read.title, read.body, read.tags, read.fields) == (title, body, ("x y", "null"), (("caption", "c: d"),))


def test_a_page_without_a_path_stands_under_its_headings() -> None:
    page = Document("", "Hello", "words", section=("First Things", "Ärger"))

    assert set(_written(page)) == {"first-things/arger/page-0.md", OWN_CONTENTS}


def test_notes_are_files_of_their_own_and_leave_the_page_as_it_is() -> None:
    note = OutgoingNote("a", "A", "a.md", "Ours.\n", quote="two\nwords", whose="Team: us")
    page = OutgoingPage("a", document("a.md", TREE["a.md"]))

    files = markdown_files(Outgoing("M", (page,), (note, note)))

    assert files["a.md"] == TREE["a.md"]
    assert set(files) == {"a.md", "notes/a-1.md", "notes/a-2.md"}
    read = document("notes/a-1.md", files["notes/a-1.md"])
    assert (read.body, dict(read.fields)) == (
        "Ours.\n",
        {"beside": "a.md", "quote": "two\nwords", "manual": "Team: us"},
    )


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("../../etc/passwd.md", "etc/passwd.md"),
        ("/etc/x.md", "etc/x.md"),
        ("a\\..\\b.md", "a/b.md"),
        ("C:/x.md", "C-/x.md"),
        (".git/hooks/post-checkout", "_.git/hooks/post-checkout"),
        (".gitbook/assets/a.png", ".gitbook/assets/a.png"),
        ("con.md", "_con.md"),
        ("x/NUL", "x/_NUL"),
        ("a. /b\n.md", "a/b-.md"),
        ("", "page"),
        ("..", "page"),
        ("docs/été 1.md", "docs/été 1.md"),
    ],
)
def test_no_path_leads_outside_or_is_one_that_a_system_keeps_for_itself(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_a_name_too_long_for_a_disk_keeps_its_ending() -> None:
    made = safe_path("é" * 300 + ".md")

    assert len(made.encode()) <= 200
    assert made.endswith("é.md")


def test_no_two_files_stand_at_one_place() -> None:
    places = Places()

    taken = [places.take(path) for path in ("a/b.md", "A/B.md", "a", "a/b.md/c.md", "e\u0301.md", "\u00e9.md")]

    assert taken[:3] == ["a/b.md", "A/B-2.md", "a-2"]
    assert taken[3] == "a/b-3.md/c.md"
    assert taken[5] == "\u00e9-2.md"


def test_two_layers_pages_of_one_path_and_a_file_of_a_pages_name_are_all_kept() -> None:
    one, other = Document("docs/a.md", "A", "one"), Document("docs/a.md", "A", "other")
    outgoing = Outgoing(
        "M", (OutgoingPage("a", one), OutgoingPage("a~2", other)), (), (Attachment("docs/a.md", b"x", "text/plain"),)
    )

    assert markdown_files(outgoing).keys() - {OWN_CONTENTS} == {"docs/a-2.md", "docs/a-3.md", "docs/a.md"}


def test_the_same_files_make_the_same_archive() -> None:
    files = {"b/c.md": b"x", "a.md": b"y"}

    assert zipped(files) == zipped(dict(reversed(files.items())))
    assert files_of_archive(zipped(files)) == files
