"""Organisations, teams and roles."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import slug_of
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.people import policy
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Membership, Organisation, Person, Role, Team

MOST_YESES = 12


@transaction.atomic
def make_organisation(
    *, name: str, slug: str = "", administrator: Person | None = None, is_sample: bool = False
) -> Organisation:
    """A new organisation, with whoever sets it up as its administrator."""
    slug = slug or slug_of(name)[:60]
    if not name.strip() or Organisation.objects.filter(slug=slug).exists():
        raise Invalid(_("Give the organisation a name that no other organisation here has."))
    organisation = Organisation.objects.create(name=name.strip(), slug=slug, is_sample=is_sample)
    if administrator:
        Membership.objects.create(organisation=organisation, person=administrator, role=Role.ADMINISTRATOR)
    by = administrator.pk if administrator else None
    record(by=by, verb="organisation.made", subject=organisation, organisation=organisation.pk)
    return organisation


@transaction.atomic
def make_team(*, actor: Actor, organisation_id: UUID, name: str) -> Team:
    """A new team of the organisation."""
    require(policy.can_manage_organisation(actor, organisation_id))
    slug = slug_of(name)[:60]
    if not name.strip() or Team.objects.filter(organisation=organisation_id, slug=slug).exists():
        raise Invalid(_("Give the team a name that no other team of the organisation has."))
    team = Team.objects.create(organisation_id=organisation_id, name=name.strip(), slug=slug)
    record(by=actor.person_id, verb="team.made", subject=team, organisation=organisation_id)
    return team


@transaction.atomic
def set_quorum(*, actor: Actor, team: Team, quorum: int) -> None:
    """How many must agree a change of the team's manual before readers get it; open drafts go by it from then on."""
    require(policy.can_manage_team(actor, team))
    if not 1 <= quorum <= MOST_YESES:
        raise Invalid(_("Choose a number from 1 to %(most)s.") % {"most": MOST_YESES})
    Team.objects.filter(pk=team.pk).update(quorum=quorum)
    record(by=actor.person_id, verb="team.quorum_set", subject=team, organisation=team.organisation_id)


@transaction.atomic
def give_role(*, actor: Actor, person_id: UUID, organisation_id: UUID, team: Team | None, role: Role) -> Membership:
    """Give somebody of the organisation a role; in a team it takes the place of the role they had there."""
    require(policy.can_manage_team(actor, team) if team else policy.can_manage_organisation(actor, organisation_id))
    if not Membership.objects.filter(organisation=organisation_id, person=person_id, ended_at=None).exists():
        raise NotFound(_("This person does not belong to the organisation. Invite them first."))
    return put_in(actor.person_id, person_id, organisation_id, team, role)


def put_in(by: UUID | None, person_id: UUID, organisation_id: UUID, team: Team | None, role: Role) -> Membership:
    """Used where an invitation or the command has said yes already."""
    if team:
        Membership.objects.filter(team=team, person=person_id, ended_at=None).update(ended_at=timezone.now())
    try:
        membership = Membership.objects.create(
            organisation_id=organisation_id, team=team, person_id=person_id, role=role
        )
    except IntegrityError:
        raise Invalid(_("This person has this role already, or the role does not fit there.")) from None
    record(by=by, verb=f"role.{role}_given", subject=membership, organisation=organisation_id)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership) -> None:
    """Leave, or take a role back. An organisation keeps at least one administrator."""
    if membership.person_id != actor.person_id:
        team = membership.team
        require(
            policy.can_manage_team(actor, team)
            if team
            else policy.can_manage_organisation(actor, membership.organisation_id)
        )
    require(policy.can_end(membership))
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record(by=actor.person_id, verb="role.ended", subject=membership, organisation=membership.organisation_id)


@transaction.atomic
def make_sample_person(*, name: str, email: str, organisation: Organisation, team: Team | None, role: Role) -> Person:
    """One of the sample community; they can be entered with one click in demo mode and never with a password."""
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_user(email, name, is_sample=True)
    put_in(None, person.pk, organisation.pk, team, role)
    return person


@transaction.atomic
def make_person(*, name: str, email: str, password: str) -> Person:
    """A new account; what it may do comes with memberships."""
    return Person.objects.create_user(email, name, password)


@transaction.atomic
def keep_name_of(person_id: UUID, name: str) -> None:
    """Somebody named in what was brought from elsewhere: history goes on naming them, and nobody can sign in as them.

    Nothing happens where this person is here.
    """
    if not Person.objects.filter(pk=person_id).exists():
        Person.objects.create_user(f"{person_id}@elsewhere.invalid", name[:80], id=person_id, is_active=False)


def make_sample_team(organisation: Organisation, name: str) -> Team:
    """A team of the sample community, which nobody has to be administrator to open."""
    return Team.objects.create(organisation=organisation, name=name, slug=slug_of(name)[:60])


@transaction.atomic
def make_sample_colleagues(*, team: Team, names: Mapping[str, str], since: datetime) -> list[Person]:
    """Quiet members of a sample organisation's team, who cannot be entered as; names: by e-mail address.

    since: from when on everybody of the team belongs to it. Refuses any other organisation.
    """
    if not team.organisation.is_sample:
        raise NotAllowed(_("This is for the sample community alone."))
    made = [Person.objects.create_user(email, name) for email, name in names.items()]
    for person in made:
        put_in(None, person.pk, team.organisation_id, team, Role.MEMBER)
    Membership.objects.filter(team=team, ended_at=None).update(started_at=since)
    return made


def role_named(name: str) -> Role:
    """The role of this name."""
    return Role(name)
