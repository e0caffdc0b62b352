"""The questions about a vision, one a screen; each can be left out, and answered later."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.mastery.actions.compass import add_bring, mark_wish, say_of_vision, take_last_bring_out
from fieldcraft.mastery.forms.compass import BringForm, HorizonForm, OrganisationForm, ScopeForm, ServesForm, WishForm
from fieldcraft.mastery.models import Vision, Wish
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import MOST_STEPS, brings_of, purposes
from fieldcraft.mastery.views.asked import compass, not_offered, require_offered, screen
from fieldcraft.mastery.views.compass.visions import crumbs_of
from fieldcraft.mastery.views.compass.writing import Answers, Writing, written
from fieldcraft.people.access import ActorRequest

MOST_PURPOSES = 6


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field it answers, its form, and what the screen says. following: which comes next."""

    field: str
    form: type[Any]
    following: str
    heading: Callable[[], str]
    lead: Callable[[], str] = lambda: ""


QUESTIONS = {
    "whose": Question("scope", ScopeForm, "wish", lambda: _("Whose picture is it?")),
    "wish": Question(
        "wish",
        WishForm,
        "serves",
        lambda: _("Do you want it for itself?"),
        lambda: _("Some pictures are what we want. Others are the way to it, and it helps to know to what."),
    ),
    "serves": Question("serves", ServesForm, "organisation", lambda: _("Which purpose does it serve?")),
    "organisation": Question(
        "organisation_could",
        OrganisationForm,
        "horizon",
        lambda: _("What could the organisation do?"),
        lambda: _("Few pictures are one person's to paint."),
    ),
    "horizon": Question("horizon", HorizonForm, "", lambda: _("About when?")),
}


@compass
def vision_ask(request: ActorRequest, vision_id: UUID, question: str) -> HttpResponseBase:
    """One question about one vision; on=1 leads from each to the next."""
    found, asked = own(request.actor, Vision, vision_id), QUESTIONS.get(question)
    if asked is None:
        raise NotFound(_("There is no such question."))
    form = _form(request, found, asked)

    def keep(answers: Answers) -> str:
        value = answers[asked.field]
        say_of_vision(actor=request.actor, vision=found, based_on=answers["based_on"], **{asked.field: value})
        leads_on = value == Wish.MEANS and switches.BRINGS not in not_offered(request)
        return _on(request, found, "brings" if leads_on else asked.following)

    def as_it_is() -> tuple[str, str]:
        now = own(request.actor, Vision, found.pk)
        shown = getattr(now, f"get_{asked.field}_display", lambda: getattr(now, asked.field))()
        return stamp(now, asked.field), str(shown or "")

    is_on = "on" in request.GET
    writing = Writing(
        heading=asked.heading(),
        about=found.picture,
        lead=asked.lead(),
        button=_("Next") if is_on and asked.following else _("Keep it"),
        out_url=reverse("mastery:vision", args=[found.pk]),
        out=_("Enough for now") if is_on else "",
        skip_url=_on(request, found, asked.following) if is_on and asked.following else "",
        crumbs=crumbs_of(found),
        as_it_is=as_it_is,
    )
    return written(request, form, writing, keep)


def _form(request: ActorRequest, found: Vision, asked: Question) -> Any:
    first = {asked.field: getattr(found, asked.field), "based_on": stamp(found, asked.field)}
    if asked.field == "serves":
        first["serves"] = str(found.serves_id or "")
        return asked.form(request.POST or None, initial=first, choices=_purposes_for(request, found))
    return asked.form(request.POST or None, initial=first)


def _purposes_for(request: ActorRequest, found: Vision) -> list[Any]:
    """The present one and the latest, and whichever it serves already."""
    listed = purposes(request.actor)
    return [each for at, each in enumerate(listed) if at < MOST_PURPOSES or each.pk == found.serves_id]


def _on(request: ActorRequest, found: Vision, question: str) -> str:
    """The next question where one is led from one to the next; else the vision."""
    if question == "brings":
        return reverse("mastery:vision-brings", args=[found.pk]) + ("?on=1" if "on" in request.GET else "")
    if not question or "on" not in request.GET:
        return reverse("mastery:vision", args=[found.pk])
    return reverse("mastery:vision-ask", args=[found.pk, question]) + "?on=1"


@compass
def vision_brings(request: ActorRequest, vision_id: UUID) -> HttpResponseBase:
    """What would it bring me? Up to five steps from a means to the wish, stopping anywhere."""
    found = own(request.actor, Vision, vision_id)
    if not found.brings:  # who has begun a chain keeps it, and goes on with it as they like
        require_offered(request, switches.BRINGS)
    sent = request.POST if request.POST.get("act") in {"add", "wish"} else None
    form = BringForm(sent, is_first=not found.brings)
    problem: Stale | None = None
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return HttpResponseRedirect(_stepped(request, found, form))
        except Invalid as refused:
            if not form.is_bound:
                raise
            form.add_error(None, str(refused))
        except Stale as stale:
            problem, found = stale, own(request.actor, Vision, vision_id)
    return _brings_screen(request, found, form, problem)


def _brings_screen(request: ActorRequest, found: Vision, form: BringForm, problem: Stale | None) -> HttpResponse:
    steps = brings_of(found)
    context: dict[str, object] = {
        "vision": found,
        "form": form,
        "steps": steps,
        "is_full": len(steps) >= MOST_STEPS,
        "has_wish": any(each.is_wish for each in steps),
        "based_on": stamp(found, "brings"),
        "next_url": _on(request, found, "serves"),
        "is_on": "on" in request.GET,
        "problem": problem,
    }
    return screen(request, "mastery/vision_brings.html", context, 409 if problem else 400 if form.errors else 200)


def _stepped(request: ActorRequest, found: Vision, form: BringForm) -> str:
    """Does what was asked, and says where to go on."""
    on: dict[str, Any] = {"actor": request.actor, "vision": found, "based_on": request.POST.get("based_on", "")}
    match request.POST.get("act", "").partition("-"):
        case ("add" | "wish" as act, _, _):
            add_bring(**on, words=form.cleaned_data["words"], is_wish=act == "wish")
            if act == "wish":
                return _on(request, found, "serves")
        case ("mark", _, step) if step.isdecimal():
            mark_wish(**on, step=int(step))
        case ("out", _, _):
            take_last_bring_out(**on)
        case _:
            raise Invalid(_("Choose one of the buttons."))
    return request.get_full_path()
