"""The words in which the sample says what people wrote in their compasses, one entry after the other.

ago: how many days before the day on which the sample is built. of, key: what an entry is called here by others.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Direction:
    """A purpose, in place of the one before it."""

    ago: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A vision, with what was said of it. brings: each to the one before, the last is the wish; horizon: days from now."""

    ago: int
    key: str
    picture: str
    scope: str
    hold: str
    brings: tuple[str, ...] = ()
    organisation_could: str = ""
    horizon: int = 0


@dataclass(frozen=True, slots=True)
class PictureChanged:
    """A vision made clearer, larger or smaller, and why."""

    ago: int
    of: str
    kind: str
    picture: str
    why: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class SoNow:
    """What a camera would have seen, the story told about it, and what would show that wrong."""

    ago: int
    of: str
    seen: str
    story: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class BandMoved:
    """The ends of the band, moved a step at a time: "vision further", "now closer"."""

    ago: int
    of: str
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """Something in the way. page: of the team's manual; gone: how many days ago it was not in the way any more."""

    ago: int
    key: str
    text: str
    kind: str
    whose: str
    against: str = ""
    of: str = ""
    page: str = ""
    gone: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """Something to try. ended: how many days ago it was not tried any more."""

    ago: int
    key: str
    what: str
    when: str = ""
    page: str = ""
    of: str = ""
    ended: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A practice note, the hunch before the reasons.

    tried: what of; is_of_former_text: the page was read before it was last changed.
    followed, followed_what: the answer to the later question.
    speaks_for, speaks_against: beliefs in the way that it is held beside.
    became: "draft" or "remark", where the note became what the same person has on that page already.
    """

    ago: int
    hunch: str
    happened: str
    reasons: str = ""
    surprise: str = ""
    outcome: str = ""
    page: str = ""
    is_of_former_text: bool = False
    tried: str = ""
    hours: str = ""
    with_others: bool | None = None
    followed: str = ""
    followed_what: str = ""
    speaks_for: str = ""
    speaks_against: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflected:
    """A reflection, free or by an exercise.

    later: the answers to what the exercise asks when one comes back to it.
    wakes: on which day it comes back, counted from today; woken: what was written then.
    """

    ago: int
    answers: tuple[str, ...]
    exercise: str = ""
    title: str = ""
    of: str = ""
    later: tuple[str, ...] = ()
    wakes: int | None = None
    woken: str = ""


@dataclass(frozen=True, slots=True)
class Pinned:
    """Something pinned to the weeks."""

    ago: int
    words: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A vision that somebody may read for some days from now, and how many days ago they did."""

    ago: int
    of: str
    reader: str
    days: int
    read: int


Entry = (
    Direction | Picture | PictureChanged | SoNow | BandMoved | InTheWay | Tried | Happened | Reflected | Pinned | Shared
)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Check-ins of the last weeks, wobbling as weeks do.

    count: how many there are. since: how many weeks ago the first one may be. gaps: weeks ago, from and to, without any.
    level: where the answers lie, from 1 to 7. drift: how far that moves from the first week to the last.
    lines: private lines, put to some of the weeks in this order. fits: the note beside the pictures.
    """

    count: int
    since: int
    level: float
    drift: float = 0.0
    gaps: tuple[tuple[int, int], ...] = ()
    lines: tuple[str, ...] = ()
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Compass:
    """What one person wrote; entries: the earliest first. manual: of their team."""

    manual: str = ""
    entries: tuple[Entry, ...] = ()
    weeks: Weeks | None = None
