"""The first screen of the compass."""

from django.http import HttpResponse

from fieldcraft.mastery.queries.home import home as home_of
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.people.access import ActorRequest


@compass
def home(request: ActorRequest) -> HttpResponse:
    """A few things of each kind, and the way to all of them."""
    return screen(request, "mastery/home.html", home_of(request.actor))
