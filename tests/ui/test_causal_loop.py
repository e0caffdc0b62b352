"""The picture of a theory: a drawing, sentences and a table that say the same; curves that keep out of the boxes."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from tests.ui.test_charts import Elements

from fieldcraft.ui.charts.causal_curves import BOX_HEIGHT, BOX_WIDTH, Point, curve_between
from fieldcraft.ui.charts.causal_loop import WIDTH, Arrow, Box, Standing, Waits, as_file, causal_loop
from fieldcraft.ui.charts.picture import Chart

NASTY = "\"><script>alert()</script> & 'x"
A, B, C = (
    Box("a", "Tea", 0.1, 0.1),
    Box("b", "Talk", 0.9, 0.5),
    Box("c", "Trust in each other and in the weather", 0.2, 0.9),
)
MORE = Arrow("a", "b", False, Waits.WEEK, Standing.OPEN, "More tea, more talk.")
LESS = Arrow("b", "c", True, Waits.MONTH, Standing.HELD, "More talk, less trust.")
BACK = Arrow("b", "a", False, Waits.QUARTER, Standing.AGAINST, "More talk, more tea.")
SVG = "{http://www.w3.org/2000/svg}"


def chart(boxes: list[Box], arrows: list[Arrow]) -> Chart:
    return causal_loop(boxes, arrows, key="theory", title="How we learn")


ALL = {
    "nothing": chart([], []),
    "one": chart([A, B], [MORE]),
    "many": chart([A, B, C], [MORE, LESS, BACK]),
    "nasty": chart([Box("a", NASTY, 0, 0), B], [Arrow("a", "b", True, Waits.WEEK, Standing.OPEN, NASTY)]),
    "on each other": chart([A, Box("b", "Talk", 0.1, 0.1)], [MORE]),
}
each_chart = pytest.mark.parametrize("drawn", ALL.values(), ids=ALL)


@each_chart
def test_it_is_one_image_that_says_every_sentence(drawn: Chart) -> None:
    svg = ElementTree.fromstring(drawn.svg)
    told = next(part.text or "" for part in svg if part.tag == "desc")

    assert svg.get("role") == "img"
    assert [part.text for part in svg if part.tag == "title"] == ["How we learn"]
    assert all(str(row[0]) in told for row in drawn.table.rows)
    assert all(str(sentence) in told for sentence in drawn.sentences)


@each_chart
def test_nothing_in_it_breaks_the_strict_policy(drawn: Chart) -> None:
    found = Elements(render_to_string("ui/chart.html", {"chart": drawn}))

    assert found.faults == []
    assert len(set(found.ids)) == len(found.ids)


@each_chart
def test_the_file_stands_by_itself_and_asks_for_nothing_from_elsewhere(drawn: Chart) -> None:
    text = as_file(drawn)
    svg = ElementTree.fromstring(text)

    assert svg.tag == f"{SVG}svg"
    assert svg.find(f"{SVG}style") is not None
    assert svg.find(f"{SVG}title") is not None
    assert svg.find(f"{SVG}desc") is not None
    assert re.findall(r"(?:href|src|url\(|@import)", text.replace("http://www.w3.org/2000/svg", "")) == []
    used = {name for part in svg.iter() for name in part.get("class", "").split()} - {"causal-drawing", "causal-node"}
    assert {name for name in used if f".{name}" not in text} <= {"causal-held"}


def test_sign_delay_and_standing_are_drawn_and_not_by_colour_alone() -> None:
    svg = ElementTree.fromstring(ALL["many"].svg)
    links = {
        (group.findtext("title") or ""): group for group in svg if group.get("class") in {"causal-more", "causal-less"}
    }

    def count(says: str, name: str) -> int:
        return sum(name in part.get("class", "").split() for part in links[says].iter())

    signs = {says: count(says, "causal-sign") for says in links}
    waits = {says: count(says, "causal-wait") for says in links}
    assert signs == {MORE.says: 2, LESS.says: 1, BACK.says: 2}
    assert waits == {MORE.says: 0, LESS.says: 2, BACK.says: 3}
    assert [count(MORE.says, "causal-open"), count(LESS.says, "causal-held"), count(BACK.says, "causal-against")] == [
        1
    ] * 3
    assert [str(row[1]) for row in ALL["many"].table.rows] == ["+", "−", "+"]


def test_a_long_name_is_broken_and_a_very_long_one_cut_with_the_whole_beside_it() -> None:
    svg = ElementTree.fromstring(chart([Box("a", "word " * 40, 0.5, 0.5)], []).svg)
    (node,) = [part for part in svg if part.get("class") == "causal-node"]

    lines = [part.text or "" for part in node.iter("tspan")]
    assert len(lines) == 4
    assert lines[-1].strip() == "…"
    assert node.findtext("title") == "word " * 40


def test_an_arrow_to_nowhere_is_refused() -> None:
    with pytest.raises(KeyError):
        chart([A], [MORE])


def test_a_link_and_its_reverse_are_two_lines() -> None:
    one, other, corner = Point(150, 200), Point(850, 400), Point(1000, 600)

    there, back = curve_between(one, other, (), corner), curve_between(other, one, (), corner)

    middle, return_middle = there.at(0.5), back.at(0.5)
    assert abs(middle.x - return_middle.x) + abs(middle.y - return_middle.y) > 40


def test_a_link_and_its_reverse_are_two_lines_though_a_box_stands_beside_them() -> None:
    one, other, corner = Point(150, 200), Point(850, 400), Point(1000, 600)
    beside = curve_between(one, other, (), corner, is_one_of_two=True).at(0.5)
    box = Point(beside.x, beside.y + 20)

    there = curve_between(one, other, [box], corner, is_one_of_two=True).at(0.5)
    back = curve_between(other, one, [box], corner, is_one_of_two=True).at(0.5)

    assert abs(there.x - back.x) + abs(there.y - back.y) > 40


def test_a_curve_goes_round_a_box_in_its_way() -> None:
    box, corner = Point(500, 300), Point(1000, 600)

    curve = curve_between(Point(150, 300), Point(850, 300), [box], corner)

    points = [curve.at(step / 100) for step in range(101)]
    assert not [p for p in points if abs(p.x - box.x) < BOX_WIDTH / 2 and abs(p.y - box.y) < BOX_HEIGHT / 2]
    assert all(0 < point.y < corner.y for point in points)


places = st.builds(Point, st.floats(110, WIDTH - 110), st.floats(40, 560))


@given(places, places)
def test_a_curve_begins_and_ends_outside_its_boxes(one: Point, other: Point) -> None:
    if abs(one.x - other.x) < BOX_WIDTH + 30 and abs(one.y - other.y) < BOX_HEIGHT + 30:
        return

    curve = curve_between(one, other, (), Point(WIDTH, 600))

    for end, box in ((curve.start, one), (curve.end, other)):
        assert abs(end.x - box.x) >= BOX_WIDTH / 2 or abs(end.y - box.y) >= BOX_HEIGHT / 2
