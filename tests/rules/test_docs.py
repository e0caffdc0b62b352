"""Every setting and command is documented."""

from pathlib import Path

import pytest

from fieldcraft.cli import COMMANDS, USAGE
from fieldcraft.config.environment import SETTINGS, Setting, settings_page

PAGE = Path(__file__).parents[2] / "docs/reference/settings.md"


def test_the_settings_page_is_what_the_settings_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_says_what_it_means(setting: Setting) -> None:
    assert setting.meaning.endswith(".")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_names_itself_in_its_help(command: str) -> None:
    assert f"\n  {command} " in USAGE or f"\n  {command}\n" in USAGE
