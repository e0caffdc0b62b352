"""Curves between the boxes of a picture: bent so that they pass under no other box, and cut where the boxes begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

BOX_WIDTH, BOX_HEIGHT = 168.0, 70.0
_ROOM, _EDGE, _SAMPLES, _CUTS = 9.0, 16.0, 24, 80
_BENDS = (0.14, -0.14, 0.3, -0.3, 0.5, -0.5, 0.8, -0.8)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the picture, in its own units; y grows downwards."""

    x: float
    y: float

    def towards(self, other: "Point", share: float) -> "Point":
        """The point between, `share` of the way to the other."""
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve: from `start`, drawn by `bend`, to `end`."""

    start: Point
    bend: Point
    end: Point

    def at(self, share: float) -> Point:
        """The point that far along, from 0 to 1."""
        return self.start.towards(self.bend, share).towards(self.bend.towards(self.end, share), share)

    def direction(self, share: float) -> Point:
        """Which way it goes there, with length 1."""
        one, other = self.start.towards(self.bend, share), self.bend.towards(self.end, share)
        length = hypot(other.x - one.x, other.y - one.y) or 1.0
        return Point((other.x - one.x) / length, (other.y - one.y) / length)

    def between(self, first: float, last: float) -> "Curve":
        """The part of it from one share to another."""
        late = self._from(first)
        share = (last - first) / (1 - first) if first < 1 else 0.0
        return late._until(share)

    def _until(self, share: float) -> "Curve":
        return Curve(self.start, self.start.towards(self.bend, share), self.at(share))

    def _from(self, share: float) -> "Curve":
        return Curve(self.at(share), self.bend.towards(self.end, share), self.end)


def curve_between(
    cause: Point, outcome: Point, others: Sequence[Point], corner: Point, *, is_one_of_two: bool = False
) -> Curve:
    """From the edge of one box to the edge of another; of all bends the first that crosses fewest of the other boxes.

    corner: the lower right one of the picture, which the curve does not leave where it can be helped. is_one_of_two:
    there is a link the other way, too; each bends to its own right and to no other side, so that they never meet.
    """
    tried: list[tuple[int, Curve]] = []
    for bend in _BENDS[::2] if is_one_of_two else _BENDS:
        curve = _bent(cause, outcome, bend)
        crossed = _crossed(curve, others) + _leaves(curve, corner)
        if not crossed:
            return _cut(curve, cause, outcome)
        tried.append((crossed, curve))
    return _cut(min(tried, key=lambda each: each[0])[1], cause, outcome)


def _bent(cause: Point, outcome: Point, bend: float) -> Curve:
    middle = cause.towards(outcome, 0.5)
    aside = Point(-(outcome.y - cause.y) * bend, (outcome.x - cause.x) * bend)
    return Curve(cause, Point(middle.x + aside.x, middle.y + aside.y), outcome)


def _crossed(curve: Curve, others: Sequence[Point]) -> int:
    points = [curve.at(step / _SAMPLES) for step in range(_SAMPLES + 1)]
    return sum(any(_inside(point, box) for point in points) for box in others)


def _leaves(curve: Curve, corner: Point) -> bool:
    """Whether its middle, where the sign stands, comes too near to the edge."""
    middle = curve.at(0.5)
    return not (_EDGE < middle.x < corner.x - _EDGE and _EDGE < middle.y < corner.y - _EDGE)


def _inside(point: Point, box: Point, room: float = _ROOM) -> bool:
    return abs(point.x - box.x) <= BOX_WIDTH / 2 + room and abs(point.y - box.y) <= BOX_HEIGHT / 2 + room


def _cut(curve: Curve, cause: Point, outcome: Point) -> Curve:
    """Without what lies in its two boxes; whole where one box lies on the other."""
    steps = [step / _CUTS for step in range(_CUTS + 1)]
    first = next((at for at in steps if not _inside(curve.at(at), cause, 2)), 1.0)
    last = next((at for at in reversed(steps) if not _inside(curve.at(at), outcome)), 0.0)
    return curve.between(first, last) if first < last else curve
