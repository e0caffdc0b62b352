"""Gathering agreed changes of a core or an organisation's manual, and publishing them together with a note."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.editions import take_effect_together
from fieldcraft.manual.actions.halves import with_other_half
from fieldcraft.manual.actions.preparing import tell_of_many
from fieldcraft.manual.actions.settling import settle
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Heard, Manual, Publication, Revision, State
from fieldcraft.manual.queries.drafts import is_overtaken
from fieldcraft.manual.queries.publications import open_publication
from fieldcraft.people.access import Actor, require

_NAMED = 5


@transaction.atomic
def begin(*, actor: Actor, manual: Manual, title: str) -> Publication:
    """From now on, what is agreed in the manual is gathered and reaches readers when it is published."""
    require(policy.can_publish(actor, manual))
    if not title.strip():
        raise Invalid(_("Give it a name, so that teams know what you are speaking of."))
    bump(manual)
    if found := open_publication(manual):
        raise Invalid(_("Changes are being gathered already, for “%(title)s”.") % {"title": found.title})
    made = Publication.objects.create(manual=manual, title=title.strip()[:120], begun_by_id=actor.person_id)
    record(by=actor.person_id, verb="publication.begun", subject=made, organisation=manual.organisation_id)
    return made


@transaction.atomic
def keep_note(*, actor: Actor, publication: Publication, note: str) -> None:
    """What changed for readers, as far as it is written; nobody but those who gather sees it yet."""
    publication = _held_open(actor, publication)
    publication.note = note.strip()
    publication.save(update_fields=["note"])


@transaction.atomic
def take_out(*, actor: Actor, revision: Revision) -> Revision:
    """A gathered change is an open draft again: to be changed, withdrawn, declined, or agreed once more."""
    manual = revision.edition.manual
    require(policy.can_publish(actor, manual))
    bump(manual)
    now = Revision.objects.select_related("edition__manual").get(pk=revision.pk)
    if now.state != State.GATHERED:
        raise NotFound(_("This change is not gathered any more; somebody has published it or taken it out."))
    for each in with_other_half(now, (State.GATHERED,)):
        each.state, each.publication = State.DRAFT, None
        each.save(update_fields=["state", "publication"])
        record(by=actor.person_id, verb="draft.taken_out", subject=each, organisation=manual.organisation_id)
    return now


@transaction.atomic
def stop(*, actor: Actor, publication: Publication) -> None:
    """Gather no more; only where nothing waits, so that no agreed change is lost or let out unseen."""
    publication = _held_open(actor, publication)
    if publication.revisions.filter(state=State.GATHERED).exists():
        raise Invalid(_("Changes wait here. Publish them, or take each of them out; then you can stop gathering."))
    record(
        by=actor.person_id,
        verb="publication.stopped",
        subject=publication,
        organisation=publication.manual.organisation_id,
    )
    publication.delete()


@transaction.atomic
def publish(*, actor: Actor, publication: Publication, note: str) -> Publication:
    """Give readers all that is gathered at one moment, with the note; each team built on it hears of it once."""
    publication = _held_open(actor, publication)
    if not note.strip():
        raise Invalid(_("Say in plain words what changed for those who read this manual."))
    changes = list(
        publication.revisions.filter(state=State.GATHERED)
        .select_related("edition__current", "edition__manual__team", "parent")
        .order_by("id")
    )
    _require_ready(changes)
    publication.note, publication.published_at = note.strip(), timezone.now()
    publication.published_by_id = actor.person_id
    publication.save(update_fields=["note", "published_at", "published_by"])
    _give_readers(actor, publication.manual, changes)
    record(
        by=actor.person_id,
        verb="publication.published",
        subject=publication,
        organisation=publication.manual.organisation_id,
    )
    return publication


def _require_ready(changes: Sequence[Revision]) -> None:
    if not changes:
        raise Invalid(_("Nothing is gathered yet. Change a page first, and it waits here."))
    late = [f"“{change.title}”" for change in changes if is_overtaken(change)]
    if late:
        named = ", ".join(late[:_NAMED]) + (" …" if len(late) > _NAMED else "")
        raise Stale(
            _("Readers have a newer text meanwhile of %(pages)s. Bring each up to date or take it out, then publish.")
            % {"pages": named}
        )


def _give_readers(actor: Actor, manual: Manual, changes: Sequence[Revision]) -> None:
    take_effect_together(manual, changes)
    for change in changes:
        settle(actor.person_id, change)
        verb = f"page.{change.standing}"
        record(by=actor.person_id, verb=verb, subject=change, organisation=manual.organisation_id)
    tell_of_many(manual, {change.edition.page_id for change in changes})


@transaction.atomic
def hear(*, actor: Actor, manual: Manual, publication: Publication) -> None:
    """The manual's people have read what was published below; twice does no harm."""
    require(policy.can_write(actor, manual))
    bump(manual)
    assert actor.person_id  # who may write is signed in
    Heard.objects.get_or_create(publication=publication, manual=manual, defaults={"by_id": actor.person_id})


def _held_open(actor: Actor, publication: Publication) -> Publication:
    """The publication as it is now, with its manual's row held."""
    manual = publication.manual
    require(policy.can_publish(actor, manual))
    bump(manual)
    now = Publication.objects.filter(pk=publication.pk, published_at=None).first()
    if now is None:
        raise NotFound(_("This was published or stopped meanwhile. Look at the page again; nothing was changed."))
    now.manual = manual
    return now
