"""Trees of Markdown that have contents of their own: MkDocs, Docusaurus, GitBook."""

import json

import pytest

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import (
    BadSource,
    ContentsBy,
    Document,
    Fault,
    Library,
    LossKind,
    SkipReason,
)


def _read(files: dict[str, str]) -> Library:
    return read_source({path: text.encode() for path, text in files.items()})


def _contents(library: Library) -> list[tuple[str, tuple[str, ...] | None]]:
    return [(page.title, page.section) for page in library.documents]


def _page(library: Library, path: str) -> Document:
    return next(page for page in library.documents if page.path == path)


def _left_out(library: Library) -> dict[str, SkipReason]:
    return {left.path: left.reason for left in library.skipped}


def test_a_mkdocs_nav_is_nested_names_pages_and_leaves_the_rest_for_last() -> None:
    nav = """
site_name: Our ways
docs_dir: ./handbook
nav:
  - index.md
  - Work:
      - Visits:
          - First visit: visits/./first.md
      - https://example.org
      - Elsewhere: https://example.org
  - gone.md
plugins:
  - search
  - redirects:
      redirect_maps:
        old/first.md: visits/first.md
theme: !!python/name:material.x ''
"""
    library = _read(
        {
            "mkdocs.yml": nav,
            "handbook/index.md": "# Welcome",
            "handbook/visits/first.md": "knock",
            "handbook/unlisted.md": "# Unlisted",
            "handbook/logo.png": "..",
            "README.md": "# How to build this",
        }
    )

    assert _contents(library) == [("Welcome", ()), ("First visit", ("Work", "Visits")), ("Unlisted", ())]
    assert (library.title, library.contents_by) == ("Our ways", ContentsBy.ORDER)
    assert _page(library, "handbook/visits/first.md").aliases == ("handbook/old/first.md",)
    assert _left_out(library) == {"README.md": SkipReason.SYSTEM}
    assert [file.path for file in library.attachments] == ["handbook/logo.png"]


def test_mkdocs_without_a_nav_is_in_the_order_of_its_folders() -> None:
    library = _read({"mkdocs.yml": "site_name: x", "docs/b.md": "# B", "docs/README.md": "# A", "docs/c/d.md": "# D"})

    assert _contents(library) == [("A", ()), ("B", ()), ("D", ("C",))]
    assert library.contents_by is ContentsBy.FOLDERS


def test_mkdocs_whose_folder_is_empty_is_read_all_the_same() -> None:
    assert _contents(_read({"mkdocs.yml": "site_name: x", "pages/b.md": "# B"})) == [("B", ())]


@pytest.mark.parametrize("nav", ["nav: 7", "nav: [7, null, {a: 3}, {b: null}]", "- not a mapping", "docs_dir: [x]"])
def test_settings_of_an_unknown_shape_do_no_harm(nav: str) -> None:
    assert _contents(_read({"mkdocs.yml": nav, "docs/a.md": "# A"})) == [("A", ())]


def test_broken_settings_are_refused_with_their_line() -> None:
    with pytest.raises(BadSource) as refused:
        _read({"mkdocs.yml": "site_name: x\nnav: [", "docs/a.md": "# A"})

    assert (refused.value.fault, refused.value.path) == (Fault.BROKEN_YAML, "mkdocs.yml")


def test_docusaurus_orders_by_positions_and_numbers() -> None:
    library = _read(
        {
            "docs/02-work/_category_.json": json.dumps({"label": "At work", "position": 1}),
            "docs/02-work/b.md": "---\nsidebar_position: 2\n---\n# B",
            "docs/02-work/a.md": "---\nsidebar_position: 1.5\n---\n# Later A",
            "docs/01-home/_category_.yml": "label: At home\nposition: 2\n",
            "docs/01-home/02-two.md": "# Two",
            "docs/01-home/01-one.md": "# One",
            "docs/01-home/_part.mdx": "a part of others",
            "docs/intro.md": "---\nslug: /\n---\n# Intro",
            "docs/plans.md": "---\ndraft: true\n---\n# Plans",
            "sidebars.js": "module.exports = {}",
            "versioned_docs/version-1/intro.md": "# Intro",
        }
    )

    assert _contents(library) == [
        ("Intro", ()),
        ("Later A", ("At work",)),
        ("B", ("At work",)),
        ("One", ("At home",)),
        ("Two", ("At home",)),
    ]
    assert _left_out(library) == {
        "docs/01-home/_part.mdx": SkipReason.SYSTEM,
        "docs/plans.md": SkipReason.DRAFT,
        "sidebars.js": SkipReason.CODE,
        "versioned_docs/version-1/intro.md": SkipReason.OLDER,
    }


@pytest.mark.parametrize(
    ("path", "header", "names"),
    [
        ("docs/01-home/02-tea.md", "", {"home/tea", "docs/home/tea"}),
        ("docs/home/tea.md", "id: kettle", {"kettle", "home/kettle", "docs/home/kettle"}),
        ("docs/home/tea.md", "slug: /hot", {"/hot", "hot", "home/tea", "docs/hot"}),
        ("docs/home/tea.md", "slug: hot", {"hot", "home/hot", "home/tea", "docs/home/hot"}),
        ("docs/01-home/index.md", "", {"home", "docs/home", "home/index", "docs/home/index"}),
        ("docs/2024-05-01-news.md", "", {"2024-05-01-news"}),
    ],
)
def test_docusaurus_pages_are_found_by_id_and_address(path: str, header: str, names: set[str]) -> None:
    files = {"docusaurus.config.js": "", path: f"---\n{header}\n---\n# T", "docs/x/y.md": "# Y", "docs/z.md": "# Z"}

    assert set(_page(_read(files), path).aliases) == names


def test_jsx_and_imports_are_reported() -> None:
    library = _read(
        {"docs/a.mdx": "import T from './t.js';\n\n# A\n\n<Tabs><T x={1}/></Tabs>\n\n:::tip Mind\nthis\n:::"}
    )

    assert {loss.kind: loss.count for loss in library.documents[0].losses} == {
        LossKind.PRAGMA: 1,
        LossKind.WIDGET: 1,
        LossKind.MACRO: 1,
    }


SUMMARY = """# Table of contents

* [Welcome](README.md)
* [Plans]()
* [Site](https://example.org)

## Work <a href="#work" id="work"></a>

* [Visits \\[all\\]](work/visits.md "tip")
    * [The *first*](<work/the first.md>)
        * [Deep](work/deep%20er.md#top)
    * [Second](work/second.md)
- [Again](work/second.md)
"""


def test_a_summary_is_the_contents() -> None:
    library = _read(
        {
            "SUMMARY.md": SUMMARY,
            "README.md": "Hello",
            "work/visits.md": "go",
            "work/the first.md": "# Knock first",
            "work/deep er.md": "d",
            "work/second.md": "---\ntitle: Second visit\n---\ns",
            "left.md": "# Left",
            ".gitbook/assets/k.png": "..",
            ".gitbook/includes/part.md": "a part",
            ".gitbook.yaml": "redirects:\n  start: ./README.md\n",
        }
    )

    assert _contents(library) == [
        ("Welcome", ()),
        ("Visits [all]", ("Work", "Visits [all]")),
        ("The first", ("Work", "Visits [all]", "The first")),
        ("Deep", ("Work", "Visits [all]", "The first")),
        ("Second visit", ("Work", "Visits [all]")),
        ("Left", ()),
    ]
    assert [file.path for file in library.attachments] == [".gitbook/assets/k.png"]
    assert _page(library, "README.md").aliases == ("start",)
    assert _left_out(library) == {"SUMMARY.md": SkipReason.SYSTEM}


def test_gitbook_settings_may_name_another_folder_and_summary() -> None:
    library = _read(
        {
            ".gitbook.yaml": "root: ./book/\nstructure:\n  summary: CONTENTS.md\n",
            "book/CONTENTS.md": "* [B](b.md)\n* [A](a.md)\n",
            "book/a.md": "a",
            "book/b.md": "b",
        }
    )

    assert _contents(library) == [("B", ()), ("A", ())]


def test_a_summary_that_leads_to_no_page_is_a_page() -> None:
    assert _contents(_read({"SUMMARY.md": "# In short\n\n* nothing", "a.md": "# A"})) == [("A", ()), ("In short", ())]


def test_hints_stay_in_the_text_and_are_reported() -> None:
    body = '# A\n\n{% hint style="info" %}\nMind the step.\n{% endhint %}\n'

    page = _read({"a.md": body}).documents[0]

    assert page.body == body
    assert [(loss.kind, loss.count, loss.example) for loss in page.losses] == [
        (LossKind.MACRO, 1, '{% hint style="info" %}')
    ]
