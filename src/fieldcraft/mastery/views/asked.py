"""What every screen of the compass asks first: somebody signed in, whose organisation has said whom to call."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from fieldcraft.errors import NotAllowed
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Safety
from fieldcraft.mastery.queries import switches
from fieldcraft.mastery.queries.kinds import has_anything
from fieldcraft.mastery.queries.shares import is_anything_shared_with
from fieldcraft.people.access import ActorRequest, Decision
from fieldcraft.people.queries import my_organisations

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
            return closed(request, decision)
        setattr(request, _SAID, said)  # for the foot of the screen, without asking twice
        return view(request, *args, **kwargs)

    return private(cast("View[Parameters]", login_required(cast("Any", asked))))


def closed(request: ActorRequest, decision: Decision) -> HttpResponse:
    """Why it is not open, and what is open all the same: what is one's own, and what others let one read.

    A part of another page says nothing: there its link stays, which leads to why.
    """
    if request.method == "GET" and request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204)
    context = {
        "reason": decision.reason,
        "has_own": has_anything(request.actor),
        "has_letters": is_anything_shared_with(request.actor),
        "to_enter": [each for each in my_organisations(request.actor) if policy.can_set_safety(request.actor, each.pk)],
    }
    return render(request, "mastery/closed.html", context, status=403)


_SAID = "_whom_to_call"


def own(view: View[Parameters]) -> View[Parameters]:
    """A screen to take along or delete what is one's own: open to whoever has something, wherever they work now."""

    @wraps(view)
    def asked(request: ActorRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        said = list(policy.safeties(request.actor))
        decision = policy.can_open(request.actor, said)
        if not decision and not has_anything(request.actor):
            return closed(request, decision)
        setattr(request, _SAID, said)
        return view(request, *args, **kwargs)

    return private(cast("View[Parameters]", login_required(cast("Any", asked))))


def signed_in(view: View[Parameters]) -> View[Parameters]:
    """A screen for whoever is signed in, open before the compass is; says whom to call where that has been said."""

    @wraps(view)
    def asked(request: ActorRequest, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        setattr(request, _SAID, list(policy.safeties(request.actor)))
        return view(request, *args, **kwargs)

    return private(cast("View[Parameters]", login_required(cast("Any", asked))))


def screen(
    request: ActorRequest, template: str, context: dict[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A screen of the compass, which always says who sees it, and whom to call."""
    said: list[Safety] = getattr(request, _SAID, [])
    return render(request, template, {**(context or {}), "safeties": said}, status=status)


def not_offered(request: ActorRequest) -> Mapping[str, tuple[str, ...]]:
    """What is not offered to the actor, each with the reasons given; no query where no organisation switched anything off.

    Something is off only when all of their organisations say so; so one of those that opened the compass is enough to know.
    """
    said: list[Any] = getattr(request, _SAID, [])
    return switches.not_offered(request.actor) if all(each.has_switched_off for each in said) else {}


def require_offered(request: ActorRequest, key: str) -> None:
    """Raise NotAllowed, with the reason that was given, for what is not offered."""
    if said := not_offered(request).get(key):
        reason = " ".join(f"“{each}”" for each in said)
        raise NotAllowed(
            _("Your organisation does not want this offered: %(reason)s What you wrote with it is still yours.")
            % {"reason": reason}
        )


def look_again_at(form: Form, mark: str) -> None:
    """The form goes back with what was typed; the next yes is to what stands on the screen by then."""
    sent = cast("QueryDict", form.data).copy()
    sent["seen"] = mark
    form.data = sent
