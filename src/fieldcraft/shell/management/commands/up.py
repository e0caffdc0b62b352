"""`fieldcraft up`: migrates, serves."""

import gc
import os
from argparse import ArgumentParser
from importlib import import_module
from multiprocessing import Process
from socket import AF_INET, AF_INET6, create_server
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from fieldcraft.shell.background import tasks_done
from fieldcraft.shell.lifecycle import forget_daily, gather_static_files, make_ready, warm_up_manuals
from fieldcraft.shell.memory import give_back, keep_little


class Command(BaseCommand):
    """Brings the database up to date and starts the server and the worker for background tasks."""

    help = "Migrate and serve."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, port: int, host: str, **options: Any) -> None:
        _require_free(host, port)
        keep_little()
        _prepare()
        address = settings.ADDRESS if port == 8000 else f"http://localhost:{port}"
        self.stdout.write(self.style.SUCCESS(f"Fieldcraft is at {address}"))
        self.stdout.write(_how_to_enter(address))
        self.stdout.flush()
        _warm_up()
        with tasks_done():
            _serve(host, port)


def _require_free(host: str, port: int) -> None:
    """Two servers could share a port without a word, and each answer some of what is asked. Raises CommandError."""
    try:
        create_server((host, port), family=AF_INET6 if ":" in host else AF_INET).close()
    except OSError as problem:
        number = problem.errno or 0
        why = os.strerror(number) if number > 0 else problem.strerror
        raise CommandError(
            f"Nothing can be served at {host}, port {port}: {why}. Choose another port with --port."
        ) from None


def _prepare() -> None:
    """In a process of its own, since none that serves needs what migrating has to load. Raises SystemExit."""
    first = Process(target=_bring_up_to_date, name="fieldcraft-prepares")
    first.start()
    first.join()
    if first.exitcode:
        raise SystemExit(1)


def _bring_up_to_date() -> None:
    make_ready()
    gather_static_files()
    forget_daily()


def _warm_up() -> None:
    """Load all that every process needs, so that those forked from this one share it instead of each having its own."""
    _answer_once("/")
    warm_up_manuals()
    _close_connections()
    gc.collect()
    give_back()
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
