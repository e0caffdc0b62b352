"""Tasks are done beside the server, whatever becomes of one of them, and end with it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from tests.journeys.conftest import free_port, in_home, wait_for

from fieldcraft.shell.background import _by_itself

ENQUEUE = """
import django; django.setup()
from fieldcraft.ids import uuid7
from fieldcraft.manual.actions.imports import read_later
print(read_later.enqueue(str(uuid7())).id)
"""
STATUS = """
import django, sys; django.setup()
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.get(pk=sys.argv[1]).status)
"""
READY = """
import django; django.setup()
from fieldcraft.shell.lifecycle import make_ready
make_ready()
"""
LOADED = """
import django, json, sys; django.setup()
from fieldcraft.shell.management.commands import up
up._prepare()
up._warm_up()
print(json.dumps(sorted(sys.modules)))
"""


def _told(home: Path, lines: str, *words: str) -> str:
    env = {**in_home(home), "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings"}
    done = subprocess.run([sys.executable, "-c", lines, *words], env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _is_done_soon(home: Path, task: str) -> bool:
    return any(_told(home, STATUS, task) == "SUCCESSFUL" or time.sleep(0.3) for _attempt in range(40))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, str]]]:
    """A home on which two servers were started for the first time at once, and how each of them ended."""
    home = tmp_path_factory.mktemp("home")
    env = {**in_home(home), "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings"}
    start = [sys.executable, "-c", READY]
    both = [subprocess.Popen(start, env=env, stderr=subprocess.PIPE, text=True) for _server in range(2)]
    said = [server.communicate(timeout=120)[1] for server in both]
    return home, [(server.returncode, words) for server, words in zip(both, said, strict=True)]


@pytest.fixture
def home(started: tuple[Path, list[tuple[int, str]]]) -> Path:
    return started[0]


def test_servers_that_start_together_bring_the_database_up_to_date_once(
    started: tuple[Path, list[tuple[int, str]]],
) -> None:
    assert started[1] == [(0, ""), (0, "")]


def test_tasks_are_done_again_and_again_and_nothing_runs_on_when_the_server_ends(home: Path) -> None:
    port = free_port()
    words = [sys.executable, "-m", "fieldcraft", "up", "--port", str(port)]
    server = subprocess.Popen(words, env=in_home(home))
    try:
        wait_for(f"http://localhost:{port}/health/")
        for _again in range(2):
            assert _is_done_soon(home, _told(home, ENQUEUE))
        children = _children(server.pid)
        assert len(children) >= 2
    finally:
        server.terminate()
        code = server.wait(timeout=20)

    assert code == 0
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def test_a_port_that_is_taken_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = [sys.executable, "-m", "fieldcraft", "up", "--port", port]
        done = subprocess.run(words, env=in_home(tmp_path), capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode != 0
    assert f"Nothing can be served at 127.0.0.1, port {port}: Address already in use." in done.stderr
    assert not (tmp_path / "fieldcraft.sqlite3").exists()


def test_a_task_that_waited_from_before_is_done(home: Path) -> None:
    task = _told(home, ENQUEUE)
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "fieldcraft", "up", "--port", str(port)], env=in_home(home))
    try:
        assert _is_done_soon(home, task)
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_what_brings_its_process_down_takes_nothing_else_along() -> None:
    assert not _by_itself(lambda: os.kill(os.getpid(), signal.SIGKILL), Event())
    assert _by_itself(lambda: None, Event())


def test_work_ends_with_the_server() -> None:
    ended, answers = Event(), list[Any]()
    works = Thread(target=lambda: answers.append(_by_itself(lambda: time.sleep(60), ended)))
    works.start()
    time.sleep(0.3)

    ended.set()
    works.join(timeout=5)

    assert answers == [False]


def test_a_process_that_serves_has_not_loaded_what_only_migrating_and_passkeys_need(home: Path) -> None:
    loaded = json.loads(_told(home, LOADED))

    assert "fieldcraft.manual.views.pages" in loaded
    assert [
        name for name in loaded if ".migrations.0" in name or name.partition(".")[0] in {"fido2", "cryptography"}
    ] == []
