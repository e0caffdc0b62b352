"""What was chosen from a folded list comes back with the words: seen, and even where the list has it no longer."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect
from tests.journeys.hands import press
from tests.journeys.test_keeping_words import KEEP, KEY, OWN, Site, screen

pytestmark = pytest.mark.journey
__all__ = ["screen"]


def choices_page() -> str:
    own = render_to_string("ui/keep.html").replace('data-own=""', f'data-own="{OWN}"')
    offered = ("", "\tAt the door", "At the door \tRing twice.")
    listed = "".join(
        f'<div><label for="p{at}"><input type="radio" name="passage" id="p{at}" value="{each}" data-any> '
        f"{each.rpartition(chr(9))[2] or 'None'}</label></div>"
        for at, each in enumerate(offered)
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Remark</title></head><body>
    <main id="main"><form method="post" action="/send/" data-keep="{KEEP}">
    <label>The text <textarea name="body"></textarea></label>
    <details><summary>Choose</summary><div>{listed}</div></details>
    <details><summary>Why</summary><label>Why? <input name="reason"></label></details>
    <p class="row"><button>Use it</button></p></form></main>{own}</body></html>"""


@pytest.fixture
def site() -> Site:
    return Site(page=choices_page)


def take_up(page: Page, passage: str) -> None:
    """Open the form and take up a remark that was kept with this passage."""
    page.goto("http://fieldcraft.test/remark/")
    sets = [{"fields": {"body": ["Late."], "passage": [passage], "reason": [""]}}]
    page.evaluate("([key, sets]) => localStorage.setItem(key, JSON.stringify(sets))", [KEY, sets])
    page.reload()
    press(page, "Take them up")


def test_a_chosen_one_is_seen_again_and_what_holds_nothing_stays_folded(screen: Page) -> None:
    take_up(screen, "At the door \tRing twice.")

    expect(screen.get_by_label("Ring twice.")).to_be_checked()
    expect(screen.get_by_label("Ring twice.")).to_be_visible()
    expect(screen.get_by_label("Why?")).not_to_be_visible()


def test_one_that_the_page_has_no_longer_is_chosen_still(screen: Page) -> None:
    take_up(screen, "At the gate \tWait there.")

    expect(screen.get_by_label("Wait there.")).to_be_checked()
    expect(screen.get_by_label("Wait there.")).to_be_visible()
    expect(screen.get_by_role("radio")).to_have_count(4)


def test_none_chosen_adds_none(screen: Page) -> None:
    take_up(screen, "")

    expect(screen.get_by_role("radio", include_hidden=True)).to_have_count(3)
    expect(screen.get_by_label("None")).not_to_be_visible()
