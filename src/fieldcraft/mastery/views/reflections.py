"""Reflecting, sleeping on it, exercises, and words that return."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.mastery.actions.practice import throw_away
from fieldcraft.mastery.actions.reflections import (
    add_to_reflection,
    change_reflection,
    keep_reflection,
    put_away_until,
    wake,
)
from fieldcraft.mastery.forms.reflections import AnswersForm, FreeForm, SleepForm, WakesOnForm, WokenForm
from fieldcraft.mastery.models import Reflection
from fieldcraft.mastery.queries import reflections as read
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.practice import back_from_sleep, state_of, words_of_notes
from fieldcraft.mastery.views.asked import compass, not_offered, require_offered, screen
from fieldcraft.mastery.views.practice import going_on, id_asked
from fieldcraft.people.access import ActorRequest


@compass
def reflection_list(request: ActorRequest) -> HttpResponse:
    """What came back from sleep, then all reflections, newest first; of those asleep only the day."""
    rows = list(read.my_reflections(request.actor, id_asked(request, "before"))[: read.REFLECTIONS_A_SCREEN + 1])
    shown = rows[: read.REFLECTIONS_A_SCREEN]
    context = {
        "slept_on": list(back_from_sleep(request.actor)[: read.REFLECTIONS_A_SCREEN]),
        "reflections": [_listed(reflection) for reflection in shown],
        "before": shown[-1].pk if len(rows) > len(shown) else "",
        "not_offered": not_offered(request),
    }
    return screen(request, "mastery/reflection_list.html", context)


def _listed(reflection: Reflection) -> dict[str, object]:
    """What a list may say of it: nothing that was written while it sleeps."""
    is_shut = read.is_asleep(reflection) or read.is_back(reflection)
    said = "" if is_shut else next((answer for _prompt, answer in reflection.answers if answer), "")
    return {"reflection": reflection, "is_asleep": read.is_asleep(reflection), "is_shut": is_shut, "said": said}


@compass
def reflection_make(request: ActorRequest) -> HttpResponse:
    """Writing freely."""
    form = FreeForm(request.POST or None, initial={"vision": request.GET.get("vision")})
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        if made := _kept(request, form, title=title):
            return redirect("mastery:reflection", made.pk)
    return _screen(request, "mastery/reflection_make.html", form)


def _kept(request: ActorRequest, form: AnswersForm, **more: Any) -> Reflection | None:
    """None when something is amiss, which the form then says."""
    try:
        vision_id = form.cleaned_data["vision"]
        made = keep_reflection(actor=request.actor, answers=form.answered, vision_id=vision_id, **more)
    except Invalid as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, _("Kept. It is yours alone."))
    return made


@compass
def exercise_list(request: ActorRequest) -> HttpResponse:
    """The exercises to choose from, and whether one may add to them."""
    off = not_offered(request)
    context = {
        "exercises": [each for each in read.shipped_exercises() if each.key not in off],
        "own": read.own_exercises(request.actor),
        "may_add": bool(read.organisations_to_add_for(request.actor)),
    }
    return screen(request, "mastery/exercise_list.html", context)


@compass
def exercise(request: ActorRequest, key: str) -> HttpResponse:
    """Its questions one after the other on one screen; any may be left empty."""
    found = read.exercise_named(request.actor, key)
    if found is None:
        raise NotFound(_("There is no such exercise."))
    require_offered(request, found.key)
    kind = SleepForm if found.sleeps else AnswersForm
    form = kind(request.POST or None, prompts=found.prompts, initial={"vision": request.GET.get("vision")})
    if request.method == "POST" and form.is_valid():
        wakes_on = form.cleaned_data.get("wakes_on")
        if made := _kept(request, form, title=found.title, exercise=found.key, wakes_on=wakes_on):
            return redirect("mastery:reflection", made.pk)
    may_change = found.whose is not None and bool(read.can_add_exercise(request.actor, found.whose.pk))
    return _screen(request, "mastery/exercise.html", form, exercise=found, may_change=may_change)


@compass
def reflection(request: ActorRequest, reflection_id: UUID) -> HttpResponse:
    """What was written; while it sleeps, only until when; when it is back, an empty box first."""
    found = _reflection_or_404(request, reflection_id)
    if request.method == "POST":
        return _acted(request, found)
    return _shown(request, found)


def _shown(request: ActorRequest, found: Reflection, *, problem: Invalid | None = None, **sent: Any) -> HttpResponse:
    """The screen of its state; `sent`: the form that was filled in, where something is amiss with it."""
    forms: dict[str, object]
    if read.is_asleep(found):
        name, forms = "reflection_asleep", {"day": WakesOnForm(initial={"wakes_on": found.wakes_on})}
    elif read.is_back(found):
        name, forms = "reflection_back", {"form": WokenForm(), "day": WakesOnForm()}
    else:
        later = AnswersForm(prompts=asked) if (asked := _later(found)) else None
        name, forms = "reflection", {"later": later, "is_later": _is_before_today(found)}
    status = 400 if problem or sent else 200
    return screen(request, f"mastery/{name}.html", {"reflection": found, "problem": problem, **forms, **sent}, status)


def _is_before_today(found: Reflection) -> bool:
    return timezone.localdate(found.made_at) < timezone.localdate()


def _later(found: Reflection) -> list[str]:
    """What the exercise asks when one comes back to it, as far as it is not answered."""
    answered = {prompt for prompt, said in found.answers if said}
    return [prompt for prompt in read.later_prompts(found.exercise) if prompt not in answered]


def _acted(request: ActorRequest, found: Reflection) -> HttpResponse:
    on: dict[str, Any] = {"actor": request.actor, "reflection": found}
    form: Any
    try:
        match request.POST.get("act"):
            case "throw-away":
                throw_away(actor=request.actor, thing=found)
                messages.success(request, _("Thrown away."))
                return redirect("mastery:reflection-list")
            case "wake":
                if not (form := WokenForm(request.POST)).is_valid():
                    return _shown(request, found, form=form)
                wake(**on, words=form.cleaned_data["words"])
            case "later":
                if not (form := AnswersForm(request.POST, prompts=_later(found))).is_valid():
                    return _shown(request, found, later=form)
                add_to_reflection(**on, answers=form.answered)
            case "another-day":
                if not (form := WakesOnForm(request.POST)).is_valid():
                    return _shown(request, found, day=form)
                put_away_until(**on, wakes_on=form.cleaned_data["wakes_on"])
    except Invalid as problem:
        return _shown(request, found, problem=problem)
    return redirect("mastery:reflection", found.pk)


@compass
def reflection_change(request: ActorRequest, reflection_id: UUID) -> HttpResponse:
    """Write it otherwise."""
    found = _reflection_or_404(request, reflection_id)
    if read.is_asleep(found) or read.is_back(found):
        return redirect("mastery:reflection", reflection_id)
    form, problem = _change_form(request, found), None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        title = sent.get("title", found.title)
        try:
            change_reflection(
                actor=request.actor, reflection=found, answers=form.answered, title=title, seen=sent["seen"]
            )
            return redirect("mastery:reflection", reflection_id)
        except Invalid as invalid:
            form.add_error(None, str(invalid))
        except Stale as stale:
            problem, found = stale, _reflection_or_404(request, reflection_id)
            form = _change_form(request, found, going_on(request, found))
    return _screen(request, "mastery/reflection_change.html", form, reflection=found, problem=problem)


def _change_form(
    request: ActorRequest, found: Reflection, sent: dict[str, object] | None = None
) -> AnswersForm | FreeForm:
    if sent is None and request.method == "POST":
        sent = {**request.POST.dict()}
    answers = [said for _prompt, said in found.answers]
    begun = {"title": found.title, "seen": state_of(found)}
    if not found.exercise:
        return FreeForm(sent, answers=answers, initial=begun)
    return AnswersForm(sent, prompts=[prompt for prompt, _said in found.answers], answers=answers, initial=begun)


def _reflection_or_404(request: ActorRequest, reflection_id: UUID) -> Reflection:
    found = read.reflection_of(request.actor, reflection_id)
    if found is None:
        raise NotFound(_("There is no such reflection of yours. It may have been thrown away."))
    return found


def _screen(request: ActorRequest, template: str, form: Any, **more: object) -> HttpResponse:
    status = 409 if more.get("problem") else 400 if form.is_bound and form.errors else 200
    return screen(request, template, {"form": form, **more}, status)


@compass
def words(request: ActorRequest) -> HttpResponse:
    """Words that return: what it does, and the switch; everything else happens on the person's own device."""
    require_offered(request, switches.WORDS_THAT_RETURN)
    return screen(request, "mastery/reflection_returning.html")


@compass
def words_texts(request: ActorRequest) -> JsonResponse:
    """The person's own notes for their own device, which asks for them only when it was switched on there."""
    require_offered(request, switches.WORDS_THAT_RETURN)
    return JsonResponse({"notes": words_of_notes(request.actor)})
