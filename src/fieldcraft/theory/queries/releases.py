"""The ledger: what was shown, and what was withheld and why. Nothing here touches an answer, or a yes to being counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcraft.engine import disclosure
from fieldcraft.engine.words import fold
from fieldcraft.errors import NotFound
from fieldcraft.measures.queries.packs import OWN_WEEK, in_my_language, pack_named
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Organisation, Team
from fieldcraft.people.policy import visible_teams
from fieldcraft.theory import policy
from fieldcraft.theory.models import Audience, CellKind, Released, Thresholds, Window
from fieldcraft.theory.queries.ranges import range_words

SCALES = ("mastery", "purpose", "influence", "better", "reachable", "own_sake", "change")
"""What is shown of a week; in this order."""
MONTHLY = frozenset({"change"})
"""Asked once in four weeks, so that two answers take two windows."""
LATEST = 8
"""How many of a team's own pictures one screen shows."""

REASONS: dict[str, str | Promise] = {
    "few": _("too few people let themselves be counted"),
    "in_other_teams": _("shown together with other teams"),
    "known": _("with all figures shown so far, too much could be worked out"),
    "left_out": _("left out: by chance, or because all answered alike"),
    "not_now": _("teams have a picture of their own in every third window"),
    "one_cell": _("it would be the figure of its only group"),
}
CHANGES: dict[str, str | Promise] = {
    "up": _("higher than in the window before"),
    "same": _("about the same as in the window before"),
    "down": _("lower than in the window before"),
}


def thresholds_on(organisation_id: UUID, day: date) -> disclosure.Thresholds:
    """From how many people on something is shown in a window that begins on a day."""
    raised = Thresholds.objects.filter(organisation=organisation_id, since__lte=day).order_by("-since", "-pk").first()
    return disclosure.Thresholds(team=raised.team, above=raised.above) if raised else disclosure.Thresholds()


def least_of_a_team(organisation_id: UUID) -> int:
    """From how many people on something of a team is shown now; so many an unnamed condition takes, too."""
    return thresholds_on(organisation_id, timezone.localdate()).team


def scale_title(key: str) -> str:
    """What a scale of the check-in is called: its title, or the sentence that is asked."""
    pack, short = pack_named(OWN_WEEK), key.rpartition(":")[2]
    titles = {item.key: item.text for item in pack.items} | {scale.key: scale.title for scale in pack.scales}
    return in_my_language(titles[short]) if short in titles else short


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, or why there is none, in words. group: "" for a team's own picture, where it is clear.

    said: the figure, of how many people and how it changed; or the reason. bands: how it is spread, "" for none.
    """

    scale: str
    group: str | Promise
    row: Released
    why_not: str | Promise
    said: str
    bands: str


@dataclass(frozen=True, slots=True)
class OfScale:
    """One scale in a window: what is shown, and which groups are not, by reason."""

    title: str
    lines: tuple[Line, ...]
    withheld: tuple[tuple[str | Promise, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A window of the ledger. teams: whose own picture was shown, and to them alone; not_to: whose was not."""

    window: Window
    scales: tuple[OfScale, ...]
    teams: tuple[Team, ...]
    not_to: tuple[Team, ...]


def windows_of(organisation: Organisation) -> list[Window]:
    """Every window that was published, the newest first; one query. The caller asked who may read it."""
    return list(Window.objects.filter(organisation=organisation, published_on__isnull=False).order_by("-number"))


def days_of(window: Window) -> str:
    """The days of a window, in words."""
    days = {"first": date_format(window.first_day), "last": date_format(window.last_day)}
    return gettext("%(first)s to %(last)s") % days


def shown_in(window: Window) -> Shown:
    """All that was shown and withheld in a window; three queries."""
    rows = Released.objects.filter(window=window).order_by("pk")
    ours = list(rows.filter(audience=Audience.ORGANISATION).defer("audience", "rule"))
    own = rows.filter(audience=Audience.TEAM).order_by().values_list("team_id", "withheld").distinct()
    shown = {team: False for team, _reason in own} | {team: True for team, reason in own if not reason}
    teams = Team.objects.in_bulk({key for key in (*shown, *(row.team_id for row in ours)) if key})
    for row in ours:  # each team once, however many rows are of it
        row.team = teams[row.team_id] if row.team_id else None
    scales = (_of_scale(key, [row for row in ours if row.scale.rpartition(":")[2] == key]) for key in SCALES)
    in_order = sorted((teams[key] for key in shown if key), key=lambda team: (fold(team.name), team.pk.hex))
    return Shown(
        window,
        tuple(scale for scale in scales if scale.lines or scale.withheld),
        tuple(team for team in in_order if shown[team.pk]),
        tuple(team for team in in_order if not shown[team.pk]),
    )


def _of_scale(key: str, rows: list[Released]) -> OfScale:
    lines = _lines(rows)
    withheld: dict[str | Promise, list[str]] = {}
    for line in lines:
        if line.row.withheld:
            withheld.setdefault(line.why_not, []).append(str(line.group))
    shown = tuple(line for line in lines if not line.row.withheld)
    return OfScale(scale_title(key), shown, tuple((why, tuple(groups)) for why, groups in withheld.items()))


_ORDER = {CellKind.WHOLE: 0, CellKind.TEAM: 1, CellKind.OTHERS: 2}


def _lines(rows: Iterable[Released]) -> tuple[Line, ...]:
    in_order = sorted(rows, key=lambda row: (_ORDER[CellKind(row.kind)], row.team.name if row.team else ""))
    return tuple(_line(row, row.team.name if row.team else CellKind(row.kind).label) for row in in_order)


def _line(row: Released, group: str | Promise) -> Line:
    why_not = REASONS.get(row.withheld, row.withheld)
    if row.withheld:
        return Line(scale_title(row.scale), group, row, why_not, gettext("not shown: %(why)s") % {"why": why_not}, "")
    parts = (_mean(row.mean), range_words(row.people), str(CHANGES.get(row.change, "")))
    return Line(scale_title(row.scale), group, row, why_not, " · ".join(part for part in parts if part), _bands(row))


def _mean(mean: int | None) -> str:
    """The two ends stand for all that lies beyond them."""
    if mean == _LOWEST:
        return gettext("10 of 100 or less")
    return gettext("90 of 100 or more") if mean == _HIGHEST else gettext("about %(mean)s of 100") % {"mean": mean}


_LOWEST, _HIGHEST = 10, 90


def _bands(row: Released) -> str:
    if not row.bands:
        return ""
    low, middle, high = row.bands
    spread = gettext("Of 100 people about %(low)s below 40, %(middle)s between, %(high)s from 70 on.")
    return spread % {"low": low, "middle": middle, "high": high}


def next_publication(organisation: Organisation) -> date | None:
    """The day on which the oldest window that is not yet published may be; None before any was opened."""
    waiting = Window.objects.filter(organisation=organisation, published_on=None).order_by("number").first()
    return disclosure.Window(waiting.number).published_from if waiting else None


@dataclass(frozen=True, slots=True)
class TeamPicture:
    """A team's own picture of one window; lines in the order of the scales."""

    window: Window
    lines: tuple[Line, ...]

    @property
    def is_shown(self) -> bool:
        """Whether any figure of it is."""
        return any(not line.row.withheld for line in self.lines)


def team_pictures(actor: Actor, team_id: UUID) -> tuple[Team, list[TeamPicture]]:
    """The team's own pictures, the newest first, for everybody in it and nobody else. Raises NotFound, NotAllowed."""
    team = visible_teams(actor).select_related("organisation").filter(pk=team_id).first()
    if team is None:
        raise NotFound(_("There is no such team, or you do not belong to its organisation."))
    require(policy.can_see_team_picture(actor, team.pk))
    rows: dict[UUID, list[Released]] = {}
    own = Released.objects.filter(audience=Audience.TEAM, team=team, window__published_on__isnull=False)
    for row in own.select_related("window").order_by("-window__number", "pk"):
        rows.setdefault(row.window_id, []).append(row)
    found = list(rows.values())[:LATEST]
    return team, [TeamPicture(of[0].window, tuple(_line(row, "") for row in of)) for of in found]
