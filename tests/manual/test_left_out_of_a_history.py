"""What of a history does not come in is told: of which kind, how much, and why."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.history_made import elsewhere

from fieldcraft.cli import main


def _file(told: dict[str, Any], tmp_path: Path) -> str:
    file = tmp_path / "history.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return str(file)


@pytest.fixture
def from_afar(told: dict[str, Any]) -> dict[str, Any]:
    """From another installation: what it is built on is not here, one of two remarks is on a text of that, a file is gone."""
    told = elsewhere(told)
    told["inclusions"] = [{"slug": "far-core", "title": "Far core", "position": 0}]
    told["attachments"] = [{**row, "content": None} for row in told["attachments"]]
    texts = {row["id"] for row in told["revisions"]}
    (stray,) = (row["id"] for row in told["remarks"] if row["revision"] not in texts)
    told["replies"] = [{**row, "remark": stray} for row in told["replies"]]
    return told


def test_the_command_says_each_kind_and_the_reason(
    from_afar: dict[str, Any], cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", _file(from_afar, tmp_path), "--manual", "again"]) == 0

    said = capsys.readouterr().out
    assert "1 remarks, 0 attachments." in said
    assert "Left out: 1 remarks. They were made on texts of a manual that is not here." in said
    assert "Left out: 1 attachments. The bytes of these files are not in the history: a/b.png." in said
    assert "Left out: 1 inclusions. The manual was built on these, and they are not here: far-core." in said


def test_with_json_it_is_a_list(
    from_afar: dict[str, Any], cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", _file(from_afar, tmp_path), "--manual", "far-core", "--json"]) == 0

    left_out = json.loads(capsys.readouterr().out)["left_out"]
    assert [(row["kind"], row["count"]) for row in left_out] == [
        ("remarks", 1),
        ("replies", 1),
        ("attachments", 1),
        ("inclusions", 1),
    ]
    assert all(row["reason"] for row in left_out)
