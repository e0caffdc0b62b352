"""An organisation's theory of learning and its psychology: claims, in versions, open to challenge."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7


class Kind(models.TextChoices):
    """The two things that an organisation states."""

    LEARNING = "learning", _("theory of learning")
    PSYCHOLOGY = "psychology", _("psychology")


class Theory(models.Model):
    """All claims of one kind that an organisation makes.

    version: grows with every change; a version is what all claims said when it had this number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="theory_theory_one_of_each"),
        ]

    def __str__(self) -> str:
        return self.kind


class Version(models.Model):
    """One change of a theory: who, when, why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    theory = models.ForeignKey(Theory, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theory", "number"], name="theory_version_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.theory_id} {self.number}"


class Construct(models.Model):
    """Something that there can be more or less of, as the theory names it.

    measure: the key of what measures it (`measures`), or of what the rooms themselves count; "" for one nobody measures.
    x, y: where it stands in the drawn picture, each from 0 to 1; none where the picture places it.
    ended_in: the version that no longer has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    theory = models.ForeignKey(Theory, on_delete=models.CASCADE, related_name="constructs")
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=60, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    since = models.PositiveIntegerField()
    ended_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theory", "name"], condition=Q(ended_in=None), name="theory_construct_name_once"
            ),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1),
                name="theory_construct_inside_the_picture",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Part(models.TextChoices):
    """What a claim of a psychology is about; the first three belong to every psychology."""

    REASON = "reason", _("reason and intuition")
    SUBCONSCIOUS = "subconscious", _("the sub-conscious")
    COMPASSION = "compassion", _("compassion")
    OTHER = "other", _("something else")


REQUIRED_PARTS = (Part.REASON, Part.SUBCONSCIOUS, Part.COMPASSION)


class Claim(models.Model):
    """One thing that is claimed; what it says stands in its texts, which never change.

    source, target: for a link of a theory of learning; part: for a claim of a psychology.
    key: the name under which the starter theory knows it; "" for an organisation's own.
    dropped_in: the version that no longer claims it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    theory = models.ForeignKey(Theory, on_delete=models.CASCADE, related_name="claims")
    source = models.ForeignKey(Construct, on_delete=models.PROTECT, null=True, blank=True, related_name="leads_to")
    target = models.ForeignKey(Construct, on_delete=models.PROTECT, null=True, blank=True, related_name="follows")
    part = models.CharField(max_length=20, choices=Part.choices, blank=True)
    key = models.CharField(max_length=60, blank=True)
    current = models.ForeignKey("theory.ClaimText", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.PositiveIntegerField()
    dropped_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, target__isnull=False, part="")
                | (Q(source=None, target=None) & ~Q(part="")),
                name="theory_claim_is_a_link_or_a_part",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="theory_claim_links_two"),
            models.UniqueConstraint(
                fields=["theory", "source", "target"],
                condition=Q(dropped_in=None, source__isnull=False),
                name="theory_claim_one_link_each_way",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Sign(models.TextChoices):
    """Which way a link goes."""

    MORE = "more", _("more")
    LESS = "less", _("less")


class Delay(models.TextChoices):
    """After about how long."""

    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")


class Sure(models.TextChoices):
    """How sure those who claim it are."""

    HUNCH = "hunch", _("a hunch")
    FAIRLY = "fairly", _("fairly sure")
    SURE = "sure", _("sure, until we see otherwise")


class ClaimText(models.Model):
    """What a claim says, from one version on.

    says: the claim in a sentence; for a link it is made of its two constructs, its sign and its delay.
    because, source: why, and where that comes from; critics: what those who doubt it say.
    would_see, would_change: what one would see were it so, and what would change our mind.
    follows: for a psychology, the keys of what in this tool follows from it.
    review_on: when it is to be looked at again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    says = models.TextField()
    sign = models.CharField(max_length=10, choices=Sign.choices, blank=True)
    delay = models.CharField(max_length=10, choices=Delay.choices, blank=True)
    because = models.TextField()
    source = models.TextField()
    critics = models.TextField(blank=True)
    would_see = models.TextField()
    would_change = models.TextField()
    follows = models.JSONField(default=list, blank=True)
    sure = models.CharField(max_length=10, choices=Sure.choices)
    review_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "version"], name="theory_claimtext_once_a_version"),
        ]

    def __str__(self) -> str:
        return self.says[:60]


class LoopName(models.Model):
    """What people call a loop that the program found.

    key: the ids of its constructs in order, beginning with the least.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    theory = models.ForeignKey(Theory, on_delete=models.CASCADE, related_name="loop_names")
    key = models.TextField()
    name = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["theory", "key"], name="theory_loopname_once")]

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What became of a challenge; "" while it is open."""

    CHANGED = "changed", _("the claim was changed")
    STANDS = "stands", _("the claim stands, and why")
    DROPPED = "dropped", _("the claim was dropped")


class Challenge(models.Model):
    """Somebody of the organisation doubts a claim, or has something to add, and says why.

    text: what the claim said when they wrote it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="challenges")
    text = models.ForeignKey(ClaimText, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at=None) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="theory_challenge_outcome_and_time_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
