"""What a person agreed to have counted, for which use and until when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7


class Use(models.TextChoices):
    """One use of one's check-ins; each is asked for by itself."""

    TEAM_PICTURE = "team_picture", _("my team's own picture")
    ORGANISATION_PICTURE = "organisation_picture", _("my organisation's picture")
    THEORY = "theory", _("testing my organisation's theory of learning")


class Grant(models.Model):
    """A yes to one use, for one quarter; without one nothing of a person is counted.

    first_day, last_day: the quarter; it is asked again for the next.
    withdrawn_on: from this day on nothing of it enters anything that is not yet published.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    use = models.CharField(max_length=30, choices=Use.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "use", "first_day"],
                condition=Q(withdrawn_on=None),
                name="people_grant_once_a_quarter",
            ),
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="people_grant_has_days"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "use", "first_day"], name="people_grant_of_use")]

    def __str__(self) -> str:
        return str(self.pk)
