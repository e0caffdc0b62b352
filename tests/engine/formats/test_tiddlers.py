"""Every kind of file that TiddlyWiki and TiddlyWeb write."""

import base64
import json

import pytest

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import (
    BadSource,
    ContentsBy,
    Document,
    Fault,
    Files,
    Library,
    LossKind,
    SkipReason,
)
from fieldcraft.engine.formats.tiddlywiki.fields import items, moment


def _one(files: Files) -> Document:
    (page,) = read_source(files).documents
    return page


def _titles(library: Library) -> list[str]:
    return [page.title for page in library.documents]


def _json(*tiddlers: object) -> dict[str, bytes]:
    return {"all.json": json.dumps(list(tiddlers)).encode()}


def test_a_tid_file_is_its_headers_and_its_text() -> None:
    page = _one({"a.tid": b"# a comment: no\r\ntitle: Tea: a start \r\nowner:us\r\n\r\nBoil\r\n\r\nwater."})

    assert (page.title, page.body, page.fields[0]) == ("Tea: a start", "Boil\n\nwater.\n", ("owner", "us"))
    assert "wikitext" in dict(page.fields)


@pytest.mark.parametrize(
    ("content", "title", "body"),
    [
        (b"title: Tea\ntext: in one line", "Tea", "in one line\n"),
        (b"title: Tea\n\n", "Tea", ""),
        (b"title: Tea", "Tea", ""),
        (b"\nonly text", "On tea", "only text\n"),
        (b"modifier: ann\n\nfrom TiddlyWeb", "On tea", "from TiddlyWeb\n"),
        (b"\xef\xbb\xbftitle: Tea\n\nx", "Tea", "x\n"),
    ],
)
def test_a_tid_file_may_lack_its_body_or_its_title(content: bytes, title: str, body: str) -> None:
    page = _one({"On%20tea.tid": content, "tiddlywiki.info": b"{}"})

    assert (page.title, page.body) == (title, body)


def test_lists_are_read_as_tiddlywiki_reads_them() -> None:
    assert items("a [[b c]] a d\u00a0e [[f") == ["a", "b c", "d\u00a0e", "[[f"]
    assert items("") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20240131", "2024-01-31T00:00:00+00:00"),
        ("202401310930", "2024-01-31T09:30:00+00:00"),
        ("20240131093015", "2024-01-31T09:30:15+00:00"),
        ("20240131093015678", "2024-01-31T09:30:15.678000+00:00"),
        ("20241399", ""),
        ("yesterday", ""),
        ("٢٠٢٤٠١٣١", ""),
    ],
)
def test_moments_of_every_age_are_read(written: str, read: str) -> None:
    found = moment(written)

    assert (found.isoformat() if found else "") == read


def test_many_short_tiddlers_may_lie_in_one_file() -> None:
    library = read_source(
        {"words.multids": b"title: word/\ntags: [[short ones]]\n\n# not one\ntea: a drink\ncup: for it\n"}
    )

    assert _titles(library) == ["word/cup", "word/tea"]
    assert library.documents[0].tags == ("short ones",)


def test_fields_may_lie_in_a_file_beside_the_content() -> None:
    files = {
        "a.tid": b"title: A\n\n[img[Kettle]]",
        "kettle.png": b"\x89PNG",
        "kettle.png.meta": b"title: Kettle\ntype: image/png\n",
        "note.md": b"# *Note*",
        "note.md.meta": b"title: Note\ntype: text/x-markdown\ntags: x\n",
        "run.js": b"alert()",
        "run.js.meta": b"title: Run\ntype: application/javascript\n",
    }

    library = read_source(files)

    assert [(page.title, page.body) for page in library.documents] == [
        ("A", "![](<Kettle>)\n"),
        ("Note", "# *Note*"),
    ]
    assert [(file.path, file.content, file.media_type) for file in library.attachments] == [
        ("Kettle", b"\x89PNG", "image/png")
    ]
    assert [(left.path, left.reason) for left in library.skipped] == [("Run", SkipReason.CODE)]


def test_json_may_be_a_list_one_object_or_an_object_by_titles() -> None:
    one = {"title": "A", "text": "x", "number": 7}

    for content in ([one], one, {"tiddlers": [one]}, {"tiddlers": {"A": {"text": "x"}}}, {"A": {"text": "x"}}):
        page = _one({"a.json": json.dumps(content).encode()})
        assert (page.title, page.body, dict(page.fields).get("number")) == ("A", "x\n", None)


def test_tiddlyweb_json_has_lists_nested_fields_and_classic_wikitext() -> None:
    page = _one(_json({
        "title": "A", "text": "--old--", "tags": ["one", "two words"], "fields": {"mood": "calm"},
        "bag": "team_public", "recipe": None, "revision": 12, "permissions": ["read"], "created": "20110102030405",
    }))  # fmt: skip

    assert (page.body, page.tags) == ("~~old~~\n", ("one", "two words"))
    assert dict(page.fields)["mood"] == "calm"
    assert dict(page.fields)["bag"] == "team_public"


def test_a_tiddlyweb_list_without_texts_holds_no_pages() -> None:
    with pytest.raises(BadSource) as refused:
        read_source(_json({"title": "A", "bag": "b", "tags": []}))

    assert refused.value.fault is Fault.NOT_A_MANUAL


def test_what_is_no_page_is_left_out_with_its_reason() -> None:
    library = read_source(
        _json(
            {"title": "A", "text": "x"},
            {"title": "$:/theme", "text": "y"},
            {"title": "Draft of A", "draft.of": "A", "text": "z"},
            {"title": "Far", "_canonical_uri": "https://example.org/far.png", "type": "image/png"},
            {"title": "Code", "type": "text/css", "text": "b {}"},
            {"title": "Bundle", "plugin-type": "plugin", "type": "application/json", "text": '{"tiddlers": {}}'},
            {"title": "Dot", "type": "image/gif", "text": base64.b64encode(b"GIF89a").decode()},
            {"title": "Broken", "type": "image/gif", "text": "R0l"},
            {"text": "no title"},
        )
    )

    assert _titles(library) == ["A"]
    assert [(left.path, left.reason) for left in library.skipped] == [
        ("$:/theme", SkipReason.SYSTEM),
        ("Draft of A", SkipReason.DRAFT),
        ("Far", SkipReason.NOT_TEXT),
        ("Code", SkipReason.CODE),
        ("Bundle", SkipReason.PLUGIN),
        ("Broken", SkipReason.NOT_TEXT),
    ]
    assert [(file.path, file.content) for file in library.attachments] == [("Dot", b"GIF89a")]


def test_a_source_that_is_only_a_bundle_is_unpacked() -> None:
    inside = {"tiddlers": {"A": {"text": "from ''inside''"}, "$:/x": {"text": "y"}}}
    bundle = {"title": "$:/bundle", "plugin-type": "plugin", "type": "application/json", "text": json.dumps(inside)}

    assert _one(_json(bundle)).body == "from **inside**\n"


def test_snippets_of_system_pages_are_filled_in() -> None:
    library = read_source(
        _json(
            {"title": "A", "text": "Call <<desk>>."},
            {"title": "$:/ours", "tags": "$:/tags/Macro", "text": "\\define desk() the ''front desk''"},
            {"title": "$:/SiteTitle", "text": "Our ways"},
        )
    )

    assert (library.documents[0].body, library.documents[0].losses) == ("Call the **front desk**.\n", ())
    assert library.title == "Our ways"


def test_pages_stand_in_the_order_of_their_tags_list() -> None:
    page = {"text": "x", "tags": "TableOfContents"}
    library = read_source(
        _json(
            {"title": "TableOfContents", "text": "", "list": "Work [[At home]]"},
            {"title": "Zebra", **page},
            {"title": "At home", **page},
            {"title": "Work", **page},
            {"title": "Ants", **page},
            {"title": "First", **page, "list-before": ""},
            {"title": "Visits", "text": "x", "tags": "Work"},
        )
    )

    assert _titles(library) == ["First", "Work", "Visits", "At home", "Ants", "Zebra", "TableOfContents"]
    assert (library.contents_by, library.root_tag) == (ContentsBy.TAGS, "TableOfContents")


def test_half_of_a_sign_in_json_does_not_get_any_further() -> None:
    page = _one({"a.json": b'[{"title":"A\\ud800","text":"x\\udfffy"}]'})

    assert (page.title, page.body) == ("A\ufffd", "x\ufffdy\n")


def test_an_older_copy_of_the_same_words_gives_way() -> None:
    files = {"a.tid": b"title: A\nmodified: 20240101\n\nx", "b.tid": b"title: A\nmodified: 20250101\nnew: yes\n\nx\n"}

    library = read_source(files)

    assert dict(library.documents[0].fields)["new"] == "yes"
    assert [(left.path, left.reason) for left in library.skipped] == [("a.tid", SkipReason.OLDER)]


def test_the_same_title_with_other_words_is_refused_with_both_files() -> None:
    with pytest.raises(BadSource) as refused:
        read_source({"a.tid": b"title: A\n\nx", "b.tid": b"title: A\n\ny"})

    assert (refused.value.fault, refused.value.path, refused.value.detail) == (Fault.DUPLICATE_TITLE, "b.tid", "a.tid")


def test_a_title_longer_than_a_title_can_be_is_cut_and_reported() -> None:
    page = _one(_json({"title": "long " * 80, "text": "x"}))

    assert 250 <= len(page.title) <= 255
    assert [loss.kind for loss in page.losses] == [LossKind.FIELD]


def test_a_wiki_folder_is_read_with_its_plain_files() -> None:
    files = {
        "ours/tiddlywiki.info": b'{"plugins": []}',
        "ours/tiddlers/A.tid": b"title: A\n\nx",
        "ours/tiddlers/pictures/k.png": b"\x89PNG",
        "ours/tiddlers/more/plain.md": b"# Plain\n",
        "ours/notes.docx": b"PK",
    }

    library = read_source(files)

    assert _titles(library) == ["A", "Plain"]
    assert [file.path for file in library.attachments] == ["tiddlers/pictures/k.png"]
    assert [(left.path, left.reason) for left in library.skipped] == [("notes.docx", SkipReason.UNKNOWN)]
