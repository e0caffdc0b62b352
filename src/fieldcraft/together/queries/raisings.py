"""What a person raised, found again by themselves alone; and what somebody who is about to raise something can join."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fieldcraft.engine.words import fold
from fieldcraft.people.access import Actor, Permission
from fieldcraft.people.models import Organisation, Team
from fieldcraft.together.models import ANSWERED, Condition, Raising, Stage, Voice
from fieldcraft.together.queries.tokens import tokens

JUDGED = (Stage.TRYING, Stage.CHANGED)
"""When those who raised it are asked whether it is better."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Something the actor raised or joined, and what became of it.

    is_shown: everybody of the organisation sees it.
    is_asked: the actor can say whether it is better, or say it anew.
    can_take_back: unnamed, and not shown to everybody yet.
    joinable_from: from when on others can join it; None when they can already, or never could.
    """

    condition: Condition
    raising: Raising
    is_shown: bool
    is_asked: bool
    can_take_back: bool
    joinable_from: date | None

    @property
    def is_answered(self) -> bool:
        return self.condition.stage in ANSWERED

    @property
    def stands(self) -> str:
        """How far it has come, and since when; "" while nobody has answered."""
        row = self.condition
        return f"{Stage(row.stage).label}, {date_format(row.stage_on)}" if row.stage_on else ""

    @property
    def how(self) -> str:
        """In whose name it was raised, and when; of an unnamed one the month alone is known."""
        row = self.condition
        if row.voice == Voice.UNNAMED:
            return _("unnamed, %(month)s") % {"month": date_format(row.raised_on, "F Y")}
        if row.voice == Voice.TEAM:
            return _("by your team %(team)s, %(day)s") % {"team": row.team, "day": date_format(row.raised_on)}
        return _("with your name, %(day)s") % {"day": date_format(row.raised_on)}


def my_raisings(actor: Actor) -> list[Mine]:
    """Everything the actor raised in organisations they belong to, the latest month first; two queries."""
    mine = _own(actor, _of_organisations(actor))
    rows = [_as_mine(raising) for raising in mine]
    return sorted(rows, key=lambda row: (-row.condition.raised_on.toordinal(), fold(row.condition.words)))


def _of_organisations(actor: Actor) -> QuerySet[Condition]:
    return Condition.objects.filter(organisation__in=actor.organisations_where(Permission.SEE_ORGANISATION))


def _own(actor: Actor, conditions: QuerySet[Condition]) -> list[Raising]:
    """The actor's own raisings among these: their tokens are made anew and looked for."""
    if actor.person_id is None:
        return []
    ids = conditions.values_list("pk", flat=True)
    made = {each for condition_id in ids for each in tokens(actor.person_id, condition_id)}
    found = Raising.objects.filter(condition__in=conditions, token__in=made)
    return list(found.select_related("condition__organisation", "condition__team", "condition__by", "condition__owner"))


def _as_mine(raising: Raising) -> Mine:
    condition, today = raising.condition, timezone.localdate()
    is_shown = condition.shown_on is not None and condition.shown_on <= today
    is_later = condition.joinable_from is not None and condition.joinable_from > today
    return Mine(
        condition,
        raising,
        is_shown=is_shown,
        is_asked=is_shown and condition.stage in JUDGED,
        can_take_back=condition.voice == Voice.UNNAMED and not is_shown,
        joinable_from=condition.joinable_from if is_later and not is_shown else None,
    )


def own_raising(actor: Actor, condition_id: UUID) -> Raising | None:
    """The actor's own raising of this condition; None for whoever did not raise it."""
    found = _own(actor, _of_organisations(actor).filter(pk=condition_id))
    return found[0] if found else None


def joinable(actor: Actor, organisation: Organisation) -> list[Condition]:
    """Unnamed ones that others raised and that do not show yet, by their words: no numbers, no days.

    One that has reached the threshold stays among them until it shows, so that nobody sees in between that it did.
    """
    found = list(open_to_join(organisation.pk))
    own = {raising.condition_id for raising in _own(actor, open_to_join(organisation.pk))}
    return sorted((row for row in found if row.pk not in own), key=lambda row: (fold(row.words), row.pk.hex))


def open_to_join(organisation_id: UUID) -> QuerySet[Condition]:
    """Unnamed conditions that can be joined today, whoever asks."""
    today = timezone.localdate()
    hidden = Q(shown_on=None) | Q(shown_on__gt=today)
    return Condition.objects.filter(hidden, organisation=organisation_id, voice=Voice.UNNAMED, joinable_from__lte=today)


def places_to_raise(actor: Actor) -> list[Organisation]:
    """The organisations that the actor can raise something in, by name."""
    ids = actor.organisations_where(Permission.SEE_ORGANISATION)
    return list(Organisation.objects.filter(pk__in=ids).order_by("name", "pk"))


def teams_to_raise_for(actor: Actor) -> list[Team]:
    """The teams in whose name the actor can raise something, by name."""
    ids = {post.team_id for post in actor.posts if post.team_id}
    return list(Team.objects.filter(pk__in=ids, closed_at=None).select_related("organisation").order_by("name", "pk"))


def people_of_team(team: Team) -> list[UUID]:
    """All who belong to the team today, in no order that tells anything."""
    return list(team.memberships.filter(ended_at=None).order_by("person_id").values_list("person_id", flat=True))


def unjudged_first(mine: list[Mine]) -> list[Mine]:
    """What Today shows: what was answered and waits for the actor's word, then what became of the rest."""
    told = [row for row in mine if row.is_shown and row.condition.stage != Stage.WAITING]
    return sorted(told, key=lambda row: (not row.is_asked, bool(row.raising.helped)))
