"""A server of its own that can be stopped at any moment, and a line to it that can be cut in the middle of a request."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread

from tests.journeys.conftest import free_port, in_home, wait_for

DATABASE = "fieldcraft.sqlite3"
CHUNK = 65_536


class Server:
    """The `fieldcraft` command on a home of its own; it stands behind a line and comes up at the same address again."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        self.address = address
        self.port = free_port()

    def start(self) -> None:
        words = [sys.executable, "-m", "fieldcraft", "up", "--port", str(self.port)]
        own = {**in_home(self.home), "FIELDCRAFT_ADDRESS": self.address}
        # A group of its own: the processes that serve outlive the first one when it is killed alone.
        self.process = subprocess.Popen(words, env=own, start_new_session=True)
        wait_for(f"http://localhost:{self.port}/health/")

    def stop(self) -> None:
        """As whoever looks after it stops it."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def kill(self) -> None:
        """As a power cut does it: nothing is finished, nothing is said."""
        process = self.process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)

    def times_kept(self, words: str, *, kind: str = "revision") -> int:
        """How many texts, or remarks, in the server's database hold these words."""
        with closing(sqlite3.connect(self.home / DATABASE)) as database:
            found = database.execute(f"SELECT count(*) FROM manual_{kind} WHERE instr(body, ?)", [words])
            return int(found.fetchone()[0])


def copied(home: Path, to: Path) -> None:
    """The home as it is now, although a server works on it."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with closing(sqlite3.connect(home / DATABASE)) as old, closing(sqlite3.connect(to / DATABASE)) as new:
        old.backup(new)


Cut = Callable[[bytes, socket.socket], None]


class Line:
    """Carries what a browser and a server say to each other, until `cut` is given the next request that sends words.

    cut: is given the whole request and the way to the server; afterwards the browser's side is closed without an answer.
    """

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.listening.getsockname()[1]}"
        self.cut: Cut | None = None
        self.is_cut = Event()

    def carry_to(self, port: int) -> None:
        self.port = port
        Thread(target=self._accept, daemon=True).start()

    def wait_until_cut(self) -> None:
        """The browser may hear of it before all is done: a server's end ends its other lines as well."""
        assert self.is_cut.wait(timeout=20)
        self.is_cut.clear()

    def close(self) -> None:
        self.listening.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                browser, _address = self.listening.accept()
                Thread(target=self._carry, args=[browser], daemon=True).start()

    def _carry(self, browser: socket.socket) -> None:
        with suppress(OSError), browser, socket.create_connection(("localhost", self.port)) as server:
            Thread(target=_pour, args=[server, browser], daemon=True).start()
            while said := browser.recv(CHUNK):
                if self.cut and said.startswith(b"POST "):
                    self._end(browser, said)
                    break
                server.sendall(said)
            _shut(server)

    def _end(self, browser: socket.socket, said: bytes) -> None:
        cut, self.cut = self.cut, None
        assert cut
        with socket.create_connection(("localhost", self.port)) as alone:  # so that nobody else reads its answer
            cut(_whole(browser, said), alone)
        self.is_cut.set()
        _shut(browser)  # not before: a browser sends again by itself what went into a line that it had used before


def _pour(server: socket.socket, browser: socket.socket) -> None:
    with suppress(OSError):
        while said := server.recv(CHUNK):
            browser.sendall(said)
    _shut(browser)


def _shut(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


def _whole(browser: socket.socket, said: bytes) -> bytes:
    """The request with all of its body. Raises OSError where the browser gives up before."""
    while b"\r\n\r\n" not in said:
        said += _more(browser)
    head, _blank, _body = said.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(said) < len(head) + 4 + length:
        said += _more(browser)
    return said


def _more(browser: socket.socket) -> bytes:
    more = browser.recv(CHUNK)
    if not more:
        raise ConnectionAbortedError
    return more
