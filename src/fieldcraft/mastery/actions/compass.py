"""Writing down purpose and vision, what is so now, and how they change; nothing of it is recorded anywhere else."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import (
    Change,
    Hold,
    Purpose,
    RealityNote,
    Share,
    TensionMark,
    Vision,
    VisionRevision,
    Why,
    Wish,
)
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import (
    MOST_STEPS,
    Band,
    Bring,
    as_stored,
    band_at,
    belongings,
    brings_of,
    marks,
    moved,
)
from fieldcraft.people.access import Actor

Own = TypeVar("Own", bound=Model)


def owner(actor: Actor) -> UUID:
    """Whose compass it is; nobody writes in one without being signed in."""
    if actor.person_id is None:
        raise NotAllowed(_("Sign in first. A compass belongs to one person."))
    return actor.person_id


def as_it_is(actor: Actor, thing: Own) -> Own:
    """The actor's own thing as it is now, held until the end; not there when it is somebody else's or gone."""
    policy.mine(actor, type(thing)).select_for_update().filter(pk=thing.pk).first()
    return own(actor, type(thing), thing.pk)


def expect(thing: Model, based_on: str, *names: str) -> None:
    """Refuse when one of these fields is not any more as it was read."""
    if stamp(thing, *names) != based_on:
        raise Stale(
            _("You changed this somewhere else since you opened it here. Both are below; keep what you want to keep.")
        )


def needed(words: str) -> str:
    """What cannot be left empty, tidied."""
    tidy = words.replace("\r\n", "\n").strip()
    if not tidy:
        raise Invalid(_("Write a few words first."))
    return tidy


# Purpose


@transaction.atomic
def begin_purpose(*, actor: Actor, sentence: str) -> Purpose:
    """What the actor is here for, from now on; the former one is kept among the earlier ones."""
    _end_purpose(actor)
    return _made_purpose(actor, sentence)


@transaction.atomic
def reword_purpose(*, actor: Actor, purpose: Purpose, sentence: str) -> Purpose:
    """The same direction in better words: the visions that serve it go along."""
    now = as_it_is(actor, purpose)
    _end_purpose(actor)
    made = _made_purpose(actor, sentence)
    policy.mine(actor, Vision).filter(serves=now).update(serves=made)
    return made


@transaction.atomic
def rest_purpose(*, actor: Actor, purpose: Purpose) -> None:
    """It is kept among the earlier ones, with none in its place."""
    now = as_it_is(actor, purpose)
    now.ended_at = now.ended_at or timezone.now()
    now.save(update_fields=["ended_at"])


@transaction.atomic
def take_up_purpose(*, actor: Actor, purpose: Purpose) -> None:
    """An earlier one holds again."""
    now = as_it_is(actor, purpose)
    _end_purpose(actor)
    now.ended_at = None
    now.save(update_fields=["ended_at"])


def _end_purpose(actor: Actor) -> None:
    policy.mine(actor, Purpose).filter(ended_at=None).update(ended_at=timezone.now())


def _made_purpose(actor: Actor, sentence: str) -> Purpose:
    try:
        with transaction.atomic():
            return Purpose.objects.create(owner_id=owner(actor), sentence=" ".join(needed(sentence).split()))
    except IntegrityError as problem:
        raise Stale(
            _("You wrote a purpose somewhere else at the same moment. Look at it, then keep this one.")
        ) from problem


# Vision


@transaction.atomic
def begin_vision(*, actor: Actor, picture: str) -> Vision:
    """A picture, still forming; it serves the present purpose until its owner says otherwise."""
    serves = policy.mine(actor, Purpose).filter(ended_at=None).first()
    return Vision.objects.create(owner_id=owner(actor), picture=needed(picture), serves=serves)


@transaction.atomic
def say_of_vision(*, actor: Actor, vision: Vision, based_on: str, **said: Any) -> Vision:
    """Answer one of the questions about it; said: the field and its new value."""
    (name,) = said
    now = as_it_is(actor, vision)
    expect(now, based_on, name)
    setattr(now, name, said[name])
    if name == "serves" and now.serves and now.serves.owner_id != actor.person_id:
        raise Invalid(_("Choose one of your own purposes."))
    now.save(update_fields=[name])
    return now


@transaction.atomic
def add_bring(*, actor: Actor, vision: Vision, words: str, is_wish: bool, based_on: str) -> Vision:
    """One more answer to "what would it bring me?"; is_wish: this is what the person wants for itself."""
    now = as_it_is(actor, vision)
    expect(now, based_on, "brings")
    steps = brings_of(now)
    if len(steps) >= MOST_STEPS:
        raise Invalid(_("Five steps are as far as this goes. Look at which of them is the wish."))
    return _with_brings(now, [*_unwished(steps, is_wish), Bring(" ".join(needed(words).split()), is_wish)])


@transaction.atomic
def mark_wish(*, actor: Actor, vision: Vision, step: int, based_on: str) -> Vision:
    """Which step is the wish, counted from 0; the others are ways to it."""
    now = as_it_is(actor, vision)
    expect(now, based_on, "brings")
    return _with_brings(now, [replace(each, is_wish=at == step) for at, each in enumerate(brings_of(now))])


@transaction.atomic
def take_last_bring_out(*, actor: Actor, vision: Vision, based_on: str) -> Vision:
    """The last step is not so after all."""
    now = as_it_is(actor, vision)
    expect(now, based_on, "brings")
    return _with_brings(now, brings_of(now)[:-1])


def _unwished(steps: list[Bring], is_wish: bool) -> list[Bring]:
    """There is one wish in a chain."""
    return [replace(each, is_wish=False) for each in steps] if is_wish else steps


def _with_brings(vision: Vision, steps: list[Bring]) -> Vision:
    vision.brings = as_stored(steps)
    if any(each.is_wish for each in steps):
        vision.wish = Wish.MEANS
    vision.save(update_fields=["brings", "wish"])
    return vision


@transaction.atomic
def hold_vision(*, actor: Actor, vision: Vision, hold: Hold) -> None:
    """Hold it, let it rest, or take it up again as still forming. Letting go is a change, with its why."""
    if hold == Hold.LET_GO:
        raise Invalid(_("To let go of a vision, choose “Change the picture”."))
    now = as_it_is(actor, vision)
    now.hold = hold
    now.save(update_fields=["hold"])


@dataclass(frozen=True, slots=True)
class Changed:
    """What is done to a vision, and why; picture: "" when it is let go."""

    kind: Change
    picture: str = ""
    why: Why | str = ""
    said: str = ""


@transaction.atomic
def change_vision(*, actor: Actor, vision: Vision, changed: Changed, based_on: str) -> VisionRevision:
    """Make the picture clearer, larger or smaller, or let it go; the picture before is kept with the change."""
    now = as_it_is(actor, vision)
    expect(now, based_on, "picture")
    before, is_let_go = now.picture, changed.kind == Change.LET_GO
    after = "" if is_let_go else needed(changed.picture)
    if after == before:
        raise Invalid(_("The picture is as it was. Change its words first, or leave it."), code="unchanged")
    now.picture, now.hold = (before, Hold.LET_GO) if is_let_go else (after, now.hold)
    now.save(update_fields=["picture", "hold"])
    return VisionRevision.objects.create(
        owner_id=owner(actor),
        vision=now,
        before=before,
        after=after,
        kind=changed.kind,
        why=changed.why,
        said=changed.said.strip(),
    )


# Now, and the band


@dataclass(frozen=True, slots=True)
class Seen:
    """What is so: what a camera would have seen, the story told about it, what would show that wrong."""

    seen: str
    story: str = ""
    would_show_me_wrong: str = ""


@transaction.atomic
def keep_now(*, actor: Actor, vision: Vision, seen: Seen) -> RealityNote:
    """What is so now, beside a vision; earlier ones stay."""
    return RealityNote.objects.create(
        owner_id=owner(actor),
        vision=as_it_is(actor, vision),
        seen=needed(seen.seen),
        story=seen.story.strip(),
        would_show_me_wrong=seen.would_show_me_wrong.strip(),
    )


@transaction.atomic
def correct_now(*, actor: Actor, note: RealityNote, seen: Seen, based_on: str) -> RealityNote:
    """Say the same day's note in other words."""
    now = as_it_is(actor, note)
    expect(now, based_on, "seen", "story", "would_show_me_wrong")
    now.seen, now.story, now.would_show_me_wrong = (
        needed(seen.seen),
        seen.story.strip(),
        seen.would_show_me_wrong.strip(),
    )
    now.save(update_fields=["seen", "story", "would_show_me_wrong"])
    return now


@transaction.atomic
def move_end(*, actor: Actor, vision: Vision, end: str, way: str) -> Band:
    """Move one end of the band a step; of one day, the last place is kept."""
    if end not in {"vision", "now"} or way not in {"closer", "further"}:
        raise Invalid(_("Choose one of the buttons."))
    now = as_it_is(actor, vision)
    last = marks(actor, now).first()
    band = moved(band_at(last), end, way)
    if last and timezone.localdate(last.at) == timezone.localdate():
        last.vision_place, last.now_place = band.vision_place, band.now_place
        last.save(update_fields=["vision_place", "now_place"])
        return band
    TensionMark.objects.create(
        owner_id=owner(actor), vision=now, vision_place=band.vision_place, now_place=band.now_place
    )
    return band


# Deleting one thing


@transaction.atomic
def delete_thing(*, actor: Actor, thing: Model) -> None:
    """Delete one thing of the actor's own, with what belongs to it alone and every leave to read it."""
    now = as_it_is(actor, thing)
    gone = [now.pk, *(each.pk for each in belongings(actor, now))]
    policy.mine(actor, Share).filter(thing__in=gone).delete()
    now.delete()
