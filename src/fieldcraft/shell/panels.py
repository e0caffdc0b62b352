"""Which room adds a panel to which page, by URL name, so that a lower room's page can show something of an upper one.

The page holds a plain link with the panel's title; htmx puts in its place what the link leads to. Nothing of what a
panel shows is ever part of the page itself, which may be kept.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel, and the address that answers it with the page's own arguments."""

    address: str
    title: object


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel on one page."""

    url: str
    title: object


PANELS: dict[str, tuple[Panel, ...]] = {
    "today": (Panel("mastery:today-panel", _("My compass")),),
    "manual:page": (Panel("mastery:page-panel", _("My notes on this page")),),
    "people:organisation": (Panel("mastery:safety", _("Whom to call when something is wrong")),),
}


def panels_on(request: HttpRequest) -> list[Shown]:
    """The panels of the page that is asked for; none for readers who are not signed in, whose pages are all the same."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    if match is None or actor is None or not actor.is_signed_in:
        return []
    return [
        Shown(reverse(panel.address, kwargs=match.kwargs), panel.title) for panel in PANELS.get(match.view_name, ())
    ]
