"""`fieldcraft merge`: for people, for programs, for git."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldcraft.cli import main


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    return written(tmp_path, b"one\n\ntwo\n", b"One\n\ntwo\n", b"one\n\nTwo\n")


def written(place: Path, *contents: bytes) -> list[str]:
    names = []
    for name, content in zip(("base.md", "ours.md", "theirs.md"), contents, strict=True):
        (place / name).write_bytes(content)
        names.append(str(place / name))
    return names


def test_a_page_that_needs_nobody_is_printed(three: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = main(["merge", *three])

    out, err = capfdbinary.readouterr()
    assert (code, out, err) == (0, b"One\n\nTwo\n", b"")


def test_what_a_person_should_read_is_said_beside_it(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = main(["merge", *written(tmp_path, b"Take 5 mg.\n", b"Take 10 mg.\n", b"Take 15 mg.\n")])

    out, err = capfdbinary.readouterr()
    assert code == 1
    assert b"<<<<" not in out
    assert err.decode().startswith("line 1: both sides changed the same words; choose one (dose")


def test_json_gives_the_regions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["merge", "--json", *written(tmp_path, b"a b\n", b"a x\n", b"a y\n")])

    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert told["silent"] is False
    assert "".join(region["alternatives"][0] for region in told["regions"]) == told["text"]
    assert {"kind", "alternatives", "flags"} == set(told["regions"][0])


def test_windows_lines_and_a_missing_last_line_feed_are_kept(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    code = main(["merge", *written(tmp_path, b"a\r\n\r\nb", b"A\r\n\r\nb", b"a\r\n\r\nB")])

    assert (code, capfdbinary.readouterr().out) == (0, b"A\r\n\r\nB")


def test_empty_files_give_an_empty_page(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["merge", *written(tmp_path, b"", b"", b"")]) == 0
    assert capfdbinary.readouterr().out == b""


@pytest.mark.parametrize("content", [b"\x89PNG\0\0", b"\xff\xfe\xfa"])
def test_what_is_no_text_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["merge", *written(tmp_path, content, b"a\n", b"b\n")])

    assert code == 2
    assert "is not a text" in capsys.readouterr().err


def test_a_missing_file_or_too_few_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "c")]) == 2
    assert main(["merge", "one"]) == 2
    assert "Give three files" in capsys.readouterr().err


def test_as_a_driver_it_writes_over_ours_and_leaves_markers_only_if_asked(tmp_path: Path) -> None:
    files = written(tmp_path, b"a b\n", b"a x\n", b"a y\n")
    assert main(["merge", "--write", *files]) == 1
    assert b"<<<<" not in Path(files[1]).read_bytes()

    files = written(tmp_path, b"a b\n", b"a x\n", b"a y\n")
    assert main(["merge", "--write", "--markers", *files]) == 1
    assert Path(files[1]).read_bytes().startswith(b"<<<<<<< ours\n")


@pytest.mark.parametrize("name", ["cases.jsonl", "cases.jsonl.gz"])
def test_cases_give_a_line_each(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"path": "page.md", "base": "a\n", "ours": "b\n", "theirs": "a\n"}
    content = (json.dumps(case) + "\n").encode() * 2
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)

    code = main(["merge", "--cases", str(tmp_path / name)])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [(one["path"], one["silent"], one["text"]) for one in lines] == [("page.md", True, "b\n")] * 2


def test_a_line_that_is_no_case_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.jsonl").write_text("[]\n")

    assert main(["merge", "--cases", str(tmp_path / "cases.jsonl")]) == 2
    assert "cases.jsonl, line 1" in capsys.readouterr().err


def test_it_starts_without_the_rooms(three: list[str]) -> None:
    asked = "import sys; from fieldcraft.cli import main; main(sys.argv[1:]); sys.exit('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", asked, "merge", *three], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr.decode()
