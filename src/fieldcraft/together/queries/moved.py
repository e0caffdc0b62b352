"""What moved in a team in the last three months: what became of things, never who did how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.manual.models import Answer, Offer, Outcome, Remark, Revision, State
from fieldcraft.people import policy as people_policy
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Team
from fieldcraft.together import policy
from fieldcraft.together.models import ANSWERED

SINCE = timedelta(days=91)
MOST_OF_A_KIND, MOST = 20, 20


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that moved, and the day; nobody is named."""

    on: date
    sentence: str
    url: str


def team_page(actor: Actor, team_id: UUID) -> Team | None:
    """The team, where the actor may open its page."""
    teams = people_policy.visible_teams(actor).filter(people_policy.visible_team_pages(actor))
    return teams.select_related("organisation").filter(pk=team_id).first()


def moved_in(actor: Actor, team: Team) -> list[Moved]:
    """The latest first; four queries however much there is. The caller has asked who may open the team's page."""
    since = timezone.now() - SINCE
    found = [*_remarks(team, since), *_drafts(team, since), *_offers(team, since), *_conditions(actor, team)]
    return sorted(found, key=lambda moved: (-moved.on.toordinal(), moved.sentence))[:MOST]


def _remarks(team: Team, since: datetime) -> Iterator[Moved]:
    rows = Remark.objects.filter(manual__team=team, settled_at__gte=since, is_held=False).exclude(outcome="")
    for row in rows.select_related("revision", "manual").order_by("-settled_at")[:MOST_OF_A_KIND]:
        said = {
            Outcome.CHANGED: _("A remark on “%(title)s” changed the page."),
            Outcome.ANSWERED: _("A remark on “%(title)s” was answered."),
            Outcome.NOTHING: _("A remark on “%(title)s” was looked at; the page stays as it is."),
        }[Outcome(row.outcome)]
        url = reverse("manual:remark", args=[row.manual.slug, row.pk])
        yield Moved(_day(row.settled_at), said % {"title": row.revision.title}, url)


def _day(at: datetime | None) -> date:
    return timezone.localdate(at) if at else date.min


def _drafts(team: Team, since: datetime) -> Iterator[Moved]:
    """What people wrote; what was brought in from a file has no writer."""
    rows = Revision.objects.filter(edition__manual__team=team, state=State.AGREED, agreed_at__gte=since)
    written = rows.exclude(by=None).select_related("edition__manual").order_by("-agreed_at")[:MOST_OF_A_KIND]
    for row in written:
        url = reverse("manual:revision", args=[row.edition.manual.slug, row.pk])
        yield Moved(_day(row.agreed_at), _("A change of “%(title)s” was agreed.") % {"title": row.title}, url)


def _offers(team: Team, since: datetime) -> Iterator[Moved]:
    rows = Offer.objects.filter(manual__team=team, answer=Answer.DRAWN_IN, answered_at__gte=since)
    for row in rows.select_related("revision", "manual", "to").order_by("-answered_at")[:MOST_OF_A_KIND]:
        words = {"title": row.revision.title, "manual": row.to.title}
        url = reverse("manual:revision", args=[row.manual.slug, row.revision_id])
        yield Moved(_day(row.answered_at), _("“%(title)s” was drawn into %(manual)s.") % words, url)


def _conditions(actor: Actor, team: Team) -> Iterator[Moved]:
    """Those that the team raised; the organisation's others stand on its own page."""
    rows = policy.visible_conditions(actor).filter(
        team=team, stage__in=ANSWERED, stage_on__gte=timezone.localdate() - SINCE
    )
    for row in rows.order_by("-stage_on", "pk")[:MOST_OF_A_KIND]:
        said = _("The condition “%(words)s” was answered: %(stage)s.")
        words = {"words": row.words, "stage": row.get_stage_display()}
        yield Moved(row.stage_on or date.min, said % words, reverse("together:condition", args=[row.pk]))
