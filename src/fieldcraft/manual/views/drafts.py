"""A draft before the team: what would change, who has agreed, and the ways it can go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import agree, decline, take_back_yes, withdraw
from fieldcraft.manual.forms import AnswerForm
from fieldcraft.manual.models import Answer, Revision, Source, Standing, State
from fieldcraft.manual.queries.drafts import (
    draft_in,
    newest_of,
    other_half_of,
    text_below,
    yeses_needed,
    yeses_that_count,
)
from fieldcraft.manual.queries.reading import page_url, revision_as_read
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.comparing import folded_first, revisions_beside
from fieldcraft.manual.views.drafts_said import said_of_done, said_of_overtaken
from fieldcraft.manual.views.writing_asked import sentence_of_gathered, where_it_is
from fieldcraft.people.access import ActorRequest, require

_ENDED = frozenset({State.DECLINED, State.WITHDRAWN})


def asked_draft(request: ActorRequest, slug: str, draft_id: UUID) -> tuple[Stack, Revision]:
    """The draft, for whoever may know of it: readers of open ones, the manual's own people of the others."""
    stack = stack_or_404(request.actor, slug)
    found = draft_in(stack, draft_id)
    if found is None or not _may_know(request, stack, found):
        raise NotFound(_("There is no such draft in this manual."))
    return stack, found


def _may_know(request: ActorRequest, stack: Stack, found: Revision) -> bool:
    if found.state in {State.DRAFT, State.GATHERED, State.AGREED}:
        return True
    return policy.is_of_the_house(request.actor, stack.manual) and not _is_of_withdrawn(found)


def _is_of_withdrawn(found: Revision) -> bool:
    """Whether it came from an offer that its team has taken back, and that nobody else is to know of."""
    offer = found.step.offer if found.step else None
    return offer is not None and offer.answer == Answer.WITHDRAWN


def draft(request: ActorRequest, slug: str, draft_id: UUID) -> HttpResponse:
    """The draft beside what readers have now, and what can be done with it."""
    stack, found = asked_draft(request, slug, draft_id)
    form = AnswerForm()
    problem, status = "", 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        try:
            return _acted(request, stack, found, form)
        except (Invalid, NotFound, Stale) as refusal:
            problem, status = str(refusal), 400 if isinstance(refusal, Invalid) else 409
            stack, found = asked_draft(request, slug, draft_id)
    context = {**_shown(request, stack, found), "form": form, "problem": problem, "words": _left_over(form, found)}
    return render(request, "manual/draft.html", context, status=status)


def _left_over(form: AnswerForm, found: Revision) -> list[str]:
    """What was typed into a form that is not there any more, since somebody else answered the draft meanwhile."""
    typed = form.data.get("reason", "").strip()
    return [typed] if typed and found.state != State.DRAFT else []


def _acted(request: ActorRequest, stack: Stack, found: Revision, form: AnswerForm) -> HttpResponse:
    require(policy.can_write(request.actor, stack.manual))
    here = redirect("manual:draft", stack.manual.slug, found.pk)
    match request.POST.get("act"):
        case "agree":
            made = agree(actor=request.actor, draft=found)
            messages.success(request, _sentence_of_yes(made))
            return (
                where_it_is(stack, stack.covering(made.edition.page_id), made) if made.state == State.AGREED else here
            )
        case "take-back":
            take_back_yes(actor=request.actor, draft=found)
            messages.success(request, _("Your yes is taken back."))
        case "withdraw":
            withdraw(actor=request.actor, draft=found)
            messages.success(request, _("Withdrawn. Its text stays here; you can begin again from it."))
        case "decline":
            if not form.is_valid():
                raise Invalid(_("Say in a few words why not. Whoever wrote it will read this."))
            decline(actor=request.actor, draft=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("Declined. Whoever wrote it will read why."))
        case _:
            raise Invalid(_("Choose one of the buttons."))
    return here


def _sentence_of_yes(made: Revision) -> str:
    match made.state:
        case State.AGREED:
            return _("Agreed. Readers have it now.")
        case State.GATHERED:
            return sentence_of_gathered(made)
        case _:
            return _("Your yes counts. Readers get it when enough have agreed.")


def _shown(request: ActorRequest, stack: Stack, found: Revision) -> dict[str, object]:
    held = stack.covering(found.edition.page_id)
    yeses = list(yeses_that_count(found).select_related("by").order_by("at"))
    is_note = found.standing == Standing.NOTED
    done = said_of_done(stack, found)
    given_up_for = text_below(stack, found) if _waits_to_give_up(found) and not done else None
    return {
        "stack": stack,
        "manual": stack.manual,
        "draft": found,
        "held": held,
        "page_url": page_url(stack, held) if held else "",
        **_compared(request, stack, found, given_up_for),
        "gives_back": given_up_for is not None,
        "other_half": other_half_of(found) if found.state in {State.DRAFT, State.GATHERED} else None,
        "html": revision_as_read(stack, found) if is_note else "",
        "yeses": yeses,
        "needed": yeses_needed(stack.manual),
        "keeps_ours": _keeps_ours(found),
        "shows_step": _shows_step(request, stack, found),
        "is_mine": found.by_id == request.actor.person_id,
        "said_yes": request.actor.person_id in {each.by_id for each in yeses},
        "done": done,
        "overtaken": said_of_overtaken(found),
        **_replaced(request, stack, found),
        "write": policy.can_write(request.actor, stack.manual),
    }


def _replaced(request: ActorRequest, stack: Stack, found: Revision) -> dict[str, object]:
    """The newest draft that took its place, and the one whose place it took; that one is for the manual's own people."""
    newest = newest_of(found) if found.state == State.WITHDRAWN else found
    is_replaced = newest.pk != found.pk
    came_to_nothing = found.state in _ENDED and newest.state in _ENDED
    return {
        "newest": newest if is_replaced else None,
        "goes_on_from": found.redone_from if policy.is_of_the_house(request.actor, stack.manual) else None,
        "may_begin_again": found.standing in {Standing.LOCAL, Standing.ADAPTED} and came_to_nothing,
    }


def _waits_to_give_up(found: Revision) -> bool:
    return found.standing == Standing.INHERITED and found.state in {State.DRAFT, State.GATHERED}


def _compared(request: ActorRequest, stack: Stack, found: Revision, given_up_for: Revision | None) -> dict[str, object]:
    """What would change for readers; a draft that gives the text up holds none of its own, so the one below it counts."""
    if found.standing in {Standing.INHERITED, Standing.SET_ASIDE}:
        old = found.parent if found.parent and found.parent.standing != Standing.SET_ASIDE else None
        return folded_first(request, revisions_beside(stack, old, given_up_for)) if given_up_for else {}
    now = found.parent or (found.base if found.standing != Standing.NOTED else None)
    return folded_first(request, revisions_beside(stack, now, found))


def _shows_step(request: ActorRequest, stack: Stack, found: Revision) -> bool:
    """Whether the reader may see what it came from; what another team offered or lent is for those who write."""
    if found.step is None or not policy.is_of_the_house(request.actor, stack.manual):
        return False
    return found.step.source == Source.BELOW or bool(policy.can_write(request.actor, stack.manual))


def _keeps_ours(found: Revision) -> bool:
    """Whether it changes no word, and only says that the page is as the team wants it."""
    old = found.parent if found.standing != Standing.INHERITED else None
    return bool(old and (old.title, old.body, old.tags) == (found.title, found.body, found.tags))
