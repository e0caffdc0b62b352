"""Who sees a compass: its owner, and whoever they shared one thing with by name; nobody else, in no role."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery.models import OwnExercise, Safety, Share, SwitchedOff
from fieldcraft.people.access import YES, Actor, Decision, Permission, no

Own = TypeVar("Own", bound=Model)


def mine(actor: Actor, model: type[Own]) -> QuerySet[Own]:
    """The actor's own things of one kind; every query of this room begins here."""
    return model._default_manager.filter(owner=actor.person_id) if actor.person_id else model._default_manager.none()


def safeties(actor: Actor) -> QuerySet[Safety]:
    """What the actor's organisations say about whom to call.

    lets_read: whether the actor lets somebody read something today, so that each screen says it without asking again.
    has_switched_off: whether the organisation does not want something offered, so that most screens need not ask which.
    """
    lets_read = Exists(mine(actor, Share).filter(withdrawn_at=None, until__gte=timezone.localdate()))
    said = Safety.objects.filter(organisation__in={post.organisation_id for post in actor.posts})
    has_switched_off = Exists(SwitchedOff.objects.filter(organisation=OuterRef("pk")))
    return said.annotate(lets_read=lets_read, has_switched_off=has_switched_off).order_by("pk")


def can_open(actor: Actor, said: list[Safety]) -> Decision:
    """The compass opens when one of the actor's organisations has said whom to call."""
    if said:
        return YES
    if not actor.posts:
        return no(_("A compass belongs to somebody's work. Ask for an invitation to your team first."))
    return no(
        _(
            "Your organisation has not yet said here whom to call when something is wrong. Nobody reads a compass, so that "
            "has to be there first. An administrator or convenor can enter it in a minute; ask one of them."
        )
    )


def can_set_safety(actor: Actor, organisation_id: object) -> Decision:
    """May enter whom to call: administrators and convenors of the organisation."""
    if any(
        post.organisation_id == organisation_id and post.team_id is None and post.role in {"administrator", "convenor"}
        for post in actor.posts
    ):
        return YES
    return no(_("Only an administrator or convenor of this organisation can enter this. Ask one of them."))


def visible_exercises(actor: Actor) -> QuerySet[OwnExercise]:
    """The exercises that the actor's organisations added."""
    organisations = actor.organisations_where(Permission.SEE_ORGANISATION)
    return OwnExercise.objects.filter(organisation__in=organisations, ended_at=None)


def shared_with(actor: Actor) -> QuerySet[Share]:
    """What others let the actor read, today."""
    if not actor.person_id:
        return Share.objects.none()
    is_open = Q(withdrawn_at=None, until__gte=timezone.localdate())
    return Share.objects.filter(is_open, reader=actor.person_id)


def switched_off_in(organisations: Collection[UUID]) -> QuerySet[SwitchedOff]:
    """What these organisations do not want offered; staff of each can read it, with the reason."""
    return SwitchedOff.objects.filter(organisation__in=organisations)


def can_switch(actor: Actor, organisation_id: UUID) -> Decision:
    """May switch something of the compass off for everybody of the organisation, or on again."""
    if actor.may(Permission.KEEP_THEORY, organisation_id=organisation_id):
        return YES
    return no(_("A convenor or an administrator can switch this off, with a reason. Tell them yours in a challenge."))
