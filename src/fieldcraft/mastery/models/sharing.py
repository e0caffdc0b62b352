"""One thing shared with one person until a date; how long things are kept; what an organisation must say first."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from fieldcraft.ids import uuid7


class Share(models.Model):
    """A thing of the compass that its owner lets one person read until a date.

    kind, thing: which of the owner's things, by the name of its model in small letters and its id.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    thing = models.UUIDField()
    until = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "id"], name="mastery_share_by"),
            models.Index(fields=["reader", "until"], name="mastery_share_with"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ShareRead(models.Model):
    """One look at a shared thing; its owner sees when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="reads")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class Retention(models.Model):
    """How long the person keeps one kind of thing, in months; without one it is kept until they delete it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "kind"], name="mastery_retention_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Safety(models.Model):
    """What an organisation must have said before its people's compass opens: whom to call, and its safeguarding route."""

    organisation = models.OneToOneField(
        "people.Organisation", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    whom_to_call = models.TextField()
    safeguarding = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.pk)


class SwitchedOff(models.Model):
    """Something of the compass that an organisation disputes in the psychology behind it, and does not want offered.

    key: as `mastery/queries/switches.py` names it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="mastery_switchedoff_once"),
        ]

    def __str__(self) -> str:
        return self.key
