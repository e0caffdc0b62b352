"""Offers: made by a team, seen and answered by those who got them."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.manual import policy
from fieldcraft.manual.actions.offers import (
    answer_about_offer,
    ask_about_offer,
    decline_offer,
    draw_in_offer,
    read_offer,
    withdraw_offer,
)
from fieldcraft.manual.forms.offers import DeclineForm, QuestionForm
from fieldcraft.manual.models import Offer, Standing, Step
from fieldcraft.manual.queries.offers import offer_made, offer_received, offers_of, offers_to, way_of
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.manual.views.offers_asked import seen_by_others, stack_of_others
from fieldcraft.people.access import ActorRequest


def offers(request: ActorRequest, slug: str) -> HttpResponse:
    """What this manual offered, for its own people, and what was offered to it, for those who change its pages."""
    stack = stack_or_404(request.actor, slug)
    is_own, write = policy.is_own(request.actor, stack.manual), policy.can_write(request.actor, stack.manual)
    if not is_own and not write:
        raise NotFound(_("There is nothing here for you. Offers are between a team and those it offers something to."))
    context = {
        "stack": stack,
        "manual": stack.manual,
        "made": offers_of(request.actor, stack.manual),
        "waiting": offers_to(request.actor, stack.manual, is_open=True),
        "answered": offers_to(request.actor, stack.manual, is_open=False),
        "is_own": is_own,
        "write": write,
    }
    return render(request, "manual/offers.html", context)


def offer(request: ActorRequest, slug: str, offer_id: UUID) -> HttpResponse:
    """One offer, from the side of whoever's manual the address names."""
    stack = stack_or_404(request.actor, slug)
    if found := offer_made(request.actor, stack.manual, offer_id):
        return _of_team(request, stack, found)
    if found := offer_received(request.actor, stack.manual, offer_id):
        return _of_others(request, stack, found)
    raise NotFound(_("There is no such offer here."))


def _of_team(request: ActorRequest, stack: Stack, found: Offer) -> HttpResponse:
    """The way it goes; the team answers questions and may take it back."""
    said = QuestionForm(request.POST if request.POST.get("act") == "answer" else None)
    problem: FieldcraftError | None = None
    if request.method == "POST":
        try:
            if _is_done_by_team(request, found, said):
                return redirect("manual:offer", stack.manual.slug, found.pk)
        except (Invalid, Stale) as refusal:
            problem = refusal
            found = offer_made(request.actor, stack.manual, found.pk) or found
    questions = list(found.questions.order_by("id"))
    more = {
        "way": way_of(found, questions),
        "said": said,
        "is_asked": bool(questions) and not questions[-1].is_from_team,
        "questions": questions,
        "problem": problem,
    }
    return _screen(request, "manual/offer_made.html", stack, found, more)


def _is_done_by_team(request: ActorRequest, found: Offer, said: QuestionForm) -> bool:
    match request.POST.get("act"):
        case "answer" if said.is_valid():
            answer_about_offer(actor=request.actor, offer=found, body=said.cleaned_data["body"])
            messages.success(request, _("Sent. They read it beside your offer."))
        case "withdraw":
            withdraw_offer(actor=request.actor, offer=found)
            messages.success(request, _("Withdrawn. Only your team knows of it now."))
        case _:
            return False
    return True


def _of_others(request: ActorRequest, stack: Stack, found: Offer) -> HttpResponse:
    """What was offered, as its team wants it seen; asked about, drawn in or declined here."""
    act = request.POST.get("act", "")
    asked = QuestionForm(request.POST if act == "ask" else None, auto_id="ask_%s")
    why = DeclineForm(request.POST if act == "decline" else None, auto_id="why_%s")
    problem: FieldcraftError | None = None
    if request.method == "POST":
        try:
            if (where := _done_by_others(request, stack, found, asked, why)) is not None:
                return where
        except (Invalid, Stale) as refusal:
            problem = refusal
            found = offer_received(request.actor, stack.manual, found.pk) or _gone()
    else:
        read_offer(actor=request.actor, offer=found)
    questions = list(found.questions.order_by("id"))
    more = {"asked": asked, "why": why, "questions": questions, "problem": problem, "step": _begun(found)}
    return _screen(request, "manual/offer_received.html", stack, found, more)


def _gone() -> Offer:
    raise NotFound(_("The team has withdrawn this offer meanwhile."))


def _begun(found: Offer) -> Step | None:
    """The step that draws it in, where somebody has begun."""
    return None if found.revision.standing == Standing.NOTED else found.steps.filter(settled_at=None).first()


def _done_by_others(
    request: ActorRequest, stack: Stack, found: Offer, asked: QuestionForm, why: DeclineForm
) -> HttpResponse | None:
    here = redirect("manual:offer", stack.manual.slug, found.pk)
    match request.POST.get("act"):
        case "ask" if asked.is_valid():
            ask_about_offer(actor=request.actor, offer=found, body=asked.cleaned_data["body"])
            messages.success(request, _("Asked. The team sees your question, not who asked it."))
        case "decline" if why.is_valid():
            decline_offer(actor=request.actor, offer=found, reason=why.cleaned_data["reason"])
            messages.success(request, _("Not drawn in. The team reads why, and keeps its text."))
        case "draw-in" if found.revision.standing == Standing.NOTED:
            return redirect("manual:offer-example", stack.manual.slug, found.pk)
        case "draw-in":
            step = draw_in_offer(actor=request.actor, offer=found)
            return redirect("manual:step", stack.manual.slug, step.pk)
        case _:
            return None
    return here


def _screen(
    request: ActorRequest, template: str, stack: Stack, found: Offer, more: Mapping[str, object]
) -> HttpResponse:
    held, theirs = stack.covering(found.page_id), stack_of_others(request.actor, stack, found.to)
    problem = more.get("problem")
    forms = [each for each in more.values() if isinstance(each, (QuestionForm, DeclineForm))]
    context = {
        "stack": stack,
        "manual": stack.manual,
        "offer": found,
        "seen": seen_by_others(theirs, found, list(found.remarks.order_by("id"))),
        "page_url": page_url(stack, held) if held else "",
        "page_title": held.title if held else "",
        "write": policy.can_write(request.actor, stack.manual),
        "words": [typed for each in forms if (typed := _typed(each))] if found.answer else [],
        **more,
    }
    status = 409 if isinstance(problem, Stale) else 400 if problem or any(each.errors for each in forms) else 200
    return render(request, template, context, status=status)


def _typed(form: QuestionForm | DeclineForm) -> str:
    """The words in a form that is not shown any more, since somebody else has answered the offer meanwhile."""
    return str(next((form.data[name] for name in form.fields if form.data.get(name)), "")).strip()
