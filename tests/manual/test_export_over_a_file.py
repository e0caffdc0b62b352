"""The command writes over nothing that is there already, unless it is told to."""

from pathlib import Path

import pytest
from tests.conftest import Cast

from fieldcraft.cli import main
from fieldcraft.manual.actions.pages import Text, add_page

ONE_FILE = [("html", "h.html"), ("json", "j.json"), ("tiddlywiki", "w.html"), ("markdown", "m.zip")]


@pytest.mark.parametrize(("format", "name"), ONE_FILE)
def test_a_file_that_is_there_stays_as_it_is(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str, name: str
) -> None:
    out = tmp_path / name
    out.write_text("mine")

    assert main(["export", "core", "--format", format, str(out)]) == 1

    told = capsys.readouterr().err
    assert f"“{out}” is there already" in told
    assert "--force" in told
    assert out.read_text() == "mine"


@pytest.mark.parametrize(("format", "name"), ONE_FILE)
def test_who_says_so_has_it_written_over(cast: Cast, tmp_path: Path, format: str, name: str) -> None:
    out = tmp_path / name
    out.write_text("mine")

    assert main(["export", "core", "--format", format, str(out), "--force"]) == 0

    assert out.read_bytes() != b"mine"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_link_that_leads_nowhere_is_there_already_too(cast: Cast, tmp_path: Path) -> None:
    out = tmp_path / "h.html"
    out.symlink_to(tmp_path / "elsewhere.html")

    assert main(["export", "core", "--format", "html", str(out)]) == 1

    assert out.is_symlink()


def test_a_folder_with_something_in_it_is_refused_even_then(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Water."))
    (tmp_path / "mine.md").write_text("mine")

    assert main(["export", "core", "--format", "markdown", str(tmp_path), "--force"]) == 1

    assert "Name a new or an empty folder" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["mine.md"]
