"""Writing down what I try and what happened; nobody but its owner ever changes or reads it, and nothing of it is recorded."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.queries.pages import revision_in
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Practice, PracticeNote, Reflection
from fieldcraft.mastery.queries.practice import Cited, own_vision, page_cited, practice_of, state_of
from fieldcraft.people.access import Actor

Own = TypeVar("Own", bound=Model)
Owned = Practice | PracticeNote | Reflection


@dataclass(frozen=True, slots=True)
class Happened:
    """What somebody says of one time they tried something; all but what happened may be empty."""

    happened: str
    hunch: str = ""
    surprise: str = ""
    reasons: str = ""
    outcome: str = ""
    hours: Decimal | None = None
    with_others: bool | None = None


@transaction.atomic
def keep_practice(
    *, actor: Actor, what: str, when: str = "", cited: Cited | None = None, vision_id: UUID | None = None
) -> Practice:
    """Something the actor means to try."""
    return Practice.objects.create(
        owner_id=owner_of(actor),
        what=_needed(what),
        when=when.strip(),
        vision=own_vision(actor, vision_id),
        **_page_as_read(actor, cited),
    )


@transaction.atomic
def change_practice(*, actor: Actor, practice: Practice, what: str, when: str, seen: str) -> Practice:
    """Say otherwise what is tried, or when."""
    now = as_seen(actor, practice, seen)
    now.what, now.when = _needed(what), when.strip()
    now.save(update_fields=["what", "when"])
    return now


@transaction.atomic
def end_practice(*, actor: Actor, practice: Practice) -> None:
    """It is not tried any more, for whatever reason; doing so twice does no harm."""
    now = as_now(actor, practice)
    now.ended_at = now.ended_at or timezone.now()
    now.save(update_fields=["ended_at"])


@transaction.atomic
def take_practice_up(*, actor: Actor, practice: Practice) -> None:
    """It is tried again."""
    now = as_now(actor, practice)
    now.ended_at = None
    now.save(update_fields=["ended_at"])


@transaction.atomic
def keep_note(
    *, actor: Actor, happened: Happened, cited: Cited | None = None, practice_id: UUID | None = None
) -> PracticeNote:
    """What happened when something was tried."""
    return PracticeNote.objects.create(
        owner_id=owner_of(actor),
        practice=practice_of(actor, practice_id) if practice_id else None,
        **_as_said(happened),
        **_page_as_read(actor, cited),
    )


@transaction.atomic
def change_note(*, actor: Actor, note: PracticeNote, happened: Happened, seen: str) -> PracticeNote:
    """Say otherwise what happened; refused when it was changed elsewhere since."""
    now = as_seen(actor, note, seen)
    said = _as_said(happened)
    for name, value in said.items():
        setattr(now, name, value)
    now.save(update_fields=list(said))
    return now


@transaction.atomic
def say_followed(*, actor: Actor, note: PracticeNote, followed: str, what: str, seen: str) -> PracticeNote:
    """Later: what did I follow, my hunch or my reasons, and what came of it?"""
    now = as_seen(actor, note, seen)
    now.followed, now.followed_what = followed, what.strip()
    now.save(update_fields=["followed", "followed_what"])
    return now


@transaction.atomic
def throw_away(*, actor: Actor, thing: Owned) -> None:
    """Gone at once and for good; nothing of it is kept."""
    as_now(actor, thing).delete()


def owner_of(actor: Actor) -> UUID:
    """Whose it will be."""
    if actor.person_id is None:
        raise NotAllowed(_("A compass belongs to somebody: sign in first."))
    return actor.person_id


def as_now(actor: Actor, thing: Own) -> Own:
    """The actor's own thing as it is now, its row held; not there when it is anybody else's."""
    now = policy.mine(actor, type(thing)).select_for_update().filter(pk=thing.pk).first()
    if now is None:
        raise NotFound(_("There is nothing of yours here. It may have been thrown away."))
    return now


def as_seen(actor: Actor, thing: Own, seen: str) -> Own:
    """As `as_now`; refused when it is not any more what its owner had before them."""
    now = as_now(actor, thing)
    if state_of(now) != seen:
        raise Stale(
            _("You changed this somewhere else since you opened it here. Both are kept below; nothing was overwritten.")
        )
    return now


def _needed(words: str) -> str:
    if not words.strip():
        raise Invalid(_("Write a few words first."))
    return words.strip()


def _as_said(said: Happened) -> dict[str, object]:
    _needed(said.happened)
    return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(said).items()}


def _page_as_read(actor: Actor, cited: Cited | None) -> dict[str, object]:
    """The page that is cited, with the text that was read, or else the one of today.

    A page that is not there any more, or not open to the actor, takes nothing of what they wrote with it.
    """
    page = page_cited(actor, cited.manual, cited.page_id) if cited else None
    if cited is None or page is None:
        return {}
    read = revision_in(page.stack, cited.revision_id) if cited.revision_id else None
    is_of_page = read is not None and read.edition.page_id == page.held.page_id
    return {
        "manual_id": page.manual.pk,
        "page_id": page.held.page_id,
        "revision_id": read.pk if read and is_of_page else page.held.revision_id,
    }
