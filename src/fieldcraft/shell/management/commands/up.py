"""`fieldcraft up`: migrates, serves."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

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
        address = settings.ADDRESS if port == 8000 else f"http://localhost:{port}"
        self.stdout.write(self.style.SUCCESS(f"Fieldcraft is at {address}"))
        self.stdout.write(_how_to_enter())
        self.stdout.flush()
        server, worker = _start(host, port), _worker()
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            server.wait()
        except KeyboardInterrupt:
            server.wait()
        finally:
            worker.terminate()


def _how_to_enter() -> str:
    if settings.DEMO:
        return "Open it and choose one of the sample community's people; no password is needed."
    code = settings.HOME.secret("set-up-code")
    return f"To set up an organisation: {settings.ADDRESS}/people/set-up/?code={code}"


def _start(host: str, port: int) -> "subprocess.Popen[bytes]":
    words = ["--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    sizes = ["--workers", str(settings.WORKERS), "--blocking-threads", str(settings.THREADS)]
    target = "fieldcraft.config.wsgi:application"
    return subprocess.Popen([sys.executable, "-m", "granian", *words, *sizes, target], env=os.environ)  # noqa: S603


def _worker() -> "subprocess.Popen[bytes]":
    words = ["-m", "django", "db_worker", "--settings", "fieldcraft.config.settings"]
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
