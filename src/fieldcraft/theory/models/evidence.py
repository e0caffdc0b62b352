"""A question registered before any data are opened, and what was found at each of its dates."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.theory.models.theory import Claim, ClaimText


class Test(models.Model):
    """A link's question, pinned to what the claim said.

    registered: all that was settled beforehand, as it is shown: version, measures, least data, rule, dates.
    digest: SHA-256 of `registered`, in hexadecimal, so that anybody can check that it was not changed.
    ended_on: when nobody asks it any more, since the claim was changed or dropped; its verdicts stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="tests")
    text = models.ForeignKey(ClaimText, on_delete=models.PROTECT, related_name="+")
    registered = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim"], condition=Q(ended_on=None), name="theory_test_one_open_a_claim"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Says(models.TextChoices):
    """What a verdict says."""

    SUPPORTS = "supports", _("supports")
    OTHER_WAY = "other_way", _("speaks against: it points the other way")
    NO_LINK = "no_link", _("speaks against: no noticeable link")
    CANNOT_SAY = "cannot_say", _("cannot say yet")


class Verdict(models.Model):
    """What the data that people counted in say of a test's question at one date.

    effect, low, high: in usual weekly swings, to the nearest .05; none where nothing may be said.
    people, pairs: ranges in words, never the numbers; far: how far the data are from enough, in words.
    reverse: what the link the other way round says; reason: why a figure is withheld.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    test = models.ForeignKey(Test, on_delete=models.PROTECT, related_name="verdicts")
    on = models.DateField()
    says = models.CharField(max_length=20, choices=Says.choices)
    effect = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    people = models.CharField(max_length=40, blank=True)
    pairs = models.CharField(max_length=40, blank=True)
    far = models.CharField(max_length=120, blank=True)
    reverse = models.CharField(max_length=20, choices=Says.choices, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["test", "on"], name="theory_verdict_once_a_date")]

    def __str__(self) -> str:
        return f"{self.test_id} {self.on}"
