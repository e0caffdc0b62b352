"""Files of others: exactly those that the list names, with their hash and licence."""

import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = tomllib.loads((ROOT / "src/fieldcraft/ui/vendor.toml").read_text())["package"]


def _listed() -> dict[Path, str]:
    return {
        ROOT / package["folder"] / Path(name).name: expected
        for package in PACKAGES
        for name, expected in package["files"].items()
    }


def test_every_vendored_file_is_what_the_list_says() -> None:
    wrong = [file for file, expected in _listed().items() if hashlib.sha256(file.read_bytes()).hexdigest() != expected]

    assert wrong == []


def test_every_package_has_an_exact_version_and_its_licence_beside_it() -> None:
    for package in PACKAGES:
        assert package["version"] in package["folder"]
        assert package["licence"]
        assert (ROOT / package["folder"] / "LICENSE").exists()


def test_nothing_lies_among_them_that_the_list_does_not_name() -> None:
    found = {file for file in (ROOT / "src/fieldcraft/ui/static/ui/vendor").rglob("*") if file.is_file()}

    assert found - set(_listed()) == set()
