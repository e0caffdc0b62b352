"""One's own trail, and what moved in a team."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.together.queries.moved import moved_in, team_page
from fieldcraft.together.queries.trail import path_of, traces


@login_required
def trail(request: ActorRequest) -> HttpResponse:
    """For oneself alone: the path from reading to tending the core, and what became of everything one noticed."""
    before = _moment(request.GET.get("before", ""))
    found, onward = traces(request.actor, before)
    context = {
        "path": None if before else path_of(request.actor),
        "traces": found,
        "onward": onward.isoformat() if onward else "",
    }
    return render(request, "together/trail.html", context)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


@login_required
def team_panel(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """What moved in the team, for everybody who may open its page; also a screen by itself."""
    team = team_page(request.actor, team_id)
    if team is None:
        raise NotFound(_("There is no such team, or you do not belong to it."))
    is_part = request.headers.get("HX-Request") == "true"
    template = "together/panel_moved_part.html" if is_part else "together/panel_moved.html"
    return render(request, template, {"team": team, "moved": moved_in(request.actor, team)})
