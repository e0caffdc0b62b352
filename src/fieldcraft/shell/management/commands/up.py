"""`fieldcraft up`: migrates, serves."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from fieldcraft.manual.actions.imports import forget_old_imports
from fieldcraft.shell.lifecycle import gather_static_files, make_ready


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
        forget_old_imports()
        address = settings.ADDRESS if port == 8000 else f"http://localhost:{port}"
        self.stdout.write(self.style.SUCCESS(f"Fieldcraft is at {address}"))
        self.stdout.write(_how_to_enter(address))
        self.stdout.flush()
        server = _start(host, port)
        Thread(target=_stop_with, args=(server,), daemon=True).start()
        try:
            call_command("db_worker", verbosity=0)  # here rather than in a process of its own: sixty megabytes less
        finally:
            server.terminate()
            server.wait()


def _stop_with(server: "subprocess.Popen[bytes]") -> None:
    """When the server ends by itself, so does the worker."""
    server.wait()
    os.kill(os.getpid(), signal.SIGTERM)


def _how_to_enter(address: str) -> str:
    if settings.DEMO:
        return "Open it and choose one of the sample community's people; no password is needed."
    code = settings.HOME.secret("set-up-code")
    return f"To set up an organisation: {address}/people/set-up/?code={code}"


def _start(host: str, port: int) -> "subprocess.Popen[bytes]":
    words = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    sizes = ["--workers", str(settings.WORKERS), "--blocking-threads", str(settings.THREADS)]
    target = "fieldcraft.config.wsgi:application"
    return subprocess.Popen([sys.executable, "-m", "granian", *words, *sizes, target], env=os.environ)  # noqa: S603
