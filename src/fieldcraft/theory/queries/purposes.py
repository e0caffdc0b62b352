"""Invitations, and what one person offered, found again by themselves alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.engine.words import fold
from fieldcraft.errors import NotFound
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.models import Invitation, Offering, Theme
from fieldcraft.theory.queries.purposes_tokens import tokens
from fieldcraft.theory.queries.releases import thresholds_on
from fieldcraft.together import policy as together_policy
from fieldcraft.together.models import ANSWERED, Condition

SHORTEST, LONGEST = timedelta(days=3), timedelta(days=90)
"""For how long an invitation is open."""
LONGEST_WORDS = 4_000


class Stands(StrEnum):
    """How an offered sentence stands on the map."""

    NAMED = "named"
    READ = "read"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody is about to offer. theme: its name, "" for none. conditions: what is in the way of it."""

    sentence: str
    stands: Stands
    theme: str = ""
    conditions: tuple[UUID, ...] = ()


def is_open(invitation: Invitation, today: date) -> bool:
    """Whether something can be offered, and taken back, on a day."""
    return invitation.released_on is None and today <= invitation.closes_on


def invitations_of(actor: Actor, organisation: Organisation) -> QuerySet[Invitation]:
    """Every invitation of the organisation, the latest first."""
    found = policy.visible_invitations(actor).filter(organisation=organisation)
    return found.select_related("asked_by", "replied_by", "organisation").order_by("-opened_on", "-pk")


def open_invitations(actor: Actor) -> list[Invitation]:
    """What the actor is asked today, by the names of the organisations."""
    found = policy.visible_invitations(actor).filter(released_on=None, closes_on__gte=timezone.localdate())
    return list(found.select_related("organisation", "asked_by").order_by("organisation__name", "pk"))


def waiting_invitations(actor: Actor) -> list[Invitation]:
    """Those without an answer yet, by the names of the organisations: at most one of each."""
    found = policy.visible_invitations(actor).filter(replied_at=None)
    return list(found.select_related("organisation", "asked_by").order_by("organisation__name", "pk"))


def invitation_of(actor: Actor, invitation_id: UUID) -> Invitation:
    """One invitation of the actor's organisations. Raises NotFound for any other."""
    found = policy.visible_invitations(actor).filter(pk=invitation_id)
    invitation = found.select_related("organisation", "asked_by", "replied_by").first()
    if invitation is None:
        raise NotFound(_("There is no such invitation, or it is not open to you."))
    return invitation


def least_unnamed(invitation: Invitation) -> int:
    """From how many unnamed offerings on they are read; as it was when the invitation opened."""
    return thresholds_on(invitation.organisation_id, invitation.opened_on).above


def themes_to_choose(invitation: Invitation) -> list[Theme]:
    """What somebody who offers can choose from, in the order of the alphabet."""
    found = Theme.objects.filter(invitation=invitation, seen_from__lte=timezone.localdate())
    return sorted(found, key=lambda theme: (fold(theme.name), theme.name))


def theme_named(invitation: Invitation, name: str) -> Theme | None:
    """The theme of this name, however it is written; one that others do not see yet only as it was written."""
    today = timezone.localdate()
    alike = [each for each in invitation.themes.all() if fold(each.name) == fold(name)]
    seen = [each for each in alike if each.seen_from is None or each.seen_from <= today]
    return next((each for each in (*seen, *alike) if each in seen or each.name == name), None)


def conditions_to_choose(actor: Actor, organisation_id: UUID) -> list[Condition]:
    """What is open and seen by everybody of the organisation, by its words."""
    seen = together_policy.visible_conditions(actor).filter(organisation=organisation_id)
    return sorted(seen.exclude(stage__in=ANSWERED), key=lambda row: (fold(row.words), row.pk.hex))


def own_offering(actor: Actor, invitation: Invitation) -> Offering | None:
    """What the actor offered here: their token is made anew and looked for. Nobody else's is ever found so."""
    if actor.person_id is None:
        return None
    made = tokens(actor.person_id, invitation.pk)
    found = Offering.objects.filter(invitation=invitation, token__in=made).select_related("theme")
    return found.prefetch_related("conditions").first()


def stands(offering: Offering) -> Stands:
    """How it was offered."""
    if offering.by_id is not None:
        return Stands.NAMED
    return Stands.READ if offering.may_show else Stands.COUNTED


def can_take_back(offering: Offering, invitation: Invitation) -> bool:
    """Until it is shown: while the invitation is not released, and always where too few were unnamed to be read."""
    if invitation.released_on is None:
        return True
    return offering.by_id is None and not is_read(invitation)


def is_read(invitation: Invitation) -> bool:
    """Whether enough people offered unnamed for any of it to be read."""
    unnamed = Offering.objects.filter(invitation=invitation, by=None)
    return unnamed.count() >= least_unnamed(invitation)
