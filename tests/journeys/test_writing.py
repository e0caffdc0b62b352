"""The small change first: a note, then a page of the team's own; and two who save at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations

pytestmark = pytest.mark.journey
OpenPage = Callable[..., Page]


def _as(open_page: OpenPage, name: str, *, javascript: bool = True) -> Page:
    page = open_page(height=3000, javascript=javascript)
    page.goto("/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()
    return page


def test_a_worker_leaves_their_first_note_on_a_phone(open_page: OpenPage) -> None:
    page = _as(open_page, "Callum")
    page.goto("/m/quayside-manual/p/missed-visits/")

    page.get_by_role("link", name="Add a local note").click()
    assert violations(page) == []
    page.get_by_label("What should a colleague know here?").fill("Ring the flat above first; they let you in.")
    page.get_by_role("button", name="Keep the note").click()

    note = page.get_by_role("complementary", name="Local note")
    expect(note).to_contain_text("they let you in")
    expect(note).to_contain_text("Callum Reid")


def test_a_team_covers_a_page_without_javascript_and_goes_back(open_page: OpenPage) -> None:
    page = _as(open_page, "Callum", javascript=False)
    page.goto("/m/quayside-manual/p/joint-visits/")

    page.get_by_role("link", name="Change this for our team").click()
    expect(page.get_by_text("The core stays as it is.")).to_be_visible()
    page.get_by_label("The text").fill("We go in twos on the wards, always.")
    page.get_by_label("Why?").fill("The ward asked for it.")
    page.get_by_role("button", name="Use it").click()

    expect(page.get_by_text("We go in twos on the wards, always.")).to_be_visible()
    expect(page.get_by_text("The ward asked for it.")).to_be_visible()
    page.get_by_role("link", name="Return to the core").click()
    page.get_by_role("button", name="Return to the core").click()
    expect(page.get_by_text("We go in twos on the wards, always.")).not_to_be_visible()


def test_the_second_of_two_savers_has_both_texts(open_page: OpenPage) -> None:
    lead, member = _as(open_page, "Ines"), _as(open_page, "Callum")
    for page in (lead, member):
        page.goto("/m/quayside-manual/p/ward-round-and-what-we-bring-to-it/change/")

    lead.get_by_label("The text").fill("The lead's words.")
    lead.get_by_role("button", name="Use it").click()
    member.get_by_label("The text").fill("The member's words.")
    member.get_by_role("button", name="Use it").click()

    expect(member.get_by_role("alert")).to_contain_text("The lead's words.")
    assert member.get_by_label("The text", exact=True).input_value() == "The member's words."
    assert violations(member) == []
    member.get_by_label("The text", exact=True).fill("The lead's words. The member's words.")
    member.get_by_role("button", name="Use it").click()
    expect(member.get_by_text("The lead's words. The member's words.")).to_be_visible()
