"""The one file that is taken along finds what was meant, with the signs that a phone puts between words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.engine.formats.test_export_one_file import WORDS

from fieldcraft.engine.formats.export.one_file import FilePage, one_file

pytestmark = pytest.mark.journey


@pytest.fixture
def offline(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Two pages in one file, opened from the disk."""
    doors = "<p>Don't knock, ring. In der Hafenstraße twice.</p>"
    pages = [FilePage("a", "Doors", "", ((doors, ()),)), FilePage("b", "Tea", "", (("<p>Kettle.</p>", ()),))]
    file = tmp_path / "manual.html"
    file.write_bytes(one_file(title="Ours", about="", contents=[], pages=pages, words=WORDS))
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("typed", ["don’t knock", "“ring”", "knock, ring.", "HAFENSTRASSE", "hafenstraße"])
def test_signs_between_words_hide_nothing(offline: Page, typed: str) -> None:
    offline.get_by_role("searchbox").fill(typed)

    expect(offline.locator("#hits").get_by_role("link")).to_have_text(["Doors"])
    expect(offline.locator("#told")).to_have_text(f"1 {WORDS.found}")
