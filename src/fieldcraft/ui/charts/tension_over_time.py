"""Vision and now over time: both lines where the person set them, held until they set them anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcraft.ui.charts.picture import Chart, Table, Words, drawn, image, path, percent, say, stretched
from fieldcraft.ui.charts.tension import CLOSEST, FURTHEST, how_far
from fieldcraft.ui.charts.timeline import Timeline, day_names, timeline

HIGHEST = 10
_TOP, _BASE = 10.0, 86.0  # hundredths of the height
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the person set both ends on a day: heights from 0 to 10, the vision above by 1 to 9. Else ValueError."""

    day: date
    vision: int
    now: int

    def __post_init__(self) -> None:
        if not (0 <= self.now < self.vision <= HIGHEST and self.distance <= FURTHEST):
            raise ValueError(f"vision {self.vision} and now {self.now} are not 1 to 9 apart within 0 to {HIGHEST}")

    @property
    def distance(self) -> int:
        """How far apart."""
        return self.vision - self.now


def set_apart(day: date, distance: int) -> Setting:
    """A setting of which only the distance is known: both ends as far from the middle. ValueError outside 1 to 9."""
    if not CLOSEST <= distance <= FURTHEST:
        raise ValueError(f"a distance from {CLOSEST} to {FURTHEST}, not {distance}")
    now = (HIGHEST - distance) // 2
    return Setting(day, now + distance, now)


@dataclass(frozen=True, slots=True)
class HiddenSetting:
    """A day's setting that its owner hid: both lines stop there, until the next one."""

    day: date


def tension_over_time(settings: Iterable[Setting | HiddenSetting], *, key: str, until: date | None = None) -> Chart:
    """Both lines over the days. settings: in any order; of two on one day the later given holds.

    until: today, to which the last setting still holds; without it the lines end at the last day that was set.
    """
    given = sorted({one.day: one for one in settings}.values(), key=lambda one: one.day)
    end = max([one.day for one in given] + ([until] if until else []), default=date.min)
    line = timeline([*(one.day for one in given), *([end] if given else [])])
    title, sentences = _("Vision and now over time"), tuple(_sentences(given))
    svg = image(*_drawing(given, line, end), key=key, title=title, told=sentences, shape="chart-drawing chart-tension")
    rows = tuple((say("%(day)s", day=one.day), _apart(one)) for one in given)
    return Chart(title, svg, sentences, Table(title, (_("Set on"), _("How far apart")), rows))


def _apart(one: Setting | HiddenSetting) -> Words:
    return _("hidden") if isinstance(one, HiddenSetting) else how_far(one.distance)


def _sentences(given: Sequence[Setting | HiddenSetting]) -> Iterator[Words]:
    shown = [one for one in given if isinstance(one, Setting)]
    hidden = len(given) - len(shown)
    if not given:
        yield _("You have not set how far apart they are.")
    elif len(shown) == 1:
        yield say(_("Set once, on %(day)s: %(apart)s."), day=shown[0].day, apart=how_far(shown[0].distance))
    elif shown:
        yield say(
            _("First, on %(first)s, you set them %(apart)s; last, on %(last)s, %(apart_last)s. What lies between is yours to read."),
            first=shown[0].day,
            apart=how_far(shown[0].distance),
            last=shown[-1].day,
            apart_last=how_far(shown[-1].distance),
        )  # fmt: skip
    if hidden:
        yield say(ngettext_lazy("One day is hidden.", "%(count)d days are hidden.", "count"), count=hidden)


def _drawing(given: Sequence[Setting | HiddenSetting], line: Timeline, end: date) -> Iterator[SafeString]:
    yield drawn("line", x1="0%", x2="100%", y1=percent(_BASE), y2=percent(_BASE), class_="chart-base")
    for run in _runs(given):
        until = next((one.day for one in given if one.day > run[-1].day), end)
        vision, now = _steps(run, until, line, "vision"), _steps(run, until, line, "now")
        yield stretched(
            path([*vision, *reversed(now)], class_="chart-band-90", closes=True),
            path(vision, class_="chart-line"),
            path(now, class_="chart-line-now"),
        )
    for one in given:
        yield from _marks(one, line)
    yield from _names(given, line, end)
    yield from day_names(line, y=96) if given else ()


def _runs(given: Sequence[Setting | HiddenSetting]) -> Iterator[list[Setting]]:
    """Settings in a row; a hidden one ends it, and the lines with it."""
    run: list[Setting] = []
    for one in given:
        if isinstance(one, Setting):
            run.append(one)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _steps(run: Sequence[Setting], until: date, line: Timeline, end: str) -> Points:
    """Held level from day to day; never a slope, since nobody said what was between."""
    points = [(line.x(run[0].day), _y(getattr(run[0], end)))]
    for before, after in pairwise(run):
        points += [(line.x(after.day), _y(getattr(before, end))), (line.x(after.day), _y(getattr(after, end)))]
    return [*points, (line.x(until), points[-1][1])]


def _y(height: int) -> float:
    return _BASE - 6 - (_BASE - 6 - _TOP) * height / HIGHEST


def _marks(one: Setting | HiddenSetting, line: Timeline) -> Iterator[SafeString]:
    x = percent(line.x(one.day))
    if isinstance(one, HiddenSetting):
        yield drawn("circle", cx=x, cy=percent(_BASE), r=4, class_="chart-dot-hidden")
        return
    yield drawn("circle", cx=x, cy=percent(_y(one.vision)), r=4.5, class_="chart-dot")
    yield drawn("circle", cx=x, cy=percent(_y(one.now)), r=4.5, class_="chart-dot-now")


def _names(given: Sequence[Setting | HiddenSetting], line: Timeline, end: date) -> Iterator[SafeString]:
    """The lines' names where they end: above the one, below the other."""
    last = next((one for one in reversed(given) if isinstance(one, Setting)), None)
    if last is None:
        return
    x = line.x(end if given[-1] is last else last.day)
    anchor = "start" if x < 50 else "end"
    for words, y in ((_("vision"), _y(last.vision) - 4.5), (_("now"), _y(last.now) + 8.5)):
        yield drawn("text", words, x=percent(x), y=percent(y), text_anchor=anchor, class_="chart-pinned")
