"""Background tasks and what is forgotten each day, beside the server.

On SQLite the server's first process looks for tasks, which costs next to nothing, and has them done in a process that
ends with them: what a large import needed goes back at once, and a task that brings its process down takes nothing
else along. On PostgreSQL, where a connection is dearer, a process of its own looks and does.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Process
from pathlib import Path
from threading import Event, Lock, Thread

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fieldcraft.shell.lifecycle import forget_daily, show_daily

_EACH, _AT_LEAST_EACH, _AFTER_A_FAULT, _A_DAY = 1, 60, 5, 24 * 60 * 60  # seconds
_BEHIND_READERS = 10  # how much less of the processor tasks get while pages are asked for
_looking = Lock()
"""Held while the first process uses the database, so that it is not forked in the midst of that."""
os.register_at_fork(before=_looking.acquire, after_in_parent=_looking.release, after_in_child=_looking.release)


@contextmanager
def tasks_done() -> Iterator[None]:
    """Tasks are done for as long as the block lasts; one that is running then is finished first."""
    with _looked_for() if connection.vendor == "sqlite" else _always():
        yield


@contextmanager
def _looked_for() -> Iterator[None]:
    ended = Event()
    looks = Thread(target=_look, args=(ended,), name="fieldcraft-tasks", daemon=True)
    looks.start()
    try:
        yield
    finally:
        ended.set()
        looks.join()


def _look(ended: Event) -> None:
    """Again and again; where nothing was written, the database is not even opened."""
    seen: object = None
    looked, daily = time.monotonic(), float("-inf")
    while not ended.wait(_EACH):
        now, written = time.monotonic(), _written()
        if now - daily > _A_DAY:
            daily = now
            _by_itself(_do_daily, ended)
        if written != seen or now - looked > _AT_LEAST_EACH:
            seen, looked = written, now
            if _is_any_waiting() and not _by_itself(_do_waiting, ended):
                ended.wait(_AFTER_A_FAULT)


def _written() -> tuple[tuple[int, int], ...]:
    """Other than before when somebody wrote to the database since."""
    database = Path(settings.HOME.database)
    files = [each for each in (database, Path(f"{database}-wal")) if each.exists()]
    return tuple((found.st_mtime_ns, found.st_size) for found in (each.stat() for each in files))


def _is_any_waiting() -> bool:
    with _looking:
        try:
            return bool(DBTaskResult.objects.ready().exists())
        except DatabaseError:
            return False
        finally:
            connections.close_all()


def _by_itself(work: Callable[[], None], ended: Event) -> bool:
    """In a process of its own, until it is done or the server ends; whether it went well."""
    worker = Process(target=_behind_readers, args=(work,), name="fieldcraft-task", daemon=True)
    worker.start()
    while worker.is_alive() and not ended.is_set():
        worker.join(_EACH / 5)
    if worker.is_alive():
        worker.terminate()
    worker.join()
    return worker.exitcode == 0


def _behind_readers(work: Callable[[], None]) -> None:
    os.nice(_BEHIND_READERS)
    work()


def _do_waiting() -> None:
    call_command("db_worker", verbosity=0, batch=True, startup_delay=False)


def _do_daily() -> None:
    """What should be gone goes, and what is due is shown; a fault of the one does not stop the other."""
    for work in (forget_daily, _show):
        try:
            work()
        except Exception:
            logging.getLogger("fieldcraft.tasks").exception("What is due today is done tomorrow.")
        finally:
            connections.close_all()


def _show() -> None:
    show_daily(timezone.localdate())


@contextmanager
def _always() -> Iterator[None]:
    tasks = Process(target=_do_tasks, name="fieldcraft-tasks", daemon=True)
    tasks.start()
    try:
        yield
    finally:
        tasks.terminate()
        tasks.join()


def _do_tasks() -> None:
    """Background tasks, until the server ends; begun again should the database be away for a while."""
    os.nice(_BEHIND_READERS)
    Thread(target=_each_day, name="fieldcraft-daily", daemon=True).start()
    while True:
        try:
            call_command("db_worker", verbosity=0)
            return
        except DatabaseError:
            time.sleep(_AFTER_A_FAULT)


def _each_day() -> None:
    """Beside the tasks."""
    while True:
        _do_daily()
        time.sleep(_A_DAY)
