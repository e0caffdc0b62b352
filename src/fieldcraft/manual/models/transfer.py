"""A handbook on its way in through the screen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual


class Progress(models.TextChoices):
    """How far an import has come."""

    READING = "reading", _("being read")
    PLANNED = "planned", _("waiting for your yes")
    WORKING = "working", _("being imported")
    DONE = "done", _("imported")
    REFUSED = "refused", _("not imported")


class Import(models.Model):
    """One file that somebody brought, the plan made of it, and what came of it; seen by that person alone.

    upload: the file's name among the kept uploads; "" once it is gone.
    name: what the person's file was called.
    manual: where it goes; none until a new one is made, which gets `title` and belongs to `organisation`.
    seen_version: the manual's version when the plan was made, 0 for a new manual.
    plan: what the plan page shows, see `actions/transfer/summary.py`.
    problem: why it was refused, as fault, path and detail.
    done, total: pages, while it is being imported; `revisions` are the pages written in the end.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, null=True, related_name="+")
    manual = models.ForeignKey(Manual, on_delete=models.CASCADE, null=True, related_name="imports")
    seen_version = models.PositiveBigIntegerField(default=0)
    title = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=255)
    upload = models.CharField(max_length=64, blank=True)
    progress = models.CharField(max_length=20, choices=Progress.choices, default=Progress.READING)
    plan = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    revisions = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "begun_at"], name="manual_import_mine")]

    def __str__(self) -> str:
        return self.name
