"""Visions: all of them, and one beside what is so now."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.engine.asking import Asking, Noticed, about_vision
from fieldcraft.errors import Invalid
from fieldcraft.mastery.actions.compass import Changed, begin_vision, change_vision, hold_vision, move_end
from fieldcraft.mastery.forms.compass import ChangeForm, LetGoForm, OwnForm, PictureForm
from fieldcraft.mastery.models import Change, Hold, Vision
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import (
    Beside,
    beside_now,
    brings_of,
    changes,
    earlier_than,
    in_the_way_of,
    marks,
    pattern,
    visions,
)
from fieldcraft.mastery.views.asked import compass, not_offered, screen
from fieldcraft.mastery.views.compass.writing import Answers, Notice, Writing, moment, written
from fieldcraft.people.access import ActorRequest
from fieldcraft.ui.charts.picture import Chart
from fieldcraft.ui.charts.tension import Apart, Held, Unwritten, tension
from fieldcraft.ui.charts.tension_over_time import Setting, tension_over_time


@compass
def vision_list(request: ActorRequest) -> HttpResponse:
    """Those that are held or forming, at rest, and let go."""
    found = list(visions(request.actor))
    groups = [(hold, [each for each in found if each.hold == hold]) for hold in _IN_ORDER]
    return screen(request, "mastery/visions.html", {"groups": [group for group in groups if group[1]]})


_IN_ORDER = (Hold.HELD, Hold.FORMING, Hold.RESTING, Hold.LET_GO)


@compass
def vision_new(request: ActorRequest) -> HttpResponseBase:
    """Draw a picture; the other questions follow, and each can be left out."""

    def keep(answers: Answers) -> str:
        made = begin_vision(actor=request.actor, picture=answers["picture"])
        return reverse("mastery:vision-ask", args=[made.pk, "whose"]) + "?on=1"

    writing = Writing(
        heading=_("What would it look like?"),
        lead=_("A vision is a picture of one place on the way. Write it in the present, as if you stood in it."),
        button=_("Keep it"),
        out_url=reverse("mastery:home"),
        crumbs=((_("Visions"), reverse("mastery:visions")),),
    )
    return written(request, PictureForm(request.POST or None), writing, keep, notice_in_picture(request))


def notice_in_picture(request: ActorRequest) -> Notice:
    """What the form asks about, where it has a picture in it, and as far as that is offered."""

    def noticed(answers: Answers) -> Noticed | None:
        found = about_vision(answers["picture"])
        asks = switches.WHAT_INSTEAD if found and found.asking == Asking.AWAY else switches.DIRECTION_OR_PICTURE
        return found if found and asks not in not_offered(request) else None

    return noticed


@compass
def vision(request: ActorRequest, vision_id: UUID) -> HttpResponse:
    """One vision: the band to what is so now, what is in the way, and everything said about it."""
    found = own(request.actor, Vision, vision_id)
    done, facts, off = list(changes(request.actor, found)), _facts(found), not_offered(request)
    context: dict[str, object] = {
        **band_part(request, found),
        "in_the_way": list(in_the_way_of(request.actor, found)),
        "brings": brings_of(found),
        "said": [fact for fact in facts if fact.value],
        "unsaid": [fact for fact in facts if not fact.value],
        "changes": done,
        "pattern": "" if switches.PATTERN in off else pattern(done),
        "not_offered": off,
        "hold": Hold,
    }
    return screen(request, "mastery/vision.html", context)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said about a thing, and where to say it; value: "" when it is not said.

    link: where the value leads. about: which question it answers, where a screen must know.
    """

    label: str
    value: str
    url: str
    link: str = ""
    about: str = ""


def _facts(found: Vision) -> list[Fact]:
    said = {
        "whose": (_("Whom it shows"), str(found.get_scope_display())),
        "wish": (_("Whether I want it for itself"), str(found.get_wish_display())),
        "serves": (_("The purpose it serves"), found.serves.sentence if found.serves else ""),
        "organisation": (_("What the organisation could do"), found.organisation_could),
        "horizon": (_("About when"), date_format(found.horizon, "DATE_FORMAT") if found.horizon else ""),
    }
    return [
        Fact(label, value, reverse("mastery:vision-ask", args=[found.pk, question]))
        for question, (label, value) in said.items()
    ]


def band_part(request: ActorRequest, found: Vision) -> dict[str, object]:
    """What the part with the band needs, as part of the screen or by itself."""
    (beside,) = beside_now(request.actor, [found])
    return {"vision": found, "beside": beside, "chart": _drawn(beside)}


def _drawn(beside: Beside) -> Chart:
    apart = beside.band.distance if beside.band.is_set else Apart.NOT_SET
    now = beside.now.seen if beside.now else Unwritten.NOT_YET
    return tension(Held(beside.vision.picture, now, apart), key="band")


@compass
@require_POST
def vision_band(request: ActorRequest, vision_id: UUID) -> HttpResponse:
    """Move one end; a script asks for the part alone."""
    found = own(request.actor, Vision, vision_id)
    end, _dash, way = request.POST.get("move", "").partition("-")
    move_end(actor=request.actor, vision=found, end=end, way=way)
    if request.headers.get("X-Fieldcraft-Part"):
        return screen(request, "mastery/tension_band.html", band_part(request, found))
    return redirect(reverse("mastery:vision", args=[found.pk]) + "#band")


@compass
def vision_tension(request: ActorRequest, vision_id: UUID) -> HttpResponse:
    """Both ends over time, where the person set them."""
    found = own(request.actor, Vision, vision_id)
    set_on = [each for each in marks(request.actor, found) if each.vision_place > each.now_place]
    settings = [Setting(localdate(each.at), each.vision_place, each.now_place) for each in reversed(set_on)]
    drawn = tension_over_time(settings, key="over-time", until=localdate())
    context: dict[str, object] = {"vision": found, "chart": drawn, "has_any": bool(set_on), **_days(request, found)}
    return screen(request, "mastery/tension_over_time.html", context)


def _days(request: ActorRequest, found: Vision) -> dict[str, object]:
    """The days one by one, when they are asked for, to take one out."""
    if "days" not in request.GET:
        return {"days": None}
    days, onward = earlier_than(marks(request.actor, found), moment(request.GET.get("before", "")), "at")
    return {"days": days, "onward": onward.isoformat() if onward else ""}


@compass
@require_POST
def vision_hold(request: ActorRequest, vision_id: UUID) -> HttpResponse:
    """Hold it, let it rest, or let it form on."""
    found = own(request.actor, Vision, vision_id)
    asked = request.POST.get("hold", "")
    if asked not in _SAID:
        raise Invalid(_("Choose one of the buttons."))
    hold_vision(actor=request.actor, vision=found, hold=Hold(asked))
    messages.success(request, str(_SAID[asked]()))
    return redirect("mastery:vision", vision_id)


_SAID = {
    Hold.HELD.value: lambda: _("You hold this vision now. You can let it rest whenever you like."),
    Hold.FORMING.value: lambda: _("It is still forming. Nothing hurries it."),
    Hold.RESTING.value: lambda: _("It rests, and waits for nobody. You find it under your visions."),
}


@compass
def vision_change(request: ActorRequest, vision_id: UUID) -> HttpResponseBase:
    """Clearer, larger, smaller, or let go; then the picture, and why."""
    found = own(request.actor, Vision, vision_id)
    asked = request.GET.get("kind", "")
    if asked not in Change.values:
        return screen(request, "mastery/vision_change.html", {"vision": found})
    kind = Change(asked)
    form = _change_form(request, found, kind)

    def keep(answers: Answers) -> str:
        changed = Changed(kind, answers.get("picture", ""), answers["why"], answers["said"])
        change_vision(actor=request.actor, vision=found, changed=changed, based_on=answers["based_on"])
        messages.success(request, _SAID_OF_CHANGE[kind == Change.LET_GO]())
        return reverse("mastery:vision", args=[found.pk]) + "#changes"

    return written(
        request,
        form,
        _changing(request, found, kind),
        keep,
        None if kind == Change.LET_GO else notice_in_picture(request),
    )


_SAID_OF_CHANGE = {
    False: lambda: _("Kept. The picture as it was stays with the change."),
    True: lambda: _("Let go. It stays among your visions until you delete it."),
}


def _change_form(request: ActorRequest, found: Vision, kind: Change) -> OwnForm:
    first = {"picture": found.picture, "based_on": stamp(found, "picture")}
    form_of = LetGoForm if kind == Change.LET_GO else ChangeForm
    return form_of(request.POST or None, initial=first)


def _changing(request: ActorRequest, found: Vision, kind: Change) -> Writing:
    def as_it_is() -> tuple[str, str]:
        now = own(request.actor, Vision, found.pk)
        return stamp(now, "picture"), now.picture

    headings = {
        Change.CLEARER: _("Clearer"),
        Change.LARGER: _("Larger"),
        Change.SMALLER: _("Smaller"),
        Change.LET_GO: _("Let it go"),
    }
    return Writing(
        heading=headings[kind],
        about=found.picture if kind == Change.LET_GO else "",
        button=_("Let it go") if kind == Change.LET_GO else _("Keep it"),
        out_url=reverse("mastery:vision", args=[found.pk]),
        out=_("Leave it as it is"),
        crumbs=crumbs_of(found),
        as_it_is=as_it_is,
    )


def crumbs_of(found: Vision) -> tuple[tuple[str, str], ...]:
    """What lies above a screen about this vision."""
    return (
        (_("Visions"), reverse("mastery:visions")),
        (_("This vision"), reverse("mastery:vision", args=[found.pk])),
    )
