"""Deleting one thing: it is shown once more, with what goes along; one button, and it is gone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fieldcraft.mastery.actions.compass import delete_thing
from fieldcraft.mastery.models import Obstacle, Purpose, RealityNote, TensionMark, Vision, VisionRevision
from fieldcraft.mastery.queries.compass.own import own
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.people.access import ActorRequest


@dataclass(frozen=True, slots=True)
class Deleting:
    """What the screen says of one kind of thing. words: its own words; along: what goes with it; stays: what does not."""

    model: type[Model]
    heading: Callable[[], str]
    words: Callable[[Any], str]
    back: Callable[[Any], str]
    along: Callable[[], str] = lambda: ""


def _of_vision(thing: Any) -> str:
    return reverse("mastery:vision", args=[thing.vision_id])


def _day(thing: Any) -> str:
    return date_format(localtime(thing.at), "DATE_FORMAT")


KINDS: dict[str, Deleting] = {
    "purpose": Deleting(
        Purpose,
        lambda: _("Delete this purpose?"),
        lambda thing: thing.sentence,
        lambda _thing: reverse("mastery:purposes"),
        lambda: _("The visions that serve it stay."),
    ),
    "vision": Deleting(
        Vision,
        lambda: _("Delete this vision?"),
        lambda thing: thing.picture,
        lambda _thing: reverse("mastery:visions"),
        lambda: _(
            "With it go the notes of what was so, the places on the band and its earlier pictures. What is in the way and what you tried stay."
        ),
    ),
    "now": Deleting(
        RealityNote,
        lambda: _("Delete what was so?"),
        lambda thing: thing.seen,
        lambda thing: reverse("mastery:nows", args=[thing.vision_id]),
    ),
    "change": Deleting(
        VisionRevision,
        lambda: _("Delete the memory of this change?"),
        lambda thing: thing.before,
        _of_vision,
        lambda: _("The picture stays as it is now."),
    ),
    "mark": Deleting(
        TensionMark,
        lambda: _("Delete where you set the band that day?"),
        _day,
        lambda thing: reverse("mastery:vision-tension", args=[thing.vision_id]),
    ),
    "obstacle": Deleting(
        Obstacle,
        lambda: _("Delete this?"),
        lambda thing: thing.text,
        lambda _thing: reverse("mastery:obstacles"),
        lambda: _("The notes that were held beside it stay."),
    ),
}


@compass
def delete(request: ActorRequest, thing_id: UUID, kind: str) -> HttpResponse:
    """Shows the thing, and deletes it when its owner says so."""
    asked = KINDS[kind]
    found = own(request.actor, asked.model, thing_id)
    back = asked.back(found)
    if request.method == "POST":
        delete_thing(actor=request.actor, thing=found)
        messages.success(request, _("Deleted."))
        return HttpResponseRedirect(back)
    context: dict[str, object] = {
        "heading": asked.heading(),
        "words": asked.words(found),
        "along": asked.along(),
        "back": back,
    }
    return screen(request, "mastery/vision_delete.html", context)
