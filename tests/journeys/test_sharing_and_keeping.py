"""On a phone: share one thing, see who looked, take it back; take all along, delete, keep the receipt."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import violations
from tests.journeys.hands import OpenPage, enter, follow, press, send

pytestmark = pytest.mark.journey
SENTENCE = "That nobody is left standing at the door."


def _purpose(page: Page) -> None:
    page.goto("/compass/purposes/new/")
    page.locator("[name=sentence]").fill(SENTENCE)
    page.locator("main form .button").first.click()
    page.goto("/compass/purposes/")
    expect(page.get_by_text(SENTENCE).first).to_be_visible()


def _deleted(page: Page) -> None:
    page.goto("/compass/delete/")
    page.get_by_label("Everything in my compass").check()
    send(page, "Look at what would go")


@pytest.mark.parametrize("javascript", [True, False])
def test_share_see_the_looks_take_it_back(open_page: OpenPage, javascript: bool) -> None:
    mine = enter(open_page, "Kofi", javascript=javascript)
    _purpose(mine)
    follow(mine, "Let somebody read it")
    expect(mine.get_by_text("This is all they would see")).to_be_visible()
    expect(mine.get_by_text(SENTENCE)).to_be_visible()
    mine.get_by_label("Who may read it?").select_option(label="Rosa Lindgren")
    send(mine, "Share")
    expect(mine.get_by_text("Rosa Lindgren can read it now")).to_be_visible()

    theirs = enter(open_page, "Rosa", javascript=javascript)
    theirs.goto("/compass/")
    follow(theirs, "Shared with me")
    follow(theirs, "Kofi Mensah: A purpose")
    expect(theirs.get_by_text("sees each time you look").first).to_be_visible()
    assert SENTENCE not in theirs.content()
    press(theirs, "Read it")
    expect(theirs.get_by_text(SENTENCE)).to_be_visible()
    assert not javascript or violations(theirs) == []

    follow(mine, SENTENCE)
    expect(mine.get_by_role("region", name="When it was looked at").get_by_role("listitem")).to_have_count(1)
    send(mine, "Take it back")
    theirs.reload()
    expect(theirs.get_by_role("heading", name="Not here")).to_be_visible()

    _deleted(mine)
    press(mine, "Delete it for good")


def test_take_all_along_delete_it_and_keep_the_receipt(open_page: OpenPage, tmp_path: Path) -> None:
    page = enter(open_page, "Zofia")
    _purpose(page)
    page.goto("/compass/export/")
    with page.expect_download() as saved:
        follow(page, "Save the file")
    saved.value.save_as(tmp_path / "compass.zip")
    with zipfile.ZipFile(tmp_path / "compass.zip") as archive:
        assert SENTENCE in archive.read("compass.html").decode()

    _deleted(page)
    expect(page.get_by_text("Purposes: 1")).to_be_visible()
    press(page, "Delete it for good")
    expect(page.get_by_role("heading", name="It is gone")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as kept:
        press(page, "Save the receipt")
    kept.value.save_as(tmp_path / "receipt.txt")
    page.goto("/compass/receipt/")
    page.locator("textarea").fill((tmp_path / "receipt.txt").read_text())
    press(page, "Check")
    expect(page.get_by_role("status")).to_contain_text("Yes: this receipt was written here")
    page.goto("/compass/purposes/")
    assert SENTENCE not in page.content()
