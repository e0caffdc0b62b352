"""A manual's contents out as Markdown and in again: the same pages, in the same order, under the same headings."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, ContentsBy, Document, Fault, Library, Note
from fieldcraft.engine.formats.export.markdown import markdown_files
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage, outgoing_of
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS

TREE = {
    "01-start/01-hello.md": b"# Hello\n",
    "01-start/02-again.md": b"# Again\n",
    "02-the-pairs/01-near.md": b"# Near\n",
    "02-the-pairs/02-far.md": b"# Far\n",
}
HEADINGS = ("The pairs", "Start", "start", "01 odd", "Ärger / Ende", "{x}", "notes", "Two words")
PATHS = ("a.md", "b/c.md", "b/README.md", "docs/01-x.md", "docs/02-y.markdown", "index.md", "", "A title of a wiki")


def _out(pages: Sequence[Document], contents_by: ContentsBy = ContentsBy.FOLDERS) -> dict[str, bytes]:
    outgoing = tuple(OutgoingPage(f"page-{at}", page) for at, page in enumerate(pages))
    return markdown_files(Outgoing("Ours", outgoing, contents_by=contents_by))


def _places(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(page.title, page.section or ()) for page in library.documents]


@st.composite
def pages(draw: st.DrawFn) -> list[Document]:
    """Pages of a manual in the order of its contents: from files or made here, wherever somebody put them."""
    titles = draw(
        st.lists(st.sampled_from(["Apple", "Bear", "Candle", "Dog", "Egg", "Ärger"]), min_size=1, unique=True)
    )
    sections = st.lists(st.sampled_from(HEADINGS), max_size=3).map(tuple)
    return [
        Document(draw(st.sampled_from(PATHS)), title, draw(st.sampled_from(["", "words\n", "# Other\n"])), section=draw(sections))
        for title in titles
    ]  # fmt: skip


@given(pages())
def test_order_headings_titles_and_words_come_back(pages: list[Document]) -> None:
    library = read_source(_out(pages))

    assert _places(library) == [(page.title, page.section) for page in pages]
    assert [page.body for page in library.documents] == [page.body for page in pages]


@given(pages())
def test_what_came_back_goes_out_as_the_very_same_files(pages: list[Document]) -> None:
    once = _out(pages)

    again = markdown_files(outgoing_of(read_source(once)))

    assert {path: text for path, text in again.items() if path != OWN_CONTENTS} == {
        path: text for path, text in once.items() if path != OWN_CONTENTS
    }
    assert read_source(again).documents == read_source(once).documents


def test_a_tree_that_tells_its_contents_itself_needs_no_file_for_them() -> None:
    assert _out(read_source(TREE).documents) == TREE


def test_a_page_that_was_moved_keeps_its_file_and_its_bytes_and_comes_back_where_it_was_moved_to() -> None:
    hello, again, near, far = read_source(TREE).documents
    moved = Document(again.path, again.title, again.body, again.header, section=("The pairs",))

    written = _out([hello, near, moved, far])

    assert {path: written[path] for path in TREE} == TREE
    assert _places(read_source(written)) == [
        ("Hello", ("Start",)), ("Near", ("The pairs",)), ("Again", ("The pairs",)), ("Far", ("The pairs",)),
    ]  # fmt: skip


def test_a_page_made_here_lies_with_the_pages_of_its_heading_and_not_in_a_folder_beside_them() -> None:
    made = Document("", "New", "words", section=("The pairs",))
    deeper = Document("", "Newer", "words", section=("The pairs", "Odd ones"))

    written = _out([*read_source(TREE).documents, made, deeper])

    assert written.keys() - TREE.keys() - {OWN_CONTENTS} == {
        "02-the-pairs/page-4.md",
        "02-the-pairs/odd-ones/page-5.md",
    }


def test_one_page_that_was_moved_does_not_take_its_folder_along() -> None:
    hello, again, near, far = read_source(TREE).documents
    moved = Document(again.path, again.title, again.body, section=("Elsewhere",))
    made = [Document("", name, "words", section=(name,)) for name in ("Start", "Elsewhere")]

    written = _out([moved, made[1], hello, made[0], near, far])

    assert written.keys() - TREE.keys() - {OWN_CONTENTS} == {"elsewhere/page-1.md", "01-start/page-3.md"}


def test_pages_made_here_lie_inside_the_folder_that_holds_all_others() -> None:
    site = {"mkdocs.yml": b"nav:\n- Two: b.md\n- One: a.md\n", "docs/a.md": b"# A\n", "docs/b.md": b"# B\n"}
    made = Document("", "New", "words", section=("Fresh",))

    written = _out([*read_source(site).documents, made])

    assert "docs/fresh/page-2.md" in written
    assert _places(read_source(written)) == [("Two", ()), ("One", ()), ("New", ("Fresh",))]
    beside = read_source({**written, "mkdocs.yml": site["mkdocs.yml"]})
    assert _places(beside) == [("Two", ()), ("One", ()), ("New", ("Fresh",))]


def test_tags_go_on_making_the_contents_of_a_wiki() -> None:
    tagged = [
        Document("B", "B", "", tags=("Top",), position=2), Document("Top", "Top", "", position=0),
        Document("A", "A", "", tags=("Top",), position=1),
    ]  # fmt: skip
    outgoing = tuple(OutgoingPage(page.title, page) for page in tagged)

    written = markdown_files(Outgoing("Wiki", outgoing, contents_by=ContentsBy.TAGS, root_tag="Top"))

    library = read_source(written)
    assert (library.contents_by, library.root_tag, library.title) == (ContentsBy.TAGS, "Top", "Wiki")
    assert [page.title for page in library.documents] == ["Top", "A", "B"]


def test_pages_that_were_added_to_the_files_come_last_where_they_lie_and_missing_ones_are_no_hindrance() -> None:
    hello, again, near, far = read_source(TREE).documents
    written = _out([far, near, again, hello])
    del written["02-the-pairs/01-near.md"]

    library = read_source({**written, "01-start/00-first.md": b"# First\n"})

    assert _places(library) == [
        ("Far", ("The pairs",)), ("Again", ("Start",)), ("Hello", ("Start",)), ("First", ("Start",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"[]", b"{}", b'{"pages": 5}', b'{"pages": [5, {}, {"path": 1}]}', b'{"pages": [{"path": "x.md", "section": "y"}]}'],
)  # fmt: skip
def test_a_file_of_that_name_that_says_nothing_of_pages_changes_no_page(content: bytes) -> None:
    assert read_source({**TREE, OWN_CONTENTS: content}).documents == read_source(TREE).documents


def test_one_that_is_broken_is_named() -> None:
    with pytest.raises(BadSource) as refusal:
        read_source({**TREE, OWN_CONTENTS: b'{"pages": ['})

    assert (refusal.value.fault, refusal.value.path) == (Fault.BROKEN_JSON, OWN_CONTENTS)


def test_it_is_read_by_people_a_line_a_page() -> None:
    hello, again, near, far = read_source(TREE).documents

    text = _out([far, near, again, hello])[OWN_CONTENTS].decode()

    assert '    {"path": "02-the-pairs/02-far.md", "section": ["The pairs"]},\n' in text
    assert json.loads(text)["title"] == "Ours"


@pytest.mark.parametrize("title", ["Near", "N" * 255, "Near (notes)", "x: y"])
def test_a_note_comes_back_as_a_note_and_not_as_a_page(title: str) -> None:
    page = Document("02-the-pairs/01-near.md", title, "# Near\n")
    note = OutgoingNote("near", title, page.path, "Ours.\n", "two\nwords", "the ", " of", whose="Street", by="Ben")

    written = markdown_files(Outgoing("M", (OutgoingPage("near", page),), (note, note)))

    library = read_source(written)
    assert [each.title for each in library.documents] == [title]
    assert {(each.beside, each.body, each.quote, each.prefix, each.suffix, each.by) for each in library.notes} == {
        (page.path, "Ours.\n", "two\nwords", "the ", " of", "Ben")
    }
    assert len(library.notes) == 2


def test_notes_alone_are_a_source_too() -> None:
    written = markdown_files(Outgoing("M", (), (OutgoingNote("near", "Near", "02-the-pairs/01-near.md", "Ours."),)))

    library = read_source(written)

    assert library.documents == ()
    assert library.notes == (Note("02-the-pairs/01-near.md", "Near", "Ours."),)


def test_somebody_elses_page_in_a_folder_of_notes_stays_a_page() -> None:
    library = read_source({"notes/a.md": b"---\ntitle: A\n---\nwords", "b.md": b"---\nbeside: a\n---\n# B\n"})

    assert [page.title for page in library.documents] == ["B", "A"]
    assert library.notes == ()
