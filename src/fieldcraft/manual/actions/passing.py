"""Passing a team's remark on to a manual below, in words that are meant for its keepers."""

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


@transaction.atomic
def pass_on(*, actor: Actor, remark: Remark, to: Manual, body: str) -> Remark:
    """A remark of the manual below, made from one of the team's; what comes of it is told beside the team's.

    From outside the other organisation it is held, like a suggestion, for those who change the manual's pages.
    """
    require(policy.can_write(actor, remark.manual))
    if remark.is_held:
        raise Invalid(
            _("Whoever suggested it was told that nobody else sees it yet. Let it stand first, or settle it.")
        )
    said = _words(body)
    if to not in chain_of(remark.manual)[1:]:
        raise Invalid(_("Choose whom you pass it on to from the list."))
    bump(to)
    if Remark.objects.filter(passed_from=remark, manual=to).exists():
        raise Invalid(_("This remark was passed on to them already."))
    held = stack_now(to).covering(remark.page_id)
    if held is None:
        raise NotFound(_("They do not have this page any more."))
    passage = _passage(held.revision_id, remark)
    made = Remark.objects.create(
        manual=to, page_id=remark.page_id, revision_id=held.revision_id, body=said, by_id=actor.person_id,
        quote=passage.exact, prefix=passage.prefix, suffix=passage.suffix, position=passage.position,
        passed_from=remark, is_held=not policy.can_see_remarks(actor, to),
    )  # fmt: skip
    record(by=actor.person_id, verb="remark.passed_on", subject=made, organisation=remark.manual.organisation_id)
    return made


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
