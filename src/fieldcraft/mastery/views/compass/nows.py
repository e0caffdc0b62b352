"""What is so now: many notes, each of its day."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from fieldcraft.mastery.actions.compass import Seen, correct_now, keep_now
from fieldcraft.mastery.forms.compass import NowForm
from fieldcraft.mastery.models import RealityNote, Vision
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import earlier_than, nows
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.mastery.views.compass.visions import crumbs_of
from fieldcraft.mastery.views.compass.writing import Answers, Writing, moment, written
from fieldcraft.people.access import ActorRequest

FIELDS = ("seen", "story", "would_show_me_wrong")


@compass
def now_list(request: ActorRequest, vision_id: UUID) -> HttpResponse:
    """All that was so beside one vision, the latest first."""
    found = own(request.actor, Vision, vision_id)
    before = moment(request.GET.get("before", ""))
    listed, onward = earlier_than(nows(request.actor, found), before, "at")
    context: dict[str, object] = {
        "vision": found,
        "nows": listed,
        "onward": onward.isoformat() if onward else "",
        "is_later": before,
    }
    return screen(request, "mastery/nows.html", context)


@compass
def now_new(request: ActorRequest, vision_id: UUID) -> HttpResponseBase:
    """Write what is so now, beside a vision."""
    found = own(request.actor, Vision, vision_id)

    def keep(answers: Answers) -> str:
        keep_now(actor=request.actor, vision=found, seen=Seen(*(answers[name] for name in FIELDS)))
        messages.success(request, _("Kept beside the picture. Set how far apart they feel, if you like."))
        return reverse("mastery:vision", args=[found.pk]) + "#band"

    return written(request, NowForm(request.POST or None), _writing(found), keep)


@compass
def now(request: ActorRequest, now_id: UUID) -> HttpResponseBase:
    """One note; say it in other words."""
    note = own(request.actor, RealityNote, now_id)
    first = {**{name: getattr(note, name) for name in FIELDS}, "based_on": stamp(note, *FIELDS)}

    def keep(answers: Answers) -> str:
        seen = Seen(*(answers[name] for name in FIELDS))
        correct_now(actor=request.actor, note=note, seen=seen, based_on=answers["based_on"])
        return reverse("mastery:nows", args=[note.vision_id])

    def as_it_is() -> tuple[str, str]:
        there = own(request.actor, RealityNote, note.pk)
        return stamp(there, *FIELDS), "\n\n".join(getattr(there, name) for name in FIELDS if getattr(there, name))

    form = NowForm(request.POST or None, initial=first)
    return written(request, form, _writing(note.vision, note, as_it_is), keep)


def _writing(
    vision: Vision, note: RealityNote | None = None, as_it_is: Callable[[], tuple[str, str]] | None = None
) -> Writing:
    return Writing(
        heading=_("What is so now?"),
        about=vision.picture,
        button=_("Keep it"),
        out_url=reverse("mastery:nows", args=[vision.pk]) if note else reverse("mastery:vision", args=[vision.pk]),
        crumbs=crumbs_of(vision),
        as_it_is=as_it_is,
    )
