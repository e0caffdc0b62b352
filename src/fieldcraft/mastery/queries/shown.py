"""What exactly somebody else gets to see of one thing, and nothing besides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.mastery.models import Obstacle, Practice, PracticeNote, Purpose, RealityNote, Reflection, Vision


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing as somebody else reads it, and nothing besides: what it is, of when, its parts under their labels."""

    what: str
    on: date
    parts: tuple[tuple[str, str], ...]

    @property
    def mark(self) -> str:
        """Tells whether it is still what was looked at before it was shared."""
        return sha256(repr(self).encode()).hexdigest()[:32]


def as_shown(thing: Model) -> Shown:
    """What exactly a reader gets to see; the look before it is shared and the reader's own look are both this."""
    what, at, parts = _told(thing)
    return Shown(what, timezone.localtime(at).date(), tuple((label, text) for label, text in parts if text))


Parts = list[tuple[str, str]]


def _told(thing: Model) -> tuple[str, datetime, Parts]:
    match thing:
        case Purpose():
            return _("Purpose"), thing.made_at, [(_("What I am here for"), thing.sentence)]
        case Vision():
            return _("Vision"), thing.made_at, _of_vision(thing)
        case RealityNote():
            return _("Vision and now"), thing.at, _of_reality(thing)
        case Obstacle():
            return _("Something in the way"), thing.made_at, _of_obstacle(thing)
        case Practice():
            return _("Something to try"), thing.made_at, _of_practice(thing)
        case PracticeNote():
            return _("What happened"), thing.made_at, _of_note(thing)
        case Reflection():
            return thing.title or _("Reflection"), thing.made_at, _of_reflection(thing)
    raise NotFound(_("There is no such thing in your compass."))


def _of_vision(vision: Vision) -> Parts:
    brings = "\n".join(str(each) for each in vision.brings)
    return [
        (_("The picture"), vision.picture),
        (_("Whom it shows"), str(vision.get_scope_display()) if vision.scope else ""),
        (_("What it would bring me"), brings),
        (_("What the organisation could do towards it"), vision.organisation_could),
    ]


def _of_reality(note: RealityNote) -> Parts:
    """With the picture that it stands beside."""
    return [
        (_("The picture"), note.vision.picture),
        (_("What a camera would have seen"), note.seen),
        (_("The story I tell about it"), note.story),
        (_("What would show me wrong"), note.would_show_me_wrong),
    ]


def _of_obstacle(obstacle: Obstacle) -> Parts:
    return [
        (_("In the way"), obstacle.text),
        (_("What kind"), str(obstacle.get_kind_display()) if obstacle.kind else ""),
        (_("Whose it is to move"), str(obstacle.get_whose_display()) if obstacle.whose else ""),
        (_("What speaks against it"), obstacle.against),
    ]


def _of_practice(practice: Practice) -> Parts:
    page = practice.revision.title if practice.revision else ""
    return [(_("What I will try"), practice.what), (_("When"), practice.when), (_("The page"), page)]


def _of_note(note: PracticeNote) -> Parts:
    return [
        (_("The page"), note.revision.title if note.revision else ""),
        (_("My hunch, before I thought"), note.hunch),
        (_("What happened"), note.happened),
        (_("My reasons"), note.reasons),
        (_("What surprised me"), note.surprise),
        (_("How it went"), str(note.get_outcome_display()) if note.outcome else ""),
        (_("Which I followed"), str(note.get_followed_display()) if note.followed else ""),
        (_("What came of it"), note.followed_what),
    ]


def _of_reflection(reflection: Reflection) -> Parts:
    if is_asleep(reflection):
        raise Invalid(_("You put this away until its day. Let it come back first; then you can share it."))
    return [*pairs_of(reflection.answers), (_("When it came back"), reflection.woken)]


def is_asleep(reflection: Reflection) -> bool:
    """Put away and not yet woken by its owner."""
    return reflection.wakes_on is not None and reflection.woken_at is None


def pairs_of(answers: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Prompt and answer, however they were kept."""
    for each in answers:
        match each:
            case {**named}:
                yield str(named.get("prompt", "")), str(named.get("answer", ""))
            case [prompt, answer]:
                yield str(prompt), str(answer)
            case _:
                yield "", str(each)


def what_it_is(kind: str) -> str:
    """The kind of thing, without a word of it."""
    return {
        "purpose": _("A purpose"),
        "vision": _("A vision"),
        "realitynote": _("A vision, and what is so now"),
        "obstacle": _("Something in the way"),
        "practice": _("Something to try"),
        "practicenote": _("A note of what happened"),
        "reflection": _("A reflection"),
    }.get(kind, "")


_BEGINNINGS = ("sentence", "picture", "seen", "text", "what", "happened", "title")


def first_words(thing: Model | None) -> str:
    """What its owner knows it by."""
    for name in _BEGINNINGS if thing else ():
        if words := str(getattr(thing, name, "")):
            return words if len(words) <= 80 else f"{words[:79].rstrip()}…"
    return ""
