"""A reader's observation on a page or a passage of it, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual
from fieldcraft.manual.models.page import Page, Revision


class Outcome(models.TextChoices):
    """What came of a remark."""

    CHANGED = "changed", _("the page was changed")
    ANSWERED = "answered", _("it was answered")
    NOTHING = "nothing", _("the page stays as it is")


class Remark(models.Model):
    """What somebody noticed while reading.

    manual: the one they read, whose people work with it; page: what they read there.
    revision: the exact text they had before them.
    quote, prefix, suffix, position: the passage as a text-quote selector with its place; quote is "" for the whole page.
    by: who noticed; none for a suggestion of somebody without an account, who may give a name in `from_name`.
    is_from_outside: from a reader outside the house, who was told who would see it; it stays so once it stands.
    is_held: a suggestion from outside that those who keep the manual have not let stand yet; only they see it.
    passed_from: the remark of another manual that was passed on to this one.
    settled: what came of it, said by whom, when and in which words; outcome is "" while it is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="remarks")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=120, blank=True)
    suffix = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_name = models.CharField(max_length=80, blank=True)
    is_from_outside = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    passed_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="passed_on")
    made_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="manual_remark_outcome_and_time_together",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["manual", "page"], name="manual_remark_of_page"),
            models.Index(fields=["manual"], condition=Q(outcome=""), name="manual_remark_open"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Reply(models.Model):
    """An answer to a remark, in the order they were given."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="replies")
    body = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
