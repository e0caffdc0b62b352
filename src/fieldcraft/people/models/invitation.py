"""An open door: an invitation by letter or by link."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fieldcraft.ids import uuid7
from fieldcraft.people.models.organisation import Organisation, Role, Team


class Invitation(models.Model):
    """Lets whoever holds its link take one role.

    email: whom it was written to, folded; empty for a link to pass on.
    key_hash: SHA-256 of the link's secret; the secret itself is shown once and not kept.
    places: how many people may still use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    email = models.EmailField(blank=True)
    key_hash = models.CharField(max_length=64, unique=True)
    places = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    open_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email="") | Q(places__lte=1), name="people_invitation_letter_is_for_one_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} until {self.open_until:%Y-%m-%d}"
