"""An import as its bringer sees it; adaptations whose base was inferred."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fieldcraft.manual.models import Edition, Import, Manual, Revision, Standing, State
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.people.access import Actor

_EARLIER = 12


def import_of(actor: Actor, import_id: UUID) -> Import | None:
    """The actor's own import; nobody else's."""
    return Import.objects.select_related("manual").filter(pk=import_id, by=actor.person_id).first()


def count_inferred(manual: Manual) -> int:
    """Adaptations whose base is a guess that nobody has confirmed."""
    return _inferred(manual).count()


def _inferred(manual: Manual) -> QuerySet[Edition]:
    kept = Edition.objects.filter(manual=manual, ended_at=None, standing=Standing.ADAPTED)
    return kept.filter(current__base_inferred__isnull=False)


@dataclass(frozen=True, slots=True)
class Guess:
    """An adaptation with its guessed base, and the texts below that it may have been made from, newest first."""

    edition: Edition
    base_id: UUID
    alike: float
    candidates: tuple[Revision, ...]


def guesses(manual: Manual, limit: int = 20) -> list[Guess]:
    """The first adaptations whose base nobody has confirmed, with what it may be; two queries and the stack's."""
    editions = list(_inferred(manual).select_related("current").order_by("title")[:limit])
    stack = stack_now(manual)
    below = {edition.pk: [layer.covers.get(edition.page_id) for layer in stack.layers[1:]] for edition in editions}
    ids = {held.edition_id for holds in below.values() for held in holds if held}
    texts: dict[UUID, list[Revision]] = {}
    agreed = Revision.objects.filter(edition__in=ids, state=State.AGREED).defer("body", "header", "fields")
    for revision in agreed.order_by("-id"):
        texts.setdefault(revision.edition_id, []).append(revision)
    return [
        Guess(
            edition,
            edition.current.base_id,
            edition.current.base_inferred,
            tuple(text for held in below[edition.pk] if held for text in texts.get(held.edition_id, ())[:_EARLIER]),
        )
        for edition in editions
        if edition.current and edition.current.base_id and edition.current.base_inferred is not None
    ]
