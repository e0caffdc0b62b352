"""Asking about purposes, releasing what was offered on the day after closing, and answering it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.words import fold
from fieldcraft.errors import Invalid, Stale
from fieldcraft.people.access import Actor, require
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.models import Invitation, Offering, Theme
from fieldcraft.theory.queries.purposes import LONGEST, LONGEST_WORDS, SHORTEST, least_unnamed
from fieldcraft.theory.queries.purposes_map import apart


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, who reads the answers, what will be done with them, and the last day."""

    question: str
    readers: str
    use: str
    closes_on: date


@transaction.atomic
def open_invitation(*, actor: Actor, organisation: Organisation, asked: Question) -> Invitation:
    """Ask everybody of the organisation; nobody is written to, and nobody is reminded."""
    require(policy.can_invite_purposes(actor, organisation.pk))
    assert actor.person_id  # who may ask is signed in
    today = timezone.localdate()
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _require_answered(organisation)
    if not today + SHORTEST <= asked.closes_on <= today + LONGEST:
        raise Invalid(_("Choose a last day that is at least three days and at most ninety days away."))
    made = Invitation.objects.create(
        organisation=organisation,
        question=_needed(asked.question, 200),
        readers=_needed(asked.readers, 200),
        use=_needed(asked.use, LONGEST_WORDS),
        asked_by_id=actor.person_id,
        opened_on=today,
        closes_on=asked.closes_on,
    )
    record(by=actor.person_id, verb="invitation.opened", subject=made, organisation=organisation.pk)
    return made


def _require_answered(organisation: Organisation) -> None:
    if Invitation.objects.filter(organisation=organisation, replied_at=None).exists():
        raise Invalid(
            _("The last invitation has no published answer yet. Answer what people offered; then you can ask again.")
        )


@transaction.atomic
def publish_reply(*, actor: Actor, invitation: Invitation, reply: str) -> None:
    """Say once, for everybody to read, what was read and what will be done."""
    require(policy.can_invite_purposes(actor, invitation.organisation_id))
    now = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if now.replied_at is not None:
        raise Stale(_("Somebody has answered meanwhile. Read what they wrote; your words are still below."))
    if now.released_on is None:
        raise Invalid(_("Nothing can be answered before it can be read: wait for the day after the last day."))
    now.reply, now.replied_by_id, now.replied_at = _needed(reply, LONGEST_WORDS), actor.person_id, timezone.now()
    now.save(update_fields=["reply", "replied_by", "replied_at"])
    record(by=actor.person_id, verb="invitation.answered", subject=now, organisation=now.organisation_id)


def _needed(words: str, most: int) -> str:
    tidy = words.replace("\r\n", "\n").strip()
    if not tidy or len(tidy) > most:
        raise Invalid(_("Fill in every line, in at most %(most)s signs.") % {"most": most})
    return tidy


def release_due(today: date) -> None:
    """Release every invitation whose last day is over; doing it twice does no harm."""
    for invitation_id in Invitation.objects.filter(released_on=None, closes_on__lt=today).values_list("pk", flat=True):
        _release(invitation_id, today)


def _join_alike(invitation: Invitation) -> None:
    """Themes that were written apart, so that nobody could find out that a hidden one was there."""
    kept: dict[str, Theme] = {}
    for theme in invitation.themes.order_by("name"):
        first = kept.setdefault(fold(theme.name), theme)
        if first != theme:
            theme.offerings.update(theme=first)
            theme.delete()


@transaction.atomic
def _release(invitation_id: UUID, today: date) -> None:
    """What stands under a theme too small to be told keeps no theme; that theme's name goes, and of no theme the week is kept."""
    now = Invitation.objects.select_for_update().get(pk=invitation_id)
    if now.released_on is not None:
        return
    _join_alike(now)
    unnamed = Offering.objects.filter(invitation=now, by=None)
    counts: Counter[UUID | None] = Counter(unnamed.values_list("theme", flat=True))
    unnamed.exclude(Q(theme__in=apart(counts, least_unnamed(now))) | Q(theme=None)).update(theme=None)
    Theme.objects.filter(invitation=now, offerings=None).delete()
    Theme.objects.filter(invitation=now).update(seen_from=now.closes_on)
    now.released_on = today
    now.save(update_fields=["released_on"])
    record(by=None, verb="invitation.released", subject=now, organisation=now.organisation_id)
