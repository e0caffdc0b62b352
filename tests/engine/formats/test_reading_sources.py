"""Every format is read, and what cannot be read is refused with its file's name."""

import contextlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, ContentsBy, Fault, Library, LossKind, SkipReason
from fieldcraft.engine.formats.markdown import split
from fieldcraft.engine.formats.tiddlywiki.fields import items, moment
from fieldcraft.engine.formats.tiddlywiki.wikitext import Wiki, to_markdown

CORPORA = Path(__file__).parents[4] / "shared/corpora/handbooks"


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return stream.getvalue()


def _one(files: dict[str, bytes]) -> Library:
    return read_source(files)


def test_front_matter_and_body_stay_as_they_were() -> None:
    text = "---\ntitle: Tea\nowner: us\ntags: [a, b]\n---\r\n\r\n# Tea\r\nBoil.\r\n"

    (page,) = _one({"tea.md": text.encode()}).documents

    assert page.header + page.body == text
    assert (page.title, page.tags, page.fields) == ("Tea", ("a", "b"), (("owner", "us"),))


def test_folders_are_headings_and_index_pages_come_first() -> None:
    library = _one(
        {"docs/02-b/x.md": b"# X", "docs/01-a/y.md": b"# Y", "docs/01-a/index.md": b"# A", "docs/r.md": b"# R"}
    )

    assert [(page.title, page.section) for page in library.documents] == [
        ("R", ()),
        ("A", ("A",)),
        ("Y", ("A",)),
        ("X", ("B",)),
    ]


def test_a_mkdocs_nav_gives_the_order() -> None:
    nav = b"site_name: Ours\nnav:\n  - Home: index.md\n  - Care:\n      - b.md\n      - First: a.md\nx: !!python/name:os.system ''\n"
    library = _one({"mkdocs.yml": nav, "docs/a.md": b"text", "docs/b.md": b"# B", "docs/index.md": b"hello"})

    assert library.contents_by is ContentsBy.ORDER
    assert [(page.title, page.section) for page in library.documents] == [
        ("Home", ()),
        ("B", ("Care",)),
        ("First", ("Care",)),
    ]


def test_two_pages_of_one_title_are_told_apart_by_their_folder() -> None:
    library = _one({"a/x.md": b"# Records", "b/y.md": b"# Records"})

    assert [page.title for page in library.documents] == ["Records", "Records (b)"]


def test_tiddlers_of_a_folder_become_pages() -> None:
    tid = b"created: 20240102030405678\ntags: TableOfContents [[two words]]\ntitle: Hello\nowner: us\n\nSee [[shown|Other]]."
    library = _one({"w/tiddlers/Hello.tid": tid, "w/tiddlers/s.tid": b"title: $:/x\n\ny", "w/tiddlywiki.info": b"{}"})

    (page,) = library.documents
    assert (page.title, page.tags, page.body) == ("Hello", ("TableOfContents", "two words"), "See [[shown|Other]].\n")
    assert library.root_tag == "TableOfContents"
    assert [skipped.reason for skipped in library.skipped] == [SkipReason.SYSTEM]


@pytest.mark.parametrize(
    "html",
    [
        '<div id="storeArea"><div title="A" tags="x"><pre>It&#39;s ok</pre></div></div>',
        '<div id="storeArea"><div tiddler="A" tags="x">It\'s ok</div></div>',
        '<script class="tiddlywiki-tiddler-store" type="application/json">[{"title":"A","tags":"x","text":"It\'s ok"}]</script>',
    ],
)
def test_every_kind_of_html_store_is_read(html: str) -> None:
    (page,) = _one({"wiki.html": html.encode()}).documents

    assert (page.title, page.tags, page.body.strip()) == ("A", ("x",), "It's ok")


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        ("''bold'' and //italic//", "**bold** and *italic*"),
        ("! Top", "## Top"),
        ("* one\n** two\n# three", "- one\n  - two\n\n1. three"),
        ("a -- b", "a – b"),
        ("[ext[there|https://example.org]]", "[there](<https://example.org>)"),
        ("HelloThere and OtherThing", "[[HelloThere]] and OtherThing"),
        ("~HelloThere", "HelloThere"),
        ("<<<\nwise\n<<<", "> wise"),
        ("|!A|!B|\n|1|2|", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
        ("2 * 3 and snake_case", "2 \\* 3 and snake\\_case"),
    ],
)
def test_wikitext_is_carried(wikitext: str, markdown: str) -> None:
    body, losses = to_markdown(wikitext, wiki=Wiki(frozenset({"HelloThere"})), tiddler_type="")

    assert (body.strip(), losses) == (markdown, ())


@pytest.mark.parametrize(
    ("wikitext", "kind"),
    [
        ("a <<toc>> b", LossKind.MACRO),
        ("{{Other||Template}}", LossKind.TRANSCLUSION),
        ("<$list filter='x'>y</$list>", LossKind.WIDGET),
        ("\\define x() y", LossKind.PRAGMA),
    ],
)
def test_what_cannot_be_carried_stays_visible_and_is_reported(wikitext: str, kind: LossKind) -> None:
    body, losses = to_markdown(wikitext, wiki=Wiki(), tiddler_type="")

    assert [loss.kind for loss in losses][:1] == [kind]
    assert wikitext.split()[0].strip("<>{}") in body


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, Fault.EMPTY),
        ({"a.exe": b"MZ"}, Fault.NOT_A_MANUAL),
        ({"a.md": b"---\na: [\n---\nx"}, Fault.BROKEN_YAML),
        ({"a.md": b"a\0b"}, Fault.NUL_BYTE),
        ({"a.md": b"\xff\xfe\xfa"}, Fault.NOT_UTF8),
        ({"a.md": b"x" * 2_000_001}, Fault.TOO_LARGE),
        ({"a.json": b'[{"title": "A"'}, Fault.BROKEN_JSON),
        ({"a.json": b'{"format": "fieldcraft/1", "manual": {}}'}, Fault.HISTORY),
        ({"a.html": b'<div id="storeArea"><div title="A"><pre>cut'}, Fault.TRUNCATED),
        ({"a.html": b'<pre id="encryptedStoreArea" type="text/plain">{"iv":"x"}</pre>'}, Fault.ENCRYPTED),
        ({"a.tid": b"title: A\n\none", "b.tid": b"title: A\n\nother"}, Fault.DUPLICATE_TITLE),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_file(files: dict[str, bytes], fault: Fault) -> None:
    with pytest.raises(BadSource) as refused:
        read_source(files)

    assert refused.value.fault is fault
    assert refused.value.path in {*files, ""}


@pytest.mark.parametrize("path", ["../x.md", "/etc/x.md", "a\\b.md", "a/../../x.md", "C:/x.md"])
def test_an_archive_that_leads_outside_is_refused(path: str) -> None:
    with pytest.raises(BadSource) as refused:
        files_of_archive(_zip({path: b"x"}))

    assert refused.value.fault is Fault.UNSAFE_PATH


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(BadSource) as refused:
        files_of_archive(_zip({"a.md": b"0" * 30_000_000}))

    assert refused.value.fault is Fault.ZIP_BOMB


def test_a_damaged_archive_is_refused() -> None:
    with pytest.raises(BadSource) as refused:
        files_of_archive(_zip({"a.md": b"hello" * 100})[:-40])

    assert refused.value.fault is Fault.BROKEN_ZIP


def test_a_tar_link_is_refused() -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        link = tarfile.TarInfo("a.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    with pytest.raises(BadSource) as refused:
        files_of_archive(stream.getvalue())

    assert refused.value.fault is Fault.UNSAFE_PATH


def test_lists_and_dates_are_read_as_tiddlywiki_writes_them() -> None:
    assert items("one [[two words]] three") == ["one", "two words", "three"]
    assert moment("20240102030405678").isoformat() == "2024-01-02T03:04:05.678000+00:00"
    assert moment("20241399") is None


@given(st.dictionaries(st.sampled_from(["a.md", "b.tid", "c.json", "d.html", "mkdocs.yml"]), st.binary(max_size=200)))
def test_any_bytes_are_read_or_refused(files: dict[str, bytes]) -> None:
    library = None
    with contextlib.suppress(BadSource):
        library = read_source(files)

    assert library is None or library.documents


@given(st.text(max_size=300))
def test_front_matter_and_body_always_join_to_the_text(text: str) -> None:
    assert "".join(split(text)) == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_any_wikitext_becomes_markdown(text: str) -> None:
    body, _losses = to_markdown(text, wiki=Wiki(), tiddler_type="")

    assert isinstance(body, str)


@pytest.mark.parametrize(("name", "inside", "least"), [
    ("18f", "18f", 247),
    ("incident-response", "incident-response/local", 23),
    ("tiddlywiki", "tiddlywiki/tw5.com", 1500),
    ("tiddlywiki", "tiddlywiki/fr-FR", 300),
])  # fmt: skip
def test_real_handbooks_are_read(name: str, inside: str, least: int) -> None:
    archive = CORPORA / f"{name}.tar.gz"
    if not archive.exists():
        pytest.skip("The real handbooks are not beside this checkout.")
    files = {
        path.removeprefix(f"{inside}/"): content
        for path, content in files_of_archive(archive.read_bytes()).items()
        if path.startswith(f"{inside}/")
    }

    library = read_source(files)

    assert len(library.documents) >= least
    if name == "18f":
        assert all((page.header + page.body).encode() in files.values() for page in library.documents)
