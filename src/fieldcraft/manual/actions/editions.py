"""What an agreed revision makes of its edition: current, renamed, moved, ended or brought back.

Used inside the transaction of the action that agreed it, which holds the manual's row.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.errors import Stale
from fieldcraft.manual.actions.writing import Written, index, kept, kept_of_many, underive, unique_slugs
from fieldcraft.manual.models import Edition, Manual, OldName, Revision, Standing, State

#: What a new current text changes of its edition.
_CURRENT = ("current", "standing", "title", "slug", "tags", "section", "position", "ended_at", "version")


def take_effect(revision: Revision, text: Written | None = None) -> None:
    """Readers have it from now on; `text`: what was made of it, where that is at hand."""
    _agree(revision)
    if revision.standing == Standing.INHERITED:
        end(revision.edition)
    else:
        _make_current(revision.edition, revision)
        index(revision.edition.manual, [text or kept(revision.edition, revision)])


def take_effect_together(manual: Manual, revisions: Sequence[Revision]) -> None:
    """As `take_effect`, for one revision each of many editions of a manual; what is given up makes room first."""
    shown = [revision for revision in revisions if revision.standing != Standing.INHERITED]
    for revision in revisions:
        revision.edition.manual = manual
        _agree(revision)
        if revision.standing == Standing.INHERITED:
            end(revision.edition)
    for revision in shown:
        _make_current(revision.edition, revision)
    index(manual, kept_of_many([(revision.edition, revision) for revision in shown]))


def _agree(revision: Revision) -> None:
    if revision.state != State.AGREED:  # where one yes was enough, it was written as agreed
        revision.state, revision.agreed_at = State.AGREED, timezone.now()
        revision.save(update_fields=["state", "agreed_at"])


def end(edition: Edition) -> None:
    """Give the page up: readers get the page below again, or none; text and history are kept."""
    edition.ended_at = timezone.now()
    edition.version = edition.manual.version
    edition.save(update_fields=["ended_at", "version"])
    underive(edition.manual, [edition])


def others_hold(edition: Edition) -> bool:
    """Whether the manual has another edition that covers the same page."""
    held = Edition.objects.filter(manual=edition.manual_id, page=edition.page_id, ended_at=None)
    return held.exclude(pk=edition.pk).exclude(standing=Standing.NOTED).exists()


def _make_current(edition: Edition, revision: Revision) -> None:
    if edition.ended_at and revision.standing != Standing.NOTED and others_hold(edition):
        raise Stale(_("Your team has a newer version of this page meanwhile. The old text is in the page's history."))
    if revision.standing != Standing.NOTED:
        _name(edition, revision.title)
    edition.current, edition.standing, edition.tags = revision, revision.standing, revision.tags
    edition.section = edition.section if revision.section is None else revision.section
    edition.position = edition.position if revision.position is None else revision.position
    edition.ended_at, edition.version = None, edition.manual.version
    edition.save(update_fields=_CURRENT)


def _name(edition: Edition, title: str) -> None:
    """Take the title and an address that is free; a former address, and links with the former title, go on leading there."""
    is_new = edition.current_id is None or edition.ended_at is not None
    if not is_new and edition.title == title:
        return
    if not is_new:
        for name in {edition.slug, name_key(edition.title)}:
            OldName.objects.update_or_create(
                manual=edition.manual,
                name=name,
                defaults={"page_id": edition.page_id, "version": edition.manual.version},
            )
    edition.title, edition.slug = title, unique_slugs(_taken(edition.manual, edition.pk), slug_of(title))


def _taken(manual: Manual, but: UUID) -> set[str]:
    held = Edition.objects.filter(manual=manual, ended_at=None, current__isnull=False).exclude(pk=but)
    return set(held.exclude(standing=Standing.NOTED).values_list("slug", flat=True))
