"""`fieldcraft doctor`: what is wrong with an installation, and how to mend it."""

import json
import os
import sqlite3
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from fieldcraft.shell.lifecycle import make_ready


class Command(BaseCommand):
    """Looks at the database, its library, the key, the folders and the settings."""

    help = "Say what is wrong with this installation and how to mend it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        problems = findings()
        if options["json"]:
            self.stdout.write(json.dumps({"problems": problems, "home": str(settings.HOME.folder)}))
        else:
            for problem in problems or ["Nothing is wrong."]:
                self.stdout.write(problem)
        if problems:
            raise CommandError("")


def findings() -> list[str]:
    """One sentence for each thing that is wrong, with what to do."""
    checks = (_database(), _sqlite_library(), _key(), _hosts(), _demo(), _folder())
    return [problem for problem in checks if problem]


def _database() -> str:
    try:
        make_ready()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return f"The database does not answer ({type(problem).__name__}). Look at DATABASE_URL and FIELDCRAFT_HOME."
    return ""


def is_safe_sqlite(version: tuple[int, ...]) -> bool:
    """Whether a SQLite has the write-ahead race mended: from 3.51.3, and 3.50.7 and 3.44.6 of their branches."""
    return (
        version >= (3, 51, 3)
        or (version[:2] == (3, 50) and version >= (3, 50, 7))
        or (version[:2] == (3, 44) and version >= (3, 44, 6))
    )


def _sqlite_library() -> str:
    if connection.vendor != "sqlite" or is_safe_sqlite(sqlite3.sqlite_version_info):
        return ""
    return f"SQLite {sqlite3.sqlite_version} can damage a database that two processes use. Install it with: pip install pysqlite3"


def _key() -> str:
    file = settings.HOME.folder / "secret-key"
    if file.exists() and file.stat().st_mode & 0o077:
        return f"Others on this machine can read {file}. Mend it with: chmod 600 {file}"
    return ""


def _hosts() -> str:
    if settings.DEBUG and not settings.ADDRESS.startswith("http://localhost"):
        return "FIELDCRAFT_DEBUG is on where others can reach this. Turn it off."
    return ""


def _demo() -> str:
    if settings.DEMO and settings.ADDRESS.startswith("https"):
        return "Anyone can enter the sample community here. If that is not meant, set FIELDCRAFT_DEMO=no."
    return ""


def _folder() -> str:
    if not os.access(settings.HOME.folder, os.W_OK):
        return f"{settings.HOME.folder} cannot be written to. Give it to the user that runs Fieldcraft."
    return ""
