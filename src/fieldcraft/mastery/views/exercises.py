"""Adding and changing the exercises of an organisation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.mastery.actions.reflections import add_exercise, change_exercise, end_exercise
from fieldcraft.mastery.forms.reflections import NewExerciseForm, OwnExerciseForm
from fieldcraft.mastery.models import OwnExercise
from fieldcraft.mastery.queries import reflections as read
from fieldcraft.mastery.queries.practice import state_of
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.mastery.views.practice import going_on
from fieldcraft.people.access import ActorRequest, require


@compass
def exercise_make(request: ActorRequest) -> HttpResponse:
    """A new exercise for everybody of an organisation."""
    organisations = read.organisations_to_add_for(request.actor)
    if not organisations:
        raise NotAllowed(
            _("Editors, convenors and administrators add exercises for everybody. Tell one of them your idea.")
        )
    form = NewExerciseForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            made = add_exercise(
                actor=request.actor,
                organisation_id=UUID(sent["organisation"]),
                title=sent["title"],
                idea=sent["idea"],
                prompts=sent["prompts"],
            )
        except Invalid as problem:
            form.add_error("prompts", str(problem))
        else:
            messages.success(request, _("It is there for everybody of your organisation."))
            return redirect("mastery:exercise", made.pk)
    return _screen(request, form, organisations=organisations)


@compass
def exercise_change(request: ActorRequest, exercise_id: UUID) -> HttpResponse:
    """Ask otherwise from now on, or take it out."""
    found = _exercise_or_404(request, exercise_id)
    require(read.can_add_exercise(request.actor, found.organisation_id))
    if request.POST.get("act") == "end":
        end_exercise(actor=request.actor, exercise=found)
        messages.success(request, _("Taken out. What people wrote with it stays theirs."))
        return redirect("mastery:exercise-list")
    begun = {
        "title": found.title,
        "idea": found.idea,
        "prompts": "\n".join(found.prompts),
        "seen": state_of(found),
    }
    form, problem = OwnExerciseForm(request.POST or None, initial=begun), None
    if request.method == "POST" and form.is_valid():
        try:
            change_exercise(actor=request.actor, exercise=found, **form.cleaned_data)
            return redirect("mastery:exercise", found.pk)
        except Invalid as invalid:
            form.add_error("prompts", str(invalid))
        except Stale as stale:
            problem, found = stale, _exercise_or_404(request, exercise_id)
            form = OwnExerciseForm(going_on(request, found))
    return _screen(request, form, exercise=found, problem=problem, organisations=[found.organisation])


def _exercise_or_404(request: ActorRequest, exercise_id: UUID) -> OwnExercise:
    found = read.own_exercise_of(request.actor, exercise_id)
    if found is None:
        raise NotFound(_("There is no such exercise at your organisation."))
    return found


def _screen(request: ActorRequest, form: Any, **more: object) -> HttpResponse:
    status = 409 if more.get("problem") else 400 if form.is_bound and form.errors else 200
    return screen(request, "mastery/exercise_write.html", {"form": form, **more}, status)
