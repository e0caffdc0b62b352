"""The editor that is served was made of the sources beside it: without Node, by what the build wrote down."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CHANGES = {
    "a source": lambda folder: (folder / "clean.js").write_text((folder / "clean.js").read_text() + "\nvoid 0;\n"),
    "a version": lambda folder: _replace(folder / "package-lock.json", '"version": "', '"version": "9'),
    "a stub": lambda folder: next((folder / "stubs").glob("*.js")).unlink(),
    "a file more": lambda folder: (folder / "more.js").write_text(""),
    "a name": lambda folder: (folder / "clean.js").rename(folder / "cleaner.js"),
}


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text().replace(old, new, 1))


@pytest.fixture
def build_editor() -> ModuleType:
    found = importlib.util.spec_from_file_location("build_editor", ROOT / "scripts/build_editor.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def copied(build_editor: ModuleType, tmp_path: Path) -> Path:
    return Path(shutil.copytree(build_editor.SOURCE, tmp_path / "editor"))


def test_sources_and_bundle_belong_together(build_editor: ModuleType, copied: Path) -> None:
    assert build_editor.faults() == []
    assert build_editor.faults(copied) == []


@pytest.mark.parametrize("change", CHANGES)
def test_no_source_changes_without_the_bundle(build_editor: ModuleType, copied: Path, change: str) -> None:
    CHANGES[change](copied)

    assert build_editor.faults(copied) == [
        "the sources have changed since editor.js was made: run scripts/build_editor.py"
    ]


def test_how_lines_end_is_no_change(build_editor: ModuleType, copied: Path) -> None:
    for file in copied.rglob("*.js"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert build_editor.faults(copied) == []
