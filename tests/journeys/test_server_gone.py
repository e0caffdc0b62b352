"""The server itself stops while somebody writes: nothing is lost, and what is sent again is there once."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.hands import HARBOUR, MILL, ONE, TWO, add_words, press, send
from tests.journeys.stopping import CHUNK, Cut, Line, Server, copied

pytestmark = pytest.mark.journey

Come = Callable[[str], Page]
SLOW = 20_000  # a server that has just come up, on a busy machine, in milliseconds
PAGE = f"{MILL}p/supervision/"
UNSENT = "This could not be sent. Your words are kept on this device; you can send them again."


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    line = Line()
    yield line
    line.close()


@pytest.fixture(scope="module")
def server(home: Path, address: str, line: Line, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a copy of the sample community, behind a line that can be cut."""
    assert address  # the sample is there once its own server runs
    own = tmp_path_factory.mktemp("stopped") / "home"
    copied(home, own)
    server = Server(own, line.address)
    server.start()
    line.carry_to(server.port)
    yield server
    server.kill()


@pytest.fixture
def come(chromium: Browser, server: Server) -> Iterator[Come]:
    """Signs somebody of the sample community in over the line."""
    contexts: list[BrowserContext] = []

    def come_as(name: str) -> Page:
        context = chromium.new_context(base_url=server.address)
        contexts.append(context)
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.goto("/")
        press(page, f"Be {name}")
        expect(page.get_by_role("heading", name=f"Good to see you, {name}")).to_be_visible()
        return page

    yield come_as
    for context in contexts:
        context.close()


@pytest.fixture
def tom(come: Come) -> Page:
    return come("Tom")


def test_the_server_stops_between_writing_and_sending(tom: Page, server: Server) -> None:
    words = "Two doors, both open."
    tom.goto(f"{PAGE}change/")
    add_words(tom, f" {words}")

    server.stop()
    press(tom, ONE)
    expect(tom.get_by_role("alert")).to_have_text(UNSENT)
    expect(tom.locator(".ProseMirror")).to_contain_text(words)
    press(tom, ONE)
    expect(tom.get_by_role("alert")).to_have_text(UNSENT)
    server.start()
    assert server.times_kept(words) == 0
    send(tom, ONE)

    expect(tom.locator(".prose")).to_contain_text(words)
    assert server.times_kept(words) == 1
    assert tom.evaluate("localStorage.length") == 0


def _before_all_of_it_came(whole: bytes, to_server: socket.socket) -> None:
    to_server.sendall(whole[:-40])


def _as_soon_as_it_came(whole: bytes, to_server: socket.socket) -> None:
    to_server.sendall(whole)


def _before_it_answered(whole: bytes, to_server: socket.socket) -> None:
    to_server.sendall(whole)
    assert to_server.recv(CHUNK).startswith(b"HTTP/1.1 204")


def _then_kill(server: Server, moment: Cut) -> Cut:
    def cut(whole: bytes, to_server: socket.socket) -> None:
        moment(whole, to_server)
        server.kill()

    return cut


MOMENTS = {_before_all_of_it_came: {0}, _as_soon_as_it_came: {0, 1}, _before_it_answered: {1}}
"""Until when the server lives, and how often the words may be kept by then."""


@pytest.mark.parametrize(("moment", "kept"), MOMENTS.items())
def test_the_server_is_killed_while_it_is_sent_to(
    tom: Page, server: Server, line: Line, moment: Cut, kept: set[int]
) -> None:
    words = f"Killed{moment.__name__.replace('_', ' ')}."

    tom.goto(f"{PAGE}change/")
    add_words(tom, f" {words}")
    line.cut = _then_kill(server, moment)
    press(tom, ONE)
    expect(tom.get_by_role("alert")).to_have_text(UNSENT, timeout=SLOW)
    expect(tom.locator(".ProseMirror")).to_contain_text(words)
    line.wait_until_cut()
    server.start()
    assert server.times_kept(words) in kept
    send(tom, ONE)

    expect(tom.locator(".prose")).to_contain_text(words)
    assert server.times_kept(words) == 1


@dataclass(frozen=True, slots=True)
class Form:
    """Where something is written, by whom, into which field, and the button that sends it."""

    where: str
    field: str
    button: str
    by: str = "Tom"
    kind: str = "revision"


FORMS = {
    "page": Form(f"{MILL}add/", "The text", ONE),
    "draft": Form(f"{HARBOUR}p/new-in-the-team/change/", "The text", TWO, by="Dee"),
    "note": Form(f"{MILL}p/trying-something-small/note/", "What should a colleague know here?", "Keep the note"),
    "remark": Form(f"{MILL}p/trying-something-small/remark/", "What did you notice?", "Keep the remark", kind="remark"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_what_was_kept_before_the_answer_came_is_there_once_when_it_is_sent_again(
    come: Come, server: Server, line: Line, form: Form
) -> None:
    words = f"The kettle has a dent, {form.button}."
    page = come(form.by)
    page.goto(form.where)
    if page.get_by_label("Title").count() and not page.get_by_label("Title").input_value():
        page.get_by_label("Title").fill("The dented kettle")
    page.get_by_role("textbox", name=form.field).fill(words)

    line.cut = _then_kill(server, _before_it_answered)
    press(page, form.button)
    expect(page.get_by_role("alert")).to_have_text(UNSENT, timeout=SLOW)
    line.wait_until_cut()
    server.start()
    assert server.times_kept(words, kind=form.kind) == 1
    press(page, form.button)
    expect(page.get_by_text(UNSENT)).not_to_be_attached(timeout=SLOW)
    page.wait_for_load_state()  # a page that is just leaving may never close

    assert server.times_kept(words, kind=form.kind) == 1
