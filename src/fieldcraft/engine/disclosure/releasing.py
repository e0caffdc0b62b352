"""One item's figures of one window for a whole organisation, published once, and everything that was withheld.

The cells that are shown are a partition: each person counts in one of them at most, and every total is worked out from the
shown figures of shown cells, never from answers. Teams that cannot be shown by themselves are pooled as "other teams" of
their parent, or appear nowhere, not even in a total. Source: THEORY.md 3, MEASURES.md 9; thresholds: `thresholds`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from fieldcraft.engine.disclosure.account import Account
from fieldcraft.engine.disclosure.figures import (
    Bands,
    Change,
    alike,
    bands_shown,
    change_between,
    left_out_by_chance,
    mean_shown,
    rounded,
    value_of,
)
from fieldcraft.engine.disclosure.groups import Cell, Kind, Roster, apart_from_all
from fieldcraft.engine.disclosure.ranges import Range
from fieldcraft.engine.disclosure.thresholds import Thresholds
from fieldcraft.engine.disclosure.windows import Window, is_for_teams

MOST_BY_TEAMS, MOST_BY_ALL = 0.16, 0.21  # the account's upper bounds; the opponent of the tests stays below 0.20
RESTS_FROM = 0.17  # of whom more is known is not counted for now, so that the others still can be


class Reason(Enum):
    """Why something is not shown."""

    FEW = "too few people"
    IN_OTHER_TEAMS = "shown together with other teams"
    KNOWN = "too much could be worked out from all figures so far"
    LEFT_OUT = "left out, by chance or because all were alike"
    NOT_NOW = "teams have their own picture in every third window"
    ONE_CELL = "it would be the figure of its only cell"


@dataclass(frozen=True, slots=True)
class Figure:
    """What is shown of a cell. mean: 10 to 90 in fives; 10 stands for 10 or less, 90 for 90 or more.

    change: since the window before; None where either window has too few people or no figure.
    """

    cell: Cell
    mean: int
    people: Range
    bands: Bands | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A cell without a figure, and why."""

    cell: Cell
    reason: Reason


@dataclass(frozen=True, slots=True)
class Counted:
    """NEVER SHOWN: who was counted in a cell. Kept for later releases, which must not tell them apart."""

    cell: Cell
    people: frozenset[str]
    with_bands: bool
    direct: bool


@dataclass(frozen=True, slots=True)
class Release:
    """figures, withheld: for the ledger that staff can read. counted: for the next release alone."""

    item: str
    window: Window
    figures: tuple[Figure, ...]
    withheld: tuple[Withheld, ...]
    counted: tuple[Counted, ...] = field(repr=False)

    def figure(self, cell: Cell) -> Figure | None:
        """What is shown of a cell, if anything is."""
        return next((figure for figure in self.figures if figure.cell == cell), None)

    def number_in(self, cell: Cell) -> int:
        """NEVER SHOWN: how many were counted in a cell, 0 where nothing is shown."""
        return next((len(counted.people) for counted in self.counted if counted.cell == cell), 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: one item in one window. secret: keys the noise; whoever has it can take the noise off."""

    item: str
    window: Window
    thresholds: Thresholds
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """A release, and the account of all that was shown of its item, this included."""

    release: Release
    account: Account


def release(
    question: Question,
    roster: Roster,
    answers: Mapping[str, Sequence[float]],
    *,
    account: Account,
    before: Release | None = None,
) -> Made:
    """Work out what is shown, and what is known after it.

    roster: on the window's first day. answers: of those who let them be counted, 0–100, by person; others' are ignored.
    account: of all releases of this item so far. before: the window before this one, for the word on change.
    Raises ValueError where `before` is another item's or another window's.
    """
    if before and (before.item, before.window.number) != (question.item, question.window.number - 1):
        raise ValueError("the release before is the one of the same item and the window before")
    values = {person: value for person, given in answers.items() if (value := value_of(given)) is not None}
    making = _Making(question, values, account, before)
    return Made(making.of(roster), making.account)


@dataclass(frozen=True, slots=True)
class _Part:
    """Those of a cell who can be counted, and why it is not shown by itself so far."""

    cell: Cell
    people: frozenset[str]
    reason: Reason = Reason.NOT_NOW


@dataclass(slots=True)
class _Making:
    question: Question
    values: Mapping[str, float]
    account: Account
    before: Release | None
    figures: list[Figure] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    in_bands: list[frozenset[str]] = field(default_factory=list)
    tried: set[Cell] = field(default_factory=set)

    def of(self, roster: Roster) -> Release:
        left: list[_Part] = []
        for parent, teams in roster.by_parent().items():
            answered = [_Part(Cell(Kind.TEAM, team.key), team.members & self.values.keys()) for team in teams]
            left += self._parent(parent, answered)
        rest = self._together(Cell(Kind.WHOLE, roster.key), left, shown=self._direct())
        self.withheld += [Withheld(part.cell, part.reason) for part in rest]
        self._total(Cell(Kind.WHOLE, roster.key), self._direct())
        ask = self.question
        return Release(ask.item, ask.window, tuple(self.figures), tuple(self.withheld), tuple(self.counted))

    def _parent(self, parent: str, teams: Sequence["_Part"]) -> list["_Part"]:
        """Each team by itself as far as may be, the rest together; what is left goes to the rest of the whole."""
        shown_before = self._direct()
        left = self._teams(teams) if is_for_teams(self.question.window) else list(teams)
        shown = [cell for cell in self._direct() if cell not in shown_before]
        left = self._together(Cell(Kind.PARENT, parent), left, shown=shown)
        self._total(Cell(Kind.PARENT, parent), [cell for cell in self._direct() if cell not in shown_before])
        return left

    def _teams(self, teams: Sequence["_Part"]) -> list["_Part"]:
        left = []
        for team in teams:
            reason = self._try(team.cell, team.people, self.question.thresholds.team)
            if reason is Reason.LEFT_OUT:
                self.withheld.append(Withheld(team.cell, reason))
            elif reason:
                left.append(replace(team, reason=reason))
        return left

    def _together(self, cell: Cell, parts: Sequence["_Part"], *, shown: Sequence[Cell]) -> list["_Part"]:
        """What could not be shown by itself in one cell: the whole cell where nothing of it is shown, else its rest.

        Returns what cannot be shown so either.
        """
        if not parts:
            return []
        cell = Cell(Kind.OTHER_TEAMS, cell.key) if shown else cell
        reason = self._try(cell, frozenset().union(*(part.people for part in parts)), self.question.thresholds.above)
        if reason is None:
            self.withheld += [Withheld(part.cell, Reason.IN_OTHER_TEAMS) for part in parts]
            return []
        if reason is Reason.LEFT_OUT:
            self.withheld += [Withheld(one, reason) for one in (*(part.cell for part in parts), cell)]
            return []
        return [*parts, _Part(cell, frozenset(), reason)]

    def _direct(self) -> list[Cell]:
        return [counted.cell for counted in self.counted if counted.direct]

    def _try(self, cell: Cell, people: frozenset[str], least: int) -> Reason | None:
        """Show a cell's own figure, or say why not. What depends on the answers comes last, under one reason."""
        ask = self.question
        self.tried.add(cell)
        people -= self.account.known_above(RESTS_FROM)
        with_bands = len(people) >= ask.thresholds.bands and apart_from_all(people, self.in_bands, ask.thresholds.bands)
        if len(people) < least:
            return Reason.FEW
        most = MOST_BY_TEAMS if cell.kind is Kind.TEAM else MOST_BY_ALL
        after = self.account.after_unless(people, most, with_bands=with_bands)
        if after is None:
            return Reason.KNOWN
        values = {person: self.values[person] for person in people}
        name = f"{cell.kind.value} {cell.key}"
        chance = left_out_by_chance(secret=ask.secret, item=ask.item, window=ask.window, cell=name)
        if chance or alike(values.values()):
            return Reason.LEFT_OUT
        self.account = after
        mean = mean_shown(values, secret=ask.secret, item=ask.item, window=ask.window)
        self._show(Counted(cell, people, with_bands, direct=True), mean)
        return None

    def _total(self, cell: Cell, cells: Sequence[Cell]) -> None:
        """The mean of shown figures, weighted by people: it tells nothing of an answer that they do not."""
        if cell in self.tried:
            return
        if len(cells) < 2:
            self.withheld.append(Withheld(cell, Reason.ONE_CELL if cells else Reason.FEW))
            return
        counted = [one for one in self.counted if one.cell in cells]
        means = {figure.cell: figure.mean for figure in self.figures}
        people = frozenset[str]().union(*(one.people for one in counted))
        mean = sum(means[one.cell] * len(one.people) for one in counted) / len(people)
        self._show(Counted(cell, people, with_bands=False, direct=False), rounded(mean))

    def _show(self, counted: Counted, mean: int) -> None:
        people, cell = counted.people, counted.cell
        bands = bands_shown([self.values[person] for person in people]) if counted.with_bands else None
        self.in_bands += [people] * counted.with_bands
        self.counted.append(counted)
        number = self.question.thresholds.people(len(people))
        self.figures.append(Figure(cell, mean, number, bands, self._change(cell, mean, len(people))))

    def _change(self, cell: Cell, mean: int, number: int) -> Change | None:
        then = self.before.figure(cell) if self.before else None
        least = self.question.thresholds.change
        if self.before is None or then is None or min(number, self.before.number_in(cell)) < least:
            return None
        return change_between(then.mean, mean)


def account_of(releases: Sequence[Release]) -> Account:
    """The account of everything that was shown of one item, for a process that begins anew. Totals add nothing to it."""
    account = Account()
    for one in releases:
        for counted in one.counted:
            if counted.direct:
                account = account.after(counted.people, with_bands=counted.with_bands)
    return account
