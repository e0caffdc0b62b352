"""What is derived from revisions so that reading and finding are quick; all of it can be made again."""

from typing import ClassVar

from django.db import models

from fieldcraft.ids import uuid7
from fieldcraft.manual.models.manual import Manual
from fieldcraft.manual.models.page import Edition, Page, Revision


class Rendering(models.Model):
    """A revision's text as sanitised HTML with numbered link places, made once when it is saved.

    links: a list of `{"to": ..., "or": ..., "by": "title" | "path"}`; `<a href="fc:3">` is the fourth.
    headings: a list of `[level, id, text]`.
    text: the words alone, for snippets.
    """

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, primary_key=True, related_name="rendering")
    html = models.TextField()
    links = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.revision_id)


class Link(models.Model):
    """One link of an edition's current text, by the folded name it asks for; for backlinks."""

    id = models.BigAutoField(primary_key=True)
    manual = models.ForeignKey(Manual, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=500)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["manual", "name"], name="manual_link_name")]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """The search index's row for an edition's current text, folded (no accents, lower case).

    layer: a short word for the manual, so that the index itself can leave other manuals out.
    """

    id = models.BigAutoField(primary_key=True)
    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="entry")
    manual = models.ForeignKey(Manual, on_delete=models.CASCADE, related_name="+")
    layer = models.CharField(max_length=40)
    title = models.TextField()
    tags = models.TextField()
    headings = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word of a manual and how often it occurs; for "did you mean"."""

    id = models.BigAutoField(primary_key=True)
    manual = models.ForeignKey(Manual, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    length = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["manual", "word"], name="manual_word_once")]
        indexes: ClassVar = [models.Index(fields=["manual", "length"], name="manual_word_length")]

    def __str__(self) -> str:
        return self.word


class OldName(models.Model):
    """A name that a page had, or should also be found by: a former slug, an old path, an alias.

    version: the manual's version when it was added.
    """

    id = models.BigAutoField(primary_key=True)
    manual = models.ForeignKey(Manual, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=500)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["manual", "name"], name="manual_old_name_once")]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A picture or file that pages of a manual show; stored once by its hash under the media folder.

    fields: what the wiki that it came from says of it besides, tags and dates too, in their order, as pairs.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    manual = models.ForeignKey(Manual, on_delete=models.PROTECT, related_name="attachments")
    path = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    fields = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["manual", "path"], name="manual_attachment_path_once")]

    def __str__(self) -> str:
        return self.path
