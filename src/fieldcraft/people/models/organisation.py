"""Organisations, their teams, and who belongs to them in which role."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7


class Role(models.TextChoices):
    """What a membership is for; what each role grants stands in `people/access.py`."""

    MEMBER = "member", _("member")
    LEAD = "lead", _("lead")
    EDITOR = "editor", _("editor")
    CONVENOR = "convenor", _("convenor")
    ADMINISTRATOR = "administrator", _("administrator")


TEAM_ROLES = (Role.MEMBER, Role.LEAD)
ORGANISATION_ROLES = (Role.EDITOR, Role.CONVENOR, Role.ADMINISTRATOR)


class Organisation(models.Model):
    """A body that people work for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who work together by one manual.

    quorum: how many must agree a change before readers get it (the reflective quorum).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    quorum = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="people_team_slug_once_in_organisation"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="people_team_quorum_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one role: of a team (member, lead) or of the organisation (editor, convenor, administrator).

    ended_at: when the person left or the role was taken back; the row stays, so that history can name its people.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "team", "person"],
                condition=Q(ended_at=None, team__isnull=False),
                name="people_membership_one_role_in_a_team",
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "role"],
                condition=Q(ended_at=None, team=None),
                name="people_membership_role_once_in_organisation",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=False, role__in=TEAM_ROLES) | Q(team=None, role__in=ORGANISATION_ROLES),
                name="people_membership_role_fits_place",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "ended_at"], name="people_membership_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
