"""An organisation's own evidence that it may use an instrument that needs permission."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from fieldcraft.ids import uuid7


class PackPermission(models.Model):
    """Who gave the permission, when, and where the document lies; without it such a pack does not open.

    items: the wording as the organisation's own licensed copy has it, for a pack that ships without; key → text.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    pack = models.CharField(max_length=60)
    given_by = models.CharField(max_length=200)
    given_on = models.DateField()
    document = models.CharField(max_length=300)
    items = models.JSONField(default=dict, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "pack"],
                condition=models.Q(ended_at=None),
                name="measures_permission_once",
            ),
        ]

    def __str__(self) -> str:
        return self.pack
