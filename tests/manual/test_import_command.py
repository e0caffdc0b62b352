"""The import command: a plan, all or nothing, repeatable."""

import json
from pathlib import Path

import pytest

from fieldcraft.cli import main
from fieldcraft.manual.models import Edition, Manual, Page, Publication, Revision, Standing
from fieldcraft.manual.queries.resolve import stack_named

pytestmark = pytest.mark.django_db(transaction=False)


def _book(folder: Path, **pages: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def _import(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["import", *words, "--json"]) == 0
    counts: dict[str, object] = json.loads(capsys.readouterr().out)
    return counts


def test_a_plan_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = _import(capsys, str(_book(tmp_path / "b", a="# A")), "--manual", "book", "--plan")

    assert (counts["pages"], counts["revisions"], Manual.objects.count()) == (1, 0, 0)


def test_importing_twice_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(_book(tmp_path / "b", a="# A\n[b](b.md)", b="---\nx: 1\n---\n# B"))
    _import(capsys, book, "--manual", "book")
    counts = _import(capsys, book, "--manual", "book")

    assert (counts["revisions"], counts["unchanged"], Revision.objects.count()) == (0, 2, 2)


@pytest.mark.parametrize("step", ["--plan", "--apply"])
def test_where_changes_are_gathered_it_says_that_an_import_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    book = _book(tmp_path / "b", a="# A")
    _import(capsys, str(book), "--manual", "book", "--title", "Book")
    Publication.objects.create(manual=Manual.objects.get(), title="Spring")

    assert main(["import", str(_book(book, b="# B")), "--manual", "book", "--json", step]) == 0

    said = capsys.readouterr()
    assert "“Book” gathers its changes for “Spring”, but what you import is not gathered" in said.err
    assert json.loads(said.out)["pages"] == 2


def test_a_changed_source_writes_a_revision_and_no_duplicate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import(capsys, str(_book(tmp_path / "b", a="# A", b="# B")), "--manual", "book")
    counts = _import(capsys, str(_book(tmp_path / "b", a="# A\nnew")), "--manual", "book")

    assert (counts["revisions"], Page.objects.count(), Revision.objects.count()) == (1, 2, 3)


def test_a_copy_over_its_core_makes_editions_only_where_it_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    core = _book(tmp_path / "core", a="# A\nalpha beta gamma", b="# B\nsame words")
    _import(capsys, str(core), "--manual", "core")
    _import(capsys, str(_book(core, a="# A\nquite other words now")), "--manual", "core")
    ours = _book(tmp_path / "ours", a="# A\nalpha beta gamma delta", b="# B\nsame words", c="# C")
    _import(capsys, str(ours), "--manual", "ours", "--over", "core")

    editions = {edition.title: edition for edition in Edition.objects.filter(manual__slug="ours")}
    assert {title: edition.standing for title, edition in editions.items()} == {
        "A": Standing.ADAPTED,
        "C": Standing.LOCAL,
    }
    base = editions["A"].current.base
    assert base.body == "# A\nalpha beta gamma"
    assert editions["A"].current.base_inferred == pytest.approx(0.9, abs=0.1)
    assert stack_named("ours").titled("B").manual_id == Manual.objects.get(slug="core").pk


def test_a_bad_source_names_the_file_and_leaves_the_database_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = _book(tmp_path / "b", a="# A", bad="---\nx: [\n---\n")

    assert main(["import", str(book), "--manual", "book"]) == 1

    assert "bad.md" in capsys.readouterr().err
    assert (Manual.objects.count(), Page.objects.count()) == (0, 0)


def test_redirects_and_relative_links_lead_to_their_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = _book(tmp_path / "b", a="---\nredirect_from: /old/way/\n---\n# A")
    _import(capsys, str(book), "--manual", "book")

    assert stack_named("book").at("old/way").title == "A"
    assert stack_named("book").at_path("a").title == "A"


def test_searching_a_manual_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "nowhere", "x"]) == 1
    assert "There is no manual “nowhere”." in capsys.readouterr().err
