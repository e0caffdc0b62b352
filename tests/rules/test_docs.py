"""Every setting and command is documented."""

import re
from pathlib import Path

import pytest

from fieldcraft.cli import COMMANDS, USAGE
from fieldcraft.config.environment import SETTINGS, Setting, settings_page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/settings.md"
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_settings_page_is_what_the_settings_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_means(setting: Setting) -> None:
    assert setting.meaning.endswith(".")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_names_itself_in_its_help(command: str) -> None:
    assert f"\n  {command} " in USAGE or f"\n  {command}\n" in USAGE


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_every_link_of_a_document_leads_to_something_that_is_there(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))

    assert [target for target in targets if target != "…" and not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_every_test_that_a_document_names_is_there(document: Path) -> None:
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", document.read_text(encoding="utf-8")))

    assert named - _tests() == set()


def _tests() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for source in sources for name in re.findall(r"def (test_\w+)", source)}


def test_every_guide_is_led_to_from_the_first_page() -> None:
    linked = (ROOT / "README.md").read_text(encoding="utf-8")
    guides = [
        path
        for folder in ("how-to", "explanation", "reference", "tutorial")
        for path in (ROOT / "docs" / folder).glob("*.md")
    ]

    assert [guide.name for guide in guides if guide.relative_to(ROOT).as_posix() not in linked] == []
