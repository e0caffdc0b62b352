"""The same number of queries for two rows and for twenty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast

from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page
from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Role, Team

Grow = Callable[[Cast, int], None]


def _pages(cast: Cast, number: int) -> None:
    text = Text(f"Page {number}", f"Words about kettles, see [[Page {number - 1}]].", tags=("tea",))
    held = add_page(actor=cast.actor("edie"), manual=cast.core, text=text)
    adapt_page(
        actor=cast.actor("ben"),
        manual=cast.team_manual,
        page_id=held.edition.page_id,
        text=Text(f"Page {number}", "Our own kettles."),
        based_on=held.pk,
    )


def _people(cast: Cast, number: int) -> None:
    make_sample_person(
        name=f"P{number}",
        email=f"p{number}@example.org",
        organisation=cast.organisation,
        team=cast.team,
        role=Role.MEMBER,
    )


def _teams(cast: Cast, number: int) -> None:
    Team.objects.create(organisation=cast.organisation, name=f"Team {number}", slug=f"team-{number}")


def _manuals(cast: Cast, number: int) -> None:
    make_manual(by=None, organisation_id=cast.organisation.pk, title=f"Manual {number}")


BUDGETS: tuple[tuple[str, Grow, int], ...] = (
    ("/m/street-manual/", _pages, 10),
    ("/m/street-manual/index/", _pages, 8),
    ("/m/street-manual/changes/", _pages, 8),
    ("/m/street-manual/search/?q=kettles", _pages, 9),
    ("/m/street-manual/p/page-1/", _pages, 6),
    ("/m/street-manual/about/", _manuals, 12),
    ("/m/street-manual/bases/", _pages, 12),
    ("/manuals/", _manuals, 8),
    ("/manuals/new/", _teams, 8),
    ("/import/", _manuals, 6),
    ("/people/teams/", _teams, 7),
    ("/people/organisations/harbour-trust/", _teams, 9),
    ("/people/teams/{team}/", _people, 9),
    ("/people/me/", _teams, 6),
)


@pytest.mark.parametrize(("path", "grow", "most"), BUDGETS, ids=[path for path, _grow, _most in BUDGETS])
def test_a_list_costs_the_same_for_two_rows_and_for_twenty(cast: Cast, path: str, grow: Grow, most: int) -> None:
    client = Client()
    client.force_login(cast.people["ana"], "allauth.account.auth_backends.AuthenticationBackend")
    address = path.format(team=cast.team.pk)
    counts = []
    for number in range(20):
        grow(cast, number)
        if number in {1, 19}:
            client.get(address)  # what is kept in memory is made once for each state of the manual
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[1] <= most
