"""Files of others: exactly those that the list names, with their hash and licence."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOOK = ROOT / "src/fieldcraft/ui"
PACKAGES = tomllib.loads((LOOK / "vendor.toml").read_text())["package"]
PLACES = (LOOK / "static/ui/vendor", ROOT / "tests/journeys/vendor")
LICENCES = {"OFL-1.1", "MPL-2.0", "0BSD", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0"}


def _files(package: dict[str, Any]) -> dict[Path, str]:
    return {ROOT / package["folder"] / Path(name).name: expected for name, expected in package["files"].items()}


def _listed() -> dict[Path, str]:
    return {file: expected for package in PACKAGES for file, expected in _files(package).items()}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_file_is_what_the_list_says(package: dict[str, Any]) -> None:
    files = _files(package)

    assert [file.name for file in files if not file.is_file()] == []
    assert [
        file.name for file, sha256 in files.items() if hashlib.sha256(file.read_bytes()).hexdigest() != sha256
    ] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_package_has_an_exact_version_and_its_licence_beside_it(package: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
    assert package["folder"].endswith(f"-{package['version']}")
    assert package["licence"] in LICENCES, "a licence nobody has looked at yet"
    assert ROOT / package["folder"] / "LICENSE" in _files(package)


def test_no_two_files_of_the_list_are_kept_in_one_place() -> None:
    assert len(_listed()) == sum(len(package["files"]) for package in PACKAGES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_nothing_lies_among_them_that_the_list_does_not_name(place: Path) -> None:
    found = {file for file in place.rglob("*") if file.is_file()}

    assert found
    assert found - set(_listed()) == set()


def test_whatever_a_template_or_the_style_sheet_asks_for_is_on_the_list() -> None:
    texts = [file.read_text() for file in (LOOK / "static/ui").glob("*.css")]
    texts += [file.read_text() for file in (ROOT / "src/fieldcraft").rglob("templates/**/*.html")]
    asked = {name for text in texts for name in re.findall(r"\bvendor/([\w./-]+)", text)}

    assert asked
    assert {PLACES[0] / name for name in asked} - set(_listed()) == set()


def test_nothing_is_asked_of_another_server() -> None:
    sheets = [file.read_text() for file in (LOOK / "static/ui").glob("*.css")]

    assert [
        found for text in sheets for found in re.findall(r"(?:url\(|@import)\s*[\"']?(?:\w+:)?//[^\s;)]*", text)
    ] == []
