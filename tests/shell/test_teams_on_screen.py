"""An organisation's page: every team by name, and a link where its own page is open to the reader."""

import pytest
from tests.conftest import Cast
from tests.together.made import as_

from fieldcraft.people.models import Team


@pytest.mark.parametrize(("who", "opens"), [("ada", ["Night", "Street"]), ("ben", ["Street"]), ("edie", [])])
def test_a_team_is_a_link_for_those_who_may_open_it(cast: Cast, who: str, opens: list[str]) -> None:
    night = Team.objects.create(organisation=cast.organisation, name="Night", slug="night")

    screen = as_(cast, who).get(f"/people/organisations/{cast.organisation.slug}/").content.decode()

    assert "Night" in screen
    assert "Street" in screen
    for team in (night, cast.team):
        path = f"/people/teams/{team.pk}/"
        assert (path in screen) == (team.name in opens)
        assert as_(cast, who).get(path).status_code == (200 if team.name in opens else 404)
