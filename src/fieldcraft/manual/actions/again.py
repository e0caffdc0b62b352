"""What is sent a second time, because its answer got lost on the way, is kept once."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from fieldcraft.manual.models import Edition, Manual, Revision, Standing, State
from fieldcraft.people.access import Actor

if TYPE_CHECKING:
    from fieldcraft.manual.actions.drafts import Text

WITHIN = timedelta(days=1)
"""For so long the same words of the same person are taken to be the same sending."""
_WAITING = (State.DRAFT, State.GATHERED)


def draft_sent_before(actor: Actor, edition: Edition, said: dict[str, object], standing: Standing) -> Revision | None:
    """The draft that waits with all the values that a new one would have; None without one."""
    return _sent(actor).filter(state__in=_WAITING, standing=standing, edition=edition, **_told_by(said)).last()


def note_sent_before(actor: Actor, manual: Manual, page_id: UUID, **words: str) -> Revision | None:
    """The note on this page, waiting or with readers; words: its body and what it stands beside."""
    beside = {"edition__manual": manual, "edition__page": page_id, "edition__ended_at": None}
    is_there = Q(state__in=_WAITING) | Q(edition__current=F("pk"))  # not one that has been changed since
    return _sent(actor).filter(is_there, standing=Standing.NOTED, parent=None, **beside, **words).last()


def page_sent_before(actor: Actor, manual: Manual, title: str, body: str) -> Revision | None:
    """The new page that waits to be agreed; one that readers have is told by its title."""
    waiting = _sent(actor).filter(edition__manual=manual, edition__current=None, standing=Standing.LOCAL)
    return waiting.filter(state__in=_WAITING, title=title.strip(), body=body).last()


def is_sent_again(actor: Actor, now: Revision, text: "Text", based_on: UUID) -> bool:
    """Whether readers have, by the same person and made from the same text, what is sent."""
    is_theirs = now.by_id is not None and now.by_id == actor.person_id and based_on in {now.parent_id, now.base_id}
    said = (text.title.strip(), text.body, list(text.tags), text.reason, text.pole)
    return is_theirs and said == (now.title, now.body, now.tags, now.reason, now.pole)


def _sent(actor: Actor) -> QuerySet[Revision]:
    lately = Revision.objects.filter(by__isnull=False, by=actor.person_id, created_at__gte=timezone.now() - WITHIN)
    return lately.select_related("edition__manual__team").order_by("id")


def _told_by(said: dict[str, object]) -> dict[str, object]:
    where = ("parent", "section", "position", "quote", "prefix", "suffix")
    names = (*where, "title", "body", "tags", "reason", "pole", "remark_id", "step_id", "base_id")
    return {name: said[name] for name in names if said[name] is not None} | {
        f"{name}__isnull": True for name in names if said[name] is None
    }
