"""Reading the trail."""

from uuid import UUID

from django.db.models import QuerySet

from fieldcraft.audit.models import Event


def events_on(subject: UUID, *, organisation: UUID | None = None) -> QuerySet[Event]:
    """What happened to one thing, oldest first."""
    return Event.objects.filter(organisation=organisation, subject=subject).order_by("id")
