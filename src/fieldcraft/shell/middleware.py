"""What happens around every request: who acts, how a refusal looks, which headers go out."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import sync_only_middleware

from fieldcraft.errors import FieldcraftError, Invalid, NotAllowed, NotFound, Stale
from fieldcraft.people.access import ANYONE, ActorRequest
from fieldcraft.people.queries import actor_of

Answer = Callable[[HttpRequest], HttpResponse]
STATUS: dict[type[FieldcraftError], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Stale: 409}


@sync_only_middleware
def headers(get_response: Answer) -> Answer:
    """What the framework has no setting for; answers to signed-in people are never kept by anything between."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path_info.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


@sync_only_middleware
def actor(get_response: Answer) -> Answer:
    """Sets `request.actor`: the person and what their posts grant, asked for anew at every request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        cast("ActorRequest", request).actor = actor_of(person) if person.is_authenticated else ANYONE
        return get_response(request)

    return middleware


class refusals:  # noqa: N801 — Django wants a class for process_exception; the name reads as the others do
    """Turns the four kinds of refusal into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, FieldcraftError):
            return None
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        return render(request, "shell/refusal.html", {"sentence": problem.sentence, "status": status}, status=status)


@sync_only_middleware
def public_pages(get_response: Answer) -> Answer:
    """Answers readers who are not signed in from memory while the manual is as it was."""
    return get_response
