"""The style sheet: colours that can be read in both themes, classes that exist, nothing forced."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
CSS = (SOURCE / "ui/static/ui/fieldcraft.css").read_text()
PAIRS = dict(re.findall(r"--([a-z-]+): light-dark\(([^)]+)\)", CSS))
PLAIN = dict(re.findall(r"^    --([a-z-]+): (#\w+);", CSS, re.M))
TEXT = [
    (words, sheet)
    for words in ("ink", "quiet", "green", "clay", "leaf", "problem")
    for sheet in ("paper", "sheet")
] + [("ink", "sand"), ("quiet", "sand"), ("clay", "clay-sheet"), ("ink", "clay-sheet"), ("leaf", "leaf-sheet"),
     ("ink", "leaf-sheet"), ("on-green", "green"), ("ink", "mark")]  # fmt: skip
EDGES = [("edge", "paper"), ("edge", "sheet"), ("green", "paper"), ("green", "sheet")]


def _colour(name: str, theme: int) -> str:
    return PAIRS[name].split(",")[theme].strip()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(theme: int) -> None:
    weak = [pair for pair in TEXT if _contrast(_colour(pair[0], theme), _colour(pair[1], theme)) < 4.5]

    assert weak == []


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(theme: int) -> None:
    weak = [pair for pair in EDGES if _contrast(_colour(pair[0], theme), _colour(pair[1], theme)) < 3]

    assert weak == []


def test_browsers_without_light_dark_get_the_light_colours() -> None:
    assert {name: _colour(name, 0) for name in PAIRS} == PLAIN


def test_every_class_in_a_template_is_in_the_style_sheet() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", CSS))
    used = set()
    for file in SOURCE.rglob("templates/**/*.html"):
        for value in re.findall(r'class="([^"]*)"', re.sub(r"{[%{].*?[%}]}", " ", file.read_text())):
            used |= {name for name in value.split() if not name.endswith("-")}

    assert used - known == set()


def test_nothing_is_forced_outside_print() -> None:
    assert "!important" not in CSS.partition("@layer print {")[0]
