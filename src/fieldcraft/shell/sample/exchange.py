"""What passes between the sample's manuals: pages brought into step, copied, borrowed and offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from fieldcraft.engine.words import slug_of
from fieldcraft.manual.actions.borrowing import borrow, copy_page
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.offers import (
    Seen,
    answer_about_offer,
    ask_about_offer,
    decline_offer,
    draw_in_offer,
    make_offer,
)
from fieldcraft.manual.actions.steps import combine, keep, step_for
from fieldcraft.manual.queries.combining import combined
from fieldcraft.manual.queries.pages import edition_of, manual_named
from fieldcraft.manual.queries.resolve import chain_of, stack_now
from fieldcraft.shell.sample.steps import Borrowed, Combined, Copied, Kept, Offered, changed

if TYPE_CHECKING:
    from fieldcraft.manual.models import Manual, Offer, Revision, Step
    from fieldcraft.manual.queries.layers import Held
    from fieldcraft.people.access import Actor


def decide(actor: Actor, manual: Manual, step: Combined | Kept | Copied) -> Revision:
    """What somebody put to their team about a text that came from elsewhere."""
    if isinstance(step, Copied):
        source = _manual_titled(step.of)
        page_id = _titled(source, step.page).page_id
        return copy_page(actor=actor, manual=manual, source=source, page_id=page_id, reason=step.reason)
    held = _titled(manual, step.page)
    found = step_for(actor=actor, manual=manual, page_id=held.page_id)
    if found is None:
        raise LookupError(f"{manual.title} has nothing to decide about {step.page}")
    if isinstance(step, Combined):
        text = _combined(found, step)
        return combine(actor=actor, step=found, text=text, based_on=held.revision_id)
    until = timezone.localdate() + timedelta(days=step.days)
    why = {"reason": step.reason, "pole": step.pole}
    return keep(actor=actor, step=found, based_on=held.revision_id, until=until, **why)


def borrow_page(actor: Actor, manual: Manual, step: Borrowed) -> None:
    """Lay another team's text beside the manual's own."""
    source = _manual_titled(step.of)
    borrow(actor=actor, manual=manual, source=source, page_id=_titled(source, step.page).page_id)


def offer(people: dict[str, Actor], manual: Manual, step: Offered) -> None:
    """Offer the manual's text to the core, with what was said about it and what became of it."""
    core = chain_of(manual)[-1]
    revision = edition_of(_titled(manual, step.page)).current
    if revision is None:
        raise LookupError(f"{manual.title} has no text of {step.page}")
    seen = Seen(step.reason, is_named=step.is_named)
    made = make_offer(actor=people[step.by], manual=manual, to=core, revision=revision, seen=seen)
    for by, body in step.said:
        _say(people[by], made, body)
    if step.drawn_in:
        by, reason = step.drawn_in
        _draw_in(people[by], made, by, reason)
    if step.not_drawn_in:
        decline_offer(actor=people[step.not_drawn_in[0]], offer=made, reason=step.not_drawn_in[1])


def _say(actor: Actor, made: Offer, body: str) -> None:
    (post,) = actor.posts
    said = answer_about_offer if post.team_id == made.manual.team_id else ask_about_offer
    said(actor=actor, offer=made, body=body)


def _draw_in(actor: Actor, made: Offer, by: str, reason: str) -> None:
    step = draw_in_offer(actor=actor, offer=made)
    text = _combined(step, Combined(made.revision.title, by=by, reason=reason))
    combine(actor=actor, step=step, text=text, based_on=step.ours_id)


def _combined(step: Step, said: Combined) -> Text:
    """Raises LookupError where a place needs somebody and nobody wrote it together."""
    if step.ours is None or step.theirs is None:
        raise LookupError(f"There are not two texts of {said.page}")
    found = combined(step.base, step.ours, step.theirs)
    if found.needing and not said.changes:
        raise LookupError(f"Somebody has to write {said.page} together")
    body = changed(step.ours.body, said.changes) if said.changes else found.body_now()
    return Text(found.title_now(), body, found.tags, reason=said.reason, pole=said.pole)


def _manual_titled(title: str) -> Manual:
    found = manual_named(slug_of(title))
    if found is None:
        raise LookupError(f"There is no manual {title}")
    return found


def _titled(manual: Manual, page: str) -> Held:
    held = stack_now(manual).titled(page)
    if held is None:
        raise LookupError(f"{manual.title} has no page {page}")
    return held
