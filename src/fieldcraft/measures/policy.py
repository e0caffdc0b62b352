"""Who may enter an organisation's right to use an instrument, and who is asked by it."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fieldcraft.measures.models import PackPermission
from fieldcraft.people.access import YES, Actor, Decision, Permission, no
from fieldcraft.people.models import Role

_ENTER = {Role.ADMINISTRATOR, Role.CONVENOR}


def where_can_enter(actor: Actor) -> frozenset[UUID]:
    """The organisations for which the actor may enter evidence: those they administer or convene."""
    return frozenset(post.organisation_id for post in actor.posts if post.team_id is None and post.role in _ENTER)


def can_enter_somewhere(actor: Actor) -> Decision:
    """May enter evidence for one organisation at least."""
    if where_can_enter(actor):
        return YES
    return no(_("Only an administrator or convenor of an organisation can do this. Ask one of yours."))


def can_enter(actor: Actor, organisation_id: UUID) -> Decision:
    """May enter evidence for this organisation."""
    if organisation_id in where_can_enter(actor):
        return YES
    return no(_("Only an administrator or convenor of this organisation can do this. Ask one of them."))


def visible_permissions(actor: Actor) -> QuerySet[PackPermission]:
    """The open permissions of the actor's organisations, whose people the instruments are open to."""
    organisations = actor.organisations_where(Permission.SEE_ORGANISATION)
    return PackPermission.objects.filter(organisation__in=organisations, ended_at=None)
