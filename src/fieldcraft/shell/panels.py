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
    """A panel, and the address that answers it with the page's own arguments.

    is_link: it is led to and never put into the page; is_of_page: its address takes the page's arguments.
    """

    address: str
    title: object
    is_link: bool = False
    is_of_page: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel on one page."""

    url: str
    title: object
    is_link: bool = False


PANELS: dict[str, tuple[Panel, ...]] = {
    "today": (
        Panel("mastery:today-panel", _("My compass")),
        Panel("together:mine-panel", _("What I raised")),
    ),
    "mastery:home": (
        Panel("together:mine", _("What I raised, and what became of it"), is_link=True),
        Panel("together:trail", _("My trail: what became of what I noticed"), is_link=True),
    ),
    "mastery:purposes": (Panel("theory:offering", _("Offer my purpose"), is_link=True, is_of_page=False),),
    "mastery:obstacle": (
        Panel("together:condition-raise", _("Raise it as a condition"), is_link=True, is_of_page=False),
    ),
    "manual:page": (
        Panel("mastery:page-panel", _("My notes on this page")),
        Panel("together:page-panel", _("Conditions that point to this page")),
    ),
    "together:condition": (Panel("theory:condition-purposes", _("What it is in the way of")),),
    "people:organisation": (
        Panel("together:condition-panel", _("Conditions")),
        Panel("theory:purpose-panel", _("What we are here for")),
        Panel("theory:stated-panel", _("What we think about learning and people")),
        Panel("theory:ledger", _("The organisation's picture, and what was withheld"), is_link=True),
        Panel("theory:test-list", _("What people counted in says of our theory"), is_link=True),
        Panel("mastery:safety", _("Whom to call when something is wrong"), is_link=True),
    ),
    "people:team": (
        Panel("together:team-panel", _("What moved")),
        Panel("theory:team-picture", _("The team's own picture"), is_link=True),
    ),
    "people:me": (
        Panel("together:trail", _("My trail: what became of what I noticed"), is_link=True, is_of_page=False),
    ),
}


def panels_on(request: HttpRequest) -> list[Shown]:
    """The panels of the page that is asked for; none for readers who are not signed in, whose pages are all the same."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    if match is None or actor is None or not actor.is_signed_in:
        return []
    return [
        Shown(reverse(panel.address, kwargs=match.kwargs if panel.is_of_page else {}), panel.title, panel.is_link)
        for panel in PANELS.get(match.view_name, ())
    ]
