"""How the week was: a minute once a week, and nothing that depends on what is answered."""

from django.http import HttpResponse
from django.shortcuts import redirect

from fieldcraft.errors import FieldcraftError, Invalid, Stale
from fieldcraft.mastery.actions.checkins import Told, keep_checkin
from fieldcraft.mastery.forms.checkins import CheckInForm
from fieldcraft.mastery.queries.checkins import Asking, asking, is_kept_this_week
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.measures.queries.packs import OWN_WEEK, in_my_language
from fieldcraft.people.access import ActorRequest


@compass
def checkin(request: ActorRequest, pack_id: str = OWN_WEEK) -> HttpResponse:
    """The check-in of this week, or an instrument that an organisation opened; a second time opens the first again."""
    asked = asking(request.actor, pack_id)
    form = _form(request, asked)
    if request.method != "POST":
        return _screen(request, asked, form)
    if not form.is_valid():
        return _screen(request, asked, form, status=400)
    told = Told(form.answers(), form.cleaned_data["line"])
    try:
        keep_checkin(actor=request.actor, asked=asked.asked, week=asked.week, told=told, seen=form.cleaned_data["seen"])
    except (Stale, Invalid) as problem:
        return _screen(request, asked, form, problem, 409 if isinstance(problem, Stale) else 400)
    return redirect("mastery:checkin-done") if pack_id == OWN_WEEK else redirect("mastery:checkin-after", pack_id)


def _form(request: ActorRequest, asked: Asking) -> CheckInForm:
    return CheckInForm(
        request.POST if request.method == "POST" else None,
        initial={"line": asked.line, "seen": asked.seen},
        questions=asked.questions,
        points=asked.asked.points,
        answers=asked.answers,
    )


def _screen(
    request: ActorRequest,
    asked: Asking,
    form: CheckInForm,
    problem: FieldcraftError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "asking": asked,
        "form": form,
        "title": in_my_language(asked.asked.pack.title),
        "pack": asked.asked.pack,
        "is_weekly": asked.asked.pack.id == OWN_WEEK,
        "has_words": any(point.label for point in asked.asked.points[1:-1]),
        "problem": problem,
        "now_kept": [
            (each.text, asked.answers[each.key]) for each in asked.asked.questions if each.key in asked.answers
        ],
    }
    return screen(request, "mastery/checkin.html", context, status=status)


@compass
def checkin_done(request: ActorRequest, pack_id: str = OWN_WEEK) -> HttpResponse:
    """The same for everybody, whatever they answered."""
    return screen(request, "mastery/checkin_done.html", {"is_kept": is_kept_this_week(request.actor, pack_id)})
