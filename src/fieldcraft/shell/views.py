"""Today, health, and the pages for what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fieldcraft.errors import NotAllowed
from fieldcraft.manual.policy import is_of_the_house
from fieldcraft.manual.queries.drafts import drafts_for
from fieldcraft.manual.queries.offers import offers_for
from fieldcraft.manual.queries.pages import manuals_to_read
from fieldcraft.manual.queries.publications import notices_of_steps
from fieldcraft.manual.queries.resolve import stacks_named
from fieldcraft.manual.queries.steps import moved_on
from fieldcraft.people.access import Actor, ActorRequest
from fieldcraft.people.queries import person_named, sample_people
from fieldcraft.shell.middleware import words_sent

if TYPE_CHECKING:
    from fieldcraft.manual.models import Manual, Revision
    from fieldcraft.manual.queries.publications import Notice
    from fieldcraft.manual.queries.steps import OpenStep
    from fieldcraft.people.models import Person


SHOWN_FOR_YOU, MOST_FOR_YOU = 3, 100


def today(request: ActorRequest) -> HttpResponse:
    """Where the app opens: what to read, and what is for this person: three things at first, all when asked for."""
    actor = request.actor
    manuals = manuals_to_read(actor)
    mine = [manual for manual in manuals if is_of_the_house(actor, manual)] if actor.is_signed_in else manuals
    waiting = _for_you(actor, mine)
    shown = waiting if "all" in request.GET else waiting[:SHOWN_FOR_YOU]
    context = {
        "mine": mine,
        "changes": shown,
        "more": len(waiting) - len(shown),
        "sample": [_as_card(person) for person in sample_people()] if settings.DEMO and not actor.is_signed_in else (),
    }
    return render(request, "shell/today.html", context)


def _for_you(actor: Actor, mine: list[Manual]) -> list[dict[str, object]]:
    """The newest publication, which is told only once; then drafts for a yes, what became of offers, what moved on below."""
    if not actor.is_signed_in:
        return []
    teams = {post.team_id for post in actor.posts if post.team_id}
    stacks = stacks_named([manual.slug for manual in mine if manual.team_id in teams])
    waiting = [_as_asked(draft) for draft in drafts_for(actor, mine)[:MOST_FOR_YOU]]
    steps = moved_on(stacks, timezone.localdate())
    published = notices_of_steps(stacks, steps)
    told = {each.step.pk for notice in published for each in notice.steps}
    moved = [_as_moved_on(each) for each in steps if each.step.pk not in told]
    offered: list[dict[str, object]] = [
        {"title": title, "url": url, "line": line} for title, url, line in offers_for(actor, mine)
    ]
    heard = [_as_published(notice) for notice in published]
    return [*heard[:1], *waiting, *offered, *heard[1:], *moved][:MOST_FOR_YOU]


def _as_published(notice: Notice) -> dict[str, object]:
    """One line in place of one for each page that it left out of step."""
    names = {"whose": notice.publication.manual.title, "title": notice.publication.title}
    count = len(notice.steps)
    line = ngettext("%(count)d of your pages is out of step.", "%(count)d of your pages are out of step.", count)
    title = _("%(whose)s published “%(title)s”") % names
    return {"title": title, "url": notice.steps_url, "line": line % {"count": count}}


def _as_moved_on(each: OpenStep) -> dict[str, object]:
    title = _("The core moved on: %(title)s") % {"title": each.title}
    return {"title": title, "url": each.url, "line": capfirst(each.step.get_fit_display())}


def _as_asked(draft: Revision) -> dict[str, object]:
    by = draft.by.name if draft.by else ""
    line = _("%(name)s asks what you think of this change.") % {"name": by}
    url = reverse("manual:draft", args=[draft.edition.manual.slug, draft.pk])
    return {"title": draft.title, "url": url, "line": line}


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
    sentence = _("This form was open too long, or cookies are switched off. Open the page again and send it once more.")
    context = {"sentence": sentence, "status": 403, "words": words_sent(request)}
    return render(request, "shell/refusal.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not to be known of."""
    return render(request, "shell/refusal.html", {"status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own fault; drawn without the database, which may be what broke."""
    return render(request, "shell/broken.html", status=500)
