"""Challenging a claim, and answering: changed, stands and why, or dropped."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, Stale
from fieldcraft.people.access import Actor, require
from fieldcraft.theory import policy
from fieldcraft.theory.models import Challenge, Claim, Outcome

LONGEST = 4_000


@transaction.atomic
def challenge_claim(*, actor: Actor, claim: Claim, words: str) -> Challenge:
    """Say what speaks against a claim, or what is missing; it stands on the claim until it is answered."""
    organisation = claim.theory.organisation_id
    require(policy.can_challenge(actor, organisation))
    assert actor.person_id  # who belongs to an organisation is signed in
    now = Claim.objects.get(pk=claim.pk)
    if now.dropped_in is not None or now.current_id is None:
        raise Invalid(_("This is not claimed any more."))
    said = _needed(words, _("Write a few words first: what speaks against it, or what is missing?"))
    made = Challenge.objects.create(claim=now, text_id=now.current_id, words=said, by_id=actor.person_id)
    record(by=actor.person_id, verb="claim.challenged", subject=made, organisation=organisation)
    return made


@transaction.atomic
def answer_challenge(*, actor: Actor, challenge: Challenge, outcome: str, answer: str) -> None:
    """Answer it, once; the outcome says what became of the claim, and must be so."""
    organisation = challenge.claim.theory.organisation_id
    require(policy.can_answer_challenge(actor, organisation))
    now = Challenge.objects.select_for_update().select_related("claim").get(pk=challenge.pk)
    if now.outcome:
        raise Stale(_("Somebody has answered this meanwhile. Read what they wrote."))
    if outcome not in Outcome.values:
        raise Invalid(_("Choose what became of the claim."))
    _require_so(now, Outcome(outcome))
    now.answer = _needed(answer, _("Say why, in a few words. Whoever challenged it will read it."))
    now.outcome, now.answered_by_id, now.answered_at = outcome, actor.person_id, timezone.now()
    now.save(update_fields=["answer", "outcome", "answered_by", "answered_at"])
    record(by=actor.person_id, verb="challenge.answered", subject=now, organisation=organisation)


def _require_so(challenge: Challenge, outcome: Outcome) -> None:
    """An answer never says that something was done which was not."""
    claim = challenge.claim
    if outcome == Outcome.DROPPED and claim.dropped_in is None:
        raise Invalid(_("The claim is still there. Drop it first, then answer."))
    if outcome == Outcome.CHANGED and claim.current_id == challenge.text_id:
        raise Invalid(_("The claim says what it said then. Change it first, then answer."))
    if outcome == Outcome.STANDS and claim.dropped_in is not None:
        raise Invalid(_("The claim does not stand any more: it was dropped."))


def _needed(words: str, missing: str) -> str:
    tidy = words.replace("\r\n", "\n").strip()
    if not tidy or len(tidy) > LONGEST:
        raise Invalid(missing)
    return tidy
