"""`fieldcraft up`: migrates, serves."""

import gc
import logging
import time
from argparse import ArgumentParser
from importlib import import_module
from multiprocessing import Process
from threading import Thread
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from fieldcraft.shell.lifecycle import forget_daily, gather_static_files, make_ready, show_daily, warm_up_manuals


class Command(BaseCommand):
    """Brings the database up to date and starts the server and the worker for background tasks."""

    help = "Migrate and serve."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, port: int, host: str, **options: Any) -> None:
        make_ready()
        gather_static_files()
        forget_daily()
        address = settings.ADDRESS if port == 8000 else f"http://localhost:{port}"
        self.stdout.write(self.style.SUCCESS(f"Fieldcraft is at {address}"))
        self.stdout.write(_how_to_enter(address))
        self.stdout.flush()
        _warm_up()
        tasks = Process(target=_do_tasks, name="fieldcraft-tasks", daemon=True)
        tasks.start()
        try:
            _serve(host, port)
        finally:
            tasks.terminate()
            tasks.join()


def _warm_up() -> None:
    """Load all that every process needs, so that those forked from this one share it instead of each having its own."""
    _answer_once("/")
    warm_up_manuals()
    _close_connections()
    gc.collect()
    gc.freeze()


def _close_connections() -> None:
    """A connection, or a pool of them, cannot be shared with a process that is forked."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def _answer_once(path: str) -> None:
    """Answer a request that nobody sent, for all that it loads: addresses, templates, words in every language."""
    application = import_module("fieldcraft.config.wsgi").application
    for language, _name in settings.LANGUAGES:
        asked = {"PATH_INFO": path, "HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": language}
        setup_testing_defaults(asked)
        application(asked, lambda _status, _headers: None)


_A_DAY = 24 * 60 * 60  # seconds


def _do_tasks() -> None:
    """Background tasks, until the server ends; begun again should the database be away for a while."""
    Thread(target=_each_day, name="fieldcraft-each-day", daemon=True).start()
    while True:
        try:
            call_command("db_worker", verbosity=0)
            return
        except DatabaseError:
            time.sleep(5)


def _each_day() -> None:
    """Beside the tasks, from the start on; what was promised to be gone was gone before the server began."""
    while True:
        try:
            show_daily(timezone.localdate())
            time.sleep(_A_DAY)
            forget_daily()
        except Exception:
            logging.getLogger("fieldcraft.tasks").exception("What is due today is done tomorrow.")
            time.sleep(_A_DAY)
        finally:
            connections.close_all()


def _serve(host: str, port: int) -> None:
    Granian(
        "fieldcraft.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()


def _how_to_enter(address: str) -> str:
    if settings.DEMO:
        return "Open it and choose one of the sample community's people; no password is needed."
    code = settings.HOME.secret("set-up-code")
    return f"To set up an organisation: {address}/people/set-up/?code={code}"
