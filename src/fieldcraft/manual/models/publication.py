"""Agreed changes of a core manual that are gathered and given to readers together, with a note in plain words."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual


class Publication(models.Model):
    """While one is open, what is agreed in its manual waits for it instead of reaching readers at once.

    note: what changed for readers, in plain words; written before it is published.
    published_at: none while changes are being gathered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="publications")
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["manual"], condition=Q(published_at=None), name="manual_publication_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Heard(models.Model):
    """A manual's people have read what a publication changed for them, and need not be told again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="heard")
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "manual"], name="manual_heard_once"),
        ]

    def __str__(self) -> str:
        return f"{self.manual_id} {self.publication_id}"
