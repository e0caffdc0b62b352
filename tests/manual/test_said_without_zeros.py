"""How many teams do what with a page is said without zeros; a link to the contents has a title and a description."""

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import words

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page
from fieldcraft.manual.models import Manual, Revision

OTHERS = "/m/street-manual/p/hello/others/"


@pytest.mark.usefixtures("core")
def test_where_no_other_team_has_the_page_nothing_is_counted(ben: Client) -> None:
    screen = words(ben.get(OTHERS))

    assert " 0 " not in screen
    assert "are counted" not in screen
    assert "Nobody else has a version that you may read" in screen


def test_only_what_there_is_is_counted(cast: Cast, core: Revision, neighbour: Manual, ben: Client) -> None:
    assert "1 other team uses the page as it is below." in words(ben.get(OTHERS))
    assert " 0 " not in words(ben.get(OTHERS))

    cast.people["ben"].memberships.create(organisation=cast.organisation, team=neighbour.team, role="member")
    on = {"manual": Manual.objects.get(pk=neighbour.pk), "page_id": core.edition.page_id, "based_on": core.pk}
    adapt_page(actor=cast.actor("ben"), **on, text=Text("Hello", "Hum.", reason="No door."))
    assert "1 other team has its own version." in words(ben.get(OTHERS))
    assert " 0 " not in words(ben.get(OTHERS))


@pytest.mark.usefixtures("core")
def test_a_link_to_the_contents_has_a_title_and_a_description(ben: Client) -> None:
    html = ben.get("/m/street-manual/").content.decode()

    said = "A practice manual of 1 page, built on Core"
    assert f'<meta name="description" content="{said}">' in html
    assert '<meta property="og:title" content="Street manual">' in html
    assert f'<meta property="og:description" content="{said}">' in html
