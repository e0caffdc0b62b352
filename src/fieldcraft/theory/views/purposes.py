"""The map of what people are here for: the same page for everybody, with the answer on top; themes; prints for the wall."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcraft.errors import NotFound
from fieldcraft.people.access import ActorRequest
from fieldcraft.people.models import Organisation
from fieldcraft.theory import policy
from fieldcraft.theory.models import Invitation
from fieldcraft.theory.queries.claims import organisation_or_404
from fieldcraft.theory.queries.purposes import invitation_of, invitations_of, is_open
from fieldcraft.theory.queries.purposes_map import Group, PurposeMap, in_the_way_of, purpose_map
from fieldcraft.theory.queries.ranges import range_words
from fieldcraft.together.policy import visible_conditions
from fieldcraft.ui.charts.bubbles import Bubble, bubbles
from fieldcraft.ui.charts.picture import Chart

FIRST_SENTENCES = 3


def purposes_screen(
    request: ActorRequest, template: str, organisation: Organisation, status: int = 200, **more: Any
) -> HttpResponse:
    """A screen about purposes, and whether the reader asks and answers."""
    may = policy.can_invite_purposes(request.actor, organisation.pk)
    return render(request, template, {"organisation": organisation, "may": may, **more}, status=status)


@login_required
def purpose_map_page(request: ActorRequest, slug: str) -> HttpResponse:
    """What is asked now, the latest map, and earlier ones."""
    organisation = organisation_or_404(request.actor, slug)
    found = list(invitations_of(request.actor, organisation))
    released = [each for each in found if each.released_on]
    latest, earlier = (released[0] if released else None), released[1:]
    more = _shown(request, latest) if latest else {}
    now = next((each for each in found if not each.released_on), None)
    more |= {"now": now, "is_open": now and is_open(now, timezone.localdate()), "earlier": earlier}
    can_ask = all(each.replied_at for each in found)
    return purposes_screen(request, "theory/purpose_map.html", organisation, can_ask=can_ask, **more)


@login_required
def purpose_panel(request: ActorRequest, slug: str) -> HttpResponse:
    """The way to it, for the organisation's page; a screen by itself without it."""
    organisation = organisation_or_404(request.actor, slug)
    latest = invitations_of(request.actor, organisation).first()
    is_part = request.headers.get("HX-Request") == "true"
    template = "theory/invitation_panel_part.html" if is_part else "theory/invitation_panel.html"
    asked = latest is not None and is_open(latest, timezone.localdate())
    return purposes_screen(request, template, organisation, invitation=latest, is_open=asked)


@login_required
def condition_purposes(request: ActorRequest, condition_id: UUID) -> HttpResponse:
    """What a condition is in the way of, for its own page; a screen by itself without it."""
    condition = visible_conditions(request.actor).select_related("organisation").filter(pk=condition_id).first()
    if condition is None:
        raise NotFound(_("There is no such condition, or it is not shown."))
    found = in_the_way_of(request.actor, condition)
    rows = [(group.theme, invitation, _url(invitation, group)) for invitation, group in found]
    is_part = request.headers.get("HX-Request") == "true"
    template = "theory/condition_purposes_part.html" if is_part else "theory/condition_purposes.html"
    return purposes_screen(request, template, condition.organisation, condition=condition, rows=rows)


@login_required
def invitation_page(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """One invitation, with its map once it is released."""
    found = invitation_of(request.actor, invitation_id)
    if found.released_on is None:
        more: dict[str, Any] = {"now": found, "is_open": is_open(found, timezone.localdate())}
    else:
        more = _shown(request, found)
    return purposes_screen(request, "theory/purpose_map.html", found.organisation, **more)


def _shown(request: ActorRequest, invitation: Invitation) -> dict[str, Any]:
    """Bubbles and table hold the same."""
    found = purpose_map(request.actor, invitation)
    rows = [_bubble(invitation, group) for group in found.all_groups] if found else []
    chart = _drawn(tuple(rows), get_language())
    return {"invitation": invitation, "map": found, "chart": chart, "rows": rows}


@lru_cache(maxsize=16)
def _drawn(rows: tuple[Bubble, ...], _language: str | None) -> Chart:
    """Kept in memory, since the same themes always stand the same way: finding a place for each takes a while."""
    return bubbles(rows, key="purposes", title=_("What people here said they are here for"))


def _bubble(invitation: Invitation, group: Group) -> Bubble:
    low = group.people.low if group.people else 0
    return Bubble(
        name=group.theme.name if group.theme else _("Without a theme"),
        least=low,
        people=range_words(group.kept),
        names=tuple(group.names),
        url=_url(invitation, group),
    )


def _url(invitation: Invitation, group: Group) -> str:
    if group.theme is None:
        return reverse("theory:purpose-rest", args=[invitation.pk])
    return reverse("theory:purpose-theme", args=[invitation.pk, group.theme.pk])


def map_or_404(request: ActorRequest, invitation: Invitation) -> PurposeMap:
    """What everybody reads. Raises NotFound before it is released."""
    found = purpose_map(request.actor, invitation)
    if found is None:
        raise NotFound(_("The map is made on the day after the last day. There is nothing to read before."))
    return found


@login_required
def purpose_theme(request: ActorRequest, invitation_id: UUID, theme_id: UUID) -> HttpResponse:
    """One theme: three sentences at first, all when they are asked for, and what is in the way of it."""
    invitation = invitation_of(request.actor, invitation_id)
    return _of_group(request, invitation, map_or_404(request, invitation).group_of(theme_id))


@login_required
def purpose_rest(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """What stands under no theme, or under themes too small to be told by themselves."""
    invitation = invitation_of(request.actor, invitation_id)
    return _of_group(request, invitation, map_or_404(request, invitation).rest)


def _of_group(request: ActorRequest, invitation: Invitation, group: Group | None) -> HttpResponse:
    if group is None:
        raise NotFound(_("There is no such theme on this map."))
    shown = group.sentences if "all" in request.GET else group.sentences[:FIRST_SENTENCES]
    more: dict[str, Any] = {
        "invitation": invitation,
        "group": group,
        "people": range_words(group.kept),
        "shown": shown,
        "has_more": len(shown) < len(group.sentences),
    }
    return purposes_screen(request, "theory/purpose_map_theme.html", invitation.organisation, **more)


@login_required
def purpose_wall(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """Large, one theme a page, to hang up and talk about."""
    invitation = invitation_of(request.actor, invitation_id)
    groups = [group for group in map_or_404(request, invitation).all_groups if group.sentences]
    return purposes_screen(
        request, "theory/purpose_map_wall.html", invitation.organisation, invitation=invitation, groups=groups
    )
