"""What waits for one person, of every room, as Today lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fieldcraft.manual.queries.drafts import drafts_for
from fieldcraft.manual.queries.offers import offers_for
from fieldcraft.manual.queries.publications import notices_of_steps
from fieldcraft.manual.queries.resolve import stacks_named
from fieldcraft.manual.queries.steps import moved_on
from fieldcraft.manual.queries.told import answered_for, may_open, remarks_for
from fieldcraft.theory.policy import can_invite_purposes
from fieldcraft.theory.queries.claims import challenges_for, reviews_due
from fieldcraft.theory.queries.purposes import is_open, waiting_invitations
from fieldcraft.together.queries.conditions import to_be_heard

if TYPE_CHECKING:
    from fieldcraft.manual.models import Manual, Remark, Revision
    from fieldcraft.manual.queries.publications import Notice
    from fieldcraft.manual.queries.steps import OpenStep
    from fieldcraft.people.access import Actor
    from fieldcraft.theory.models import Challenge, Invitation, Theory
    from fieldcraft.together.queries.conditions import AsRead

MOST, MOST_WORDS = 100, 40


class Line(TypedDict):
    """A line of the list: what it is, where it leads, why it is there."""

    title: str
    url: str
    line: str


def for_you(actor: Actor, mine: list[Manual]) -> list[Line]:
    """The newest publication, which is told only once; then whom others wait for, then what may be read."""
    if not actor.is_signed_in:
        return []
    heard, moved = _from_below(actor, mine)
    waiting, answered = _about_drafts(actor, mine)
    held, told = _about_remarks(actor, mine)
    told = [*answered, *told]
    raised = [_as_raised(each) for each in to_be_heard(actor)]
    offered: list[Line] = [{"title": title, "url": url, "line": line} for title, url, line in offers_for(actor, mine)]
    answers, asked = _about_purposes(actor)
    answers += [_as_challenge(actor, each) for each in challenges_for(actor)]
    asked += [_as_due(each, count) for each, count in reviews_due(actor, timezone.localdate())]
    return [*heard[:1], *raised, *waiting, *held, *offered, *answers, *told, *heard[1:], *moved, *asked][:MOST]


def _from_below(actor: Actor, mine: list[Manual]) -> tuple[list[Line], list[Line]]:
    """Publications, and what moved on without one."""
    teams = {post.team_id for post in actor.posts if post.team_id}
    stacks = stacks_named([manual.slug for manual in mine if manual.team_id in teams])
    steps = moved_on(stacks, timezone.localdate())
    published = notices_of_steps(stacks, steps)
    told = {each.step.pk for notice in published for each in notice.steps}
    moved = [_as_moved_on(each) for each in steps if each.step.pk not in told]
    return [_as_published(notice) for notice in published], moved


def _about_drafts(actor: Actor, mine: list[Manual]) -> tuple[list[Line], list[Line]]:
    """Drafts that wait for the actor's yes, and what others answered; one that goes on from the actor's own is told once."""
    answered = {line["url"]: line for line in map(_as_answered, answered_for(actor, mine)[:MOST])}
    asked = [_as_asked(draft) for draft in drafts_for(actor, mine)[:MOST]]
    waiting = [answered.pop(line["url"], line) for line in asked]
    return waiting, [*answered.values()]


def _about_remarks(actor: Actor, mine: list[Manual]) -> tuple[list[Line], list[Line]]:
    """Suggestions from outside that wait, and what others said to what the actor noticed."""
    found = remarks_for(actor, mine)
    held = [_as_held(each) for each in found if each.by_id != actor.person_id]
    return held, [_as_noticed(actor, each) for each in found if each.by_id == actor.person_id]


def _about_purposes(actor: Actor) -> tuple[list[Line], list[Line]]:
    """What waits for the actor's answer to what people offered, and what somebody else asks them."""
    found, today = waiting_invitations(actor), timezone.localdate()
    read = [each for each in found if each.released_on and can_invite_purposes(actor, each.organisation_id)]
    asked = [each for each in found if is_open(each, today) and each.asked_by_id != actor.person_id]
    return [_as_unanswered(each) for each in read], [_as_invited(each) for each in asked]


def _as_published(notice: Notice) -> Line:
    """One line in place of one for each page that it left out of step."""
    names = {"whose": notice.publication.manual.title, "title": notice.publication.title}
    count = len(notice.steps)
    line = ngettext(
        "With it, %(count)d of your pages is out of step.", "With it, %(count)d of your pages are out of step.", count
    )
    title = _("%(whose)s published “%(title)s”") % names
    return {"title": title, "url": notice.steps_url, "line": line % {"count": count}}


def _as_moved_on(each: OpenStep) -> Line:
    title = _("The core moved on: %(title)s") % {"title": each.title}
    return {"title": title, "url": each.url, "line": capfirst(each.step.get_fit_display())}


def _as_asked(draft: Revision) -> Line:
    by = draft.by.name if draft.by else ""
    line = _("%(name)s asks what you think of this change.") % {"name": by}
    url = reverse("manual:draft", args=[draft.edition.manual.slug, draft.pk])
    return {"title": draft.title, "url": url, "line": line}


def _as_held(remark: Remark) -> Line:
    url = reverse("manual:remark", args=[remark.manual.slug, remark.pk])
    line = _("A reader from outside suggested something. It is held until you let it stand or answer it.")
    return {"title": remark.revision.title, "url": url, "line": line}


def _as_answered(draft: Revision) -> Line:
    """What was declined, at its own address; what somebody changed, where it goes on."""
    goes_on = getattr(draft, "goes_on", None)
    url = reverse("manual:draft", args=[draft.edition.manual.slug, goes_on or draft.pk])
    if goes_on:
        line = _("%(name)s changed your draft; it goes on here.") % {"name": getattr(draft.answered_by, "name", "")}
    else:
        line = _("Your change was declined: %(why)s") % {"why": _shortened(draft.answer)}
    return {"title": draft.title, "url": url, "line": line}


def _as_noticed(actor: Actor, remark: Remark) -> Line:
    """It leads to the remark; whoever suggested it from outside, for whom that has no screen, to their own trail."""
    url = reverse("manual:remark", args=[remark.manual.slug, remark.pk])
    url = url if may_open(actor, remark) else reverse("together:trail")
    if remark.outcome:
        came = _("What came of what you noticed: %(outcome)s.") % {"outcome": remark.get_outcome_display()}
        line = f"{came} {_shortened(remark.answer)}".rstrip()
    else:
        line = _("%(name)s replied to what you noticed.") % {"name": getattr(remark, "replied_by", "")}
    return {"title": remark.revision.title, "url": url, "line": line}


def _shortened(words: str) -> str:
    return Truncator(words).words(MOST_WORDS)


def _as_raised(each: AsRead) -> Line:
    url = reverse("together:condition", args=[each.condition.pk])
    line = _("A condition: %(stands)s. You can say that you heard it.") % {"stands": each.stands}
    return {"title": each.condition.words, "url": url, "line": line}


def _as_unanswered(each: Invitation) -> Line:
    url = reverse("theory:invitation-answer", args=[each.pk])
    return {
        "title": each.question,
        "url": url,
        "line": _("People said what they are here for. They wait for the answer."),
    }


def _as_challenge(actor: Actor, each: Challenge) -> Line:
    is_mine = each.by_id == actor.person_id
    line = _("What you challenged is answered.") if is_mine else _("%(name)s challenges this.") % {"name": each.by.name}
    url = reverse("theory:challenge", args=[each.claim.theory.organisation.slug, each.pk])
    return {"title": each.text.says, "url": url, "line": line}


def _as_due(each: Theory, count: int) -> Line:
    url = reverse("theory:theory", args=[each.organisation.slug, each.kind])
    line = ngettext(
        "%(count)d claim was to be looked at again by now.",
        "%(count)d claims were to be looked at again by now.",
        count,
    )
    return {"title": each.get_kind_display(), "url": url, "line": line % {"count": count}}


def _as_invited(each: Invitation) -> Line:
    names = {"name": each.asked_by.name, "day": date_format(each.closes_on)}
    url = reverse("theory:invitation", args=[each.pk])
    return {"title": each.question, "url": url, "line": _("%(name)s asks, until %(day)s. Answer or leave it.") % names}
