"""What I try, what happened, and what I make of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.mastery.models.compass import Obstacle, Vision


class Practice(models.Model):
    """What I will try, on a page of a manual or without one.

    manual, page, revision: the page as it was read, and in which manual.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, on_delete=models.SET_NULL, null=True, blank=True, related_name="practices")
    what = models.TextField()
    when = models.CharField(max_length=120, blank=True)
    manual = models.ForeignKey("manual.Manual", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    page = models.ForeignKey("manual.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.ForeignKey("manual.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_practice_of")]

    def __str__(self) -> str:
        return str(self.pk)


class Outcome(models.TextChoices):
    """How it went."""

    HELPED = "helped", _("Helped")
    PARTLY = "partly", _("Partly")
    NOT_THIS_TIME = "not_this_time", _("Not this time")


class Followed(models.TextChoices):
    """What I went by in the end."""

    HUNCH = "hunch", _("My hunch")
    REASONS = "reasons", _("My reasons")
    BOTH = "both", _("Both said the same")
    NEITHER = "neither", _("Neither")


class PracticeNote(models.Model):
    """What happened; the hunch is written before the reasons.

    followed, followed_what: the later question: which did you follow, what happened?
    hours, with_others: for those who keep a record of their learning.
    became: the draft or remark in the manual that it was turned into, as kind and id; "" and null otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey(Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    manual = models.ForeignKey("manual.Manual", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    page = models.ForeignKey("manual.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.ForeignKey("manual.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    hunch = models.TextField(blank=True)
    happened = models.TextField()
    reasons = models.TextField(blank=True)
    surprise = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    with_others = models.BooleanField(null=True, blank=True)
    followed = models.CharField(max_length=20, choices=Followed.choices, blank=True)
    followed_what = models.TextField(blank=True)
    became_draft = models.ForeignKey(
        "manual.Revision", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    became_remark = models.ForeignKey(
        "manual.Remark", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "id"], name="mastery_note_of"),
            models.Index(fields=["owner", "page"], name="mastery_note_on_page"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Weight(models.Model):
    """A note held beside a belief that is in the way: does what happened speak for it or against it?"""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    obstacle = models.ForeignKey(Obstacle, on_delete=models.CASCADE, related_name="weights")
    note = models.ForeignKey(PracticeNote, on_delete=models.CASCADE, related_name="weights")
    speaks_for = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["obstacle", "note"], name="mastery_weight_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OwnExercise(models.Model):
    """An exercise that an organisation adds for its people; everybody of it sees it.

    prompts: the questions in their order, as text.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    idea = models.TextField()
    prompts = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Reflection(models.Model):
    """Free, or an exercise answered; put away until a date, it comes back with an empty box first.

    exercise: its key, or an own exercise's id; "" for a free one. answers: pairs of prompt and answer in order.
    wakes_on: put away until then; woken: what was written when it came back, before the old text was shown again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    exercise = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=list)
    vision = models.ForeignKey(Vision, on_delete=models.SET_NULL, null=True, blank=True, related_name="reflections")
    wakes_on = models.DateField(null=True, blank=True)
    woken = models.TextField(blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_reflection_of")]

    def __str__(self) -> str:
        return str(self.pk)
