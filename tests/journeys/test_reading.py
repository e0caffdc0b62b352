"""Finding and reading, as somebody between two visits does it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import TALL
from tests.journeys.screens import amiss_on

pytestmark = pytest.mark.journey
OpenPage = Callable[..., Page]
SCREENS = (
    "/",
    "/manuals/",
    "/m/harbour-street-manual/",
    "/m/harbour-street-manual/p/the-two-visit-rule/",
    "/m/harbour-street-manual/p/small-useful-things/",
    "/m/harbour-street-manual/p/working-with-the-police-and-courts/",
    "/m/harbour-street-manual/index/",
    "/m/harbour-street-manual/changes/",
    "/m/harbour-street-manual/about/",
    "/m/harbour-street-manual/missing/?title=Nowhere",
    "/search/?q=saftey",
    "/people/teams/",
    "/people/organisations/tideway/",
    "/people/me/",
    "/account/password/change/",
    "/account/2fa/",
    "/import/",
    "/manuals/new/",
    "/m/harbour-street-manual/bases/",
    "/nowhere/",
)


def _enter(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()


def test_a_worker_finds_and_reads_a_page_on_a_phone(open_page: OpenPage) -> None:
    page = open_page()
    _enter(page, "Dee")

    page.get_by_role("searchbox").fill("usefull thngs")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Did you mean")).to_be_visible()
    page.get_by_role("link", name="Small useful things").first.click()

    expect(page.get_by_role("heading", name="Small useful things", level=1)).to_be_visible()
    expect(page.get_by_role("complementary", name="Local note")).to_contain_text("six day tickets")


def test_the_page_says_that_the_core_has_moved_on(open_page: OpenPage) -> None:
    page = open_page()
    _enter(page, "Jo")

    page.get_by_role("link", name="Working Alongside published “What you told us at the gathering”").click()
    expect(page.get_by_role("heading", name="Bring into step")).to_be_visible()
    page.get_by_role("link", name="Working with families and friends").first.click()

    expect(page.get_by_text("the core has moved on since")).to_be_visible()
    page.get_by_role("link", name="Working with families and friends", exact=True).click()
    expect(page.get_by_role("link", name="See what changed")).to_be_visible()
    page.get_by_role("link", name="See the page in Working Alongside").click()
    expect(page.get_by_text("begin with whoever is asked least at home")).to_be_visible()


def test_anyone_reads_a_public_manual_without_javascript(open_page: OpenPage) -> None:
    page = open_page(javascript=False)
    page.goto("/m/working-alongside/")

    page.get_by_role("link", name="The first meeting").click()

    expect(page.get_by_role("heading", name="The first meeting", level=1)).to_be_visible()
    page.get_by_role("link", name="Turning up again").first.click()
    expect(page.get_by_role("heading", name="Turning up again", level=1)).to_be_visible()


def test_every_screen_is_accessible_and_narrow_enough(open_page: OpenPage) -> None:
    page = open_page(height=TALL)
    _enter(page, "Sam")

    assert amiss_on(page, SCREENS, (200, 403, 404)) == []


def test_an_administrator_opens_a_team_and_invites(open_page: OpenPage) -> None:
    page = open_page()
    _enter(page, "Sam")
    page.goto("/people/organisations/tideway/")

    page.get_by_label("Its name").fill("Bridge Road")
    page.get_by_role("button", name="Open a team").click()
    expect(page.get_by_role("heading", name="Bridge Road", level=1)).to_be_visible()
    page.get_by_role("radio", name="lead").check()
    page.get_by_role("button", name="Invite").click()
    link = page.locator("code").inner_text()

    guest = open_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Join Bridge Road")).to_be_visible()
    guest.get_by_role("link", name="Make an account").click()
    guest.get_by_label("Email").fill("new@example.org")
    guest.get_by_label("Your name").fill("Noor Haddad")
    guest.get_by_label("Password").fill("four words to picture")
    guest.get_by_role("button", name="Make my account").click()
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("link", name="Bridge Road")).to_be_visible()


def test_a_handbook_is_imported_through_the_screen(open_page: OpenPage) -> None:
    page = open_page()
    _enter(page, "Sam")
    page.goto("/import/")

    page.get_by_label("The file").set_input_files(
        {"name": "tea.md", "mimeType": "text/markdown", "buffer": b"# Making tea\n\nBoil the water."}
    )
    page.get_by_label("Its title").fill("Kitchen handbook")
    page.get_by_role("button", name="Show me the plan").click()
    expect(page.get_by_text("1 page was found.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Import it").click()
    page.get_by_role("link", name="Read it").click()
    page.get_by_role("link", name="Making tea").click()

    expect(page.get_by_text("Boil the water.")).to_be_visible()
