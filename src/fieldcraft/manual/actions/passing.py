"""Passing a team's remark on to a manual below, in words that are meant for its keepers."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fieldcraft.audit.actions import record
from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.errors import Invalid, NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.actions.passages import passage_in
from fieldcraft.manual.actions.remarks import LONGEST
from fieldcraft.manual.actions.writing import bump
from fieldcraft.manual.models import Manual, Remark
from fieldcraft.manual.queries.resolve import chain_of, stack_now
from fieldcraft.people.access import Actor, require

LONGEST_ALIKE, SHORTEST_COPIED = 8, 4
"""In words."""
_WORD = re.compile(r"\w+")


@transaction.atomic
def pass_on(*, actor: Actor, remark: Remark, to: Manual, body: str) -> Remark:
    """A remark of the manual below, made from one of the team's; what comes of it is told beside the team's.

    From outside the other organisation it is held, like a suggestion, for those who change the manual's pages.
    What a reader from outside suggested is retold: their own words were for the house alone.
    """
    require(policy.can_write(actor, remark.manual))
    remark = _as_now(actor, remark)
    if not (may := policy.can_pass_on(actor, remark)):
        raise Invalid(str(may.reason))
    said = _words(body)
    if remark.is_from_outside and _is_copied(remark.body, said):
        raise Invalid(
            _("Some of these are their own words, which were meant for your colleagues alone. Say it in yours.")
        )
    if to not in chain_of(remark.manual)[1:]:
        raise Invalid(_("Choose whom you pass it on to from the list."))
    bump(to)
    if Remark.objects.filter(passed_from=remark, manual=to).exists():
        raise Invalid(_("This remark was passed on to them already."))
    held = stack_now(to).covering(remark.page_id)
    if held is None:
        raise NotFound(_("They do not have this page any more."))
    passage, is_outside = _passage(held.revision_id, remark), not policy.can_see_remarks(actor, to)
    made = Remark.objects.create(
        manual=to, page_id=remark.page_id, revision_id=held.revision_id, body=said, by_id=actor.person_id,
        quote=passage.exact, prefix=passage.prefix, suffix=passage.suffix, position=passage.position,
        passed_from=remark, is_from_outside=is_outside, is_held=is_outside,
    )  # fmt: skip
    record(by=actor.person_id, verb="remark.passed_on", subject=made, organisation=remark.manual.organisation_id)
    return made


def _as_now(actor: Actor, remark: Remark) -> Remark:
    now = policy.visible_remarks(actor, remark.manual).select_related("manual").filter(pk=remark.pk).first()
    if now is None:
        raise NotFound(_("There is no such remark in this manual."))
    return now


def _is_copied(body: str, said: str) -> bool:
    """Whether a run of the words, or all of a short text, came along; two or three words can be anybody's."""
    theirs, ours = (_WORD.findall(text.casefold()) for text in (body, said))
    length = min(len(theirs), LONGEST_ALIKE)
    if length < SHORTEST_COPIED:
        return theirs == ours
    return not _runs(theirs, length).isdisjoint(_runs(ours, length))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _words(body: str) -> str:
    said = body.replace("\r\n", "\n").strip()
    if not said:
        raise Invalid(_("Write a few words first."))
    if len(said) > LONGEST:
        raise Invalid(_("This is longer than a remark can be. Keep to what matters most."))
    return said


def _passage(revision_id: UUID, remark: Remark) -> Quote:
    """Where their page has the words too; otherwise it is about the page as a whole."""
    said = Quote(remark.quote, remark.prefix, remark.suffix, remark.position)
    try:
        return passage_in(revision_id, said)
    except Invalid:
        return Quote("")
