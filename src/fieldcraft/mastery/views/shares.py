"""Letting one person read one thing until a date; who looked; and what others let me read."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import Invalid, Stale
from fieldcraft.mastery.actions.shares import USUAL, look_at_shared, share_thing, withdraw_share
from fieldcraft.mastery.forms.keeping import ShareForm
from fieldcraft.mastery.queries.shares import (
    my_share,
    my_shares,
    now_beside,
    people_to_choose,
    share_to_read,
    shared_with_me,
    thing_of_mine,
)
from fieldcraft.mastery.queries.shown import Shown, as_shown, what_it_is
from fieldcraft.mastery.views.asked import compass, look_again_at, screen, signed_in
from fieldcraft.people.access import ActorRequest


@compass
def share(request: ActorRequest, kind: str, thing_id: UUID) -> HttpResponse:
    """Look at exactly what they would see; then choose one person and a day."""
    shown = as_shown(thing_of_mine(request.actor, kind, thing_id))
    people = people_to_choose(request.actor)
    first = {"until": timezone.localdate() + USUAL, "seen": shown.mark}
    form = ShareForm(request.POST or None, people=people, initial=first)
    status = 200
    if request.method == "POST":
        status = _shared(request, kind, thing_id, form) if form.is_valid() else 400
        if status == 302:
            return redirect("mastery:share-list")
        look_again_at(form, shown.mark)
    context = {"form": form, "shown": shown, "has_people": bool(people)}
    context["now_beside"] = now_beside(request.actor, thing_id) if kind == "vision" else None
    return screen(request, "mastery/share.html", context, status)


def _shared(request: ActorRequest, kind: str, thing_id: UUID, form: ShareForm) -> int:
    """The status that answers it: 302 once it is shared; else the form says what is amiss."""
    asked = form.cleaned_data
    until: date = asked["until"]
    reader_id = UUID(asked["reader"])
    try:
        made = share_thing(
            actor=request.actor, kind=kind, thing_id=thing_id, reader_id=reader_id, until=until, seen=asked["seen"]
        )
    except (Stale, Invalid) as problem:
        form.add_error({"no_such_reader": "reader", "no_such_day": "until"}.get(problem.code), str(problem))
        return 409 if isinstance(problem, Stale) else 400
    said = _("%(name)s can read it now, under Compass, “Shared with me”. Nothing was sent to them; tell them yourself.")
    messages.success(request, said % {"name": made.reader.name})
    return 302


@compass
def share_list(request: ActorRequest) -> HttpResponse:
    """What I let others read, open ones first."""
    return screen(request, "mastery/share_list.html", {"shares": my_shares(request.actor)})


@compass
def share_log(request: ActorRequest, share_id: UUID) -> HttpResponse:
    """One thing that I let somebody read: until when, when it was looked at, and taking it back."""
    return screen(request, "mastery/share_log.html", {"own": my_share(request.actor, share_id)})


@compass
@require_POST
def share_withdraw(request: ActorRequest, share_id: UUID) -> HttpResponse:
    """Take it back; at once."""
    own = my_share(request.actor, share_id)
    withdraw_share(actor=request.actor, share=own.share)
    messages.success(request, _("Taken back. %(name)s cannot open it any more.") % {"name": own.share.reader.name})
    return redirect("mastery:share-list")


@signed_in
def shared_list(request: ActorRequest) -> HttpResponse:
    """What others let me read."""
    return screen(request, "mastery/shared_list.html", {"letters": shared_with_me(request.actor)})


@signed_in
def shared(request: ActorRequest, share_id: UUID) -> HttpResponse:
    """First what looking means; the thing itself by a button, for every look is kept for its owner."""
    shown: Shown | None = None
    if request.method == "POST":
        found, shown = look_at_shared(actor=request.actor, share_id=share_id)
    else:
        found, _thing = share_to_read(request.actor, share_id)
    context = {"share": found, "what": what_it_is(found.kind), "shown": shown}
    return screen(request, "mastery/shared.html", context)
