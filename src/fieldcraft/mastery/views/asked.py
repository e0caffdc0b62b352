"""What every screen of the compass asks first: somebody signed in, whose organisation has said whom to call."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Safety
from fieldcraft.people.access import ActorRequest

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[ActorRequest, Parameters], HttpResponseBase]


def private(view: View[Parameters]) -> View[Parameters]:
    """The answer is kept nowhere: not by the browser, not by anything between."""

    @wraps(view)
    def kept_nowhere(request: ActorRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return cast("View[Parameters]", kept_nowhere)


def compass(view: View[Parameters]) -> View[Parameters]:
    """A screen of one's own compass; closed, with the reason, until the organisation has said whom to call."""

    @wraps(view)
    def asked(request: ActorRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        said = list(policy.safeties(request.actor))
        decision = policy.can_open(request.actor, said)
        if not decision:
            return render(request, "mastery/closed.html", {"reason": decision.reason}, status=403)
        setattr(request, _SAID, said)  # for the foot of the screen, without asking twice
        return view(request, *args, **kwargs)

    return private(cast("View[Parameters]", login_required(cast("Any", asked))))


_SAID = "_whom_to_call"


def screen(
    request: ActorRequest, template: str, context: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A screen of the compass, which always says whom to call."""
    said: list[Safety] = getattr(request, _SAID, [])
    return render(request, template, {**(context or {}), "safeties": said}, status=status)
