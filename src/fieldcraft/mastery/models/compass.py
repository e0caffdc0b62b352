"""Purpose, vision, what is so now, and what is in the way."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7

PLACES = 10  # how many places each end of the drawn band can stand at, counted from 1


class Purpose(models.Model):
    """A direction in one sentence, without a date; earlier ones are kept.

    ended_at: when another took its place, or it was let rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner"], condition=Q(ended_at=None), name="mastery_purpose_one_at_a_time"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_purpose_of")]

    def __str__(self) -> str:
        return str(self.pk)


class Scope(models.TextChoices):
    """Whose picture it is."""

    ME = "me", _("me")
    TEAM = "team", _("my team")
    PEOPLE = "people", _("the people we serve")


class Wish(models.TextChoices):
    """Whether a picture is wanted for itself."""

    WANT = "want", _("I want it for itself")
    MEANS = "means", _("It is a way to something else")


class Hold(models.TextChoices):
    """How a vision is held."""

    FORMING = "forming", _("still forming")
    HELD = "held", _("held")
    RESTING = "resting", _("at rest")
    LET_GO = "let_go", _("let go")


class Vision(models.Model):
    """A concrete picture of what it would look like, in the present tense.

    brings: up to five answers to "what would it bring me?", each to the one before.
    organisation_could: what the organisation could do towards it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    serves = models.ForeignKey(Purpose, on_delete=models.SET_NULL, null=True, blank=True, related_name="visions")
    picture = models.TextField()
    scope = models.CharField(max_length=20, choices=Scope.choices, blank=True)
    wish = models.CharField(max_length=20, choices=Wish.choices, blank=True)
    brings = models.JSONField(default=list, blank=True)
    organisation_could = models.TextField(blank=True)
    horizon = models.DateField(null=True, blank=True)
    hold = models.CharField(max_length=20, choices=Hold.choices, default=Hold.FORMING)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_vision_of")]

    def __str__(self) -> str:
        return str(self.pk)


class Change(models.TextChoices):
    """What was done to a vision."""

    CLEARER = "clearer", _("clearer")
    LARGER = "larger", _("larger")
    SMALLER = "smaller", _("smaller")
    LET_GO = "let_go", _("let go")


class Why(models.TextChoices):
    """Why a vision was changed; none is wrong."""

    LEARNT = "learnt", _("I learnt something")
    HURT = "hurt", _("It hurt to hold")
    LIFE = "life", _("Life changed")
    NEVER_MINE = "never_mine", _("It was never mine")


class VisionRevision(models.Model):
    """One change of a vision: the picture before, the picture after, what kind, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="revisions")
    before = models.TextField()
    after = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Change.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    said = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_revision_of")]

    def __str__(self) -> str:
        return str(self.pk)


class RealityNote(models.Model):
    """What is so now: what a camera would have seen, the story I tell about it, what would show me wrong."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="reality_notes")
    seen = models.TextField()
    story = models.TextField(blank=True)
    would_show_me_wrong = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_reality_of")]

    def __str__(self) -> str:
        return str(self.pk)


class TensionMark(models.Model):
    """Where the person set the two ends of the band, from 1 (far below) to 10; never computed, never a score."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="tension_marks")
    vision_place = models.PositiveSmallIntegerField()
    now_place = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(vision_place__range=(1, PLACES), now_place__range=(1, PLACES)),
                name="mastery_tension_places_from_1_to_10",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_tension_of")]

    def __str__(self) -> str:
        return str(self.pk)


class ObstacleKind(models.TextChoices):
    """What kind of thing is in the way."""

    CANNOT_CHANGE = "cannot_change", _("I cannot change this")
    CANNOT_BE_REACHED = "cannot_be_reached", _("It cannot be reached")
    NOT_FOR_ME = "not_for_me", _("Not for someone like me")
    NOT_HOW = "not_how", _("I do not know how")
    SET_UP = "set_up", _("The set-up here")
    BETWEEN = "between", _("Between people")


class Whose(models.TextChoices):
    """Whose it is to move."""

    MINE = "mine", _("Mine")
    INFLUENCE = "influence", _("I can influence it")
    NOT_MINE = "not_mine", _("Not mine")


class Obstacle(models.Model):
    """Something in the way: what it is, whose it is to move, and what speaks against it.

    against: what speaks against it, as the person sees it.
    gone_at: when it was not in the way any more, or no longer looked at.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, on_delete=models.SET_NULL, null=True, blank=True, related_name="obstacles")
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=ObstacleKind.choices, blank=True)
    whose = models.CharField(max_length=20, choices=Whose.choices, blank=True)
    against = models.TextField(blank=True)
    manual = models.ForeignKey("manual.Manual", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    page = models.ForeignKey("manual.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "id"], name="mastery_obstacle_of")]

    def __str__(self) -> str:
        return str(self.pk)
