"""Publishing a window: once, at least three days after it closed, and never computed anew.

Answers come through the one door (`mastery/sharing.py`), are counted here, and are forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from fieldcraft.engine import disclosure
from fieldcraft.engine.disclosure.groups import Roster
from fieldcraft.engine.disclosure.groups import Team as TeamThere
from fieldcraft.engine.disclosure.windows import is_for_teams
from fieldcraft.mastery.sharing import CountedIn, Use, counted_in
from fieldcraft.measures.queries.packs import OWN_WEEK
from fieldcraft.theory.models import Audience, CellKind, Counted, Released, RosterPlace, Window
from fieldcraft.theory.queries.releases import MONTHLY, SCALES
from fieldcraft.theory.reports import rows_of

_SALT = "fieldcraft.theory.noise"
_A_WINDOW = timedelta(weeks=4)


def publish_due(today: date, *, organisation_id: UUID | None = None) -> None:
    """Publish every window whose time has come, in their order; doing it twice does no harm.

    organisation_id: of this one alone.
    """
    waiting = Window.objects.filter(published_on=None).order_by("organisation", "number")
    waiting = waiting.filter(organisation=organisation_id) if organisation_id else waiting
    for window_id, number in waiting.values_list("pk", "number"):
        if disclosure.Window(number).published_from <= today:
            _publish(window_id, today)


@transaction.atomic
def _publish(window_id: UUID, today: date) -> None:
    window = Window.objects.select_for_update().get(pk=window_id)
    if window.published_on is not None:
        return
    making = _Making.of(window, today)
    for scale in SCALES:
        if scale not in MONTHLY or window.number % 2:
            making.publish(f"{OWN_WEEK}:{scale}", windows=2 if scale in MONTHLY else 1)
    window.published_on = today
    window.save(update_fields=["published_on"])


@dataclass(slots=True)
class _Making:
    """One window of an organisation. teams: whose members the roster says, by keyed name where they are counted."""

    window: Window
    least: disclosure.Thresholds
    team_ids: tuple[UUID, ...]
    of_teams: CountedIn = field(repr=False)
    of_organisation: CountedIn = field(repr=False)

    @classmethod
    def of(cls, window: Window, today: date) -> "_Making":
        places = {place.person_id: str(place.team_id) for place in RosterPlace.objects.filter(window=window)}
        counted = partial(counted_in, first=window.first_day - _A_WINDOW, last=window.last_day, on=today, places=places)
        return cls(
            window,
            disclosure.Thresholds(team=window.team_threshold, above=window.above_threshold),
            tuple(sorted({UUID(team) for team in places.values()})),
            counted(window.organisation_id, Use.TEAM_PICTURE),
            counted(window.organisation_id, Use.ORGANISATION_PICTURE),
        )

    def publish(self, scale: str, *, windows: int) -> None:
        """Teams' own pictures first, then the organisation's; both are kept in one account of what could be worked out."""
        first = self.window.first_day - _A_WINDOW * (windows - 1)
        account = _account_so_far(self.window.organisation_id, scale)
        for team in self.team_ids:
            account = self._own_picture(scale, team, _answers(self.of_teams, scale, first), account)
        above = replace(self.least, team=max(self.least.team, self.least.above))
        found = disclosure.release(
            self._question(scale, above),
            self._roster(self.team_ids, str(self.window.organisation_id), self.of_organisation),
            _answers(self.of_organisation, scale, first),
            account=account,
            before=_released_before(self.window, scale) if windows == 1 else None,
        ).release
        _keep(rows_of(found, self.window, Audience.ORGANISATION, self.least))

    def _own_picture(
        self, scale: str, team: UUID, answers: dict[str, list[float]], account: disclosure.Account
    ) -> disclosure.Account:
        """For the team alone, without bands: those would be compared with the bands of the organisation's picture.

        Gives the account with what was shown.
        """
        if not is_for_teams(disclosure.Window(self.window.number)):
            return account
        least = replace(self.least, above=_NEVER, bands=_NEVER)
        roster = self._roster((team,), str(team), self.of_teams)
        made = disclosure.release(self._question(scale, least), roster, answers, account=account)
        rows = rows_of(made.release, self.window, Audience.TEAM, self.least)
        _keep((row, counted) for row, counted in rows if row.kind == CellKind.TEAM)
        return made.account

    def _question(self, scale: str, least: disclosure.Thresholds) -> disclosure.Question:
        """One key for both pictures, and for always, so that the same people give the same figure in both."""
        oldest = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
        secret = salted_hmac(_SALT, "", secret=oldest, algorithm="sha256").digest()
        return disclosure.Question(scale, disclosure.Window(self.window.number), least, secret)

    def _roster(self, teams: Sequence[UUID], parent: str, counted: CountedIn) -> Roster:
        """The teams with those of their members who are counted; others would add nothing to any figure."""
        members: dict[str, set[str]] = {str(team): set() for team in teams}
        for row in counted.rows:
            if row.team in members:
                members[row.team].add(row.name)
        return Roster(parent, tuple(TeamThere(key, parent, frozenset(names)) for key, names in members.items()))


_NEVER = 10**6
"""More people than there are: a team's own release holds no group but the team."""


def _answers(counted: CountedIn, scale: str, first: date) -> dict[str, list[float]]:
    """By name: what was answered in the weeks from a day on."""
    return {
        row.name: [said[scale] for week, said in row.weeks.items() if week >= first and scale in said]
        for row in counted.rows
    }


def _account_so_far(organisation_id: UUID, scale: str) -> disclosure.Account:
    account = disclosure.Account()
    shown = Counted.objects.filter(
        released__window__organisation=organisation_id, released__scale=scale, is_direct=True
    )
    for counted in shown.order_by("released__window__number", "pk"):
        account = account.after(frozenset(counted.people), with_bands=counted.with_bands)
    return account


def _released_before(window: Window, scale: str) -> disclosure.Release | None:
    """The organisation's figures of the window before, as far as the word on change needs them."""
    rows = Counted.objects.filter(
        released__window__organisation=window.organisation_id,
        released__window__number=window.number - 1,
        released__scale=scale,
        released__audience=Audience.ORGANISATION,
    ).select_related("released")
    found = [(row, cell) for row in rows for cell in _cells(row.released, window.organisation_id)]
    if not found:
        return None
    empty = disclosure.Range(0, None)
    return disclosure.Release(
        item=scale,
        window=disclosure.Window(window.number - 1),
        figures=tuple(disclosure.Figure(cell, row.released.mean or 0, empty, None, None) for row, cell in found),
        withheld=(),
        counted=tuple(
            disclosure.Counted(cell, frozenset(row.people), row.with_bands, row.is_direct) for row, cell in found
        ),
    )


def _cells(row: Released, organisation_id: UUID) -> list[disclosure.Cell]:
    """The whole organisation is the parent of its teams, too, and is found under both names."""
    key = str(organisation_id)
    if row.kind == CellKind.TEAM:
        return [disclosure.Cell(disclosure.Kind.TEAM, str(row.team_id))]
    if row.kind == CellKind.OTHERS:
        return [disclosure.Cell(disclosure.Kind.OTHER_TEAMS, key)]
    return [disclosure.Cell(disclosure.Kind.PARENT, key), disclosure.Cell(disclosure.Kind.WHOLE, key)]


def _keep(rows: Iterable[tuple[Released, Counted | None]]) -> None:
    """Rows of the ledger, and what is kept for later releases alone."""
    pairs = list(rows)
    Released.objects.bulk_create(row for row, _counted in pairs)
    Counted.objects.bulk_create(counted for _row, counted in pairs if counted)
