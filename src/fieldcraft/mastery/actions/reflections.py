"""Reflecting: writing it down, putting it away until a day, opening it again; and exercises that organisations add."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, Stale
from fieldcraft.mastery import policy
from fieldcraft.mastery.actions.practice import as_now, as_seen, owner_of
from fieldcraft.mastery.models import OwnExercise, Reflection
from fieldcraft.mastery.queries.practice import own_vision, state_of
from fieldcraft.mastery.queries.reflections import can_add_exercise, is_asleep, is_back, later_prompts
from fieldcraft.people.access import Actor, require

Answers = Sequence[tuple[str, str]]
MOST_PROMPTS = 12


@transaction.atomic
def keep_reflection(
    *,
    actor: Actor,
    answers: Answers,
    title: str = "",
    exercise: str = "",
    wakes_on: date | None = None,
    vision_id: UUID | None = None,
) -> Reflection:
    """What was written, question by question; put away until a day where one is named."""
    if wakes_on is not None and wakes_on <= timezone.localdate():
        raise Invalid(_("Choose a day after today, so that there is a night to sleep on it."))
    return Reflection.objects.create(
        owner_id=owner_of(actor),
        exercise=exercise,
        title=title.strip(),
        answers=_answered(answers),
        wakes_on=wakes_on,
        vision=own_vision(actor, vision_id),
    )


@transaction.atomic
def change_reflection(*, actor: Actor, reflection: Reflection, answers: Answers, title: str, seen: str) -> Reflection:
    """Write it otherwise; not while it is asleep, and not before it was opened again."""
    now = as_seen(actor, reflection, seen)
    _require_open(now)
    now.answers, now.title = _answered(answers), title.strip()
    now.save(update_fields=["answers", "title"])
    return now


@transaction.atomic
def add_to_reflection(*, actor: Actor, reflection: Reflection, answers: Answers) -> Reflection:
    """Later: what the exercise asks when one comes back to it; put behind what is there, so nothing can be overwritten."""
    now = as_now(actor, reflection)
    _require_open(now)
    asked = set(later_prompts(now.exercise))
    now.answers = [*now.answers, *([prompt, said] for prompt, said in _answered(answers) if prompt in asked and said)]
    now.save(update_fields=["answers"])
    return now


@transaction.atomic
def wake(*, actor: Actor, reflection: Reflection, words: str) -> Reflection:
    """Its day has come: what was written into the empty box, or nothing, is kept; from now on the old text is shown.

    Two devices may do so at once: the words of both are kept.
    """
    now = as_now(actor, reflection)
    if is_asleep(now):
        raise Invalid(_("It is asleep until its day comes."))
    if now.wakes_on is None:
        raise Invalid(_("This was not put away."))
    said = words.strip()
    if said and said != now.woken:
        now.woken = f"{now.woken}\n\n{said}".strip()
    now.woken_at = now.woken_at or timezone.now()
    now.save(update_fields=["woken", "woken_at"])
    return now


@transaction.atomic
def put_away_until(*, actor: Actor, reflection: Reflection, wakes_on: date) -> Reflection:
    """Let something that sleeps, or has just come back, return on another day."""
    now = as_now(actor, reflection)
    if not (is_asleep(now) or is_back(now)):
        raise Invalid(_("It is open already."))
    if wakes_on < timezone.localdate():
        raise Invalid(_("That day is over. Choose today or a later one."))
    now.wakes_on = wakes_on
    now.save(update_fields=["wakes_on"])
    return now


def _require_open(reflection: Reflection) -> None:
    if is_asleep(reflection) or is_back(reflection):
        raise Invalid(_("It is put away. Open it on its day first."))


def _answered(answers: Answers) -> list[list[str]]:
    """Every question with what was written, in order; one of them at least is answered."""
    kept = [[prompt, said.strip()] for prompt, said in answers]
    if not any(said for _prompt, said in kept):
        raise Invalid(_("Nothing is written yet. A word is enough; or leave it for another time."))
    return kept


@transaction.atomic
def add_exercise(*, actor: Actor, organisation_id: UUID, title: str, idea: str, prompts: Sequence[str]) -> OwnExercise:
    """An exercise for everybody of the organisation; nobody ever sees who uses it."""
    require(can_add_exercise(actor, organisation_id))
    return OwnExercise.objects.create(
        organisation_id=organisation_id, by_id=owner_of(actor), title=title, idea=idea, prompts=_prompts(prompts)
    )


@transaction.atomic
def change_exercise(
    *, actor: Actor, exercise: OwnExercise, title: str, idea: str, prompts: Sequence[str], seen: str
) -> OwnExercise:
    """Ask otherwise from now on; what people wrote keeps the questions that they were asked."""
    now = _exercise_now(actor, exercise)
    if state_of(now) != seen:
        raise Stale(
            _("Somebody changed this exercise since you opened it. Theirs is shown; your words are kept below.")
        )
    now.title, now.idea, now.prompts = title, idea, _prompts(prompts)
    now.save(update_fields=["title", "idea", "prompts"])
    return now


@transaction.atomic
def end_exercise(*, actor: Actor, exercise: OwnExercise) -> None:
    """Nobody is offered it any more; what people wrote stays theirs."""
    now = _exercise_now(actor, exercise)
    now.ended_at = timezone.now()
    now.save(update_fields=["ended_at"])


def _exercise_now(actor: Actor, exercise: OwnExercise) -> OwnExercise:
    require(can_add_exercise(actor, exercise.organisation_id))
    return policy.visible_exercises(actor).select_for_update().get(pk=exercise.pk)


def _prompts(prompts: Sequence[str]) -> list[str]:
    asked = [prompt.strip() for prompt in prompts if prompt.strip()]
    if not asked:
        raise Invalid(_("Ask at least one question."))
    if len(asked) > MOST_PROMPTS:
        raise Invalid(_("These are more questions than anybody likes to be asked. Keep to the best."))
    return asked
