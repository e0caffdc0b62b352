"""How the week was: a check-in, its answers, and what the person pins to their weeks."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from fieldcraft.ids import uuid7


class CheckIn(models.Model):
    """One check-in of one week, by one version of the items.

    week: its Monday. line: what helped or got in the way. fits: does the picture fit how it was?
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pack = models.CharField(max_length=60)
    pack_version = models.PositiveSmallIntegerField()
    week = models.DateField()
    line = models.TextField(blank=True)
    fits = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "pack", "week"], name="mastery_checkin_once_a_week"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """The answer to one item; an item that was passed over, or rather not said, has none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["checkin", "item"], name="mastery_answer_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Event(models.Model):
    """Something of one's own pinned to the weeks, in a few words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "on"], name="mastery_event_of")]

    def __str__(self) -> str:
        return str(self.pk)
