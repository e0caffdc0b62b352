"""What a draft came from is settled when readers have it: a remark, a step, an offer; and open again when it is not to be.

Used inside the transaction of the action that agreed or ended the draft.
"""

from uuid import UUID

from django.utils import timezone

from fieldcraft.manual.models import Answer, Decision, Offer, Outcome, Remark, Revision, Source, Standing, Step


def settle(person_id: UUID | None, draft: Revision) -> None:
    """Readers have the draft now."""
    if draft.remark_id:
        _settle_remark(person_id, draft.remark_id, draft.reason)
    if draft.step_id:
        _settle_step(person_id, draft.step_id, draft)


def reopen(draft: Revision) -> None:
    """The draft was declined or withdrawn: what it came from waits as before."""
    if draft.step_id:
        Step.objects.filter(pk=draft.step_id, settled_at=None).update(quiet_until=None)


def _settle_remark(person_id: UUID | None, remark_id: UUID, reason: str) -> None:
    Remark.objects.filter(pk=remark_id, outcome="").update(
        outcome=Outcome.CHANGED,
        answer=reason,
        settled_by=person_id,
        settled_at=timezone.now(),
    )


def _settle_step(person_id: UUID | None, step_id: UUID, draft: Revision) -> None:
    """A text that keeps ours until a date leaves the base where it is, and the step open until then."""
    step = Step.objects.select_related("offer__manual__team").get(pk=step_id)
    if step.settled_at:
        return
    if step.source == Source.BELOW and draft.base_id == step.base_id and not _ends(draft):
        _follow_ours(step, draft)
        return
    step.decision, step.settled_at, step.settled_by_id = _decision(step, draft), timezone.now(), person_id
    step.save(update_fields=["decision", "settled_at", "settled_by"])
    if step.offer:
        _draw_in(person_id, step.offer, draft)


def _follow_ours(step: Step, draft: Revision) -> None:
    """The same words under a new reason: nothing has to be worked out anew, so nobody is told that a text has changed."""
    if _is_same_as_before(draft):
        step.ours = draft
        step.save(update_fields=["ours"])


def _is_same_as_before(draft: Revision) -> bool:
    old = draft.parent
    return old is not None and (old.title, old.body, old.tags) == (draft.title, draft.body, draft.tags)


def _ends(draft: Revision) -> bool:
    return draft.standing == Standing.INHERITED


def _decision(step: Step, draft: Revision) -> Decision:
    if _ends(draft):
        return Decision.TAKEN
    if _is_same_as_before(draft):
        return Decision.KEPT
    theirs = step.theirs
    is_theirs = theirs is not None and (theirs.title, theirs.body) == (draft.title, draft.body)
    return Decision.TAKEN if is_theirs else Decision.COMBINED


def _draw_in(person_id: UUID | None, offer: Offer, draft: Revision) -> None:
    """The offer is answered, and the page says to whom it owes what."""
    if offer.answer:
        return
    offer.answer, offer.answered_by_id, offer.answered_at = Answer.DRAWN_IN, person_id, timezone.now()
    offer.reason_why, offer.drawn_into = draft.reason, draft
    offer.save(update_fields=["answer", "answered_by", "answered_at", "reason_why", "drawn_into"])
    edition = draft.edition
    thanks = str(offer.manual.team or offer.manual.title) if offer.is_named else ""
    edition.credits = [*edition.credits, thanks]
    edition.save(update_fields=["credits"])
