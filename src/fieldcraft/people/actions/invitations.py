"""Inviting by letter or by link, and coming in."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.people import policy
from fieldcraft.people.access import Actor, require
from fieldcraft.people.actions.community import put_in
from fieldcraft.people.models import Invitation, Membership, Person, Role, Team

OPEN_DAYS = 14
MOST_PLACES = 50


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def invite(
    *, actor: Actor, organisation_id: UUID, team: Team | None, role: Role, email: str = "", places: int = 1
) -> tuple[Invitation, str]:
    """An open invitation and its secret, which is kept nowhere. A link to pass on never makes an administrator."""
    require(policy.can_invite_to_team(actor, team) if team else policy.can_manage_organisation(actor, organisation_id))
    if not email and role not in {Role.MEMBER, Role.LEAD}:
        raise Invalid(_("A role in the whole organisation is given by a letter to one person, not by a link."))
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(_("A link can be for 1 to 50 people."))
    key = secrets.token_urlsafe(24)
    assert actor.person_id is not None  # whoever may invite is signed in
    invitation = Invitation.objects.create(
        organisation_id=organisation_id,
        team=team,
        role=role,
        email=email.strip().casefold(),
        key_hash=_hash(key),
        places=1 if email else places,
        invited_by_id=actor.person_id,
        open_until=timezone.now() + timedelta(days=OPEN_DAYS),
    )
    record(by=actor.person_id, verb="invitation.made", subject=invitation, organisation=organisation_id)
    return invitation, key


def send(*, invitation: Invitation, link: str, sender: str) -> None:
    """The letter with the link."""
    place = invitation.team.name if invitation.team else invitation.organisation.name
    send_mail(
        _("%(sender)s invites you to %(place)s") % {"sender": sender, "place": place},
        _(
            "%(sender)s invites you to %(place)s in Fieldcraft.\n\nOpen this link to join; it works until %(until)s:\n%(link)s\n"
        )
        % {"sender": sender, "place": place, "until": f"{invitation.open_until:%d.%m.%Y}", "link": link},
        None,
        [invitation.email],
    )


def open_invitation(key: str) -> Invitation:
    """The invitation behind a link, while it is open. Raises NotFound with a sentence."""
    found = Invitation.objects.select_related("organisation", "team", "invited_by").filter(key_hash=_hash(key)).first()
    if found is None or found.withdrawn_at or found.places < 1 or found.open_until < timezone.now():
        raise NotFound(_("This invitation is no longer open. Ask whoever invited you for a new one."))
    return found


@transaction.atomic
def accept(*, person: Person, key: str) -> Membership:
    """Take the role the invitation offers, using one of its places."""
    invitation = open_invitation(key)
    if invitation.email and invitation.email != person.email.casefold():
        raise Invalid(_("This invitation was written to another address. Sign in with that one, or ask for a new one."))
    if not Invitation.objects.filter(pk=invitation.pk, places__gt=0).update(places=F("places") - 1):
        raise NotFound(_("This invitation is no longer open. Ask whoever invited you for a new one."))
    return put_in(person.pk, person.pk, invitation.organisation_id, invitation.team, Role(invitation.role))


@transaction.atomic
def withdraw(*, actor: Actor, invitation: Invitation) -> None:
    """Close an invitation before its time."""
    team = invitation.team
    require(
        policy.can_invite_to_team(actor, team)
        if team
        else policy.can_manage_organisation(actor, invitation.organisation_id)
    )
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(by=actor.person_id, verb="invitation.withdrawn", subject=invitation, organisation=invitation.organisation_id)
