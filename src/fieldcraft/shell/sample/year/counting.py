"""Who lets themselves be counted, and the daily work of a year: windows, figures and verdicts come out of the jobs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldcraft.mastery.actions.counting_in import EVERY_USE, answer_counting
from fieldcraft.mastery.actions.sample import keep_sample_weeks
from fieldcraft.shell.sample.year.weeks import weeks_of
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from fieldcraft.people.access import Actor
    from fieldcraft.shell.sample.year.days import Days

WITHDREW = "Wendell Clarke"
"""Said yes in each quarter, and took it back lately; can be entered as, so that it can be seen."""
_BEGAN_IN_EACH, _STAYED, _NOT_YET = 3, 6, 9


def check_in(organisation_id: UUID, teams: dict[str, list[Actor]], wendell: Actor, days: Days) -> None:
    """The weeks of all quiet colleagues, and of the one who can be entered as."""
    ids = [[actor.person_id for actor in team if actor.person_id] for team in (*teams.values(), [wendell])]
    keep_sample_weeks(organisation_id=organisation_id, weeks=weeks_of(ids, days.mondays))


def count_in(organisation_id: UUID, teams: dict[str, list[Actor]], wendell: Actor, days: Days) -> None:
    """A few of each team began; in one quarter only six said yes again; then nearly everybody did."""
    for first_day in days.quarters:
        for actor in (*_counted(teams, first_day, days), wendell):
            _say(actor, organisation_id, first_day, is_yes=True)
    _say(wendell, organisation_id, days.ago(17), is_yes=False)


def _counted(teams: dict[str, list[Actor]], first_day: date, days: Days) -> list[Actor]:
    began = [actor for team in teams.values() for actor in team[:_BEGAN_IN_EACH]]
    if first_day == days.thin:
        return began[:_STAYED]
    if first_day < days.thin:
        return began
    everybody = [actor for team in teams.values() for actor in team]
    return [actor for number, actor in enumerate(everybody, 1) if number % _NOT_YET]


def _say(actor: Actor, organisation_id: UUID, on: date, *, is_yes: bool) -> None:
    answer_counting(actor=actor, organisation_id=organisation_id, says=dict.fromkeys(EVERY_USE, is_yes), today=on)


def let_the_year_pass(organisation_id: UUID, days: Iterable[date]) -> None:
    """What the daily work does for the organisation, day after day."""
    for day in days:
        open_windows_of(organisation_id, day)
        publish_due(day, organisation_id=organisation_id)
        judge_due(day, organisation_id=organisation_id)
