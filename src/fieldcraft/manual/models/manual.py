"""A manual and the manuals it is built on."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7


class Kind(models.TextChoices):
    """Whose words a manual holds."""

    CORE = "core", _("core")
    ORGANISATION = "organisation", _("organisation")
    TEAM = "team", _("team")


class Audience(models.TextChoices):
    """Who may read a manual besides those who keep it."""

    PUBLIC = "public", _("Anyone, signed in or not")
    COMMUNITY = "community", _("Everyone who is signed in here")
    ORGANISATION = "organisation", _("Everyone in the organisation")
    TEAM = "team", _("The team alone")


class ContentsBy(models.TextChoices):
    """What orders the contents."""

    BELOW = "", _("as what it is built on")
    TAGS = "tags", _("tags")
    FOLDERS = "folders", _("folders")
    ORDER = "order", _("an order of its own")


class Manual(models.Model):
    """A shared text of pages.

    team: set for a team's manual alone.
    version: grows with every change a reader of this manual could notice; what is kept in memory is kept under it.
    root_tag: for contents by tags, the tag whose pages stand at the top.
    takes_suggestions: whether readers who do not belong to it may leave a remark, which is held for those who keep it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="manuals")
    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="manuals")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60, unique=True)
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.ORGANISATION)
    contents_by = models.CharField(max_length=20, choices=ContentsBy.choices, default=ContentsBy.BELOW, blank=True)
    root_tag = models.CharField(max_length=255, blank=True)
    takes_suggestions = models.BooleanField(default=False)
    version = models.PositiveBigIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=Kind.TEAM, team__isnull=False) | (~Q(kind=Kind.TEAM) & Q(team=None)),
                name="manual_manual_team_manuals_have_a_team",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "kind"], name="manual_manual_of_organisation")]

    def __str__(self) -> str:
        return self.title


class Inclusion(models.Model):
    """One manual is built on another; lower positions are asked first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="inclusions")
    included = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="included_by")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["manual", "included"], name="manual_inclusion_once"),
            models.CheckConstraint(condition=~Q(manual=F("included")), name="manual_inclusion_never_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.manual_id} on {self.included_id}"
