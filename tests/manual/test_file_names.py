"""What a file is called: on the page as on the writer's disk, whatever a browser or Markdown makes of the signs."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from tests.conftest import Cast

from fieldcraft.manual.actions.files import add_file
from fieldcraft.ui.markdown import render


@pytest.fixture
def shown(cast: Cast) -> Callable[[str], str]:
    """The Markdown that a file of this name gives."""

    def made(name: str) -> str:
        return add_file(actor=cast.actor("ben"), manual=cast.team_manual, name=name, content=b"words")

    return made


def _read(markdown: str) -> str:
    """The words of the one link that readers see."""
    found = re.fullmatch(r'<p><a href="fc:0">(.*)</a></p>\s*', render(markdown).html)
    assert found, render(markdown).html
    assert "<" not in found[1]
    return unescape(found[1])


def test_a_quotation_mark_that_the_browser_wrote_otherwise_is_one_again(shown: Callable[[str], str]) -> None:
    assert shown("weird %22name%22 b.txt") == '[weird "name" b](/files/weird-name-b.txt)'
    assert shown("two%0D%0Alines.txt") == "[two lines](/files/two-lines.txt)"
    assert shown("90%25 of it.txt") == "[90%25 of it](/files/90-25-of-it.txt)", "browsers leave this sign alone"


@pytest.mark.parametrize(
    "stem",
    [
        'weird "name" b', "report [final]", "a](javascript:x", "[[Kettle]]", "snake_case_name", "_old_", "**loud**",
        "`code`", "<b>bold", "a & b", "Fish &amp; chips", "~~gone~~", "!bang", "été", "100%", "www.x.example",
        "me@x.example", "{% x %}", "1. first", "# one", "a\\b",
    ],
)  # fmt: skip
def test_whatever_signs_a_name_has_readers_see_it_as_it_is(shown: Callable[[str], str], stem: str) -> None:
    assert _read(shown(f"{stem}.txt")) == stem
