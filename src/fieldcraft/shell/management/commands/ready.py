"""For the other commands: the home made and the database up to date, before any of them looks at it."""

from typing import Any

from django.core.management.base import BaseCommand

from fieldcraft.shell.lifecycle import make_ready


class Command(BaseCommand):
    """Makes the home and brings its database up to date."""

    help = "Make the home and bring its database up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready()
