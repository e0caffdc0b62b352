"""The style sheet: colours that can be read in both themes, classes that exist, nothing forced."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fieldcraft.ui.icons import ICONS

SOURCE = Path(__file__).parents[2] / "src/fieldcraft"
SHEET = SOURCE / "ui/static/ui/fieldcraft.css"
CSS = re.sub(r"/\*.*?\*/", "", SHEET.read_text(), flags=re.S)
SCREEN = CSS.partition("@layer print {")[0]
OTHERS = "\n".join(sheet.read_text() for sheet in sorted(SHEET.parent.glob("*.css")) if sheet != SHEET)
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
MODULES = sorted(
    file for file in SOURCE.rglob("*.py") if not {"formats", "export"} & set(file.parts)
)  # files for others look as they like
THEMES = ["light", "dark"]
PLAIN = dict(re.findall(r"^ {4}--([a-z-]+): (#\w{6});", CSS, re.M))
PAIRS = dict(re.findall(r"--([a-z-]+): light-dark\((#\w{6}, #\w{6})\)", CSS))
BACKDROPS = ("paper", "sheet")  # what any part may stand on
FIELDS = ("select", "textarea", "input:not")
CONTROLS = (".button", ".button-second", *FIELDS)
WORDS, EDGES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

Rule = tuple[tuple[str, ...], dict[str, str]]


@cache
def rules() -> tuple[Rule, ...]:
    """Each innermost block as its selectors and what it declares."""
    return tuple(
        (tuple(_split(selectors)), _declared(inside))
        for selectors, inside in re.findall(r"([^{};]+)\{([^{}]*)\}", SCREEN + OTHERS)
        if not selectors.strip().startswith("@")
    )


def _declared(inside: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in inside.split(";") if ":" in each)
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def _split(selectors: str) -> Iterator[str]:
    """Selectors at their outer commas, `:is(a, b)` left whole."""
    return (each.strip() for each in re.split(r",(?![^(]*\))", selectors))


def _named(value: str) -> str:
    """The token that a declaration paints with; "" when none."""
    found = re.search(r"var\(--([a-z-]+)\)", value)
    return found[1] if found and found[1] in PAIRS else ""


def _background(declared: dict[str, str]) -> str:
    return _named(declared.get("background", declared.get("background-color", "")))


def _holder(selector: str) -> str:
    """The first part of a selector: `.note` of `.note h2`."""
    return re.split(r"[\s>+~]", selector)[0]


def _stands_on(selector: str) -> set[str]:
    """What the words of this selector may stand on: what it or what holds it is painted with, else page or sheet."""
    names = set(re.findall(r"\.[a-z][\w-]*|^[a-z]+\b", selector if selector.startswith(":is") else _holder(selector)))
    found = {
        _background(declared) for each, declared in _each() if each in {selector, *names} and _background(declared)
    }
    return found or set(BACKDROPS)


def _each() -> Iterator[tuple[str, dict[str, str]]]:
    return ((selector, declared) for selectors, declared in rules() for selector in selectors)


def text_pairs() -> set[tuple[str, str]]:
    """(words, what they stand on): as declared together, as held by a painted part, and links and text anywhere."""
    painted = {_background(declared) for _selector, declared in _each()} - {""}
    pairs = {("ink", sheet) for sheet in (painted | set(BACKDROPS)) - {"green"}}
    pairs |= {("green", sheet) for sheet in (*BACKDROPS, *_holding_links())}
    for selector, declared in _each():
        if words := _named(declared.get("color", "")):
            own = _background(declared)
            is_clear = not own and declared.get("background") in {"transparent", "none"}
            pairs |= {(words, sheet) for sheet in ([own] if own else BACKDROPS if is_clear else _stands_on(selector))}
    return pairs - {("ink", "ink")}


def _holding_links() -> set[str]:
    """Parts with a paint of their own in which a link may stand."""
    parts = (".note", ".banner", ".banner-adapted", ".banner-success", ".prose code")
    return {_background(declared) for selector, declared in _each() if selector in parts} - {""}


def edge_pairs() -> set[tuple[str, str]]:
    """(edge, what it stands on) of every control: a filled one may be told by its fill."""
    pairs = {("green", sheet) for sheet in BACKDROPS}  # the ring around what has the focus
    for selector, declared in _each():
        edge = _named(declared.get("border-color", declared.get("border", "")))
        if edge and selector.startswith(CONTROLS):
            pairs |= {(edge, sheet) for sheet in BACKDROPS}
    return pairs


def _colour(name: str, theme: str) -> str:
    return PAIRS[name].split(", ")[THEMES.index(theme)]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, from relative luminance: 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _weak(pairs: set[tuple[str, str]], theme: str, least: float) -> dict[tuple[str, str], float]:
    found = {pair: contrast(_colour(pair[0], theme), _colour(pair[1], theme)) for pair in pairs}
    return {pair: round(value, 2) for pair, value in sorted(found.items()) if value < least}


def test_contrast_is_what_the_guidelines_say_it_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_sheet_was_understood() -> None:
    assert {("on-green", "green"), ("clay", "clay-sheet"), ("quiet", "sand"), ("ink", "mark")} <= text_pairs()
    assert {("edge", "sheet"), ("green", "paper")} <= edge_pairs()


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_what_they_stand_on(theme: str) -> None:
    assert _weak(text_pairs(), theme, WORDS) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_can_be_seen(theme: str) -> None:
    assert _weak(edge_pairs(), theme, EDGES) == {}


def test_browsers_without_light_dark_get_the_light_colours() -> None:
    assert {name: _colour(name, "light") for name in PAIRS} == PLAIN


def test_every_colour_has_a_name_and_every_name_a_value() -> None:
    """Outside the tokens no colour stands by itself, but for white behind a code that a camera reads."""
    outside = re.sub(r"@layer tokens \{.*?\n\}", "", SCREEN, flags=re.S)
    asked = set(re.findall(r"var\(--([a-z-]+)\)", CSS + OTHERS))

    values = " ".join(re.findall(r":\s*([^;{}]*);", outside))

    assert set(re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\([^)]*\)", values)) <= {"#fff"}
    assert asked - set(re.findall(r"--([a-z-]+):", CSS)) == set()


def test_every_class_that_is_used_is_in_the_style_sheet() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", CSS + OTHERS))

    assert {
        f"{file.name}: {name}" for file in [*TEMPLATES, *MODULES] for name in _classes(file) if name not in known
    } == set()


def _classes(file: Path) -> set[str]:
    """Class names as they are written; of one that is put together (`chip-{{ … }}`), nothing."""
    text = re.sub(r"{%.*?%}", " ", re.sub(r"[\w-]*{+[^{}%]*}+[\w-]*", " ", file.read_text()))
    return {name for quoted in re.findall(r"\bclass=(\"[^\"]*\"|'[^']*')", text) for name in quoted[1:-1].split()}


def test_code_and_templates_draw_only_icons_that_are_there() -> None:
    asked = {name for file in TEMPLATES for name in re.findall(r"{%\s*icon\s+[\"']([\w-]+)", file.read_text())}

    assert asked - set(ICONS) == set()


def test_nothing_is_forced_outside_print() -> None:
    assert "!important" not in SCREEN
    assert "!important" not in CSS.partition("@layer print {")[2].partition("\n}\n")[2]


def test_the_layers_are_named_in_order_and_hold_everything() -> None:
    order = re.match(r"\s*@layer ([\w, -]+);", CSS)

    assert order
    assert re.findall(r"^@layer (\w+) \{", CSS, re.M) == [name.strip() for name in order[1].split(",")]
    assert [line for line in CSS.splitlines() if re.match(r"[^\s@}]", line)] == [], "a rule outside the layers"
