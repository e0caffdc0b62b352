"""My weeks: the pictures, one week again, and what is pinned, hidden, noted and deleted."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.mastery.actions.checkins import (
    delete_answer,
    delete_checkin,
    note_fit,
    pin_event,
    unpin_event,
)
from fieldcraft.mastery.forms.checkins import EventForm, FitForm, WeekDeleteForm
from fieldcraft.mastery.queries.checkins import event_of_mine, latest_checkin, week_as_read
from fieldcraft.mastery.queries.weeks import my_weeks, week_table
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.people.access import ActorRequest

_HIDDEN = "hidden_pictures"
_MOST_HIDDEN = 40
_FIRST_YEAR = 2000


@compass
def weeks(request: ActorRequest) -> HttpResponse:
    """A year of one's own weeks."""
    shown = my_weeks(request.actor, until=_day(request.GET.get("until", "")), hidden=_hidden(request))
    return screen(request, "mastery/weeks.html", {"shown": shown})


@compass
def week_list(request: ActorRequest) -> HttpResponse:
    """The same year as a table, each week to be read again or deleted."""
    table = week_table(request.actor, until=_day(request.GET.get("until", "")))
    return screen(request, "mastery/weeks_table.html", {"table": table})


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def _hidden(request: ActorRequest) -> list[str]:
    return list(request.session.get(_HIDDEN, ()))


@require_POST
@compass
def picture_hide(request: ActorRequest) -> HttpResponse:
    """Hide one picture, or show it again; remembered until the reader signs out."""
    key, act = request.POST.get("picture", "")[:80], request.POST.get("act", "")
    others = [each for each in _hidden(request) if each != key]
    request.session[_HIDDEN] = [*others, key][-_MOST_HIDDEN:] if act == "hide" else others
    return redirect("mastery:weeks")


@compass
def week(request: ActorRequest, checkin_id: UUID) -> HttpResponse:
    """One week as it was answered."""
    return screen(request, "mastery/weeks_one.html", {"read": week_as_read(request.actor, checkin_id)})


@compass
def week_delete(request: ActorRequest, checkin_id: UUID) -> HttpResponse:
    """All of a week, or one answer of it, after one look."""
    read = week_as_read(request.actor, checkin_id)
    form = WeekDeleteForm(request.POST or None, answered=[(each.key, each.text) for each in read.said])
    if request.method == "POST" and form.is_valid():
        if item := form.cleaned_data["what"]:
            delete_answer(actor=request.actor, checkin_id=checkin_id, item=item)
        else:
            delete_checkin(actor=request.actor, checkin_id=checkin_id)
        messages.success(request, _("Deleted."))
        return redirect("mastery:weeks")
    return screen(request, "mastery/weeks_delete.html", {"read": read, "form": form}, 400 if form.errors else 200)


@compass
def week_fits(request: ActorRequest) -> HttpResponse:
    """Does the picture fit how it was? A note of one's own, kept with the latest check-in."""
    latest = latest_checkin(request.actor)
    if latest is None:
        raise NotFound(_("There is no check-in yet that a note could stand with."))
    form = FitForm(request.POST or None, initial={"words": latest.fits, "seen": latest.fits})
    status, problem = 200, None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            note_fit(actor=request.actor, checkin_id=latest.pk, words=said["words"], seen=said["seen"])
            return redirect("mastery:weeks")
        except Stale as stale:
            status, problem = 409, stale
    context = {"form": form, "latest": latest, "problem": problem}
    return screen(request, "mastery/weeks_fits.html", context, 400 if form.errors else status)


@compass
def event_add(request: ActorRequest) -> HttpResponse:
    """Pin something of one's own to the weeks."""
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pin_event(actor=request.actor, on=form.cleaned_data["on"], words=form.cleaned_data["words"])
            return redirect("mastery:weeks")
        except Invalid as problem:
            form.add_error("words", str(problem))
    return screen(request, "mastery/weeks_event.html", {"form": form}, 400 if form.errors else 200)


@compass
def event_delete(request: ActorRequest, event_id: UUID) -> HttpResponse:
    """Take something off the weeks, after one look."""
    event = event_of_mine(request.actor, event_id)
    if request.method == "POST":
        unpin_event(actor=request.actor, event_id=event_id)
        messages.success(request, _("Deleted."))
        return redirect("mastery:weeks")
    return screen(request, "mastery/weeks_unpin.html", {"event": event})
