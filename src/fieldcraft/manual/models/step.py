"""A page that another text has moved on from or could enrich, with what a team needs to bring it into step."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual
from fieldcraft.manual.models.offer import Offer
from fieldcraft.manual.models.page import Page, Revision
from fieldcraft.manual.models.publication import Publication


class Source(models.TextChoices):
    """Where the other text comes from."""

    BELOW = "below", _("the page below has moved on")
    OFFER = "offer", _("a team offered its text")
    NEIGHBOUR = "neighbour", _("another team's text is borrowed")


class Fit(models.TextChoices):
    """How far the two texts combine, told before anybody opens the step."""

    FITS = "fits", _("fits as it is")
    SUGGESTION = "suggestion", _("a suggestion is ready")
    CHOICE = "choice", _("needs a choice")
    FAR = "far", _("too far apart to combine")
    PLACE = "place", _("only its place in the manual changed")
    WITHDRAWN = "withdrawn", _("the core does not have it any more")
    LEFT_OUT = "left_out", _("you set it aside; the core changed it")


class Decision(models.TextChoices):
    """What the team did with a step."""

    TAKEN = "taken", _("taken as it is")
    COMBINED = "combined", _("combined")
    KEPT = "kept", _("kept ours")
    CAUGHT_UP = "caught_up", _("in step without a decision")


class Step(models.Model):
    """One page of a manual to be brought into step with one other text; a newer text folds into the same step.

    ours: the text that readers had when the step was last prepared; none for a page that they do not have.
    base: the text both come from; none where nobody knows it.
    theirs: the other text; none when the page below is no longer there.
    fit, fits, needs, flags: how far the texts combine, counted in places when the step was last prepared.
    choices: what was chosen so far, by the place's fingerprint: the name of an alternative, or own words.
    is_for_slot: somebody asked to look at it together.
    quiet_until: the team keeps its own until then, and hears nothing of it before.
    drafts: the changes it led to, which name it; decision and `settled_at` are set when readers have one of them.
    changed_at: when the other text last changed.
    publication: the gathered changes it came with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="steps")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="steps")
    source = models.CharField(max_length=20, choices=Source.choices)
    ours = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    theirs = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")
    fit = models.CharField(max_length=20, choices=Fit.choices)
    fits = models.PositiveIntegerField(default=0)
    needs = models.PositiveIntegerField(default=0)
    flags = models.PositiveIntegerField(default=0)
    choices = models.JSONField(default=dict, blank=True)
    is_for_slot = models.BooleanField(default=False)
    quiet_until = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["manual", "page", "source"],
                condition=Q(settled_at=None) & ~Q(source="offer"),
                name="manual_step_one_open_a_page",
            ),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(settled_at=None), name="manual_step_one_open_an_offer"
            ),
            models.CheckConstraint(
                condition=Q(decision="", settled_at=None) | (~Q(decision="") & Q(settled_at__isnull=False)),
                name="manual_step_decision_and_time_together",
            ),
            models.CheckConstraint(
                condition=Q(source="offer", offer__isnull=False) | (~Q(source="offer") & Q(offer=None)),
                name="manual_step_offer_where_it_comes_from_one",
            ),
            models.CheckConstraint(
                condition=Q(theirs=None) | Q(base=None) | ~Q(theirs=F("base")), name="manual_step_has_something_to_do"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["manual", "page"], name="manual_step_of_page"),
            models.Index(fields=["manual"], condition=Q(settled_at=None), name="manual_step_open"),
        ]

    def __str__(self) -> str:
        return f"{self.manual_id} {self.page_id}"
