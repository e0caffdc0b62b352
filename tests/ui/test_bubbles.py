"""Bubbles: none lies on another or leaves the picture, each name fits, and the table says the same."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.ui.charts.bubbles import WIDTH, Bubble, bubbles, places

NASTY = "\"><script>alert()</script> & 'x"
FEW = Bubble("Changing the system", 0, "", (), "/few/")
MANY = Bubble("Being trusted by young people", 20, "20 to 29 people", (), "/many/")
BOTH = Bubble("Fairness", 11, "11 to 19 people", ("Ana", "Ben"), "/both/")
NAMED = Bubble(NASTY, 0, "", (NASTY,), "/named/")
SVG = "{http://www.w3.org/2000/svg}"


@given(st.lists(st.floats(40, 150), max_size=14))
def test_no_bubble_lies_on_another_or_outside(radii: list[float]) -> None:
    found = places(radii)

    assert [each.radius for each in found] == radii
    for at, one in enumerate(found):
        assert abs(one.x) + one.radius <= WIDTH / 2 + 0.01
        for other in found[:at]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


@pytest.mark.parametrize("shown", [[], [FEW], [FEW, MANY, BOTH, NAMED]], ids=["nothing", "one", "many"])
def test_each_bubble_is_a_link_that_says_what_its_row_says(shown: list[Bubble]) -> None:
    chart = bubbles(shown, key="purposes", title="What for?")
    links = ElementTree.fromstring(chart.svg).findall("a")

    assert [link.get("href") for link in links] == [each.url for each in shown]
    assert [link.get("aria-label") for link in links] == [f"{name}: {said}" for name, said in chart.table.rows]
    assert all("<script" not in str(chart.svg) for _link in links)


def test_too_few_is_dashed_and_told_without_a_number() -> None:
    chart = bubbles([FEW, MANY], key="purposes", title="What for?")

    assert [link.get("class") for link in ElementTree.fromstring(chart.svg)] == ["bubble bubble-few", "bubble"]
    assert chart.table.rows[0] == ("Changing the system", "too few to show")
    assert BOTH.said == "11 to 19 people, unnamed · Ana, Ben"


@given(st.text("abcdefgh ÄÖ-", min_size=1, max_size=60))
def test_the_longest_theme_fits_into_its_bubble(name: str) -> None:
    chart = bubbles([Bubble(name, 0, "", ("Ana",), "/")], key="purposes", title="What for?")
    (link,) = ElementTree.fromstring(chart.svg)
    radius = float(link.find("circle").get("r", "0"))  # type: ignore[union-attr]

    assert radius <= WIDTH / 2
    assert all(len(line.text or "") * 6 <= 2 * radius + 7 for line in link.iter("tspan"))
