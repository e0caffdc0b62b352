"""A team's text offered to the core or to another team, what was asked about it, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual
from fieldcraft.manual.models.page import Page, Revision
from fieldcraft.manual.models.remark import Remark


class Answer(models.TextChoices):
    """What became of an offer; "" while it is open."""

    DRAWN_IN = "drawn_in", _("drawn in")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Offer(models.Model):
    """A page or a local note of one manual, offered to another.

    manual: whose text it is; to: the manual it is offered to.
    revision: the exact text that is offered.
    reason: what makes it better, in the team's words; remarks: what was seen, ticked by the team.
    is_named: whether those who get it may know whose it is. A withdrawn offer is known to its team alone.
    reason_why: why it was drawn in or declined.
    drawn_into: the text of the other manual that has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="offers")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="offers")
    to = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="offers_received")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    remarks = models.ManyToManyField(Remark, blank=True, related_name="+")
    is_named = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    reason_why = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    drawn_into = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="offers")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["manual", "page"], condition=Q(answer=""), name="manual_offer_one_open_a_page"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="manual_offer_answer_and_time_together",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to"], condition=Q(answer=""), name="manual_offer_waiting"),
            models.Index(fields=["manual", "page"], name="manual_offer_of_page"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OfferReader(models.Model):
    """Somebody of those it is offered to has opened it, so that the team can see that it is being read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="readers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["offer", "by"], name="manual_offerreader_once")]

    def __str__(self) -> str:
        return f"{self.by_id} {self.offer_id}"


class Question(models.Model):
    """A question about an offer, or an answer to one, in the order they were written.

    is_from_team: whether the offering team wrote it; its writers stay unnamed where the team does.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="questions")
    body = models.TextField()
    is_from_team = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
