"""Lists that come with a source: `tiddlywiki.files`, GitBook's summary, other names in front matter."""

import json

import pytest

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, Document, Fault, Library


def _titles(library: Library) -> list[str]:
    return [each.title for each in library.documents]


def _page(library: Library, title: str) -> Document:
    return next(each for each in library.documents if each.title == title)


def test_plain_files_become_pages_with_the_fields_of_the_list() -> None:
    listing = {
        "tiddlers": [
            {
                "file": "tea.md",
                "prefix": "# Tea\n",
                "fields": {"title": "About tea", "tags": ["hot drinks", "kitchen"]},
            },
            {"file": "gone.md"},
        ]
    }
    files = {"tiddlers/tiddlywiki.files": json.dumps(listing).encode(), "tiddlers/tea.md": b"Boil water."}

    library = read_source({**files, "tiddlywiki.info": b"{}"})

    assert _titles(library) == ["About tea"]
    assert _page(library, "About tea").body == "# Tea\nBoil water."
    assert _page(library, "About tea").tags == ("hot drinks", "kitchen")


def test_a_folder_of_the_list_is_read_by_its_pattern_with_names_made_from_files() -> None:
    entry = {
        "path": "texts",
        "filesRegExp": r"^.*\.txt$",
        "searchSubdirectories": True,
        "fields": {
            "title": {"source": "basename-uri-decoded", "prefix": "Text: "},
            "tags": {"source": "subdirectories"},
        },
    }
    files = {
        "tiddlywiki.files": json.dumps({"directories": [entry]}).encode(),
        "texts/first%20one.txt": b"One.",
        "texts/deep/second.txt": b"Two.",
        "texts/picture.raw": b"..",
    }

    library = read_source(files)

    assert sorted(_titles(library)) == ["Text: first one", "Text: second"]
    assert _page(library, "Text: second").tags == ("deep",)


def test_a_listed_file_of_tiddlers_takes_the_fields_of_the_list() -> None:
    listing = {"tiddlers": [{"file": "one.tid", "isTiddlerFile": True, "fields": {"tags": "listed"}}]}
    files = {"tiddlywiki.files": json.dumps(listing).encode(), "one.tid": b"title: One\ntags: own\n\nWords."}

    library = read_source(files)

    assert _titles(library) == ["One"]
    assert _page(library, "One").tags == ("listed",)


@pytest.mark.parametrize("path", ["../secret.md", "/etc/passwd", "", None, 7])
def test_a_list_reaches_nothing_outside_its_source(path: object) -> None:
    files = {"w/tiddlywiki.files": json.dumps({"tiddlers": [{"file": path}]}).encode(), "w/a.tid": b"title: A\n\nx"}

    assert _titles(read_source(files)) == ["A"]


def test_a_broken_list_is_refused_with_its_name() -> None:
    with pytest.raises(BadSource) as refused:
        read_source({"tiddlywiki.files": b'{"tiddlers": [', "a.tid": b"title: A\n\nx"})

    assert (refused.value.fault, refused.value.path) == (Fault.BROKEN_JSON, "tiddlywiki.files")


def test_a_summary_gives_order_titles_and_sections() -> None:
    summary = (
        b"# Summary\n\n* [Welcome](README.md)\n\n## Work\n\n* [Visits](visits.md)\n  * [The first](deep/first.md#top)\n"
    )
    files = {"SUMMARY.md": summary, "README.md": b"Hello.", "visits.md": b"Go.", "deep/first.md": b"Knock."}

    library = read_source(files)

    assert [(each.title, each.section) for each in library.documents] == [
        ("Welcome", ()),
        ("Visits", ("Work", "Visits")),
        ("The first", ("Work", "Visits")),
    ]


def test_ids_and_slugs_lead_to_their_page() -> None:
    library = read_source({"docs/a.md": b"---\ntitle: A\nid: first-page\nslug: /start\naliases: [Begin here]\n---\nx"})

    assert set(_page(library, "A").aliases) == {"first-page", "/start", "Begin here"}


def test_classic_wikitext_strikes_with_dashes() -> None:
    store = (
        b'<div id="storeArea"><div title="A" type="text/x-tiddlywiki"><pre>one --two-- three -- four</pre></div></div>'
    )

    assert _page(read_source({"w.html": store}), "A").body == "one ~~two~~ three — four\n"
