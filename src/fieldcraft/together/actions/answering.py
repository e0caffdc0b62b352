"""What the organisation says to a condition, step by step, and who says it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.people.access import Actor, require
from fieldcraft.together import policy
from fieldcraft.together.models import ANSWERED, LONGEST_ANSWER, Condition, ConditionStep, Raising, Stage
from fieldcraft.together.queries.conditions import people_who_could_answer
from fieldcraft.together.queries.raisings import JUDGED

MAY_FOLLOW: dict[str, frozenset[str]] = {
    Stage.HEARD: frozenset({Stage.WAITING}),
    Stage.TRYING: frozenset(Stage),
    Stage.CHANGED: frozenset({Stage.WAITING, Stage.HEARD, Stage.TRYING, Stage.CANNOT}),
    Stage.CANNOT: frozenset({Stage.WAITING, Stage.HEARD, Stage.TRYING, Stage.CHANGED}),
}
"""Which steps may come after which; an answer can be thought over, so something can be tried after it."""


@transaction.atomic
def answer_condition(*, actor: Actor, condition: Condition, stage: Stage, words: str, seen: str) -> ConditionStep:
    """Say the next step; seen: how many steps there were when the actor looked.

    Whoever takes the first step on a condition that nobody answers for yet answers for it from then on.
    """
    now = _locked(actor, condition)
    require(policy.can_answer(actor, now))
    assert actor.person_id  # who may answer is signed in
    said = words.replace("\r\n", "\n").replace("\x00", "").strip()
    _expect(now, stage, said, seen)
    step = ConditionStep.objects.create(
        condition=now, number=int(seen) + 1, stage=stage, words=said, by_id=actor.person_id, on=timezone.localdate()
    )
    now.stage, now.stage_on, now.owner_id = stage, step.on, now.owner_id or actor.person_id
    now.owner_agreed = now.owner_agreed or now.owner_id == actor.person_id
    now.save(update_fields=["stage", "stage_on", "owner", "owner_agreed"])
    if stage in JUDGED:
        _ask_anew(now)
    record(by=actor.person_id, verb=f"condition.{stage}", subject=now, organisation=now.organisation_id)
    return step


def _ask_anew(condition: Condition) -> None:
    """Those who raised it are asked of what is so from now on; what they said was of what was so before."""
    Raising.objects.filter(condition=condition).update(helped="")
    Condition.objects.filter(pk=condition.pk).update(said="", said_on=None)


def _locked(actor: Actor, condition: Condition) -> Condition:
    found = policy.visible_conditions(actor).select_for_update().filter(pk=condition.pk).first()
    if found is None:
        raise NotFound(_("There is no such condition, or it is not for you to see."))
    return found


def _expect(now: Condition, stage: Stage, words: str, seen: str) -> None:
    if seen != str(now.steps.count()):
        raise Stale(
            _("Somebody answered meanwhile. Look at their words below, and send yours again if they still hold.")
        )
    if now.stage not in MAY_FOLLOW.get(stage, frozenset()):
        raise Invalid(_("This step does not follow on the last one. Look at the path again."))
    if len(words) > LONGEST_ANSWER:
        sentence = _("This is longer than fits here: %(signs)d signs, and %(most)d fit. Say it in fewer words.")
        raise Invalid(sentence % {"signs": len(words), "most": LONGEST_ANSWER})
    if stage != Stage.HEARD and not words:
        raise Invalid(
            _("Say it in a few words that everybody understands: what will be tried, what changed, or why not.")
        )


@transaction.atomic
def name_owner(*, actor: Actor, condition: Condition, person_id: UUID) -> None:
    """Say who answers: oneself, or somebody of the organisation, who agrees by acting."""
    now = _locked(actor, condition)
    require(policy.can_name_owner(actor, now))
    if now.stage in ANSWERED:
        raise Invalid(_("It is answered. Say first what will be tried."))
    if not people_who_could_answer(now).filter(pk=person_id).exists():
        raise NotFound(_("This person does not belong to the organisation."))
    now.owner_id, now.owner_agreed = person_id, person_id == actor.person_id
    now.save(update_fields=["owner", "owner_agreed"])
    record(by=actor.person_id, verb="condition.owner_named", subject=now, organisation=now.organisation_id)
