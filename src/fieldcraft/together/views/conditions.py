"""An organisation's conditions, and one condition with its path."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fieldcraft.errors import FieldcraftError, Invalid, NotFound, Stale
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.models import Organisation
from fieldcraft.together import policy
from fieldcraft.together.actions.answering import MAY_FOLLOW, answer_condition, name_owner
from fieldcraft.together.forms.conditions import AnswerForm, OwnerForm
from fieldcraft.together.models import ANSWERED, Stage
from fieldcraft.together.queries.conditions import (
    Whole,
    condition_as_read,
    conditions_of,
    organisation_of,
    people_who_could_answer,
)
from fieldcraft.together.queries.pages import conditions_on, place_at

SHOWN_ON_A_PANEL = 5


def _organisation_or_404(request: ActorRequest, slug: str) -> Organisation:
    found = organisation_of(request.actor, slug)
    if found is None:
        raise NotFound(_("There is no such organisation, or you do not belong to it."))
    return found


@login_required
def condition_list(request: ActorRequest, slug: str) -> HttpResponse:
    """What is open, waiting longest first; below it what is answered, and what those who raised it say."""
    organisation = _organisation_or_404(request, slug)
    context = {"organisation": organisation, "found": conditions_of(request.actor, organisation)}
    return render(request, "together/condition_list.html", context)


@login_required
def condition_panel(request: ActorRequest, slug: str) -> HttpResponse:
    """What stands first on the organisation's page; also a screen by itself."""
    organisation = _organisation_or_404(request, slug)
    found = conditions_of(request.actor, organisation)
    context = {
        "organisation": organisation,
        "open": found.open[:SHOWN_ON_A_PANEL],
        "has_more": len(found.open) > SHOWN_ON_A_PANEL or bool(found.answered),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "together/panel_open_part.html" if is_part else "together/panel_open.html", context)


@login_required
def page_panel(request: ActorRequest, slug: str, address: str) -> HttpResponse:
    """What points to a page of the manual, and raising something from there."""
    place = place_at(request.actor, slug, address)
    if place is None:
        raise NotFound(_("There is no such page in this manual."))
    stack = stack_named(slug)
    context = {
        "place": place,
        "conditions": conditions_on(request.actor, place.page_id),
        "may_raise": bool(stack and policy.can_raise(request.actor, stack.manual.organisation_id)),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "together/panel_page_part.html" if is_part else "together/panel_page.html", context)


@dataclass(frozen=True, slots=True)
class Way:
    """One step that can be said next: its form, and what its button says."""

    stage: Stage
    button: object
    form: AnswerForm
    takes_words: bool


_BUTTONS = (
    (Stage.HEARD, gettext_lazy("I heard this"), gettext_lazy("Anything to say with it?")),
    (Stage.TRYING, gettext_lazy("We will try this"), gettext_lazy("We will try …")),
    (Stage.CHANGED, gettext_lazy("This has changed"), gettext_lazy("What has changed?")),
    (Stage.CANNOT, gettext_lazy("We cannot change this"), gettext_lazy("We cannot change this, because …")),
)


@login_required
def condition(request: ActorRequest, condition_id: UUID) -> HttpResponse:
    """One condition, its path, and for those who answer it the next step."""
    whole = _whole_or_404(request, condition_id)
    if request.method != "POST":
        return _screen(request, whole)
    try:
        _act(request, whole)
    except (Stale, Invalid) as problem:
        return _screen(request, _whole_or_404(request, condition_id), problem=problem)
    return redirect("together:condition", condition_id)


def _whole_or_404(request: ActorRequest, condition_id: UUID) -> Whole:
    found = condition_as_read(request.actor, condition_id)
    if found is None:
        raise NotFound(_("There is no such condition, or it is not for you to see."))
    return found


def _act(request: ActorRequest, whole: Whole) -> None:
    """A step, or who answers."""
    condition, sent = whole.read.condition, request.POST
    if sent.get("act") == "owner":
        person_id = _person(request, sent.get("person", ""))
        name_owner(actor=request.actor, condition=condition, person_id=person_id)
        is_me = person_id == request.actor.person_id
        others = _("Kept. Whoever answers sees it here, and agrees by answering.")
        messages.success(request, _("Kept. It is yours to answer now.") if is_me else others)
        return
    if sent.get("act") not in Stage.values:
        raise Invalid(_("Choose what you say to it."))
    words, seen = sent.get("words", ""), sent.get("seen", "")
    answer_condition(actor=request.actor, condition=condition, stage=Stage(sent["act"]), words=words, seen=seen)
    messages.success(request, _("Said. Everybody of the organisation reads it here, and whoever raised it does, too."))


def _person(request: ActorRequest, sent: str) -> UUID:
    if sent == "me" and request.actor.person_id:
        return request.actor.person_id
    try:
        return UUID(sent)
    except ValueError:
        raise Invalid(_("Choose who answers.")) from None


def _screen(request: ActorRequest, whole: Whole, problem: FieldcraftError | None = None) -> HttpResponse:
    condition = whole.read.condition
    may, may_name = policy.can_answer(request.actor, condition), policy.can_name_owner(request.actor, condition)
    is_open = condition.stage not in ANSWERED
    context = {
        "whole": whole,
        "read": whole.read,
        "condition": condition,
        "organisation": condition.organisation,
        "may": may,
        "ways": _ways(request, whole, problem) if may else (),
        "owner_form": OwnerForm(people=list(people_who_could_answer(condition))) if may_name and is_open else None,
        "is_mine_to_answer": condition.owner_id is not None and condition.owner_id == request.actor.person_id,
        "problem": problem,
    }
    status = 409 if isinstance(problem, Stale) else 400 if problem else 200
    return render(request, "together/condition.html", context, status=status)


def _ways(request: ActorRequest, whole: Whole, problem: FieldcraftError | None) -> list[Way]:
    """The steps that may follow; what was typed for one that was not taken stands in its form again."""
    sent = request.POST if problem else {}
    return [
        Way(
            stage,
            button,
            AnswerForm(
                initial={"seen": whole.seen, "words": sent.get("words", "") if sent.get("act") == stage else ""},
                label=label,
                auto_id=f"{stage.value}_%s",
            ),
            takes_words=stage != Stage.HEARD,
        )
        for stage, button, label in _BUTTONS
        if whole.read.condition.stage in MAY_FOLLOW[stage]
    ]
