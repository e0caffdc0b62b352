"""The editor's bundle: exactly what its list says, made of what its lock says, and in its own words and colours."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
LOOK = ROOT / "src/fieldcraft/ui"
SOURCE, BUNDLE, APP = LOOK / "editor", LOOK / "static/ui/editor", LOOK / "static/ui/app"
LIST = tomllib.loads((BUNDLE / "PARTS.toml").read_text())
LOCK = json.loads((SOURCE / "package-lock.json").read_text())
LICENCES = {"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"}
TEMPLATES = LOOK / "templates/ui"
SHEETS = [(LOOK / f"static/ui/{name}.css").read_text() for name in ("fieldcraft", "editor")]


def test_the_bundle_is_the_one_on_the_list() -> None:
    assert hashlib.sha256((BUNDLE / "editor.js").read_bytes()).hexdigest() == LIST["bundle"]["sha256"]
    checked = subprocess.run([sys.executable, ROOT / "scripts/build_editor.py", "--check"], capture_output=True)
    assert checked.returncode == 0, checked.stderr


def test_it_is_small_enough_for_a_telephone() -> None:
    assert len(gzip.compress((BUNDLE / "editor.js").read_bytes(), mtime=0)) < 110_000


def test_nothing_lies_beside_it_that_is_not_known() -> None:
    assert {file.name for file in BUNDLE.iterdir()} == {"editor.js", "PARTS.toml", "LICENSES.txt"}


@pytest.mark.parametrize("part", LIST["part"], ids=lambda part: part["name"])
def test_every_part_is_the_one_that_is_locked_with_its_licence(part: dict[str, str]) -> None:
    assert LOCK["packages"][f"node_modules/{part['name']}"]["version"] == part["version"]
    assert part["licence"] in LICENCES, "a licence nobody has looked at yet"
    assert f"{part['name']} {part['version']} ({part['licence']})" in (BUNDLE / "LICENSES.txt").read_text()


def test_every_package_is_asked_for_by_its_exact_version_and_from_no_address() -> None:
    wanted = json.loads((SOURCE / "package.json").read_text())
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    lock = (SOURCE / "package-lock.json").read_text()

    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    assert "resolved" not in lock
    assert "http" not in lock


def test_nothing_in_the_scripts_is_evaluated_or_written_as_markup() -> None:
    scripts = [*SOURCE.glob("*.js"), *APP.glob("*.js")]
    forbidden = re.compile(r"\beval\(|new Function\(|document\.write|insertAdjacentHTML|\.innerHTML\s*=")

    assert scripts
    assert [file.name for file in scripts if forbidden.search(file.read_text())] == []


def _words(template: str) -> dict[str, str]:
    """The sentences that a template hands to the scripts."""
    html = get_template(template).render({})
    found: dict[str, str] = {}
    for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S):
        found |= json.loads(block)
    return found


def test_every_word_that_a_script_says_is_in_its_template(settings: object) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    scripts = "".join(file.read_text() for file in [*SOURCE.glob("*.js"), *APP.glob("*.js")])
    asked = set(re.findall(r"\bsay\(\"(\w+)\"", scripts))

    assert asked
    assert asked - set(_words("ui/editor.html")) == set()


def test_every_class_and_colour_that_it_uses_is_in_a_style_sheet() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(SHEETS)))
    scripts = [*SOURCE.glob("*.js"), *APP.glob("*.js")]
    used = {
        name
        for file in scripts
        for each in re.findall(r"class: \"([^\"]+)\"", file.read_text())
        for name in each.split()
    }
    tokens = set(re.findall(r"var\(--([\w-]+)\)", SHEETS[1]))

    assert used - known - {"soft"} == set()
    assert tokens - set(re.findall(r"--([\w-]+):", SHEETS[0])) == set()
    assert re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(", SHEETS[1]) == []
    assert "!important" not in SHEETS[1]
