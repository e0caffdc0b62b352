"""Offering a sentence and taking it back; nothing of either is recorded anywhere but in the offering itself.

Unnamed or named, no event is written: whoever compares the two would find out what the absence of one means.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import (
    LONGEST_SENTENCE,
    LONGEST_THEME,
    Invitation,
    Offering,
    OfferingCondition,
    Theme,
)
from fieldcraft.theory.queries.purposes import (
    Offered,
    Stands,
    can_take_back,
    conditions_to_choose,
    is_open,
    own_offering,
    theme_named,
)
from fieldcraft.theory.queries.purposes_tokens import token
from fieldcraft.together.actions.lots import put_by_lot
from fieldcraft.together.queries.days import joinable_monday


@transaction.atomic
def offer_purpose(*, actor: Actor, invitation: Invitation, offered: Offered) -> Offering:
    """Offer it, in the place of what the actor offered here before."""
    require(policy.can_offer_purpose(actor, invitation.organisation_id))
    now = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if actor.person_id is None or not is_open(now, timezone.localdate()):
        raise NotAllowed(_("The last day is over. Nothing can be offered here any more."))
    sentence = _one_line(offered.sentence, LONGEST_SENTENCE)
    before = own_offering(actor, now)
    if before:
        _remove(before)
    is_named = offered.stands == Stands.NAMED
    made = put_by_lot(
        Offering(
            invitation=now,
            sentence=sentence,
            by_id=actor.person_id if is_named else None,
            token=token(actor.person_id, now.pk),
            theme=_theme(now, offered.theme),
            may_show=offered.stands != Stands.COUNTED,
        )
    )
    _point_to(actor, made, offered.conditions)
    return made


def _theme(invitation: Invitation, name: str) -> Theme | None:
    """The one of this name; a new one is seen by others only after a week, so that nobody knows the day."""
    if not name.strip():
        return None
    tidy = _one_line(name, LONGEST_THEME)
    seen_from = joinable_monday(timezone.localdate())
    return theme_named(invitation, tidy) or put_by_lot(Theme(invitation=invitation, name=tidy, seen_from=seen_from))


def _point_to(actor: Actor, made: Offering, wanted: tuple[UUID, ...]) -> None:
    for condition in conditions_to_choose(actor, made.invitation.organisation_id) if wanted else ():
        if condition.pk in wanted:
            put_by_lot(OfferingCondition(offering=made, condition=condition))


def _one_line(words: str, most: int) -> str:
    tidy = " ".join(words.split())
    if not tidy or len(tidy) > most:
        raise Invalid(_("Say it in one sentence, of at most %(most)s signs.") % {"most": most})
    return tidy


@transaction.atomic
def take_back_purpose(*, actor: Actor, invitation: Invitation) -> None:
    """Take one's own back before it is shown; nothing of it stays."""
    now = Invitation.objects.select_for_update().get(pk=invitation.pk)
    found = own_offering(actor, now)
    if found is None:
        raise NotFound(_("You have offered nothing here, or took it back."))
    if not can_take_back(found, now):
        raise NotAllowed(_("It is on the map already, so it cannot be taken back."))
    _remove(found)


def _remove(offering: Offering) -> None:
    """With its theme where nobody else chose it and nobody saw it yet; one that was seen stays until the release."""
    theme = offering.theme
    offering.delete()
    is_unseen = theme is not None and theme.seen_from is not None and theme.seen_from > timezone.localdate()
    if theme is not None and is_unseen and not theme.offerings.exists():
        theme.delete()
