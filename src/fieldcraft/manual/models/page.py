"""A page's identity, the editions manuals hold on it, and their revisions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual


class Page(models.Model):
    """One titled unit; nothing but an identity, so that a rename in one layer detaches nothing in another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="own_pages")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class Standing(models.TextChoices):
    """How a manual holds a page.

    An edition is never inherited, for then there is none; a revision is, when it proposes to give the edition up.
    """

    INHERITED = "inherited", _("inherited")
    NOTED = "noted", _("noted")
    ADAPTED = "adapted", _("adapted")
    LOCAL = "local", _("local")
    SET_ASIDE = "set_aside", _("set aside")


COVERING = (Standing.ADAPTED, Standing.LOCAL, Standing.SET_ASIDE)


class Edition(models.Model):
    """One manual's own hold on a page.

    current: the agreed revision that readers get; none while there is only a draft.
    title, slug, path, tags, section, position: those of the current revision, kept here to find and order pages.
    path: where an imported page came from inside its source.
    tags: folded to a list of text; section: the headings above it, or null to stand where the page below stands.
    version: the manual's version when this edition last changed, so that a reader's map needs only what is newer.
    credits: whose offered text went into it, oldest first; "" for a team that does not want to be named.
    ended_at: when the manual returned to the page below; the row stays for thirty days' undo and for history.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="editions")
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="editions")
    standing = models.CharField(max_length=20, choices=Standing.choices)
    current = models.ForeignKey("manual.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    path = models.CharField(max_length=500, blank=True)
    tags = models.JSONField(default=list, blank=True)
    section = models.JSONField(null=True, blank=True)
    position = models.IntegerField(null=True, blank=True)
    credits = models.JSONField(default=list, blank=True)
    version = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["manual", "page"],
                condition=Q(ended_at=None) & ~Q(standing=Standing.NOTED),
                name="manual_edition_one_covers_a_page",
            ),
            models.CheckConstraint(condition=~Q(standing=Standing.INHERITED), name="manual_edition_holds_the_page"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["manual", "version"], name="manual_edition_newer"),
            models.Index(fields=["page", "manual"], name="manual_edition_of_page"),
        ]

    def __str__(self) -> str:
        return self.title


class State(models.TextChoices):
    """Where a revision stands on its way to readers."""

    DRAFT = "draft", _("draft")
    GATHERED = "gathered", _("agreed, to be published")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Pole(models.TextChoices):
    """What a change serves."""

    EVIDENCE = "evidence", _("evidence")
    LOCAL_PRACTICE = "local_practice", _("local practice")


class Revision(models.Model):
    """Immutable text of an edition, with its way from draft to agreed.

    standing: what the edition is once this is agreed; inherited ends it.
    section, position: where the page stands once this is agreed; null leaves it where it is.
    parent: the edition's text when this was written; a draft whose parent is no longer current must be looked at again.
    redone_from: the draft that this one replaces.
    part: the first text of a page that was split off from this one; readers get both, or neither.
    remark: the remark that it came from; step: the step that it brings its page into step with.
    answer, answered_by, answered_at: why, by whom and when a draft was declined or withdrawn.
    copied_from: the text of another page or manual that it was taken from.
    publication: what it waits for, or was published with.
    header: the front matter as it was written, delimiters included; header + body are the source's own text.
    fields: further named values in their order, as pairs.
    base: for an adaptation, the exact revision below that it was last in step with.
    base_inferred: how alike the text and the inferred base are (0 to 1); null once a person confirmed or made it.
    quote, prefix, suffix: for a local note, the words below that it stands beside; empty for the page as a whole.
    by: who wrote it; none for what a command imported.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="revisions")
    standing = models.CharField(max_length=20, choices=Standing.choices)
    section = models.JSONField(null=True, blank=True)
    position = models.IntegerField(null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    redone_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.ForeignKey("manual.Remark", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    step = models.ForeignKey("manual.Step", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    base_inferred = models.FloatField(null=True, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    publication = models.ForeignKey(
        "manual.Publication", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True)
    header = models.TextField(blank=True)
    tags = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=list, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=120, blank=True)
    suffix = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    pole = models.CharField(max_length=20, choices=Pole.choices, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state=State.GATHERED), name="manual_revision_one_gathered"
            ),
            models.CheckConstraint(
                condition=Q(state=State.AGREED, agreed_at__isnull=False) | ~Q(state=State.AGREED),
                name="manual_revision_agreed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.GATHERED, State.AGREED], answered_at=None)
                | Q(state__in=[State.DECLINED, State.WITHDRAWN], answered_at__isnull=False),
                name="manual_revision_answered_has_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["edition", "id"], name="manual_revision_history"),
            models.Index(fields=["edition", "state"], name="manual_revision_by_state"),
            models.Index(fields=["copied_from"], name="manual_revision_copies"),
        ]

    def __str__(self) -> str:
        return self.title


class Agreement(models.Model):
    """One person's yes to a draft; when the team's reflective quorum has agreed, readers get it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="agreements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "by"], name="manual_agreement_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.revision_id}"
