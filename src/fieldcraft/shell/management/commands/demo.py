"""`fieldcraft demo`: fills the sample community."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fieldcraft.shell.lifecycle import make_ready
from fieldcraft.shell.sample.build import build_sample, is_built


class Command(BaseCommand):
    """Fills two organisations with people, a core manual and four teams' layers over it; twice changes nothing."""

    help = "Fill the sample community."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready()
        if is_built():
            self.stdout.write("The sample community is here already.")
        else:
            build_sample()
            self.stdout.write("The sample community is ready.")
        settings.HOME.demo_mark.touch()
