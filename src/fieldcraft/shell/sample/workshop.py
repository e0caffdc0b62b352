"""Takes the sample's steps through the manual's own actions, as people would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from fieldcraft.engine.prose.anchor import Quote
from fieldcraft.engine.words import slug_of
from fieldcraft.manual.actions.drafts import Text, agree, decline, withdraw
from fieldcraft.manual.actions.pages import adapt_page, add_page, give_up, note_page, revise, set_page_aside
from fieldcraft.manual.actions.passing import pass_on
from fieldcraft.manual.actions.publications import begin, publish
from fieldcraft.manual.actions.remarks import (
    Noticed,
    let_remark_stand,
    make_remark,
    reply_to_remark,
    settle_remark,
    suggest_change,
)
from fieldcraft.manual.queries.pages import edition_of
from fieldcraft.manual.queries.remarks import state_of
from fieldcraft.manual.queries.resolve import Stack, chain_of, stack_now
from fieldcraft.people.access import ANYONE, Actor
from fieldcraft.shell.sample import exchange
from fieldcraft.shell.sample.steps import (
    Adaptation,
    Aside,
    Borrowed,
    ChangedBack,
    Combined,
    Copied,
    Declined,
    Gathered,
    GivenUp,
    Kept,
    Note,
    Offered,
    Own,
    Put,
    Remark,
    Revised,
    Step,
    Suggestion,
    Withdrawn,
    changed,
)

if TYPE_CHECKING:
    from uuid import UUID

    from fieldcraft.manual.models import Edition, Manual, Outcome, Revision
    from fieldcraft.manual.models import Remark as Made
    from fieldcraft.manual.queries.layers import Held


@dataclass(frozen=True, slots=True)
class Workshop:
    """One manual, and everybody by name."""

    manual: Manual
    people: dict[str, Actor]

    def take(self, step: Step) -> None:
        """Do what somebody did."""
        match step:
            case Remark():
                self._remark(step)
            case Suggestion():
                self._suggestion(step)
            case Declined():
                decline(actor=self.people[step.by], draft=self._put(step.draft), reason=step.reason)
            case Withdrawn():
                withdraw(actor=self.people[step.draft.by], draft=self._put(step.draft), reason=step.reason)
            case Gathered():
                self._gather(step)
            case Borrowed():
                exchange.borrow_page(self.people[step.by], self.manual, step)
            case Offered():
                exchange.offer(self.people, self.manual, step)
            case _:
                draft = self._put(step)
                if step.yes:
                    agree(actor=self.people[step.yes], draft=draft)

    def _put(self, step: Put) -> Revision:
        actor = self.people[step.by]
        match step:
            case Own():
                text = Text(step.title, step.body, step.tags, (f"Only in {self.manual.title}",), reason=step.reason)
                return add_page(actor=actor, manual=self.manual, text=text)
            case Note():
                held = self._held(step.page)
                text = Text(held.title, step.body, quote=step.quote, reason=step.reason, pole=step.pole)
                return note_page(actor=actor, manual=self.manual, page_id=held.page_id, text=text)
            case Adaptation():
                return self._adapt(actor, step)
            case Aside():
                held = self._held(step.page)
                of = {"page_id": held.page_id, "based_on": held.revision_id}
                return set_page_aside(actor=actor, manual=self.manual, reason=step.reason, pole=step.pole, **of)
            case Revised() | ChangedBack():
                return self._revise(actor, step)
            case GivenUp():
                return self._give_up(actor, step)
            case Combined() | Kept() | Copied():
                return exchange.decide(actor, self.manual, step)

    def _give_up(self, actor: Actor, step: GivenUp) -> Revision:
        edition = edition_of(self._own(step.page))
        based_on = _text_of(edition).pk
        return give_up(actor=actor, edition=edition, based_on=based_on, reason=step.reason, pole=step.pole)

    def _adapt(self, actor: Actor, step: Adaptation) -> Revision:
        held = self._held(step.page)
        body = changed(_text_of(edition_of(held)).body, step.changes)
        text = Text(held.title, body, held.tags, reason=step.reason, pole=step.pole)
        of = {"page_id": held.page_id, "based_on": held.revision_id}
        return adapt_page(actor=actor, manual=self.manual, text=text, **of)

    def _revise(self, actor: Actor, step: Revised | ChangedBack) -> Revision:
        edition = edition_of(self._own(step.page))
        old = _text_of(edition)
        made = self._remark(step.after) if isinstance(step, Revised) and step.after else None
        text = Text(
            (isinstance(step, Revised) and step.title) or old.title,
            changed(old.body, step.changes) if isinstance(step, Revised) else _before(old).body,
            tuple(old.tags),
            section=step.section if isinstance(step, Revised) else None,
            quote=old.quote,
            prefix=old.prefix,
            suffix=old.suffix,
            reason=step.reason,
            pole=step.pole,
            remark=made.pk if made else None,
        )
        return revise(actor=actor, edition=edition, text=text, based_on=old.pk)

    def _gather(self, step: Gathered) -> None:
        actor = self.people[step.by]
        publication = begin(actor=actor, manual=self.manual, title=step.title)
        for each in step.changes:
            self.take(each)
        if step.note:
            publish(actor=actor, publication=publication, note=step.note)

    def _remark(self, step: Remark) -> Made:
        page_id, noticed = self._noticed(step)
        made = make_remark(actor=self.people[step.by], manual=self.manual, page_id=page_id, noticed=noticed)
        self._reply(made, step.replies)
        if step.answered:
            by, answer = step.answered
            outcome, seen = cast("Outcome", "answered"), state_of(made)
            settle_remark(actor=self.people[by], remark=made, outcome=outcome, answer=answer, seen=seen)
        if step.passed_on:
            by, body = step.passed_on
            pass_on(actor=self.people[by], remark=made, to=chain_of(self.manual)[-1], body=body)
        return made

    def _suggestion(self, step: Suggestion) -> None:
        page_id, noticed = self._noticed(step)
        made = suggest_change(
            actor=self.people.get(step.by, ANYONE),
            manual=self.manual,
            page_id=page_id,
            noticed=noticed,
            sender=slug_of(f"sample {step.by or step.from_name}"),
            from_name=step.from_name,
        )
        if step.let_stand_by:
            let_remark_stand(actor=self.people[step.let_stand_by], remark=made, seen=state_of(made))
        self._reply(made, step.replies)

    def _noticed(self, step: Remark | Suggestion) -> tuple[UUID, Noticed]:
        held = self._held(step.page)
        passage = Quote(step.passage) if step.passage else None
        return held.page_id, Noticed(step.body, held.revision_id, passage)

    def _reply(self, made: Made, replies: tuple[tuple[str, str], ...]) -> None:
        for by, body in replies:
            reply_to_remark(actor=self.people[by], remark=made, body=body, seen=state_of(made))

    def _held(self, page: str) -> Held:
        return _titled(stack_now(self.manual), page)

    def _own(self, page: str) -> Held:
        """The manual's own hold on the page: its text, or else its first note."""
        stack = stack_now(self.manual)
        page_id = _titled(stack, page).page_id
        return stack.layers[0].covers.get(page_id) or stack.layers[0].notes[page_id][0]


def _titled(stack: Stack, page: str) -> Held:
    held = stack.titled(page)
    if held is None:
        raise LookupError(f"{stack.manual.title} has no page {page}")
    return held


def _text_of(edition: Edition) -> Revision:
    if edition.current is None:
        raise LookupError(f"{edition.title} has no text yet")
    return edition.current


def _before(revision: Revision) -> Revision:
    if revision.parent is None:
        raise LookupError(f"{revision.title} has no earlier text")
    return revision.parent
