"""Today, health, and the pages for what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fieldcraft.errors import NotAllowed
from fieldcraft.manual.policy import is_of_the_house
from fieldcraft.manual.queries.pages import manuals_to_read
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.queries import person_named, sample_people
from fieldcraft.shell.for_you import for_you
from fieldcraft.shell.middleware import words_sent

if TYPE_CHECKING:
    from fieldcraft.people.models import Person


SHOWN_FOR_YOU = 3


def today(request: ActorRequest) -> HttpResponse:
    """Where the app opens: what to read, and what is for this person: three things at first, all when asked for."""
    actor = request.actor
    manuals = manuals_to_read(actor)
    mine = [manual for manual in manuals if is_of_the_house(actor, manual)] if actor.is_signed_in else manuals
    waiting = for_you(actor, mine)
    shown = waiting if "all" in request.GET else waiting[:SHOWN_FOR_YOU]
    context = {
        "mine": mine,
        "changes": shown,
        "more": len(waiting) - len(shown),
        "sample": [_as_card(person) for person in sample_people()] if settings.DEMO and not actor.is_signed_in else (),
    }
    return render(request, "shell/today.html", context)


def _as_card(person: Person) -> dict[str, object]:
    posts = [membership for membership in person.memberships.all() if membership.ended_at is None]
    roles = ", ".join(f"{post.get_role_display()}, {post.team or post.organisation}" for post in posts)
    return {"id": person.pk, "name": person.name, "first_name": person.name.partition(" ")[0], "roles": roles}


@require_POST
def enter(request: ActorRequest) -> HttpResponse:
    """In demo mode, be one of the sample community; anywhere else, and as anyone else, refused."""
    if not settings.DEMO:
        raise NotAllowed(_("This is not a demo: enter with your own account. Whoever runs it can set FIELDCRAFT_DEMO."))
    person = person_named(request.POST.get("person", ""))
    if person is None or not person.is_sample:
        raise NotAllowed(_("Only people of the sample community can be entered without a password."))
    login(request, person, "allauth.account.auth_backends.AuthenticationBackend")
    return redirect("today")


def health(request: HttpRequest) -> JsonResponse:
    """For a monitor: whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that makes no sense."""
    return render(request, "shell/refusal.html", {"status": 400}, status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Known, but not for this person."""
    return render(request, "shell/refusal.html", {"status": 403}, status=403)


def not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, as after the browser's cookies were cleared; what was written is shown back."""
    sentence = _(
        "This form was open too long, or cookies are switched off. Open the page again and send your words from there."
    )
    context = {"sentence": sentence, "status": 403, "words": words_sent(request)}
    return render(request, "shell/refusal.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not to be known of."""
    return render(request, "shell/refusal.html", {"status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault; drawn without the database, which may be what broke."""
    return render(request, "shell/broken.html", status=500)
