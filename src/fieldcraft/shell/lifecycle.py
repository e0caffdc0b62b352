"""Use cases over several rooms."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def make_ready() -> None:
    """Bring the home's database up to this version; quick when it is."""
    settings.HOME.make()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def gather_static_files() -> None:
    """Hashed and compressed copies in the home, for the server."""
    call_command("collectstatic", verbosity=0, interactive=False)
