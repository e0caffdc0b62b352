"""Keeping how the week was, and what is pinned to the weeks; nobody but its owner, and nothing of it is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Answer, CheckIn, Event
from fieldcraft.mastery.queries.checkins import answers_of, event_of_mine, state_of
from fieldcraft.measures.queries.asked import Asked
from fieldcraft.people.access import Actor

LONGEST = 1_000
MOST_EVENT_WORDS = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a week: answers by item, none for what was passed over; a private line."""

    answers: Mapping[str, int]
    line: str = ""


@transaction.atomic
def keep_checkin(*, actor: Actor, asked: Asked, week: date, told: Told, seen: str) -> CheckIn | None:
    """How the week was, in place of what was said of it before; None when nothing is said and nothing is kept.

    seen: the state that the actor had before them, "" for a week without a check-in.
    """
    owner_id, line = _owner(actor), _line(told.line)
    _expect_answers(asked, told.answers)
    checkin = policy.mine(actor, CheckIn).select_for_update().filter(pack=asked.pack.id, week=week).first()
    if checkin is None and not (told.answers or line):
        return None
    if checkin is None:
        checkin, is_new = CheckIn.objects.get_or_create(
            owner_id=owner_id, pack=asked.pack.id, week=week, defaults={"pack_version": asked.pack.version}
        )
        seen = state_of({}, "") if is_new else seen
    return _change(checkin, asked, told.answers, line, seen)


def _change(checkin: CheckIn, asked: Asked, answers: Mapping[str, int], line: str, seen: str) -> CheckIn | None:
    was, wanted = state_of(answers_of(checkin), checkin.line), state_of(answers, line)
    if was == wanted and (answers or line):
        return checkin  # the same was sent twice
    if was != seen:
        raise Stale(_("This week was changed in another place meanwhile. What you chose here is kept in the form."))
    checkin.answers.all().delete()
    if not (answers or line or checkin.fits):
        checkin.delete()
        return None
    Answer.objects.bulk_create(
        Answer(owner_id=checkin.owner_id, checkin=checkin, item=item, value=value) for item, value in answers.items()
    )
    checkin.line, checkin.pack_version = line, asked.pack.version
    checkin.save(update_fields=["line", "pack_version"])
    return checkin


def _owner(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotAllowed(_("Sign in first."))
    return actor.person_id


def _line(line: str) -> str:
    line = line.replace("\r\n", "\n").strip()
    if len(line) > LONGEST:
        raise Invalid(_("This is longer than fits here. A reflection has room for it."))
    return line


def _expect_answers(asked: Asked, answers: Mapping[str, int]) -> None:
    items = {item.key for item in asked.pack.items}
    if any(key not in items or not asked.pack.low <= value <= asked.pack.high for key, value in answers.items()):
        raise Invalid(_("One of the answers is not among those to choose from. Open the check-in again."))


@transaction.atomic
def note_fit(*, actor: Actor, checkin_id: UUID, words: str, seen: str) -> None:
    """Whether the pictures fit how it was, in the owner's words; kept with the latest check-in.

    seen: the words that stood there before.
    """
    checkin, words = _mine(actor, checkin_id), _line(words)
    if checkin.fits not in {seen.replace("\r\n", "\n"), words}:
        raise Stale(_("This note was changed in another place meanwhile. Your words are kept in the form."))
    checkin.fits = words
    checkin.save(update_fields=["fits"])


def _mine(actor: Actor, checkin_id: UUID) -> CheckIn:
    checkin = policy.mine(actor, CheckIn).select_for_update().filter(pk=checkin_id).first()
    if checkin is None:
        raise NotFound()
    return checkin


@transaction.atomic
def delete_checkin(*, actor: Actor, checkin_id: UUID) -> None:
    """The whole week goes, for good."""
    _mine(actor, checkin_id).delete()


@transaction.atomic
def delete_answer(*, actor: Actor, checkin_id: UUID, item: str) -> None:
    """One answer goes, for good; and the week with it when nothing else was said."""
    checkin = _mine(actor, checkin_id)
    checkin.answers.filter(item=item).delete()
    if not (checkin.line or checkin.fits or checkin.answers.exists()):
        checkin.delete()


@transaction.atomic
def pin_event(*, actor: Actor, on: date, words: str) -> Event:
    """Something of one's own, pinned to the weeks."""
    words = " ".join(words.split())
    if not words or len(words) > MOST_EVENT_WORDS:
        raise Invalid(_("Say it in a few words, at most sixty letters."))
    return Event.objects.create(owner_id=_owner(actor), on=on, words=words)


@transaction.atomic
def unpin_event(*, actor: Actor, event_id: UUID) -> None:
    """Take it off the weeks, for good."""
    event_of_mine(actor, event_id).delete()
