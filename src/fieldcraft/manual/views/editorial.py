"""Tending a manual that others build on: where teams went their own way and why, and what waits for an answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.manual import policy
from fieldcraft.manual.models import Kind
from fieldcraft.manual.queries.editorial import adapted_pages, remarks_passed_on
from fieldcraft.manual.queries.offers import offers_to
from fieldcraft.manual.views.asked import stack_or_404
from fieldcraft.people.access import ActorRequest, require


def editorial(request: ActorRequest, slug: str) -> HttpResponse:
    """For those who change the pages of a core or an organisation's manual."""
    stack = stack_or_404(request.actor, slug)
    if stack.manual.kind == Kind.TEAM:
        raise NotFound(_("This is for manuals that others are built on; a team's own list is “To manualize”."))
    require(policy.can_write(request.actor, stack.manual))
    context = {
        "stack": stack,
        "manual": stack.manual,
        "adapted": adapted_pages(request.actor, stack),
        "offers": offers_to(request.actor, stack.manual, is_open=True),
        "remarks": remarks_passed_on(request.actor, stack.manual),
    }
    return render(request, "manual/editorial.html", context)
