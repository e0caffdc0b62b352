"""Making manuals and deciding what they are built on."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import slug_of
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.preparing import tell_of_all
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Audience, Inclusion, Kind, Manual
from fieldcraft.manual.queries.resolve import chain_of
from fieldcraft.people.access import Actor, require


def new_manual(
    *,
    organisation_id: UUID,
    title: str,
    slug: str = "",
    kind: Kind = Kind.CORE,
    team_id: UUID | None = None,
    audience: Audience | str = Audience.ORGANISATION,
) -> Manual:
    """An empty manual that is not stored yet; `keep_manual` does that, with whatever comes with it."""
    slug = slug or _free_slug(slug_of(title))
    if slug_of(slug) != slug or len(slug) > 60:
        raise Invalid(
            _("“%(slug)s” cannot be part of an address. Use small letters, digits and hyphens.") % {"slug": slug}
        )
    if Manual.objects.filter(slug=slug).exists():
        raise Invalid(_("There is a manual at “%(slug)s” already. Choose another address.") % {"slug": slug})
    return Manual(
        organisation_id=organisation_id, team_id=team_id, kind=kind, title=title, slug=slug, audience=audience
    )


def keep_manual(*, by: UUID | None, manual: Manual, built_on: Sequence[Manual] = ()) -> Manual:
    """Store a new manual, built on others from the start; who calls this has asked whether the actor may."""
    manual.save(force_insert=True)
    record(by=by, verb="manual.made", subject=manual, organisation=manual.organisation_id)
    for below in built_on:
        include(by=by, manual=manual, included=below)
    return manual


@transaction.atomic
def make_manual(*, by: UUID | None, built_on: Sequence[Manual] = (), **of: Any) -> Manual:
    """A new manual, stored; takes what `new_manual` takes."""
    return keep_manual(by=by, manual=new_manual(**of), built_on=built_on)


@transaction.atomic
def start_manual(
    *, actor: Actor, organisation_id: UUID, team_id: UUID | None, title: str, built_on: Sequence[Manual]
) -> Manual:
    """A person begins a manual for their team or organisation, built on manuals they may read."""
    require(policy.can_make(actor, organisation_id, team_id))
    if any(not policy.can_read(actor, chain_of(below)) for below in built_on):
        raise NotFound(_("There is no such manual, or it is not open to you."))
    kind = Kind.TEAM if team_id else Kind.ORGANISATION if built_on else Kind.CORE
    return make_manual(
        by=actor.person_id, organisation_id=organisation_id, team_id=team_id, kind=kind, title=title, built_on=built_on
    )


def _free_slug(slug: str) -> str:
    slug, number = slug[:50], 1
    while Manual.objects.filter(slug=slug if number == 1 else f"{slug}-{number}").exists():
        number += 1
    return slug if number == 1 else f"{slug}-{number}"


@transaction.atomic
def include(*, by: UUID | None, manual: Manual, included: Manual) -> Inclusion:
    """Build the manual on another, below those it is built on already. Refuses circles."""
    bump(manual)  # holds the row, so that two inclusions cannot close a circle together
    if manual.pk in {below.pk for below in chain_of(included)}:
        raise Invalid(
            _("“%(included)s” is itself built on “%(manual)s”. A manual cannot stand on itself.")
            % {"included": included.title, "manual": manual.title}
        )
    if Inclusion.objects.filter(manual=manual, included=included).exists():
        raise Invalid(_("It is built on this manual already."))
    last = Inclusion.objects.filter(manual=manual).aggregate(last=Max("position"))["last"]
    inclusion = Inclusion.objects.create(manual=manual, included=included, position=0 if last is None else last + 1)
    tell_of_all(manual)
    record(by=by, verb="manual.included", subject=manual, organisation=manual.organisation_id)
    return inclusion


@transaction.atomic
def build_on(*, actor: Actor, manual: Manual, included: Manual) -> Inclusion:
    """As `include`, for a person: they shape the one and may read the other."""
    require(policy.can_shape(actor, manual))
    if not policy.can_read(actor, chain_of(included)):
        raise NotFound(_("There is no such manual, or it is not open to you."))
    return include(by=actor.person_id, manual=manual, included=included)


@transaction.atomic
def stop_building_on(*, actor: Actor, manual: Manual, included: Manual) -> None:
    """Take an inclusion away, and with it all that it brought; the manual's own text stays."""
    require(policy.can_shape(actor, manual))
    bump(manual)
    gone, _rows = Inclusion.objects.filter(manual=manual, included=included).delete()
    if not gone:
        raise NotFound(_("The manual is not built on this one."))
    tell_of_all(manual)
    record(by=actor.person_id, verb="manual.inclusion_ended", subject=manual, organisation=manual.organisation_id)


@transaction.atomic
def ask_first(*, actor: Actor, manual: Manual, included: Manual) -> None:
    """Put one inclusion before the others: where two hold the same page, this one's text is read."""
    require(policy.can_shape(actor, manual))
    bump(manual)
    chosen = Inclusion.objects.filter(manual=manual, included=included).first()
    if chosen is None:
        raise NotFound(_("The manual is not built on this one."))
    Inclusion.objects.filter(manual=manual, position__lt=chosen.position).update(position=F("position") + 1)
    Inclusion.objects.filter(pk=chosen.pk).update(position=0)
    tell_of_all(manual)
    record(by=actor.person_id, verb="manual.inclusions_ordered", subject=manual, organisation=manual.organisation_id)


@transaction.atomic
def open_to(*, actor: Actor, manual: Manual, audience: Audience) -> None:
    """Decide who reads the manual."""
    require(policy.can_shape(actor, manual))
    if audience == Audience.TEAM and manual.kind != Kind.TEAM:
        raise Invalid(_("Only a team's manual can be kept to the team."))
    Manual.objects.filter(pk=manual.pk).update(audience=audience)
    bump(manual)
    record(by=actor.person_id, verb="manual.audience_changed", subject=manual, organisation=manual.organisation_id)
    manual.audience = audience  # last, since the one in hand may be kept in memory for others


make_team_manual = partial(make_manual, kind=Kind.TEAM)
