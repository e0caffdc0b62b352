"""A team's text that has become equal to the one below is given up: its readers go on reading the same."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.manual.actions.editions import take_effect
from fieldcraft.manual.actions.writing import bump, keep_renderings, written
from fieldcraft.manual.models import Edition, Revision, Standing, State
from fieldcraft.manual.queries.resolve import stack_now


@transaction.atomic
def dissolve(edition_id: UUID) -> bool:
    """Back to inherited, if it is still so that both are the same; it can be brought back for thirty days.

    Nobody decides this and nobody's words change, so it waits for no yes; a draft on the page keeps it as it is.
    """
    edition = Edition.objects.select_related("manual__team", "current").get(pk=edition_id)
    bump(edition.manual)
    edition = Edition.objects.select_related("manual__team", "current").get(pk=edition_id)
    old = edition.current
    if old is None or edition.ended_at or edition.revisions.filter(state__in=[State.DRAFT, State.GATHERED]).exists():
        return False
    stack = stack_now(edition.manual)
    held = stack.covering(edition.page_id)
    below = stack.below(held) if held and held.edition_id == edition.pk else None
    if below is None or below.standing is Standing.SET_ASIDE or not _is_same(old, below.revision_id):
        return False
    _give_up(edition, old, below.revision_id)
    return True


def _is_same(old: Revision, below_id: UUID) -> bool:
    below = Revision.objects.get(pk=below_id)
    return (old.title, old.body, sorted(old.tags)) == (below.title, below.body, sorted(below.tags))


def _give_up(edition: Edition, old: Revision, base_id: UUID) -> None:
    revision = Revision.objects.create(
        edition=edition, standing=Standing.INHERITED, parent=old, base_id=base_id, title=old.title, body=old.body,
        header=old.header, tags=old.tags, fields=old.fields, reason=_("The page below has the same text now."),
    )  # fmt: skip
    keep_renderings([written(edition, revision)])
    take_effect(revision)
    record(by=None, verb="page.dissolved", subject=revision, organisation=edition.manual.organisation_id)
