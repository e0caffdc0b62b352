"""One event: who did what to what, and when."""

from typing import ClassVar

from django.db import models

from fieldcraft.ids import uuid7


class Event(models.Model):
    """Append-only: triggers in the database refuse to change or delete a row.

    by: the person's id, kept as a plain number so that erasing the person leaves the trail whole.
    verb: `subject.happened`, e.g. `page.adapted`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.UUIDField(null=True, db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject"], name="audit_event_subject"),
            models.Index(fields=["organisation", "id"], name="audit_event_order"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
