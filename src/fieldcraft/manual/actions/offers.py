"""Offering a text to the core or to another team, asking and answering about it, and what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.steps import combine, open_step
from fieldcraft.manual.models import (
    Answer,
    Decision,
    Edition,
    Fit,
    Manual,
    Offer,
    OfferReader,
    Question,
    Remark,
    Revision,
    Source,
    Standing,
    State,
    Step,
)
from fieldcraft.manual.queries.resolve import chain_of, stack_now
from fieldcraft.people.access import Actor, require

LONGEST = 2_000
OFFERED = (Standing.ADAPTED, Standing.LOCAL, Standing.NOTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the team says about its text.

    reason: what makes it better; remarks: what was noticed on the page, as ticked.
    is_named: whether those who get it may know whose it is.
    """

    reason: str
    remarks: Collection[UUID] = ()
    is_named: bool = True


@transaction.atomic
def make_offer(*, actor: Actor, manual: Manual, to: Manual, revision: Revision, seen: Seen) -> Offer:
    """Offer the text that readers of `manual` have now; one at a time of each page.

    Raises Invalid (code "already_offered" where one is open), Stale when the page has another text by now.
    """
    require(policy.can_write(actor, manual))
    _require_place(actor, manual, to)
    edition = _as_read(manual, revision)
    _require_news(to, edition, revision)
    _require_none_open(manual, edition.page_id)
    assert actor.person_id  # who may write is signed in
    of = {"manual": manual, "page_id": edition.page_id, "to": to, "revision": revision, "by_id": actor.person_id}
    try:
        with transaction.atomic():
            made = Offer.objects.create(**of, reason=_words(seen.reason), is_named=seen.is_named)
    except IntegrityError:  # somebody of the team was quicker
        raise _already() from None
    made.remarks.set(_ticked(actor, manual, edition.page_id, seen.remarks))
    record(by=actor.person_id, verb="offer.made", subject=made, organisation=manual.organisation_id)
    return made


def _require_place(actor: Actor, manual: Manual, to: Manual) -> None:
    """A manual below, whoever reads it; another team's only where the actor may read it."""
    chain = chain_of(to)
    is_below = to in chain_of(manual)[1:]
    is_neighbour = to.team_id is not None and to.pk != manual.pk and policy.can_read(actor, chain)
    if not is_below and not is_neighbour:
        raise Invalid(_("Choose whom you offer it to from the list."))


def _as_read(manual: Manual, revision: Revision) -> Edition:
    edition = Edition.objects.filter(pk=revision.edition_id, manual=manual, ended_at=None).first()
    if edition is None or edition.standing not in OFFERED:
        raise NotFound(_("Your team has no such text of its own."))
    if edition.current_id != revision.pk:
        raise Stale(_("Your page has a newer text since you began. Look at it first; your words are kept below."))
    return edition


def _require_news(to: Manual, edition: Edition, revision: Revision) -> None:
    """The others must have something to gain by it."""
    held = stack_now(to).covering(edition.page_id)
    if held is None and edition.standing == Standing.NOTED:
        raise Invalid(_("They do not have this page, so a note has nothing to stand beside."))
    theirs = Revision.objects.get(pk=held.revision_id) if held else None
    if theirs and (theirs.title, theirs.body) == (revision.title, revision.body):
        raise Invalid(_("They have the very same text already."))


def _require_none_open(manual: Manual, page_id: UUID) -> None:
    if Offer.objects.filter(manual=manual, page=page_id, answer="").exists():
        raise _already()


def _already() -> Invalid:
    return Invalid(
        _("Your team has offered this page already, and the answer is still to come. Withdraw that offer first."),
        code="already_offered",
    )


def _words(said: str) -> str:
    said = said.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid(_("Write a few words first."))
    if len(said) > LONGEST:
        raise Invalid(_("This is longer than fits here. Keep to what matters most."))
    return said


def _ticked(actor: Actor, manual: Manual, page_id: UUID, ids: Collection[UUID]) -> list[Remark]:
    found = list(policy.visible_remarks(actor, manual).filter(page=page_id, is_from_outside=False, pk__in=list(ids)))
    if len(found) != len(set(ids)):
        raise Invalid(_("One of these remarks is not on this page any more. Look at the list again."))
    return found


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer: Offer) -> None:
    """Take it back; those who got it do not know of it any more."""
    require(policy.can_write(actor, offer.manual))
    offer = _held_open(offer)
    _require_undecided(offer)
    unbegun = Step.objects.filter(offer=offer, settled_at=None)
    unbegun.filter(drafts=None).delete()
    unbegun.update(theirs=None, base=None, choices={}, decision=Decision.CAUGHT_UP, settled_at=timezone.now())
    _answered(actor, offer, Answer.WITHDRAWN, "")


@transaction.atomic
def read_offer(*, actor: Actor, offer: Offer) -> None:
    """Somebody of those it was offered to has opened it: the team sees that it is being read."""
    if not offer.answer and actor.person_id and policy.can_write(actor, offer.to):
        OfferReader.objects.get_or_create(offer=offer, by_id=actor.person_id)


@transaction.atomic
def ask_about_offer(*, actor: Actor, offer: Offer, body: str) -> Question:
    """Those who got it ask the team."""
    require(policy.can_write(actor, offer.to))
    return _said(actor, offer, body, is_from_team=False)


@transaction.atomic
def answer_about_offer(*, actor: Actor, offer: Offer, body: str) -> Question:
    """The team answers, or adds something."""
    require(policy.can_write(actor, offer.manual))
    return _said(actor, offer, body, is_from_team=True)


def _said(actor: Actor, offer: Offer, body: str, *, is_from_team: bool) -> Question:
    now = _held_open(offer)
    assert actor.person_id  # who may write is signed in
    made = Question.objects.create(offer=now, body=_words(body), is_from_team=is_from_team, by_id=actor.person_id)
    of = offer.manual if is_from_team else offer.to
    record(by=actor.person_id, verb="offer.written_about", subject=now, organisation=of.organisation_id)
    return made


@transaction.atomic
def decline_offer(*, actor: Actor, offer: Offer, reason: str) -> None:
    """Not drawn in, and why; the team keeps its text."""
    require(policy.can_write(actor, offer.to))
    if not reason.strip():
        raise Invalid(_("Say in a few words why not. The team will read this."))
    offer = _held_open(offer)
    _require_undecided(offer)
    unsettled = Step.objects.filter(offer=offer, settled_at=None)
    unsettled.update(decision=Decision.KEPT, settled_at=timezone.now(), settled_by=actor.person_id)
    _answered(actor, offer, Answer.DECLINED, _words(reason))


@transaction.atomic
def draw_in_offer(*, actor: Actor, offer: Offer) -> Step:
    """Begin to bring it into the manual; the offer is answered when readers have the text."""
    require(policy.can_write(actor, offer.to))
    offer = _held_open(offer)
    return open_step(actor=actor, manual=offer.to, theirs=offer.revision, offer=offer)


@transaction.atomic
def draw_in_example(*, actor: Actor, offer: Offer, text: Text, based_on: UUID | None) -> Revision:
    """The page with a team's note in it, put to those who keep the page; the offer is answered when readers have it."""
    require(policy.can_write(actor, offer.to))
    offer = _held_open(offer)
    held = stack_now(offer.to).covering(offer.page_id)
    if held is None:
        raise NotFound(_("There is no such page in this manual."))
    if held.revision_id != based_on:
        raise Stale(_("Somebody else changed this page since you began. Both texts are kept; look at theirs first."))
    of = {"manual": offer.to, "page_id": offer.page_id, "source": Source.OFFER, "offer": offer}
    step = Step.objects.filter(offer=offer, settled_at=None).first() or Step(**of)
    step.ours_id, step.theirs, step.fit, step.changed_at = held.revision_id, offer.revision, Fit.FITS, timezone.now()
    step.save()
    return combine(actor=actor, step=step, text=replace(text, step=step.pk), based_on=based_on)


def _held_open(offer: Offer) -> Offer:
    """The offer as it is now, its row held; somebody may have answered it meanwhile."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("manual__team", "to__team", "revision__edition")
    now = rows.get(pk=offer.pk)
    if now.answer:
        raise Stale(_("Somebody has answered or withdrawn this offer meanwhile."))
    return now


def _require_undecided(offer: Offer) -> None:
    """Once the others are agreeing the text, it is theirs to decide."""
    if Revision.objects.filter(step__offer=offer, state__in=[State.DRAFT, State.GATHERED]).exists():
        raise Invalid(_("It is being drawn in: the text waits for the last yes, or to be published."))


def _answered(actor: Actor, offer: Offer, answer: Answer, why: str) -> None:
    offer.answer, offer.reason_why = answer, why
    offer.answered_by_id, offer.answered_at = actor.person_id, timezone.now()
    offer.save(update_fields=["answer", "reason_why", "answered_by", "answered_at"])
    of = offer.manual if answer is Answer.WITHDRAWN else offer.to
    record(by=actor.person_id, verb=f"offer.{answer}", subject=offer, organisation=of.organisation_id)
