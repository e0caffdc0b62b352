"""A manual out of the database in every format."""

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from fieldcraft.cli import main
from fieldcraft.engine.formats.archive import files_of_archive
from fieldcraft.engine.formats.detect import read_source, without_common_folder
from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.engine.formats.tiddlywiki.fields import items, moment
from fieldcraft.engine.formats.tiddlywiki.tiddlers import tiddlers_of
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.transfer.apply import apply_plan, store_file
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.models import Attachment, Edition, Manual
from fieldcraft.manual.queries.export.formats import Extent, book_of, markdown_of, wiki_list_of
from fieldcraft.manual.queries.export.history import whole_history
from fieldcraft.manual.queries.resolve import Stack, stack_now

CORPORA = Path(__file__).parents[3] / "shared/corpora/handbooks"
TREE = {
    "mkdocs.yml": b"nav:\n- Named in the contents: a.md\n- b.md\n",
    "docs/a.md": b"# A\n\nSee [b](b.md#part), ![dot](img/dot.png) and [gone](gone.md).\n",
    "docs/b.md": b"---\ntitle: B\nowner: us\ntags: [x]\n---\n\n## Part\n\nwords <b>here</b>\n",
    "docs/img/dot.png": b"\x89PNG",
}
WIKI = [
    {"title": "Home", "text": "''bold'' [[Two  spaces]]", "tags": "[[a b]] c", "modified": "20210102030405678", "caption": "x"},
    {"title": "Two  spaces", "text": "''old''", "modified": "20200102030405678", "type": "text/vnd.tiddlywiki"},
    {"title": "Down", "text": "**down**", "type": "text/x-markdown"},
]  # fmt: skip
PAGES = {"docs/a.md", "docs/b.md", "docs/img/dot.png"}


def _bring(manual: Manual, files: dict[str, bytes]) -> Stack:
    apply_plan(by=None, manual=manual, plan=plan_import(read_source(files), manual, None))
    return stack_now(manual)


def _change(cast: Cast, manual: Manual, page: str, **to: object) -> None:
    edition = Edition.objects.select_related("manual", "current").get(manual=manual, title=page)
    old = edition.current
    assert old
    text = {"title": old.title, "body": old.body, "tags": tuple(old.tags), **to}
    revise(actor=cast.actor("edie"), edition=edition, text=Text(**text), based_on=old.pk)  # type: ignore[arg-type]


def test_an_imported_tree_comes_back_byte_for_byte_even_with_titles_of_its_contents(cast: Cast) -> None:
    files = markdown_of(_bring(cast.core, TREE), Extent.AS_READ)

    assert files.keys() == PAGES | {OWN_CONTENTS}, "the titles of the contents go beside the pages"
    assert {path: files[path] for path in PAGES} == {path: TREE[path] for path in PAGES}


def test_the_18f_handbook_comes_back_byte_for_byte(cast: Cast) -> None:
    archive = CORPORA / "18f.tar.gz"
    if not archive.exists():
        pytest.skip("The handbook to try it on is not beside this checkout.")
    files = without_common_folder(files_of_archive(archive.read_bytes()))

    written = markdown_of(_bring(cast.core, dict(files)), Extent.AS_READ)

    assert len([path for path in written if path.endswith(".md")]) == 247
    assert {path for path, content in written.items() if files[path] != content} == set()


def test_new_words_leave_the_front_matter_and_a_new_title_changes_one_line(cast: Cast) -> None:
    _bring(cast.core, TREE)
    _change(cast, cast.core, "B", body="new\n")
    assert (
        markdown_of(stack_now(cast.core), Extent.AS_READ)["docs/b.md"]
        == TREE["docs/b.md"].partition(b"\n\n")[0] + b"\nnew\n"
    )

    _change(cast, cast.core, "B", title="C")
    text = markdown_of(stack_now(cast.core), Extent.AS_READ)["docs/b.md"].decode()

    assert text == "---\ntitle: C\nowner: us\ntags: [x]\n---\nnew\n"


def test_an_adaptation_stands_at_the_path_below_and_keeps_what_it_does_not_say(cast: Cast) -> None:
    _bring(cast.core, TREE)
    below = Edition.objects.get(manual=cast.core, title="B")
    adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id,
        text=Text("B", "ours\n"), based_on=below.current_id,
    )  # fmt: skip
    note_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=Edition.objects.get(title="Named in the contents").page_id,
        text=Text("x", "No pictures.\n", quote="See b"),
    )  # fmt: skip

    files = markdown_of(stack_now(cast.team_manual), Extent.AS_READ)
    own = markdown_of(stack_now(cast.team_manual), Extent.OWN)

    assert files["docs/b.md"] == b"---\ntitle: B\nowner: us\ntags: [x]\n---\nours\n"
    assert files["docs/a.md"] == TREE["docs/a.md"]
    (note,) = set(files) - PAGES - {OWN_CONTENTS}
    assert note.startswith("notes/")
    assert b"beside: docs/a.md\nquote: See b\n" in files[note]
    assert set(own) == {"docs/b.md", note}


def _tiddlers(stack: Stack) -> dict[str, dict[str, str]]:
    found = tiddlers_of({"w.json": wiki_list_of(stack, Extent.AS_READ)}).tiddlers
    return {each.fields["title"]: each.fields for each in found if not each.fields["title"].startswith("$:/")}


def test_a_wiki_comes_back_and_what_was_changed_here_is_markdown(cast: Cast) -> None:
    assert _tiddlers(_bring(cast.core, {"w.json": json.dumps(WIKI).encode()})) == {each["title"]: each for each in WIKI}

    _change(cast, cast.core, "Two spaces", body="**new**")
    changed = _tiddlers(stack_now(cast.core))

    assert changed["Home"] == WIKI[0]
    assert {**changed["Two  spaces"], "modified": ""} == {
        "title": "Two  spaces", "text": "**new**", "type": "text/x-markdown", "modified": "",
    }  # fmt: skip


def test_a_new_title_alone_leaves_wikitext_wikitext(cast: Cast) -> None:
    _bring(cast.core, {"w.json": json.dumps(WIKI).encode()})
    _change(cast, cast.core, "Two spaces", title="Other")

    assert _tiddlers(stack_now(cast.core))["Other"]["text"] == "''old''"


def test_the_documentation_of_tiddlywiki_comes_back(cast: Cast) -> None:
    archive = CORPORA / "tiddlywiki.tar.gz"
    if not archive.exists():
        pytest.skip("The wiki to try it on is not beside this checkout.")
    files = {
        p: c for p, c in files_of_archive(archive.read_bytes()).items() if p.startswith("tiddlywiki/tw5.com/tiddlers/")
    }
    if not files:
        found = files_of_archive(archive.read_bytes())
    files = {path: found[path] for path in sorted(found) if path.startswith("tiddlywiki/tw5.com/")}
    files = dict(list(files.items())[::3])  # a third of them, for the sake of time
    pages = {document.path.strip(): document for document in read_source(files).documents}
    came = {
        each.fields["title"].strip(): each.fields for each in tiddlers_of(files).tiddlers if each.fields.get("title")
    }

    went = _tiddlers(_bring(cast.core, files))

    assert len(pages) > 300
    lost = {
        (title, name)
        for title in pages
        for name in came[title].keys() | went[title].keys()
        if _meaning(name, came[title]) != _meaning(name, went[title])
    }
    # An import does not keep yet when a page was first made.
    assert {name for _title, name in lost} == set()


def _meaning(name: str, fields: dict[str, str]) -> object:
    value = fields.get(name, "")
    if name == "tags":
        return items(value)
    if name == "modified":
        return moment(value) or moment(fields.get("created", ""))  # a few are no moments
    return value.strip() if name == "title" else value


def test_one_file_leads_inside_itself_and_holds_its_pictures(cast: Cast) -> None:
    html = book_of(_bring(cast.core, TREE), Extent.AS_READ).decode()

    assert '<a href="#p2-part">b</a>' in html
    assert '<h3 id="p2-part">Part</h3>' in html
    assert '<img src="data:image/png;base64,iVBORw=="' in html
    assert '<a class="absent">gone</a>' in html
    assert re.findall(r'(?:href|src)="(?!#|data:)[^"]*"', html) == []


def test_a_note_stands_behind_its_passage_and_says_whose_it_is(cast: Cast) -> None:
    _bring(cast.core, TREE)
    page = Edition.objects.get(manual=cast.core, title="B")
    for quote in ("words here", ""):
        text = Text("x", f"Note on {quote or 'all'}.", quote=quote)
        note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=page.page_id, text=text)

    html = book_of(stack_now(cast.team_manual), Extent.AS_READ).decode()
    own = book_of(stack_now(cast.team_manual), Extent.OWN).decode()

    assert re.search(
        r"<p>words <b>here</b></p><aside[^>]*><p><strong>Local note</strong> Street manual · [^<]*Ben</p>", html
    )
    assert "<b>here</b>" not in own
    assert own.count("<aside") == 2
    assert "“words here”" in own


@pytest.mark.parametrize("format", ["html", "tiddlywiki"])
def test_hostile_pages_stay_text(cast: Cast, format: str, tmp_path: Path) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    body = (
        f'{hostile}\n\n<a id="pages" title="a>b" href="javascript:alert(1)">x</a>\n\n<h2 id="search">{hostile}</h2>\n'
    )
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(hostile, body, tags=(hostile,)))
    out = tmp_path / "x.html"

    assert main(["export", "core", "--format", format, str(out)]) == 0

    html = out.read_text()
    seen = html.partition('<script class="tiddlywiki')[0]
    assert seen.count("<script") == (1 if format == "html" else 0)
    assert "javascript:" not in seen
    assert "<img" not in seen
    assert not re.search(r"<[^>]*\sonerror", seen)
    assert html.count(' id="pages"') == html.count(' id="search"') == (1 if format == "html" else 0)


def test_pictures_beyond_what_a_file_may_hold_are_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldcraft.manual.queries.export.inside.MOST_PICTURE_BYTES", 3)

    html = book_of(_bring(cast.core, TREE), Extent.AS_READ).decode()

    assert '<span class="absent">dot (docs/img/dot.png)</span>' in html


def test_the_number_of_queries_does_not_grow_with_the_pages(cast: Cast) -> None:
    def cost() -> list[int]:
        stack = stack_now(cast.team_manual)
        costs = []
        for make in (markdown_of, wiki_list_of, book_of):
            with CaptureQueriesContext(connection) as queries:
                make(stack, Extent.AS_READ)
            costs.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            history_json(whole_history(cast.core))
        return [*costs, len(queries)]

    def grow(number: int) -> None:
        text = Text(f"Page {number}", "Words, [[Page 0]].", tags=("a",))
        added = add_page(actor=cast.actor("edie"), manual=cast.core, text=text)
        note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=added.edition.page_id, text=Text("n", "x"))
        content = b"%d" % number
        Attachment.objects.create(
            manual=cast.core, path=f"{number}.png", sha256=store_file(content), media_type="image/png", size=1
        )

    for number in range(2):
        grow(number)
    cost()  # what is kept in memory from then on
    few = cost()
    for number in range(2, 20):
        grow(number)

    assert cost() == few


def test_the_command_writes_each_format_and_says_what_it_wrote(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _bring(cast.core, TREE)
    for format, out in (
        ("markdown", "tree"),
        ("markdown", "t.zip"),
        ("tiddlywiki", "w.json"),
        ("html", "h.html"),
        ("json", "j.json"),
    ):
        assert main(["export", "core", "--format", format, str(tmp_path / out), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["format"], told["files"]) == (format, 4 if out == "tree" else 1)

    assert (tmp_path / "tree/docs/b.md").read_bytes() == TREE["docs/b.md"]
    unpacked = files_of_archive((tmp_path / "t.zip").read_bytes())
    assert unpacked.pop(OWN_CONTENTS)
    assert unpacked == {path: TREE[path] for path in PAGES}


def test_the_command_mixes_nothing_up_and_says_what_is_not_there(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    assert main(["export", "core", "--format", "markdown", str(tmp_path)]) == 1
    assert main(["export", "nowhere", "--format", "html", str(tmp_path / "x")]) == 1
    assert main(["export", "core", "--format", "html", str(tmp_path)]) == 1

    told = capsys.readouterr().err
    assert "empty folder" in told
    assert "There is no manual “nowhere”" in told
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
