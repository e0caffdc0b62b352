"""What the convenor does with what everybody can read: themes, and what is in the way."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import LONGEST_THEME, Invitation, Offering, OfferingCondition, Theme
from fieldcraft.theory.queries.purposes import conditions_to_choose, theme_named
from fieldcraft.theory.queries.purposes_map import PurposeMap, purpose_map, to_sort
from fieldcraft.together.actions.lots import put_by_lot


@transaction.atomic
def put_under_theme(*, actor: Actor, invitation: Invitation, offerings: Collection[UUID], theme: str) -> None:
    """Put sentences under a theme, which is named when there is none of this name; "" for under none.

    What people themselves put under a theme that is shown stays there.
    """
    found = _as_read(actor, invitation)
    may_move = {each.offering_id for each in to_sort(found)}
    if not offerings or not may_move.issuperset(offerings):
        raise Invalid(_("Choose at least one of the sentences that are listed here."))
    name = " ".join(theme.split())
    if len(name) > LONGEST_THEME:
        raise Invalid(_("A theme is named in at most %(most)s signs.") % {"most": LONGEST_THEME})
    under = (theme_named(invitation, name) or put_by_lot(Theme(invitation=invitation, name=name))) if name else None
    Offering.objects.filter(invitation=invitation, pk__in=offerings).update(theme=under)
    Theme.objects.filter(invitation=invitation, seen_from=None, offerings=None).delete()
    record(by=actor.person_id, verb="invitation.sorted", subject=invitation, organisation=invitation.organisation_id)


def _as_read(actor: Actor, invitation: Invitation) -> PurposeMap:
    require(policy.can_invite_purposes(actor, invitation.organisation_id))
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    found = purpose_map(actor, invitation)
    if found is None:
        raise Invalid(_("Nothing is read before the day after the last day, by nobody."))
    return found


@transaction.atomic
def point_at_purpose(*, actor: Actor, invitation: Invitation, offering_id: UUID, condition_id: UUID) -> None:
    """Say that a condition is in the way of a sentence that everybody can read; saying it twice does no harm."""
    found = _as_read(actor, invitation)
    shown = {each.offering_id for group in found.all_groups for each in group.sentences}
    conditions = {each.pk for each in conditions_to_choose(actor, invitation.organisation_id)}
    if offering_id not in shown or condition_id not in conditions:
        raise NotFound(_("Choose a sentence and an open condition of the lists."))
    pair = {"offering_id": offering_id, "condition_id": condition_id}
    if not OfferingCondition.objects.filter(**pair).exists():
        made = put_by_lot(OfferingCondition(**pair))
        record(by=actor.person_id, verb="invitation.pointed", subject=made, organisation=invitation.organisation_id)
