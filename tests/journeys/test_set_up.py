"""A real organisation, from the link that the server prints to a team that reads its own manual."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations

pytestmark = pytest.mark.journey
OpenPage = Callable[..., Page]


def _join(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Email").fill(f"{name.lower()}@example.org")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill("four words to picture")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("button", name="Join").click()


def test_an_administrator_sets_up_an_organisation_invites_and_gives_roles(
    open_page: OpenPage, bare_address: str, tmp_path: Path
) -> None:
    page = open_page(height=2500)
    code = (tmp_path / "set-up-code").read_text()
    page.goto(f"{bare_address}/people/set-up/?code={code}")
    assert violations(page) == []
    page.get_by_label("The organisation's name").fill("Quarry Trust")
    page.get_by_label("Your name").fill("Ada Quarry")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("A password").fill("four words to picture")
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("link", name="Quarry Trust").click()

    page.get_by_label("Its name").fill("North")
    page.get_by_role("button", name="Open a team").click()
    expect(page.get_by_role("heading", name="North", level=1)).to_be_visible()
    page.get_by_label("How many people may use the link").fill("2")
    page.get_by_role("button", name="Invite").click()
    link = page.locator("code").inner_text()
    guests = [open_page(height=2500), open_page(height=2500)]
    for guest, name in zip(guests, ("Bo", "Cy"), strict=True):
        _join(guest, link, name)
        expect(guest.get_by_role("link", name="North")).to_be_visible()

    page.reload()
    assert violations(page) == []
    row = page.get_by_role("listitem").filter(has_text="Bo")
    row.get_by_role("button", name="Make lead").click()
    expect(page.get_by_role("listitem").filter(has_text="Bo").locator(".chip")).to_have_text("lead")

    lead = guests[0]
    lead.goto(f"{bare_address}/manuals/")
    lead.get_by_role("link", name="Begin a manual").click()
    lead.get_by_label("Its title").fill("North's manual")
    lead.get_by_role("radio", name="North").check()
    lead.get_by_role("button", name="Begin", exact=True).click()
    expect(lead.get_by_role("heading", name="North's manual", level=1)).to_be_visible()
    assert violations(lead) == []

    member = guests[1]
    member.goto(f"{bare_address}/manuals/")
    expect(member.get_by_role("link", name="North's manual")).to_be_visible()
    member.goto(f"{bare_address}/people/me/")
    member.get_by_role("link", name="Leave").click()
    expect(member.get_by_role("heading", name="Leave North?", level=1)).to_be_visible()
    assert violations(member) == []
    member.get_by_role("button", name="Leave").click()
    member.goto(f"{bare_address}/manuals/")
    expect(member.get_by_text("No manual is open to you yet")).to_be_visible()


def test_the_set_up_page_needs_its_code(open_page: OpenPage, bare_address: str) -> None:
    page = open_page()

    page.goto(f"{bare_address}/people/set-up/?code=guess")

    expect(page.get_by_text("set up with the link that the server prints")).to_be_visible()
