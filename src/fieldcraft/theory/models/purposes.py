"""An open question about purposes, what people offered, in themes, and the reply."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fieldcraft.ids import uuid7

LONGEST_SENTENCE, LONGEST_THEME = 200, 60  # signs


class Invitation(models.Model):
    """An organisation asks its people what they are here for.

    readers, use: who will read the answers, and what will be done with them, in the asker's words.
    closes_on: the last day; on the day after it the map is made, once.
    reply: what the organisation answers to what it read; the next invitation cannot open before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=200)
    use = models.TextField()
    opened_on = models.DateField()
    closes_on = models.DateField()
    released_on = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(replied_at=None), name="theory_invitation_one_without_a_reply"
            ),
            models.CheckConstraint(condition=Q(closes_on__gt=F("opened_on")), name="theory_invitation_has_days"),
            models.CheckConstraint(
                condition=Q(released_on=None) | Q(released_on__gt=F("closes_on")),
                name="theory_invitation_released_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None, replied_by=None)
                | (~Q(reply="") & Q(replied_at__isnull=False, replied_by__isnull=False, released_on__isnull=False)),
                name="theory_invitation_reply_after_reading",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class Theme(models.Model):
    """A name under which offerings stand together, given by somebody who offers or by the convenor.

    id: drawn by lot. seen_from: for one of somebody who offers, the Monday from which others can choose it, and after
    the release the closing day, so that no week is kept; none for one that the convenor named afterwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="themes")
    name = models.CharField(max_length=LONGEST_THEME)
    seen_from = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["invitation", "name"], name="theory_theme_name_once")]

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """A sentence that somebody offered, named or unnamed.

    id: drawn by lot, without time or order. by: set for a named one alone.
    token: made of the person and the invitation with the installation's key, so that they can find and take back theirs.
    may_show: the sentence may be read on the map; else, unnamed always, it counts in its theme alone.
    conditions: what in the way of it the organisation was asked to move.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="offerings")
    sentence = models.CharField(max_length=LONGEST_SENTENCE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=64)
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, blank=True, related_name="offerings")
    may_show = models.BooleanField(default=True)
    conditions = models.ManyToManyField("together.Condition", through="OfferingCondition", blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["token"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "token"], name="theory_offering_once_each"),
            models.CheckConstraint(condition=Q(by=None) | Q(may_show=True), name="theory_offering_named_is_read"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OfferingCondition(models.Model):
    """That a condition is in the way of what was offered; its id is drawn by lot, as the offering's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="+")
    condition = models.ForeignKey("together.Condition", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["offering", "condition"], name="theory_offeringcondition_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
