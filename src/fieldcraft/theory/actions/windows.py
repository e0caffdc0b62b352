"""Windows of four weeks: opened with the roster and the thresholds of their first day, for every organisation."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine import disclosure
from fieldcraft.errors import Invalid
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Membership, Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.models import RosterPlace, Thresholds, Window
from fieldcraft.theory.queries.releases import thresholds_on


def open_windows(today: date) -> None:
    """Open the window that is now, and any that were missed since the last; doing it twice does no harm."""
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        open_windows_of(organisation_id, today)


def open_windows_of(organisation_id: UUID, today: date) -> None:
    """The same for one organisation."""
    for window in _to_open(organisation_id, today):
        _open(organisation_id, window)


def _to_open(organisation_id: UUID, today: date) -> Iterator[disclosure.Window]:
    now = disclosure.window_of(today).number
    numbers = Window.objects.filter(organisation=organisation_id).order_by("-number").values_list("number", flat=True)
    last = numbers.first()
    yield from (disclosure.Window(number) for number in range(now if last is None else last + 1, now + 1))


@transaction.atomic
def _open(organisation_id: UUID, window: disclosure.Window) -> None:
    least = thresholds_on(organisation_id, window.first_day)
    made, is_new = Window.objects.get_or_create(
        organisation_id=organisation_id,
        first_day=window.first_day,
        defaults={
            "last_day": window.last_day,
            "number": window.number,
            "team_threshold": least.team,
            "above_threshold": least.above,
        },
    )
    if is_new:
        RosterPlace.objects.bulk_create(
            RosterPlace(window=made, person_id=person, team_id=team)
            for person, team in _roster(organisation_id, window.first_day).items()
        )


def _roster(organisation_id: UUID, day: date) -> dict[UUID, UUID]:
    """Who belonged to which team when the day began; of several the one they have belonged to for longest."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    there = Membership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=begins),
        Q(team__closed_at=None) | Q(team__closed_at__gt=begins),
        organisation=organisation_id,
        team__isnull=False,
        started_at__lte=begins,
    )
    found = there.order_by("-started_at", "-pk").values_list("person", "team")
    return {person: team for person, team in found if team}


@transaction.atomic
def raise_thresholds(*, actor: Actor, organisation_id: UUID, team: int, above: int, today: date) -> Thresholds:
    """More people from now on, for windows that begin on a later day; never fewer than today."""
    require(policy.can_raise_thresholds(actor, organisation_id))
    now = thresholds_on(organisation_id, date.max)
    if team < now.team or above < now.above:
        raise Invalid(_("These numbers may be raised, never lowered: people said yes to being counted by them."))
    if team > above or above > MOST:
        raise Invalid(_("What holds several teams needs as many people as a team at least, and at most 200."))
    assert actor.person_id  # who keeps a theory is signed in
    made = Thresholds.objects.create(
        organisation_id=organisation_id, team=team, above=above, since=today + A_DAY, by_id=actor.person_id
    )
    record(by=actor.person_id, verb="thresholds.raised", subject=made, organisation=organisation_id)
    return made


A_DAY = timedelta(days=1)
MOST = 200
