"""Noticing something on a page, replying, letting a suggestion stand, and saying what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.again import WITHIN
from fieldcraft.manual.actions.passages import passage_in
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Manual, Outcome, Remark, Reply, Revision, State
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.manual.queries.resolve import chain_of
from fieldcraft.people.access import Actor, require

LONGEST = 2_000
SUGGESTIONS_AN_HOUR = 5
_HOUR = timedelta(hours=1).total_seconds()


@dataclass(frozen=True, slots=True)
class Noticed:
    """What somebody noticed.

    based_on: the text they had before them.
    passage: the words it is about, as they were seen, and where about they stood; None for the whole page.
    """

    body: str
    based_on: UUID | None
    passage: Quote | None = None


@transaction.atomic
def make_remark(*, actor: Actor, manual: Manual, page_id: UUID, noticed: Noticed) -> Remark:
    """Somebody of the house notices something on a page or a passage."""
    require(policy.can_see_remarks(actor, manual))
    made = _unsaved(manual, page_id, noticed, by_id=actor.person_id)
    return _sent_before(made) or _kept(actor, "remark.made", made)


@transaction.atomic
def suggest_change(
    *, actor: Actor, manual: Manual, page_id: UUID, noticed: Noticed, sender: str, from_name: str = ""
) -> Remark:
    """A reader from outside suggests something; held for those who change the manual's pages.

    sender: tells one sender from another for the limit of so many an hour; kept for that hour alone.
    """
    require(policy.can_suggest(actor, chain_of(manual)))
    name = "" if actor.is_signed_in else " ".join(from_name.split())[:80]
    made = _unsaved(manual, page_id, noticed, by_id=actor.person_id, from_name=name, is_from_outside=True, is_held=True)
    if again := _sent_before(made):
        return again
    _count(sender)
    return _kept(actor, "remark.suggested", made)


def _sent_before(made: Remark) -> Remark | None:
    """The same, sent a moment ago: its answer got lost on the way."""
    names = ("manual_id", "page_id", "by_id", "from_name", "body", "quote", "prefix", "position", "is_from_outside")
    sent = Remark.objects.filter(outcome="", made_at__gte=timezone.now() - WITHIN)
    return sent.filter(**{name: getattr(made, name) for name in names}).first()


def _kept(actor: Actor, verb: str, made: Remark) -> Remark:
    made.save(force_insert=True)
    record(by=actor.person_id, verb=verb, subject=made, organisation=made.manual.organisation_id)
    return made


def _count(sender: str) -> None:
    """Refuse the sixth of one sender within an hour."""
    key, now = f"suggestions:{sender}", timezone.now().timestamp()
    lately = [at for at in cache.get(key, []) if at > now - _HOUR]
    if len(lately) >= SUGGESTIONS_AN_HOUR:
        raise NotAllowed(
            _(
                "You have sent several suggestions within the hour; thank you. Keep this one and send it a little later."
            ),
            code="too_many",
        )
    cache.set(key, [*lately, now], int(_HOUR))


def _unsaved(manual: Manual, page_id: UUID, noticed: Noticed, **of: Any) -> Remark:
    bump(manual)
    body, read = _words(noticed.body), _read(manual, page_id, noticed.based_on)
    passage = passage_in(read.pk, noticed.passage)
    return Remark(
        manual=manual,
        page_id=page_id,
        revision=read,
        quote=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        position=passage.position,
        body=body,
        **of,
    )


def _words(body: str) -> str:
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Invalid(_("Write a few words first."))
    if len(body) > LONGEST:
        raise Invalid(_("This is longer than a remark can be. Keep to what matters most."))
    return body


def _read(manual: Manual, page_id: UUID, based_on: UUID | None) -> Revision:
    """The text that was read; it need not be current any more, for a remark overwrites nothing."""
    layers = [each.pk for each in chain_of(manual)]
    agreed = Revision.objects.filter(edition__page=page_id, edition__manual__in=layers, state=State.AGREED)
    found = agreed.filter(pk=based_on).first() if based_on else None
    if found is None:
        raise Invalid(_("It is not clear which text you read. Open the page again and copy your words into it."))
    return found


@transaction.atomic
def reply_to_remark(*, actor: Actor, remark: Remark, body: str, seen: str) -> Reply:
    """Answer a remark, or ask back."""
    now = _as_now(actor, remark)
    _expect(now, seen, replies_matter=False)
    assert actor.person_id  # only the house may see remarks
    said = {"remark": now, "body": _words(body), "by_id": actor.person_id}
    if again := Reply.objects.filter(**said, at__gte=timezone.now() - WITHIN).first():
        return again
    reply = Reply.objects.create(**said)
    _record(actor, "remark.replied", now)
    return reply


@transaction.atomic
def let_remark_stand(*, actor: Actor, remark: Remark, seen: str) -> None:
    """A suggestion from outside stands beside the page from now on, for everyone of the house."""
    now = _as_now(actor, remark)
    require(policy.can_write(actor, now.manual))
    _expect(now, seen, replies_matter=False)
    now.is_held = False
    now.save(update_fields=["is_held"])
    _record(actor, "remark.let_stand", now)


@transaction.atomic
def settle_remark(*, actor: Actor, remark: Remark, outcome: Outcome, answer: str, seen: str) -> None:
    """Say what came of it; settled anew, the earlier answer is kept among the replies.

    Whatever came of it, a suggestion that is held stays so: only letting it stand shows it to more people.
    """
    now = _as_now(actor, remark)
    require(policy.can_settle(actor, now))
    _expect(now, seen)
    if outcome != Outcome.CHANGED and not answer.strip():
        raise Invalid(_("Say in a few words why. Whoever noticed it will look for this."))
    _keep_answer(now)
    now.outcome, now.answer = outcome, answer.strip() and _words(answer)
    now.settled_by_id, now.settled_at = actor.person_id, timezone.now()
    now.save(update_fields=["outcome", "answer", "settled_by", "settled_at"])
    _record(actor, "remark.settled", now)


@transaction.atomic
def reopen_remark(*, actor: Actor, remark: Remark, seen: str) -> None:
    """It is not settled after all; what it was settled with is kept among the replies."""
    now = _as_now(actor, remark)
    require(policy.can_settle(actor, now))
    _expect(now, seen, replies_matter=False)
    _keep_answer(now)
    now.outcome, now.answer, now.settled_by, now.settled_at = "", "", None, None
    now.save(update_fields=["outcome", "answer", "settled_by", "settled_at"])
    _record(actor, "remark.reopened", now)


def _keep_answer(remark: Remark) -> None:
    if remark.answer and remark.settled_by_id:
        kept = Reply.objects.create(remark=remark, body=remark.answer, by_id=remark.settled_by_id)
        Reply.objects.filter(pk=kept.pk).update(at=remark.settled_at)


def _as_now(actor: Actor, remark: Remark) -> Remark:
    """The remark as it is now, with its manual's row held; not there for whoever may not know of it."""
    require(policy.can_see_remarks(actor, remark.manual))
    bump(remark.manual)
    now = policy.visible_remarks(actor, remark.manual).select_related("manual").filter(pk=remark.pk).first()
    if now is None:
        raise NotFound(_("There is no such remark in this manual."))
    return now


def _expect(remark: Remark, seen: str, *, replies_matter: bool = True) -> None:
    """Refuse when it was settled, reopened or (if that matters) replied to since `seen`."""
    now = state_of(remark)
    if now != seen and (replies_matter or now.partition("-")[0] != seen.partition("-")[0]):
        raise Stale(
            _(
                "Somebody has replied to this or settled it since you opened it. Read that first; your words are kept below."
            )
        )


def _record(actor: Actor, verb: str, remark: Remark) -> None:
    record(by=actor.person_id, verb=verb, subject=remark, organisation=remark.manual.organisation_id)


@transaction.atomic
def switch_suggestions(*, actor: Actor, manual: Manual, are_taken: bool) -> None:
    """Whether readers from outside may leave a suggestion; those that wait already are kept either way."""
    require(policy.can_shape(actor, manual))
    bump(manual)
    Manual.objects.filter(pk=manual.pk).update(takes_suggestions=are_taken)
    verb = "manual.suggestions_taken" if are_taken else "manual.suggestions_ended"
    record(by=actor.person_id, verb=verb, subject=manual, organisation=manual.organisation_id)
    manual.takes_suggestions = are_taken  # last, since the one in hand may be kept in memory for others
