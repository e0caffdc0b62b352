"""The first screen of the compass."""

from django.http import HttpResponse

from fieldcraft.mastery.actions.keeping import forget_what_is_past
from fieldcraft.mastery.queries.home import home as home_of
from fieldcraft.mastery.views.asked import compass, screen
from fieldcraft.people.access import ActorRequest


@compass
def home(request: ActorRequest) -> HttpResponse:
    """A few things of each kind, and the way to all of them; what its owner did not want to keep so long is gone."""
    forget_what_is_past(actor=request.actor)
    return screen(request, "mastery/home.html", home_of(request.actor))
