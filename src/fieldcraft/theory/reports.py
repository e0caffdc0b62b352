"""From what the engine worked out to rows of the ledger: figures, and what was withheld, in codes that screens put in words."""

from collections.abc import Iterator
from uuid import UUID

from fieldcraft.engine.disclosure import Cell, Change, Figure, Kind, Range, Release, Thresholds
from fieldcraft.engine.disclosure.releasing import Counted as CountedThere
from fieldcraft.theory.models import Audience, CellKind, Counted, Released, Window

RULE = "2026-11"
"""Which rules the figures follow; a new one whenever a rule of `engine/disclosure` changes what is shown."""

_CHANGES = {Change.UP: "up", Change.ABOUT_THE_SAME: "same", Change.DOWN: "down", None: ""}


def rows_of(
    found: Release, window: Window, audience: Audience, least: Thresholds
) -> Iterator[tuple[Released, Counted | None]]:
    """Every figure and everything withheld, each group once.

    An organisation here is one parent of all its teams, so that the parent and the whole are the same group.
    """
    figures = {_place(figure.cell): figure for figure in reversed(found.figures)}
    for (kind, team), figure in figures.items():
        counted = next(one for one in found.counted if one.cell == figure.cell)
        number = len(counted.people)
        row = Released(
            window=window, audience=audience, kind=kind, team_id=team, scale=found.item, rule=RULE,
            mean=figure.mean, people=range_text(least.people(number)), bands=_bands(figure), change=_CHANGES[figure.change],
        )  # fmt: skip
        yield row, _counted(row, counted)
    reasons = {_place(withheld.cell): withheld.reason for withheld in reversed(found.withheld)}
    for (kind, team), reason in reasons.items():
        if (kind, team) not in figures:
            where = {"window": window, "audience": audience, "kind": kind, "team_id": team, "scale": found.item}
            yield Released(**where, withheld=reason.name.lower(), rule=RULE), None


def _place(cell: Cell) -> tuple[CellKind, UUID | None]:
    if cell.kind is Kind.TEAM:
        return CellKind.TEAM, UUID(cell.key)
    return (CellKind.OTHERS if cell.kind is Kind.OTHER_TEAMS else CellKind.WHOLE), None


def _bands(figure: Figure) -> list[int]:
    return [figure.bands.low, figure.bands.middle, figure.bands.high] if figure.bands else []


def _counted(row: Released, found: CountedThere) -> Counted:
    people = sorted(found.people)
    return Counted(released=row, people=people, with_bands=found.with_bands, is_direct=found.direct)


def range_text(found: Range) -> str:
    """`11-19`, `30+` for 30 or more, `0-7` for fewer than eight."""
    return f"{found.low}+" if found.high is None else f"{found.low}-{found.high}"
