"""The only writer of the trail."""

from uuid import UUID

from django.db import models

from fieldcraft.audit.models import Event


def record(*, by: UUID | None, verb: str, subject: models.Model, organisation: UUID | None = None) -> Event:
    """Add one event; call it inside the transaction of what it records."""
    return Event.objects.create(
        by=by, verb=verb, subject_kind=subject._meta.label, subject=subject.pk, organisation=organisation
    )
