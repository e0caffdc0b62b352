"""What is in the way: naming it, whose it is to move, and the ways out that work today."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, NotFound
from fieldcraft.mastery.actions.obstacles import (
    hang_on_page,
    hold_beside,
    name_obstacle,
    put_back_in_the_way,
    put_out_of_the_way,
    say_of_obstacle,
    take_from_beside,
)
from fieldcraft.mastery.forms.compass import AgainstForm, KindForm, ObstacleForm, OfVisionForm, PageForm, WhoseForm
from fieldcraft.mastery.models import Obstacle, ObstacleKind, PracticeNote, Vision, Whose
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.compass.obstacles import (
    InManual,
    beside_belief,
    gone_obstacles,
    open_obstacles,
    own_manuals,
    page_of,
    pages_found,
    place_named,
)
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import earlier_than, open_visions
from fieldcraft.mastery.views.asked import compass, not_offered, require_offered, screen
from fieldcraft.mastery.views.compass.visions import Fact
from fieldcraft.mastery.views.compass.writing import Answers, Writing, moment, written
from fieldcraft.people.access import ActorRequest

MOST_VISIONS = 12


@compass
def obstacle_list(request: ActorRequest) -> HttpResponse:
    """What is in the way, and what was."""
    before = moment(request.GET.get("before", ""))
    gone, onward = earlier_than(gone_obstacles(request.actor), before, "gone_at")
    context: dict[str, object] = {
        "open": [] if before else list(open_obstacles(request.actor)),
        "gone": gone,
        "onward": onward.isoformat() if onward else "",
        "is_later": before,
    }
    return screen(request, "mastery/obstacles.html", context)


@compass
def obstacle_new(request: ActorRequest) -> HttpResponseBase:
    """Something is in the way; a link may bring the vision or the page along."""
    asked = request.GET
    of_vision = _vision_named(request, asked.get("vision", ""))
    place = place_named(request.actor, asked.get("manual", ""), asked.get("page", ""))

    def keep(answers: Answers) -> str:
        made = name_obstacle(actor=request.actor, text=answers["text"], vision=of_vision, place=place)
        return reverse("mastery:obstacle-ask", args=[made.pk, "kind"]) + "?on=1"

    back = reverse("mastery:vision", args=[of_vision.pk]) if of_vision else reverse("mastery:obstacles")
    writing = Writing(
        heading=_("Something is in the way"),
        about=of_vision.picture if of_vision else place[1].title if place else "",
        button=_("Keep it"),
        out_url=back,
        crumbs=((_("In the way"), reverse("mastery:obstacles")),),
    )
    return written(request, ObstacleForm(request.POST or None), writing, keep)


def _vision_named(request: ActorRequest, text: str) -> Vision | None:
    try:
        return own(request.actor, Vision, UUID(text)) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field it answers, its form, what the screen says, and which comes next."""

    field: str
    form: type[Any]
    following: str
    heading: Callable[[], str]
    lead: Callable[[], str] = lambda: ""


QUESTIONS = {
    "words": Question("text", ObstacleForm, "", lambda: _("In other words")),
    "kind": Question("kind", KindForm, "whose", lambda: _("What kind of thing is it?")),
    "whose": Question(
        "whose",
        WhoseForm,
        "against",
        lambda: _("Whose is it to move?"),
        lambda: _("What is not yours to move never becomes your homework here."),
    ),
    "against": Question("against", AgainstForm, "", lambda: _("What speaks against it?")),
    "vision": Question("vision", OfVisionForm, "", lambda: _("Which picture is it in the way of?")),
}


@compass
def obstacle_ask(request: ActorRequest, obstacle_id: UUID, question: str) -> HttpResponseBase:
    """One question about one thing in the way; on=1 leads from each to the next."""
    found, asked = own(request.actor, Obstacle, obstacle_id), QUESTIONS.get(question)
    if asked is None:
        raise NotFound(_("There is no such question."))
    if asked.field == "against" and not found.against:
        require_offered(request, switches.SPEAKS_AGAINST)
    here = reverse("mastery:obstacle", args=[found.pk])
    is_on = "on" in request.GET and bool(asked.following) and not _is_off(request, asked.following)
    following = reverse("mastery:obstacle-ask", args=[found.pk, asked.following]) + "?on=1" if is_on else here

    def keep(answers: Answers) -> str:
        said = {asked.field: answers[asked.field]}
        say_of_obstacle(actor=request.actor, obstacle=found, based_on=answers["based_on"], **said)
        return following

    def as_it_is() -> tuple[str, str]:
        now = own(request.actor, Obstacle, found.pk)
        shown = getattr(now, f"get_{asked.field}_display", lambda: getattr(now, asked.field))()
        return stamp(now, asked.field), str(shown or "")

    writing = Writing(
        heading=asked.heading(),
        about=found.text if asked.field != "text" else "",
        lead=asked.lead(),
        button=_("Next") if is_on else _("Keep it"),
        out_url=here,
        out=_("Enough for now") if "on" in request.GET else "",
        skip_url=following if is_on else "",
        crumbs=crumbs_of(found),
        as_it_is=as_it_is,
    )
    return written(request, _form(request, found, asked), writing, keep)


def _is_off(request: ActorRequest, question: str) -> bool:
    """Whether the question that would follow is one that is not offered."""
    return question == "against" and switches.SPEAKS_AGAINST in not_offered(request)


def _form(request: ActorRequest, found: Obstacle, asked: Question) -> Any:
    first = {asked.field: getattr(found, asked.field), "based_on": stamp(found, asked.field)}
    if asked.field == "vision":
        first["vision"] = str(found.vision_id or "")
        return asked.form(request.POST or None, initial=first, choices=_visions_for(request, found))
    return asked.form(request.POST or None, initial=first)


def _visions_for(request: ActorRequest, found: Obstacle) -> list[Vision]:
    listed = list(open_visions(request.actor)[:MOST_VISIONS])
    return [*listed, *([found.vision] if found.vision and found.vision not in listed else [])]


def crumbs_of(found: Obstacle) -> tuple[tuple[str, str], ...]:
    """What lies above a screen about this thing."""
    return (
        (_("In the way"), reverse("mastery:obstacles")),
        (_("This one"), reverse("mastery:obstacle", args=[found.pk])),
    )


@compass
def obstacle(request: ActorRequest, obstacle_id: UUID) -> HttpResponse:
    """One thing in the way, and the ways out that work today."""
    found = own(request.actor, Obstacle, obstacle_id)
    page = page_of(request.actor, found)
    manuals = [] if page and page.change_url else [stack.manual for stack in own_manuals(request.actor)[:3]]
    facts, off = _facts(found, page), _is_off(request, "against")
    context: dict[str, object] = {
        "obstacle": found,
        "page": page,
        "manuals": manuals,
        "said": [fact for fact in facts if fact.value],
        "unsaid": [fact for fact in facts if not fact.value and not (fact.about == "against" and off)],
        "is_belief": found.kind == ObstacleKind.CANNOT_BE_REACHED,
        "is_not_mine": found.whose == Whose.NOT_MINE,
        "is_to_raise": found.whose in {Whose.NOT_MINE, Whose.INFLUENCE},
    }
    return screen(request, "mastery/obstacle.html", context)


def _facts(found: Obstacle, page: InManual | None) -> list[Fact]:
    here = partial(reverse, "mastery:obstacle-ask")
    of_vision = reverse("mastery:vision", args=[found.vision_id]) if found.vision_id else ""
    picture = Truncator(found.vision.picture).words(20) if found.vision else ""
    return [
        Fact(_("What kind of thing it is"), str(found.get_kind_display()), here(args=[found.pk, "kind"])),
        Fact(_("Whose it is to move"), str(found.get_whose_display()), here(args=[found.pk, "whose"])),
        Fact(_("What speaks against it"), found.against, here(args=[found.pk, "against"]), about="against"),
        Fact(_("The picture it is in the way of"), picture, here(args=[found.pk, "vision"]), of_vision),
        Fact(
            _("The page it belongs to"),
            page.title if page else "",
            reverse("mastery:obstacle-page", args=[found.pk]),
            page.url if page else "",
        ),
    ]


@compass
def obstacle_page(request: ActorRequest, obstacle_id: UUID) -> HttpResponse:
    """Which page of a manual it belongs to."""
    found = own(request.actor, Obstacle, obstacle_id)
    if request.method == "POST":
        slug, _slash, address = request.POST.get("place", "").partition("/")
        place = place_named(request.actor, slug, address)
        if slug and place is None:
            raise Invalid(_("This page is not there any more. Look for it again."))
        hang_on_page(actor=request.actor, obstacle=found, place=place)
        return redirect("mastery:obstacle", found.pk)
    words = request.GET.get("q", "")
    context: dict[str, object] = {
        "obstacle": found,
        "form": PageForm(initial={"q": words}),
        "words": words,
        "pages": pages_found(request.actor, words),
        "page": page_of(request.actor, found),
    }
    return screen(request, "mastery/obstacle_page.html", context)


@compass
@require_POST
def obstacle_gone(request: ActorRequest, obstacle_id: UUID) -> HttpResponse:
    """Not in the way any more, or in the way again."""
    found = own(request.actor, Obstacle, obstacle_id)
    if found.gone_at is None:
        put_out_of_the_way(actor=request.actor, obstacle=found)
        messages.success(request, _("Out of the way. It stays below, under what was once in the way."))
        return redirect("mastery:obstacles")
    put_back_in_the_way(actor=request.actor, obstacle=found)
    return redirect("mastery:obstacle", found.pk)


@compass
def obstacle_notes(request: ActorRequest, obstacle_id: UUID) -> HttpResponse:
    """What happened, held beside the belief that it cannot be reached."""
    found = own(request.actor, Obstacle, obstacle_id)
    if found.kind != ObstacleKind.CANNOT_BE_REACHED:
        return redirect("mastery:obstacle", found.pk)
    if request.method == "POST":
        _weigh(request, found)
        return redirect(reverse("mastery:obstacle-notes", args=[found.pk]))
    start = request.GET.get("from", "")
    beside = beside_belief(request.actor, found, start=int(start) if start.isdecimal() and len(start) < 6 else 0)
    sides = ((True, beside.speaks_for), (False, beside.speaks_against))
    return screen(request, "mastery/obstacle_notes.html", {"obstacle": found, "beside": beside, "sides": sides})


def _weigh(request: ActorRequest, found: Obstacle) -> None:
    """A button names the side and the note."""
    side, _dash, note_id = request.POST.get("put", "").partition(" ")
    try:
        note = own(request.actor, PracticeNote, UUID(note_id))
    except ValueError:
        raise NotFound(_("There is no such note.")) from None
    if side == "off":
        take_from_beside(actor=request.actor, obstacle=found, note=note)
    else:
        hold_beside(actor=request.actor, obstacle=found, note=note, speaks_for=side == "for")
