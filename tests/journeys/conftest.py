"""A real browser on a real server, looking at the sample community."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
AXE = (Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROME_BIN") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None and not os.environ.get("CI"):
        pytest.skip("No Chromium was found: install chromium or set CHROME_BIN.")
    with sync_playwright() as playwright:
        quiet = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def letters(home: Path) -> Path:
    """Where the server's letters lie."""
    return home / "letters"


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """The `fieldcraft` command as a new user runs it: the sample community on a server of its own."""
    subprocess.run([sys.executable, "-m", "fieldcraft", "demo"], env=in_home(home), check=True)
    with _up(home) as address:
        yield address


@pytest.fixture
def bare_address(tmp_path: Path) -> Iterator[str]:
    """A server on a home that nobody has set up; the link for it ends with the code in `set-up-code` there."""
    with _up(tmp_path) as address:
        yield address


@contextmanager
def _up(home: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://localhost:{port}"
    words = [sys.executable, "-m", "fieldcraft", "up", "--port", str(port)]
    server = subprocess.Popen(words, env={**in_home(home), "FIELDCRAFT_ADDRESS": address})
    try:
        wait_for(f"{address}/health/")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def in_home(home: Path) -> dict[str, str]:
    """The environment of a command on this home, with a database of its own."""
    shared = os.environ.get("DATABASE_URL")
    own = {"DATABASE_URL": _database_of(home, urlsplit(shared))} if shared else {}
    return {**os.environ, "FIELDCRAFT_HOME": str(home), **own}


def _database_of(home: Path, shared: SplitResult) -> str:
    """Two tests run at once: in one database the servers of both would take on each other's tasks."""
    name = f"home_{hashlib.sha256(str(home).encode()).hexdigest()[:16]}"
    with psycopg.connect(shared.geturl(), autocommit=True) as connection, suppress(psycopg.errors.DuplicateDatabase):
        connection.execute(f'CREATE DATABASE "{name}"')
    return shared._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(url: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("The server did not start within half a minute.")


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of a given width, colours, with or without JavaScript; what the strict policy blocks is a failure."""
    contexts: list[BrowserContext] = []
    blocked: list[str] = []

    def opened(
        *, width: int = 390, height: int = 844, colours: str = "light", javascript: bool = True, language: str = "en-GB"
    ) -> Page:
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=colours,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            locale=language,
        )
        contexts.append(context)
        context.set_default_timeout(8000)
        context.on("console", lambda said: blocked.append(said.text) if "Content Security" in said.text else None)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert blocked == []


def violations(page: Page) -> list[str]:
    """What axe finds on the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        f"{RULES}.then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).slice(0, 2)))"
    )
    return list(found)
