"""The ledger: windows, who belonged where when one began, every figure ever shown, and everything withheld."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7


class Thresholds(models.Model):
    """How many people a figure takes; an organisation may raise them, never lower them.

    Changed values hold for windows that begin later.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    team = models.PositiveSmallIntegerField(default=8)
    above = models.PositiveSmallIntegerField(default=11)
    since = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(team__gte=8, above__gte=11), name="theory_thresholds_never_lower"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.above}"


class Window(models.Model):
    """Four calendar weeks of one organisation.

    first_day: a Monday; last_day: the Sunday four weeks on; number: as `engine/disclosure/windows.py` counts them.
    published_on: once, at least three days after it closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    number = models.PositiveIntegerField()
    team_threshold = models.PositiveSmallIntegerField()
    above_threshold = models.PositiveSmallIntegerField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "first_day"], name="theory_window_once"),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="theory_window_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}"


class RosterPlace(models.Model):
    """Who belonged to which team when a window began; whoever joins later counts from the next window on.

    It says who works where, which colleagues know; never who takes part.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="roster")
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["window", "person"], name="theory_rosterplace_one_team_each"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Audience(models.TextChoices):
    """Who reads a released figure."""

    ORGANISATION = "organisation", _("everybody in the organisation")
    TEAM = "team", _("all of the team, at the same moment")


class CellKind(models.TextChoices):
    """What a figure is of; the whole is worked out from the others that are shown."""

    TEAM = "team", _("a team")
    OTHERS = "others", _("other teams")
    WHOLE = "whole", _("the whole organisation")


class Released(models.Model):
    """One figure, once shown, or withheld and why; never computed anew.

    kind, team: the group; team is set for a team alone. scale: its key in the check-in.
    mean: 0 to 100, to the nearest 5; people: a range as `11-19` or `30+`; bands: shares of people in per cent, low to high.
    change: against the window before, as "up", "same" or "down"; "" where that cannot be said.
    withheld: the reason, "" for a figure that is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="released")
    audience = models.CharField(max_length=20, choices=Audience.choices)
    kind = models.CharField(max_length=10, choices=CellKind.choices)
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    scale = models.CharField(max_length=60)
    mean = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.CharField(max_length=20, blank=True)
    bands = models.JSONField(default=list, blank=True)
    change = models.CharField(max_length=10, blank=True)
    withheld = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["window", "audience", "team", "scale"], name="theory_released_once"),
            models.UniqueConstraint(
                fields=["window", "kind", "scale"], condition=Q(team=None), name="theory_released_whole_once"
            ),
            models.CheckConstraint(
                condition=(Q(withheld="") & Q(mean__isnull=False)) | (~Q(withheld="") & Q(mean=None)),
                name="theory_released_a_figure_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind=CellKind.TEAM, team__isnull=False)
                | (~Q(kind=CellKind.TEAM) & Q(team=None, audience=Audience.ORGANISATION)),
                name="theory_released_team_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.scale}"


class Counted(models.Model):
    """Who was counted in a figure, under keyed names that nobody can read; so that later figures cannot be told apart.

    No screen shows it and no list names it. It holds no answer, and nothing of whoever takes back a yes is added to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    released = models.OneToOneField(Released, on_delete=models.CASCADE, related_name="+")
    people = models.JSONField()
    with_bands = models.BooleanField()
    is_direct = models.BooleanField()

    def __str__(self) -> str:
        return str(self.pk)
