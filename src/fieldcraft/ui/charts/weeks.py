"""A person's own weeks: dots, a soft band from eight check-ins, a line from thirty; gaps stay gaps.

No colour or arrow says good or bad, no norm, nobody else. What may be said: `engine/measure/change.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcraft.engine.measure.change import NothingYet, OwnBand, OwnLine, Sayable, sayable
from fieldcraft.engine.measure.trajectory import LATEST, Answer, Level
from fieldcraft.ui.charts.picture import Chart, Table, Words, drawn, image, path, percent, say, stretched
from fieldcraft.ui.charts.sayings import saying
from fieldcraft.ui.charts.timeline import Pin, Placed, Timeline, day_names, flags, notes_of, placed, rows_of, timeline

_GAP_DAYS = 21
_DRAWN_STEPS = 8
_ROOM_FOR_WORDS = 27.0
_LARGE, _SMALL = 4.5, 2.5
_ROW, _WORD, _PLOT, _DAYS = 1.4, 1.5, 7.5, 1.7  # heights in em; charts.css holds their sums


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: a key of its own on the page, its words, and the words at the ends 0 and 100."""

    key: str
    title: Words
    low_end: Words
    high_end: Words


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What was answered on a day, 0 to 100."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class HiddenCheckIn:
    """A check-in whose answer is not shown: its owner hid it. It tells on no band and no sentence."""

    day: date


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand, in hundredths of the drawing."""

    line: Timeline
    rows: int

    @property
    def height(self) -> float:
        return self.rows * _ROW + _WORD + _PLOT + _WORD + _DAYS

    def down(self, em: float) -> float:
        return 100 * em / self.height

    def y(self, value: float) -> float:
        return self.down(self.rows * _ROW + _WORD + _PLOT * (1 - value / 100))

    @property
    def base(self) -> float:
        return self.down(self.height - _DAYS)


def weeks(question: Question, check_ins: Iterable[CheckIn | HiddenCheckIn], *, pins: Iterable[Pin] = ()) -> Chart:
    """The picture of one question over time, with the person's own pins.

    check_ins, pins: in any order. Never raises for any number of them.
    """
    given = sorted(check_ins, key=lambda one: one.day)
    own = sorted(pins, key=lambda one: one.day)
    line = timeline(one.day for one in (*given, *own))
    shown = [one for one in given if isinstance(one, CheckIn)]
    found = _found(shown, line)
    sentences, reading = tuple(_sentences(found, given, shown, line)), tuple(_reading(found, shown))
    flagged = placed(own, line)
    frame = _Frame(line, rows_of(flagged))
    svg = image(
        *_drawing(question, given, shown, found, flagged, frame),
        key=question.key,
        title=question.title,
        told=(*sentences, *reading),
        shape=f"chart-drawing chart-rows-{frame.rows}",
    )
    table = _table(question, given, own)
    return Chart(question.title, svg, sentences, table, notes=notes_of(flagged), reading=reading)


def _found(shown: Sequence[CheckIn], line: Timeline) -> Sayable:
    answers = [Answer((one.day - line.first).days / 7, one.value) for one in shown]
    if not answers:
        return NothingYet()
    times = {one.at for one in answers}
    for one, other in pairwise(answers):
        times |= _between(one.at, other.at)
    return sayable(answers, times=sorted(times))


def _between(start: float, end: float) -> set[float]:
    """Where the band is drawn inside a gap, so that its widening can be seen; nowhere between neighbouring weeks."""
    if (end - start) * 7 <= _GAP_DAYS:
        return set()
    return {start + (end - start) * step / _DRAWN_STEPS for step in range(1, _DRAWN_STEPS)}


def _gaps(shown: Sequence[CheckIn]) -> list[tuple[date, date]]:
    """Stretches of more than three weeks between two check-ins."""
    return [(one.day, other.day) for one, other in pairwise(shown) if (other.day - one.day).days > _GAP_DAYS]


def _sentences(
    found: Sayable, given: Sequence[CheckIn | HiddenCheckIn], shown: Sequence[CheckIn], line: Timeline
) -> Iterator[Words]:
    hidden = len(given) - len(shown)
    if not hidden or shown:
        yield saying(found, line.first)
    if hidden:
        yield say(ngettext_lazy("One check-in is hidden.", "%(count)d check-ins are hidden.", "count"), count=hidden)


def _reading(found: Sayable, shown: Sequence[CheckIn]) -> Iterator[Words]:
    if isinstance(found, OwnBand | OwnLine):
        yield _("You are probably within the soft band: 50 in 100 for the darker part, 90 for the lighter.")
        if _gaps(shown):
            yield _("Where there are no check-ins, the band is wider and nothing is filled in.")


def _drawing(
    question: Question,
    given: Sequence[CheckIn | HiddenCheckIn],
    shown: Sequence[CheckIn],
    found: Sayable,
    pins: Sequence[Placed],
    frame: _Frame,
) -> Iterator[SafeString]:
    size = _SMALL if len(shown) > LATEST else _LARGE
    levels = found.levels if isinstance(found, OwnBand | OwnLine) else ()
    yield from _scale(frame)
    if levels:
        yield stretched(*_bands(levels, frame), *(_lines(levels, shown, frame) if isinstance(found, OwnLine) else ()))
    yield from flags(pins, row_height=frame.down(_ROW), bottom=frame.base)
    yield from _ends(question, frame)
    yield from _gap_words(shown, levels, frame)
    yield from (_dot(one, frame, size) for one in given)
    if given or pins:
        yield from day_names(frame.line, y=frame.base + frame.down(1.25))


def _scale(frame: _Frame) -> Iterator[SafeString]:
    """The two ends, and the ground below them."""
    for y in (frame.y(100), frame.y(0)):
        yield drawn("line", x1="0%", x2="100%", y1=percent(y), y2=percent(y), class_="chart-end-line")
    yield drawn("line", x1="0%", x2="100%", y1=percent(frame.base), y2=percent(frame.base), class_="chart-base")


def _ends(question: Question, frame: _Frame) -> Iterator[SafeString]:
    """What the ends are called; no numbers."""
    yield drawn("text", question.high_end, x="0%", y=percent(frame.y(100) - frame.down(0.4)), class_="chart-word")
    yield drawn("text", question.low_end, x="0%", y=percent(frame.y(0) + frame.down(1.1)), class_="chart-word")


def _bands(levels: Sequence[Level], frame: _Frame) -> Iterator[SafeString]:
    for low, high, shade in (("low90", "high90", "chart-band-90"), ("low50", "high50", "chart-band-50")):
        there = [(_x(one, frame), frame.y(getattr(one, high))) for one in levels]
        back = [(_x(one, frame), frame.y(getattr(one, low))) for one in reversed(levels)]
        yield path([*there, *back], class_=shade, closes=True)


def _x(level: Level, frame: _Frame) -> float:
    return frame.line.x_of_days(level.at * 7)


def _lines(levels: Sequence[Level], shown: Sequence[CheckIn], frame: _Frame) -> Iterator[SafeString]:
    """The line in one piece where there are check-ins, dotted across each gap."""
    gaps = [((a - frame.line.first).days / 7, (b - frame.line.first).days / 7) for a, b in _gaps(shown)]
    starts = [levels[0].at, *(after for _before, after in gaps)]
    ends = [*(before for before, _after in gaps), levels[-1].at]
    yield from _stretches(levels, list(zip(starts, ends, strict=True)), "chart-line", frame)
    yield from _stretches(levels, gaps, "chart-line-gap", frame)


def _stretches(
    levels: Sequence[Level], spans: Sequence[tuple[float, float]], class_: str, frame: _Frame
) -> Iterator[SafeString]:
    for start, end in spans:
        points = [(_x(one, frame), frame.y(one.mid)) for one in levels if start <= one.at <= end]
        if len(points) > 1:
            yield path(points, class_=class_)


def _gap_words(shown: Sequence[CheckIn], levels: Sequence[Level], frame: _Frame) -> Iterator[SafeString]:
    """ "No check-ins" in every gap that has room for it, away from the band."""
    for before, after in _gaps(shown):
        left, right = frame.line.x(before), frame.line.x(after)
        if right - left < _ROOM_FOR_WORDS:
            continue
        middle = [one.mid for one in levels if left < _x(one, frame) < right] or [0.0]
        y = frame.y(6 if sum(middle) / len(middle) > 45 else 88)
        words = _("no check-ins")
        yield drawn("text", words, x=percent((left + right) / 2), y=percent(y), text_anchor="middle", class_="chart-word")  # fmt: skip


def _dot(one: CheckIn | HiddenCheckIn, frame: _Frame, size: float) -> SafeString:
    """A ring at its place; a hidden one dashed and small on the ground line, which is below the scale."""
    if isinstance(one, HiddenCheckIn):
        return drawn(
            "circle", cx=percent(frame.line.x(one.day)), cy=percent(frame.base), r=4, class_="chart-dot-hidden"
        )
    return drawn(
        "circle", cx=percent(frame.line.x(one.day)), cy=percent(frame.y(one.value)), r=size, class_="chart-dot"
    )


def _table(question: Question, given: Sequence[CheckIn | HiddenCheckIn], pins: Sequence[Pin]) -> Table:
    head = (
        _("Day"),
        say(
            _("Where, from 0 (%(low_end)s) to 100 (%(high_end)s)"),
            low_end=question.low_end,
            high_end=question.high_end,
        ),
        _("What I pinned"),
    )
    return Table(question.title, head, tuple(_rows(given, pins)))


def _rows(given: Sequence[CheckIn | HiddenCheckIn], pins: Sequence[Pin]) -> Iterator[tuple[Words, ...]]:
    """Every day on which something was, in time; a gap as a row of its own."""
    answers: dict[date, list[CheckIn | HiddenCheckIn]] = {}
    for one in given:
        answers.setdefault(one.day, []).append(one)
    gaps = dict(_gaps([one for one in given if isinstance(one, CheckIn)]))
    hidden = {one.day for one in given if isinstance(one, HiddenCheckIn)}
    for day in sorted({*answers, *(pin.day for pin in pins)}):
        words = ", ".join(pin.words for pin in pins if pin.day == day)
        found = [_answer(one) for one in answers.get(day, [])] or [_("no check-in")]
        yield from ((say("%(day)s", day=day), answer, words) for answer in found)
        if day in gaps and not any(day < other < gaps[day] for other in hidden):
            yield say(_("%(start)s to %(end)s"), start=day, end=gaps[day]), _("no check-ins"), ""


def _answer(one: CheckIn | HiddenCheckIn) -> Words:
    return _("hidden") if isinstance(one, HiddenCheckIn) else str(round(one.value))
