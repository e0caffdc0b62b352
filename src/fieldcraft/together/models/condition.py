"""Something in the way that is the organisation's to move: who raised it, what was answered, whether it helped."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS, LONGEST_ANSWER = 300, 1_000  # signs
SILENCE = timedelta(days=14)
"""After so long without an answer everybody sees that it waits to be heard."""


class Voice(models.TextChoices):
    """In whose name a condition is raised."""

    NAMED = "named", _("with my name")
    TEAM = "team", _("with my team")
    UNNAMED = "unnamed", _("unnamed: it shows when enough people raised the same")


class Stage(models.TextChoices):
    """How far a condition has come."""

    WAITING = "waiting", _("waiting to be heard")
    HEARD = "heard", _("heard")
    TRYING = "trying", _("being tried")
    CHANGED = "changed", _("changed")
    CANNOT = "cannot", _("cannot change")


ANSWERED = (Stage.CHANGED, Stage.CANNOT)


class Said(models.TextChoices):
    """What those who raised an unnamed condition say together, in words and never in numbers."""

    MOST = "most", _("Most of those who raised it say that it is better, at least a little.")
    HALF = "half", _("About half of those who raised it say that it is better, at least a little.")
    FEW = "few", _("Few of those who raised it say that it is better.")


class Condition(models.Model):
    """One thing that is in the way.

    id: drawn by lot, so that neither order nor time can be told from it.
    team: for a condition raised by a team, and for an unnamed one that concerns one team alone; else the whole organisation.
    by: who raised a named one, or wrote a team's; never set for an unnamed one.
    raised_on: the day; for an unnamed one the first day of the month, so that the day tells nothing.
    joinable_from: for an unnamed one, the Monday from which others who raise something can join it.
    shown_on: the day from which everybody sees it; none while an unnamed one is below the threshold, and for one that
    reaches it the Monday that follows, so that it never shows in the hour in which somebody joined.
    owner: who answers for the organisation; owner_agreed: they took it on, or have said something to it already.
    stage, stage_on: the latest step, and its day.
    said, said_on: for an unnamed one, what those who raised it say of the answer, and the Monday from which it shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voice = models.CharField(max_length=20, choices=Voice.choices)
    words = models.CharField(max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.DateField()
    joinable_from = models.DateField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_agreed = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.WAITING)
    stage_on = models.DateField(null=True, blank=True)
    said = models.CharField(max_length=20, choices=Said.choices, blank=True)
    said_on = models.DateField(null=True, blank=True)
    pages = models.ManyToManyField("manual.Page", through="ConditionPage", blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(said="", said_on=None) | (~Q(said="") & Q(said_on__isnull=False)),
                name="together_condition_said_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(voice=Voice.UNNAMED, by=None) | (~Q(voice=Voice.UNNAMED) & Q(by__isnull=False)),
                name="together_condition_unnamed_names_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(voice=Voice.TEAM) | Q(team__isnull=False), name="together_condition_team_has_a_team"
            ),
            models.CheckConstraint(
                condition=Q(voice=Voice.UNNAMED) | Q(shown_on__isnull=False), name="together_condition_named_is_shown"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "stage"], name="together_condition_open")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_silent(self) -> bool:
        """Whether nobody has said anything for fourteen days since everybody saw it."""
        if self.stage != Stage.WAITING or self.shown_on is None:
            return False
        return timezone.localdate() - self.shown_on >= SILENCE

    @property
    def stands(self) -> str:
        """How far it has come, and since when, in the same words wherever it stands."""
        if self.is_silent and self.shown_on:
            return gettext("waiting to be heard since %(day)s") % {"day": date_format(self.shown_on)}
        if self.stage == Stage.WAITING or self.stage_on is None:
            return gettext("not answered yet")
        return f"{Stage(self.stage).label}, {date_format(self.stage_on)}"


class ConditionPage(models.Model):
    """A page that a condition points to; its id is drawn by lot, as the condition's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("manual.Page", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "page"], name="together_conditionpage_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Helped(models.TextChoices):
    """What somebody who raised a condition says of the answer."""

    YES = "yes", _("Yes")
    A_LITTLE = "a_little", _("A little")
    NO = "no", _("No")


class Raising(models.Model):
    """That somebody raised a condition, told only to themselves.

    token: made of the person and the condition with the installation's key; nobody is found from it, but whoever is
    signed in can make their own again. There is no time and no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="raisings")
    token = models.CharField(max_length=64)
    helped = models.CharField(max_length=20, choices=Helped.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["token"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "token"], name="together_raising_once_each"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ConditionStep(models.Model):
    """One step of a condition's path, by whoever answers for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=20, choices=Stage.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["condition", "number"], name="together_conditionstep_in_order"),
            models.CheckConstraint(
                condition=Q(stage=Stage.HEARD) | ~Q(words=""), name="together_conditionstep_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.number}"
