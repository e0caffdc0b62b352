"""For the sample community alone: what was stated, asked and answered months ago. Every other organisation is refused.

Only theory writes its tables, and its other actions write today.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import NotAllowed
from fieldcraft.people.models import Organisation
from fieldcraft.theory.models import Challenge, ClaimText, Invitation, Kind, LoopName, Part, Test, Theory, Version

LEARNING, PSYCHOLOGY = Kind.LEARNING, Kind.PSYCHOLOGY
SOMETHING_ELSE = Part.OTHER


@transaction.atomic
def date_version_back(*, theory: Theory, number: int, at: datetime) -> None:
    """A change of a theory, with all texts that it brought; the first one is the day on which the theory was begun."""
    _require_sample(theory.organisation_id)
    Version.objects.filter(theory=theory, number=number).update(at=at)
    ClaimText.objects.filter(claim__theory=theory, version=number).update(at=at)
    if number == 1:
        Theory.objects.filter(pk=theory.pk).update(made_at=at)


@transaction.atomic
def date_loop_names_back(*, theory: Theory, at: datetime) -> None:
    """When the ways round of a theory were named."""
    _require_sample(theory.organisation_id)
    LoopName.objects.filter(theory=theory).update(at=at)


@transaction.atomic
def date_challenge_back(*, challenge: Challenge, at: datetime, answered_at: datetime | None = None) -> None:
    """When a claim was challenged, and when that was answered where it is."""
    _require_sample(challenge.claim.theory.organisation_id)
    row = Challenge.objects.filter(pk=challenge.pk)
    row.update(at=at)
    row.exclude(answered_at=None).update(answered_at=answered_at or at)


@transaction.atomic
def date_test_back(*, test: Test, at: datetime) -> None:
    """When a question was registered; its days stand in it."""
    _require_sample(test.claim.theory.organisation_id)
    Test.objects.filter(pk=test.pk).update(at=at)


@transaction.atomic
def date_invitation_back(*, invitation: Invitation, opened_on: date, closes_on: date) -> None:
    """From when to when it was open. Nothing of an offering has a day, so no offering moves."""
    _require_sample(invitation.organisation_id)
    Invitation.objects.filter(pk=invitation.pk).update(opened_on=opened_on, closes_on=closes_on)


@transaction.atomic
def date_reply_back(*, invitation: Invitation, at: datetime) -> None:
    """When the organisation answered what it read."""
    _require_sample(invitation.organisation_id)
    Invitation.objects.filter(pk=invitation.pk).exclude(replied_at=None).update(replied_at=at)


def _require_sample(organisation_id: UUID) -> None:
    if not Organisation.objects.filter(pk=organisation_id, is_sample=True).exists():
        raise NotAllowed(_("This is for the sample community alone. What you do has the day on which you do it."))
