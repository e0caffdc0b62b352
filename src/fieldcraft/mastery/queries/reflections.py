"""Exercises to choose from, the actor's own reflections, and which of them are asleep."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import OwnExercise, Reflection
from fieldcraft.people.access import YES, Actor, Decision, no
from fieldcraft.people.models import Organisation, Role
from fieldcraft.people.queries import my_organisations

REFLECTIONS_A_SCREEN = 30
_FOLDER = Path(__file__).parents[1] / "exercises"
_MAY_ADD = frozenset({Role.EDITOR, Role.CONVENOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Exercise:
    """A few questions to think along.

    key: its name among Fieldcraft's own, or the id of one that an organisation added.
    idea: where it comes from. minutes: about how long; none where nobody has said.
    later: questions that are asked when one comes back to what was written.
    sleeps: it is put away until a day. whose: the organisation that added it; none for Fieldcraft's own.
    """

    key: str
    title: str
    idea: str
    prompts: tuple[str, ...]
    minutes: int | None = None
    later: tuple[str, ...] = ()
    sleeps: bool = False
    whose: Organisation | None = None


@cache
def _shipped() -> tuple[tuple[Exercise, Mapping[str, Exercise]], ...]:
    """Fieldcraft's own exercises in their order, each with the same in other languages."""
    files = [(tomllib.loads(file.read_text("utf-8")), file.stem) for file in _FOLDER.glob("*.toml")]
    ordered = sorted(files, key=lambda each: each[0]["place"])
    return tuple((_exercise(key, data), _in_other_languages(key, data)) for data, key in ordered)


def _exercise(key: str, data: Mapping[str, Any]) -> Exercise:
    return Exercise(
        key,
        data["title"],
        data["idea"],
        tuple(data["prompts"]),
        data["minutes"],
        tuple(data.get("later", ())),
        data.get("sleeps", False),
    )


def _in_other_languages(key: str, data: Mapping[str, Any]) -> dict[str, Exercise]:
    return {code: _exercise(key, {**data, **said}) for code, said in data.get("languages", {}).items()}


def shipped_exercises() -> list[Exercise]:
    """Fieldcraft's own, in the reader's language."""
    language = (get_language() or "").partition("-")[0]
    return [others.get(language, exercise) for exercise, others in _shipped()]


def own_exercises(actor: Actor) -> list[Exercise]:
    """Those that the actor's organisations added."""
    return [_as_exercise(own) for own in policy.visible_exercises(actor).select_related("organisation").order_by("pk")]


def _as_exercise(own: OwnExercise) -> Exercise:
    return Exercise(str(own.pk), own.title, own.idea, tuple(own.prompts), whose=own.organisation)


def exercise_named(actor: Actor, key: str) -> Exercise | None:
    """One exercise that is open to the actor."""
    if own_id := _id(key):
        own = policy.visible_exercises(actor).select_related("organisation").filter(pk=own_id).first()
        return _as_exercise(own) if own else None
    return next((each for each in shipped_exercises() if each.key == key), None)


def _id(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def own_exercise_of(actor: Actor, exercise_id: UUID) -> OwnExercise | None:
    """An exercise of one of the actor's organisations, for those who may change it."""
    return policy.visible_exercises(actor).select_related("organisation").filter(pk=exercise_id).first()


def can_add_exercise(actor: Actor, organisation_id: UUID) -> Decision:
    """May add exercises for everybody of the organisation."""
    offices = [post for post in actor.posts if post.organisation_id == organisation_id and post.team_id is None]
    if any(post.role in _MAY_ADD for post in offices):
        return YES
    return no(_("Editors, convenors and administrators add exercises for everybody. Tell one of them your idea."))


def organisations_to_add_for(actor: Actor) -> list[Organisation]:
    """Where the actor may add exercises."""
    return [each for each in my_organisations(actor) if can_add_exercise(actor, each.pk)]


def later_prompts(key: str) -> tuple[str, ...]:
    """What an exercise of Fieldcraft's asks when one comes back to it; nothing for any other."""
    return next((each.later for each in shipped_exercises() if each.key == key), ())


def my_reflections(actor: Actor, before: UUID | None = None) -> QuerySet[Reflection]:
    """The actor's reflections, newest first; from one of theirs on where one is named."""
    found = policy.mine(actor, Reflection).order_by("-id")
    return found.filter(pk__lt=before) if before else found


def reflection_of(actor: Actor, reflection_id: UUID) -> Reflection | None:
    """One reflection of the actor's; nobody else's."""
    return policy.mine(actor, Reflection).select_related("vision").filter(pk=reflection_id).first()


def is_asleep(reflection: Reflection) -> bool:
    """Whether its day has not come yet: until then nothing of it is shown."""
    return (
        reflection.wakes_on is not None and reflection.woken_at is None and reflection.wakes_on > timezone.localdate()
    )


def is_back(reflection: Reflection) -> bool:
    """Whether its day has come and it waits to be opened, with an empty box first."""
    return reflection.wakes_on is not None and reflection.woken_at is None and not is_asleep(reflection)
