"""The editor is fetched where somebody writes a page's text, and nowhere else; and it is small on its way there."""

import re

import pytest
from playwright.sync_api import Page, Request
from tests.journeys.hands import MILL, OpenPage, enter

pytestmark = pytest.mark.journey

EDITOR = re.compile(r"/ui/editor/editor(\.[0-9a-f]+)?\.js$")
MOST_BYTES = 110_000
THERE = f"{MILL}p/supervision/"
READING = ("/", MILL, THERE, f"{THERE}history/", f"{THERE}compare/", f"{THERE}remark/", f"{THERE}note/")
WRITING = (f"{THERE}change/", f"{MILL}add/")


def _fetched(page: Page, where: str) -> list[Request]:
    """Every request for the editor's script while the page comes in and settles."""
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    answer = page.goto(where, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200, where
    assert any(request.url.endswith(".css") for request in asked)  # what the page brings along is seen at all
    return [request for request in asked if EDITOR.search(request.url)]


@pytest.mark.parametrize("where", READING)
def test_who_reads_does_not_fetch_the_editor(open_page: OpenPage, where: str) -> None:
    page = enter(open_page, "Tom")

    assert [request.url for request in _fetched(page, where)] == []


@pytest.mark.parametrize("where", WRITING)
def test_who_writes_fetches_the_editor_once_and_small(open_page: OpenPage, where: str) -> None:
    page = enter(open_page, "Tom")

    (request,) = _fetched(page, where)

    answer = request.response()
    assert answer is not None
    assert answer.header_value("content-encoding") in {"gzip", "br"}
    assert 50_000 < request.sizes()["responseBodySize"] < MOST_BYTES
    assert page.locator(".ProseMirror").is_visible()
