"""Pages to be brought into step: the list, one step, and what is done with one tap."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.bases import confirm_base
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import UNDO_FOR
from fieldcraft.manual.actions.steps import (
    bring_to_slot,
    combine,
    let_be,
    note_place,
    step_for,
    theirs_has_changed,
    undo,
)
from fieldcraft.manual.actions.together import Together, agree_all, combine_all
from fieldcraft.manual.actions.transfer.sentences import likeness_words
from fieldcraft.manual.models import Revision, Step
from fieldcraft.manual.queries.drafts import yeses_needed
from fieldcraft.manual.queries.happened import Happened, happened, reason_of_theirs, reason_to_give
from fieldcraft.manual.queries.publications import notices
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import (
    decided_lately,
    drafts_of_step,
    drafts_to_agree,
    grouped,
    is_behind,
    is_undone,
    may_undo,
    open_step_of,
    open_steps,
    sight_of,
)
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import revisions_beside
from fieldcraft.manual.views.steps_asked import Asked, asked_step, prepared_anew, step_screen
from fieldcraft.manual.views.steps_words import flag_words, group_words
from fieldcraft.manual.views.writing_asked import page_to_write, told
from fieldcraft.people.access import ActorRequest, require


def step_list(request: ActorRequest, slug: str) -> HttpResponse:
    """Everything that is out of step, by what is to be done with it, and what was decided in the last thirty days."""
    stack = stack_or_404(request.actor, slug)
    if not policy.is_of_the_house(request.actor, stack.manual):
        raise NotFound(_("There is no such list here, or it is not open to you. Sign in if you belong to the team."))
    if request.method == "POST":
        return _done_together(request, stack)
    steps = open_steps(request.actor, stack, timezone.localdate())
    write = policy.can_write(request.actor, stack.manual)
    needed = yeses_needed(stack.manual)
    context = {
        "stack": stack,
        "manual": stack.manual,
        "groups": [(group_words(group.name), group) for group in grouped(steps)],
        "fitting": [each for each in steps if each.fits],
        "to_agree": drafts_to_agree(request.actor, stack) if needed > 1 else [],
        "decided": decided_lately(request.actor, stack, timezone.now() - UNDO_FOR),
        "needed": needed,
        "notices": notices([stack], [each for each in steps if each.is_turn]),
        "may_hear": write,
        "write": write,
    }
    return render(request, "manual/step_list.html", context)


def _done_together(request: ActorRequest, stack: Stack) -> HttpResponse:
    require(policy.can_write(request.actor, stack.manual))
    on: dict[str, Any] = {"actor": request.actor, "manual": stack.manual}
    match request.POST.get("act"):
        case "combine":
            done = combine_all(**on, step_ids=_ids(request, "step"))
            said = ngettext("%(count)d page was combined.", "%(count)d pages were combined.", len(done.made))
        case "agree":
            done = agree_all(**on, draft_ids=_ids(request, "draft"))
            said = ngettext("You agreed to %(count)d draft.", "You agreed to %(count)d drafts.", len(done.made))
        case _:
            return redirect("manual:step-list", stack.manual.slug)
    messages.success(request, said % {"count": len(done.made)} + _of_those_left(done))
    return redirect("manual:step-list", stack.manual.slug)


def _ids(request: ActorRequest, name: str) -> list[UUID]:
    try:
        return [UUID(each) for each in request.POST.getlist(name)]
    except ValueError:
        return []


def _of_those_left(done: Together) -> str:
    if not done.left:
        return ""
    return " " + _("Left as they are, because they do not fit any more: %(titles)s.") % {"titles": ", ".join(done.left)}


def page_step(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """From a page to its step; where it is not prepared yet, one tap prepares it."""
    stack = stack_or_404(request.actor, slug)
    held = stack.at(address)
    if held is None or not policy.is_of_the_house(request.actor, stack.manual):
        raise NotFound(_("There is no such page in this manual."))
    found = open_step_of(stack, held.page_id)
    if request.method == "POST":
        page_to_write(request, slug, address)
        found = step_for(actor=request.actor, manual=stack.manual, page_id=held.page_id)
    if found:
        return redirect("manual:step", slug, found.pk)
    write = policy.can_write(request.actor, stack.manual)
    context = {"stack": stack, "manual": stack.manual, "held": held, "page_url": page_url(stack, held)}
    is_done = request.method == "POST"
    return render(request, "manual/step_none.html", {**context, "write": write, "is_done": is_done})


def step(request: ActorRequest, slug: str, step_id: UUID) -> HttpResponse:
    """One step: what happened, what fits and what needs somebody, and the ways to decide it."""
    asked = asked_step(request, slug, step_id)
    problem, status = "", 200
    if request.method == "POST":
        require(policy.can_write(request.actor, asked.stack.manual))
        try:
            return _acted(request, asked)
        except FieldcraftError as refusal:
            problem, status = str(refusal), 400 if isinstance(refusal, Invalid) else 409
            asked = asked_step(request, slug, step_id)
    return step_screen(request, "step", asked, status, problem=problem, **_shown(request, asked))


def _acted(request: ActorRequest, asked: Asked) -> HttpResponse:
    on: dict[str, Any] = {"actor": request.actor, "step": asked.step}
    here = redirect("manual:step", asked.stack.manual.slug, asked.step.pk)
    match request.POST.get("act"):
        case "combine":
            return _told(request, asked, _put_together(request, asked), _("Combined. Readers have it now."))
        case "undo":
            return _told(request, asked, undo(**on), _("Undone. Readers have the text from before."))
        case "slot" | "not-slot" as act:
            bring_to_slot(**on, is_for_slot=act == "slot")
        case "seen":
            note_place(**on)
            messages.success(request, _("Noted. Your text is as it was, and the page is in step."))
        case "let-be":
            let_be(**on)
            messages.success(request, _("Left. Your text is as it was."))
        case "anew":
            prepared_anew(request, asked)
        case "base":
            _confirmed(request, asked)
        case _:
            raise Invalid(_("Choose one of the buttons."))
    return here


def _told(request: ActorRequest, asked: Asked, made: Revision, sentence: str) -> HttpResponse:
    return told(request, asked.stack, asked.held, made, sentence)


def _put_together(request: ActorRequest, asked: Asked) -> Revision:
    """All that fits, and what was chosen, with the reason that is given where nobody writes another."""
    found, ours = asked.found, asked.step.ours
    if request.POST.get("seen") != sight_of(asked.step):
        raise Stale(theirs_has_changed())
    if found is None or ours is None or found.open:
        raise Invalid(_("Some places still need you. Go on to them first."))
    text = Text(found.title_now(), found.body_now(), found.tags, reason=reason_to_give(asked.step))
    return combine(actor=request.actor, step=asked.step, text=text, based_on=ours.pk)


def _confirmed(request: ActorRequest, asked: Asked) -> None:
    step = asked.step
    if step.ours is None or step.base is None:
        raise Invalid(_("Nobody knows what this text was made from."))
    confirm_base(actor=request.actor, manual=asked.stack.manual, revision_id=step.ours.pk, base_id=step.base.pk)
    messages.success(request, _("Noted. Only what the core changed since then is put to you."))


def _shown(request: ActorRequest, asked: Asked) -> dict[str, object]:
    step, found, stack = asked.step, asked.found, asked.stack
    went = happened(stack, step)
    return {
        "happened": went,
        "reason": reason_of_theirs(step),
        "sight": sight_of(step),
        "flags": flag_words(found.flags) if found else [],
        "chosen": len(found.needing) - len(found.open) if found else 0,
        "go_on": found.open[0].number if found and found.open else 0,
        "is_behind": not step.settled_at and is_behind(stack, step),
        "drafts": drafts_of_step(step),
        "compared": _what_changed(stack, step, went),
        "likeness": likeness_words(step.ours.base_inferred) if step.ours and step.ours.base_inferred else "",
        "is_undone": is_undone(step),
        "may_undo": may_undo(step, timezone.now() - UNDO_FOR),
        "is_quiet": bool(step.quiet_until and step.quiet_until > timezone.localdate()),
    }


def _what_changed(stack: Stack, step: Step, went: Happened) -> object:
    """What the other text says that the common one did not; of one without a common text, the whole of it."""
    if step.theirs is None:
        return None
    return (
        revisions_beside(stack, step.base, step.theirs).only_changed() if step.base else _as_it_is(stack, step.theirs)
    )


def _as_it_is(stack: Stack, text: Revision) -> object:
    return revisions_beside(stack, text, text)
