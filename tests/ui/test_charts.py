"""Every picture is a drawing, sentences and a table that say the same: of nothing, of one, with gaps, with what is hidden."""

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.ui.charts.picture import Chart, say, short_day
from fieldcraft.ui.charts.tension import Apart, Held, Unwritten, tension
from fieldcraft.ui.charts.tension_over_time import HiddenSetting, Setting, set_apart, tension_over_time
from fieldcraft.ui.charts.timeline import Pin, placed, timeline
from fieldcraft.ui.charts.weeks import CheckIn, HiddenCheckIn, Question, weeks

SHEET = Path(__file__).parents[2] / "src/fieldcraft/ui/static/ui/charts.css"
START = date(2026, 1, 8)
QUESTION = Question("purpose", "Clear about my purpose", "foggy", "clear")
NASTY = "\"><script>alert()</script> & 'x"


def on(days: int) -> date:
    return START + timedelta(days=days)


def weekly(count: int, *, gap_after: int = 0, around: float = 55, step: float = 0) -> list[CheckIn]:
    """A check-in each week, with ten weeks of nothing after so many."""
    dice = random.Random(5)
    later = [70 if gap_after and at >= gap_after else 0 for at in range(count)]
    return [
        CheckIn(on(at * 7 + later[at]), around + dice.gauss(0, 8) + (step if at >= count // 2 else 0))
        for at in range(count)
    ]


MANY_PINS = [
    Pin(on(30), "new rota"),
    Pin(on(33), "supervision began again"),
    Pin(on(34), "x"),
    Pin(on(35), "yet another"),
]
WEEKS = {
    "nothing": weeks(QUESTION, []),
    "one": weeks(QUESTION, weekly(1)),
    "three": weeks(QUESTION, weekly(3)),
    "eight": weeks(QUESTION, weekly(8), pins=[Pin(on(20), "new rota")]),
    "gap": weeks(QUESTION, weekly(16, gap_after=9)),
    "line with a gap": weeks(QUESTION, weekly(36, gap_after=12), pins=MANY_PINS),
    "hidden": weeks(QUESTION, [*weekly(5), HiddenCheckIn(on(10)), HiddenCheckIn(on(60))]),
    "hidden alone": weeks(QUESTION, [HiddenCheckIn(on(10))]),
    "pins alone": weeks(QUESTION, [], pins=MANY_PINS),
    "nasty": weeks(Question("nasty", NASTY, NASTY, NASTY), weekly(9), pins=[Pin(on(3), NASTY)]),
}
TENSIONS = {
    "nothing": tension(Held(Unwritten.NOT_YET, Unwritten.NOT_YET), key="t"),
    "one end": tension(Held("Families call us", Unwritten.NOT_YET, 4), key="t"),
    "other end": tension(Held(Unwritten.NOT_YET, "They do not call"), key="t"),
    "not set": tension(Held("Families call us", "They do not call"), key="t"),
    "set": tension(Held("Families call us", "They do not call", 7), key="t"),
    "sealed": tension(Held(Unwritten.SEALED, Unwritten.SEALED, 3), key="t"),
    "nasty": tension(Held(NASTY, NASTY, 9), key="t"),
}
OVER_TIME = {
    "nothing": tension_over_time([], key="o"),
    "one": tension_over_time([set_apart(START, 5)], key="o"),
    "missing weeks": tension_over_time([set_apart(START, 5), Setting(on(200), 9, 2)], key="o"),
    "until today": tension_over_time([set_apart(START, 5), Setting(on(20), 9, 2)], key="o", until=on(300)),
    "hidden": tension_over_time([set_apart(START, 5), HiddenSetting(on(30)), Setting(on(90), 9, 2)], key="o"),
    "hidden alone": tension_over_time([HiddenSetting(on(30))], key="o"),
}
ALL = {f"{kind}: {name}": chart for kind, charts in
       (("weeks", WEEKS), ("tension", TENSIONS), ("over time", OVER_TIME)) for name, chart in charts.items()}  # fmt: skip
each_chart = pytest.mark.parametrize("chart", ALL.values(), ids=ALL)


def tree(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def with_class(chart: Chart, name: str) -> list[ElementTree.Element]:
    return [part for part in tree(chart).iter() if name in part.get("class", "").split()]


def texts(chart: Chart) -> list[str]:
    return [part.text or "" for part in tree(chart).iter("text")]


def said(chart: Chart) -> list[str]:
    return [str(sentence) for sentence in chart.sentences]


def rows(chart: Chart) -> list[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row) for row in chart.table.rows]


class Elements(HTMLParser):
    """Notes what the browser would see, and what the strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.faults += [name for name, _value in attrs if name == "style" or name.startswith("on") or "href" in name]
        self.faults += [tag] if tag in {"script", "style", "animate", "foreignobject", "image", "use"} else []
        self.ids += [value or "" for name, value in attrs if name == "id"]


@each_chart
def test_a_drawing_is_one_image_with_a_name_and_a_description(chart: Chart) -> None:
    svg = tree(chart)
    named = {part.get("id"): part for part in svg if part.get("id")}

    assert svg.get("role") == "img"
    assert named[svg.get("aria-labelledby")].tag == "title"
    assert named[svg.get("aria-labelledby")].text == str(chart.title)
    told = named[svg.get("aria-describedby")]
    assert told.tag == "desc"
    assert told.text == " ".join([*said(chart), *map(str, chart.reading)])


@each_chart
def test_nothing_in_a_drawing_breaks_the_strict_policy(chart: Chart) -> None:
    found = Elements(render_to_string("ui/chart.html", {"chart": chart}))

    assert found.faults == []
    assert len(set(found.ids)) == len(found.ids)


@each_chart
def test_every_picture_has_a_sentence_and_a_table_of_equal_rows(chart: Chart) -> None:
    assert all(said(chart))
    assert chart.sentences
    assert {len(row) for row in chart.table.rows} <= {len(chart.table.head)}


@each_chart
def test_every_class_of_a_drawing_is_in_the_style_sheet(chart: Chart) -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", SHEET.read_text()))

    assert {name for part in tree(chart).iter() for name in part.get("class", "").split()} - known == set()


@each_chart
def test_everything_stands_within_the_drawing(chart: Chart) -> None:
    places = [
        float(value.removesuffix("%"))
        for part in tree(chart).iter()
        for name, value in part.attrib.items()
        if name in {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy"} and value.endswith("%")
    ]
    steps = [float(number) for part in tree(chart).iter("path") if part.get("vector-effect")
             for number in re.findall(r"-?\d+(?:\.\d+)?", part.get("d", ""))]  # fmt: skip

    assert all(0 <= place <= 100 for place in [*places, *steps])


@each_chart
def test_the_whole_is_a_figure_with_all_three(chart: Chart) -> None:
    html = render_to_string("ui/chart.html", {"chart": chart})
    found = Elements(html)

    assert found.tags[0] == "figure"
    assert {"figcaption", "svg"} <= set(found.tags)
    assert ("table" in found.tags) == bool(chart.table.rows)
    assert html.count('scope="row"') == len(chart.table.rows)


def test_a_drawing_holds_no_colour_and_no_number_but_places() -> None:
    for chart in ALL.values():
        assert not [part for part in tree(chart).iter() if {"fill", "stroke", "style"} & set(part.attrib)]


def test_what_people_write_cannot_leave_its_place() -> None:
    for chart in (WEEKS["nasty"], TENSIONS["nasty"]):
        html = render_to_string("ui/chart.html", {"chart": chart})

        assert "<script>" not in html
        assert "&lt;script&gt;" in html


# Weeks


def test_without_check_ins_there_is_an_empty_scale() -> None:
    chart = WEEKS["nothing"]

    assert texts(chart) == ["clear", "foggy"]
    assert with_class(chart, "chart-dot") == []
    assert said(chart) == ["No check-ins yet."]
    assert rows(chart) == []


def test_one_check_in_is_one_dot() -> None:
    chart = weeks(QUESTION, [CheckIn(START, 40)])

    assert len(with_class(chart, "chart-dot")) == 1
    assert list(tree(chart).iter("path")) == []
    assert said(chart) == ["One check-in, on 8 January 2026."]
    assert rows(chart) == [("8 January 2026", "40", "")]


def test_few_check_ins_are_dots_and_around_how_much() -> None:
    chart = weeks(QUESTION, [CheckIn(on(0), 58), CheckIn(on(7), 69), CheckIn(on(14), 61)])

    assert len(with_class(chart, "chart-dot")) == 3
    assert list(tree(chart).iter("path")) == []
    assert said(chart) == ["Around 55–70 of 100 so far; too early for a line."]


def test_from_eight_there_is_a_band_and_no_line() -> None:
    chart = WEEKS["eight"]

    assert len(with_class(chart, "chart-band-90")) == len(with_class(chart, "chart-band-50")) == 1
    assert with_class(chart, "chart-line") == []
    assert len(chart.sentences) == 1


def test_from_thirty_there_is_a_line() -> None:
    assert len(with_class(weeks(QUESTION, weekly(30)), "chart-line")) == 1


def test_a_gap_stays_a_gap() -> None:
    chart = WEEKS["line with a gap"]

    assert len(with_class(chart, "chart-line")) == 2
    assert len(with_class(chart, "chart-line-gap")) == 1
    assert len(with_class(chart, "chart-dot")) == 36
    assert "Where there are no check-ins, the band is wider and nothing is filled in." in map(str, chart.reading)
    assert ("26 March 2026 to 11 June 2026", "no check-ins", "") in rows(chart)


def test_a_long_gap_says_so_in_the_drawing() -> None:
    assert "no check-ins" in texts(WEEKS["gap"])
    assert "no check-ins" not in texts(WEEKS["eight"])


def test_the_band_is_wider_in_a_gap() -> None:
    (band,) = with_class(WEEKS["gap"], "chart-band-90")
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", band.get("d", ""))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    half = len(points) // 2
    widths = [low[1] - high[1] for high, low in zip(points[:half], reversed(points[half:]), strict=True)]

    assert max(widths[10:-10]) > widths[5]
    assert max(range(half), key=widths.__getitem__) not in {0, half - 1}


def test_a_hidden_check_in_shows_that_it_was_and_not_what_it_was() -> None:
    plain, chart = weeks(QUESTION, weekly(5)), WEEKS["hidden"]

    assert len(with_class(chart, "chart-dot-hidden")) == 2
    assert len(with_class(chart, "chart-dot")) == 5
    assert said(chart) == [*said(plain), "2 check-ins are hidden."]
    assert ("18 January 2026", "hidden", "") in rows(chart)
    assert said(WEEKS["hidden alone"]) == ["One check-in is hidden."]


def test_a_hidden_check_in_tells_on_no_band() -> None:
    hidden = weeks(QUESTION, [*weekly(12), HiddenCheckIn(on(20))])

    assert [part.get("d") for part in tree(hidden).iter("path")] == [
        part.get("d") for part in tree(weeks(QUESTION, weekly(12))).iter("path")
    ]


def test_the_ends_have_words_and_no_numbers() -> None:
    words = [text for text in texts(WEEKS["eight"]) if not re.fullmatch(r"\d* ?(?:Jan|Feb|Mar)", text)]

    assert words == ["new rota", "clear", "foggy"]


def test_own_words_are_pinned_to_their_days() -> None:
    chart = WEEKS["eight"]

    assert len(with_class(chart, "chart-pin")) == 1
    assert chart.notes == ()
    assert ("28 January 2026", "no check-in", "new rota") in rows(chart)


def test_words_that_do_not_fit_are_whole_beneath() -> None:
    chart = WEEKS["line with a gap"]

    assert "supervision beg…" in texts(chart)
    assert "10 February 2026: supervision began again" in map(str, chart.notes)
    assert len(chart.notes) == len(with_class(chart, "chart-pin")) == 4
    assert len(with_class(chart, "chart-pinned")) == 3


@given(st.lists(st.builds(Pin, st.dates(START, on(400)), st.text("ab ", min_size=1, max_size=30)), max_size=12))
def test_words_never_overlap_in_a_row(pins: list[Pin]) -> None:
    found = placed(pins, timeline([START, on(400)]))
    spans: dict[int, list[tuple[float, float]]] = {}
    for pin in found:
        wide = len(pin.words) * 2.5
        span = (pin.x - wide, pin.x) if pin.is_right_of_words else (pin.x, pin.x + wide)
        spans.setdefault(pin.row, []).append(span)

    for row in (spans.get(at, []) for at in range(3)):
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(row)))


@pytest.mark.parametrize("days", [0, 20, 60, 100, 400, 1500, 5000])
def test_days_are_named_without_running_into_each_other(days: int) -> None:
    chart = weeks(QUESTION, [CheckIn(START, 50), CheckIn(on(days), 50)])
    names = [part for part in with_class(chart, "chart-word") if part.get("text-anchor") == "middle" and part.text != "no check-ins"]  # fmt: skip
    edges = [(float((part.get("x") or "").removesuffix("%")), len(part.text or "") * 1.25) for part in names]

    assert 2 <= len(edges) <= 6
    assert all(x + half <= other - wide for (x, half), (other, wide) in pairwise(edges))


def test_the_order_of_check_ins_does_not_matter() -> None:
    found = weekly(20, gap_after=8)

    assert weeks(QUESTION, reversed(found)).svg == weeks(QUESTION, found).svg


@pytest.mark.parametrize("step", [-40, 0, 40])
def test_no_sentence_knows_better_from_worse(step: float) -> None:
    for count in (8, 40):
        chart = weeks(QUESTION, weekly(count, around=50, step=step))

        assert len(chart.sentences) == 1
        assert not re.search(r"improve|better|worse|good|bad|%", " ".join(said(chart)))


def test_even_a_sure_change_is_one_of_the_three_sentences() -> None:
    (sentence,) = said(weeks(QUESTION, weekly(40, around=45, step=30)))

    assert sentence == "Your last four check-ins are within your usual range; it may be nothing."


# Vision and now


@pytest.mark.parametrize("distance", range(1, 10))
def test_the_band_is_as_long_as_it_was_set(distance: int) -> None:
    heights = [int(tree(tension(Held("a", "b", far), key="t")).get("height", "")) for far in (distance, 9)]

    assert heights[1] - heights[0] == 22 * (9 - distance)


def test_a_band_has_two_ends_and_both_sentences_as_text() -> None:
    chart = TENSIONS["set"]
    html = render_to_string("ui/chart.html", {"chart": chart})

    assert len(with_class(chart, "tension-peg")) == 2
    assert len(with_class(chart, "tension-band")) == 1
    assert html.index("Families call us") < html.index("<svg") < html.index("</svg>") < html.index("They do not call")


@pytest.mark.parametrize("chart", [*TENSIONS.values(), *OVER_TIME.values()])
def test_no_number_is_written_about_a_tension(chart: Chart) -> None:
    words = " ".join([*texts(chart), *said(chart), *(cell for row in rows(chart) for cell in row)])

    assert not re.search(r"\d|%", re.sub(r"\d+ \w+(?: \d{4})?|\d+ days are hidden", "", words))


def test_an_end_that_is_not_written_is_open_and_nothing_is_stretched() -> None:
    assert len(with_class(TENSIONS["nothing"], "tension-peg-open")) == 2
    assert len(with_class(TENSIONS["one end"], "tension-peg-open")) == 1
    for name in ("nothing", "one end", "other end", "not set"):
        assert with_class(TENSIONS[name], "tension-band") == []
    assert said(TENSIONS["nothing"]) == ["Neither a vision nor what is so now is written yet."]
    assert rows(TENSIONS["not set"])[2] == ("Between them", "not set")


def test_a_sealed_vision_has_its_band_and_not_its_words() -> None:
    chart = TENSIONS["sealed"]

    assert len(with_class(chart, "tension-band")) == 1
    assert rows(chart)[0] == ("Vision", "sealed: only your own device can open it")


@pytest.mark.parametrize("distance", [0, 10, -1])
def test_a_distance_is_one_to_nine(distance: int) -> None:
    with pytest.raises(ValueError, match="1 to 9"):
        Held("a", "b", distance)
    with pytest.raises(ValueError, match="1 to 9"):
        set_apart(START, distance)


@pytest.mark.parametrize(("vision", "now"), [(5, 5), (4, 6), (10, 0), (11, 5), (3, -1)])
def test_the_vision_is_above_now_and_within_the_drawing(vision: int, now: int) -> None:
    with pytest.raises(ValueError, match="apart within"):
        Setting(START, vision, now)


@given(st.integers(1, 9))
def test_a_distance_alone_is_set_about_the_middle(distance: int) -> None:
    setting = set_apart(START, distance)

    assert setting.distance == distance
    assert abs((10 - setting.vision) - setting.now) <= 1


def test_lines_are_level_from_one_setting_to_the_next() -> None:
    line = with_class(OVER_TIME["missing weeks"], "chart-line")[0].get("d", "")
    points = [tuple(map(float, point.split())) for point in line[1:].split("L")]

    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert len(with_class(OVER_TIME["missing weeks"], "chart-dot")) == 2


def test_the_last_setting_holds_until_today() -> None:
    last = {name: with_class(OVER_TIME[name], "chart-line")[0].get("d", "").rpartition("L")[2] for name in ("until today", "missing weeks")}  # fmt: skip

    assert last["until today"].startswith("97 ")


def test_lines_stop_where_a_day_is_hidden() -> None:
    chart = OVER_TIME["hidden"]

    assert len(with_class(chart, "chart-line")) == len(with_class(chart, "chart-line-now")) == 2
    assert len(with_class(chart, "chart-dot-hidden")) == 1
    assert said(chart)[-1] == "One day is hidden."
    assert ("7 February 2026", "hidden") in rows(chart)


def test_both_lines_are_named_and_told_apart_by_more_than_colour() -> None:
    assert {"vision", "now"} <= set(texts(OVER_TIME["one"]))
    assert re.search(r"\.chart-line-now \{[^}]*stroke-dasharray", SHEET.read_text())


# Words


@pytest.fixture
def german() -> Iterator[None]:
    with translation.override("de"):
        yield


def test_sentences_and_days_follow_the_reader_and_not_the_drawing(german: None) -> None:
    assert short_day(START) == "8. Januar 2026"
    assert str(say("%(day)s", day=START)) == "8. Januar 2026"
    assert rows(WEEKS["one"])[0][0] == "8. Januar 2026"


@each_chart
def test_every_sentence_waits_for_its_reader(chart: Chart) -> None:
    assert all(isinstance(sentence, Promise) for sentence in (*chart.sentences, *chart.reading, *chart.table.head))


def test_the_style_sheet_gives_the_drawing_its_sizes() -> None:
    """A drawing's parts are laid out in em; the sheet holds the sums."""
    heights = {int(rows): float(rem) for rows, rem in re.findall(r"\.chart-rows-(\d) \{ height: ([\d.]+)rem", SHEET.read_text())}  # fmt: skip

    assert heights == pytest.approx({rows: 1.4 * rows + 12.2 for rows in range(4)})


def test_no_distance_is_a_case_of_its_own() -> None:
    assert Held("a", "b").distance is Apart.NOT_SET
