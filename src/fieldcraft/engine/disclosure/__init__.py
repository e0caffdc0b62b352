"""What may leave the compass: figures of groups, so coarse and so few that they tell of nobody."""

from fieldcraft.engine.disclosure.account import Account
from fieldcraft.engine.disclosure.figures import Bands, Change
from fieldcraft.engine.disclosure.groups import Cell, Kind, Roster, Team, apart, apart_from_all
from fieldcraft.engine.disclosure.ranges import Range, in_range
from fieldcraft.engine.disclosure.releasing import (
    Counted,
    Figure,
    Made,
    Question,
    Reason,
    Release,
    Withheld,
    account_of,
    release,
)
from fieldcraft.engine.disclosure.tallying import Hidden, Tally, tally
from fieldcraft.engine.disclosure.thresholds import Thresholds
from fieldcraft.engine.disclosure.windows import Window, latest_published, window_of

__all__ = [
    "Account",
    "Bands",
    "Cell",
    "Change",
    "Counted",
    "Figure",
    "Hidden",
    "Kind",
    "Made",
    "Question",
    "Range",
    "Reason",
    "Release",
    "Roster",
    "Tally",
    "Team",
    "Thresholds",
    "Window",
    "Withheld",
    "account_of",
    "apart",
    "apart_from_all",
    "in_range",
    "latest_published",
    "release",
    "tally",
    "window_of",
]
