"""The first screen of the compass."""

from django.http import HttpResponse

from fieldcraft.mastery.actions.keeping import forget_what_is_past
from fieldcraft.mastery.queries.home import home as home_of
from fieldcraft.mastery.queries.home import today
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.people.access import ActorRequest


@compass
def today_panel(request: ActorRequest) -> HttpResponse:
    """What Today shows of one's own compass; also a screen by itself."""
    is_part = request.headers.get("HX-Request") == "true"
    return screen(
        request, "mastery/panel_today_part.html" if is_part else "mastery/panel_today.html", today(request.actor)
    )


@compass
def home(request: ActorRequest) -> HttpResponse:
    """A few things of each kind, and the way to all of them; what its owner did not want to keep so long is gone."""
    forget_what_is_past(actor=request.actor)
    return screen(request, "mastery/home.html", home_of(request.actor))
