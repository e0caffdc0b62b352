"""`fieldcraft demo`: fills the sample community."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from fieldcraft.shell.lifecycle import make_ready
from fieldcraft.shell.sample.build import build_sample, is_built
from fieldcraft.shell.sample.year import build_year


class Command(BaseCommand):
    """Fills two organisations with people, a core manual, four teams' layers over it and a year at one of them.

    Twice changes nothing.
    """

    help = "Fill the sample community."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready()
        if is_built():
            self.stdout.write("The sample community is here already.")
        else:
            with transaction.atomic():
                build_sample()
                build_year()
            self.stdout.write("The sample community is ready.")
        settings.HOME.demo_mark.touch()
