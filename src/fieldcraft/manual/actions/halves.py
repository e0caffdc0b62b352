"""A page that is split makes two drafts that go together: readers get both, or no word is lost and none doubled.

Used inside the transaction of the action that agrees, answers or replaces one of them.
"""

from collections.abc import Collection

from django.db.models import Q

from fieldcraft.manual.models import Revision, State

_WAITING = (State.DRAFT, State.GATHERED)


def join(rest: Revision, part: Revision) -> None:
    """From now on the page without the part and the part go together."""
    rest.part = part
    rest.save(update_fields=["part"])


def with_other_half(draft: Revision, states: Collection[State] = (State.DRAFT,)) -> list[Revision]:
    """The draft, and the other half of its split while that is in one of these states; the new page comes first."""
    found = Revision.objects.filter(Q(part=draft) | Q(pk=draft.part_id), state__in=states)
    others = list(found.select_related("edition__manual__team", "edition__current").order_by("id"))
    for other in others:
        other.edition.manual = draft.edition.manual  # whose row is held, with its new version
    return [*others, draft] if draft.part_id else [draft, *others]


def replace_half(old: Revision, new: Revision) -> list[Revision]:
    """A newer draft goes together with what the older one went with; gives what still waits of that."""
    if old.part_id:
        join(new, Revision.objects.get(pk=old.part_id))
    Revision.objects.filter(part=old, state__in=_WAITING).update(part=new)
    return [each for each in with_other_half(new) if each.pk != new.pk]
