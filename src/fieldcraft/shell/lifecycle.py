"""Use cases over several rooms."""

from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template.loader import get_template

from fieldcraft.manual.actions.imports import forget_old_imports
from fieldcraft.manual.actions.preparing import tell_of_missed
from fieldcraft.manual.queries.contents import contents
from fieldcraft.manual.queries.pages import slugs_of_manuals
from fieldcraft.manual.queries.resolve import stacks_named
from fieldcraft.mastery.actions.keeping import keep_promises
from fieldcraft.shell.alone import alone
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.actions.purposes import release_due
from fieldcraft.theory.actions.releases import publish_due
from fieldcraft.theory.actions.windows import open_windows


def make_ready() -> None:
    """Bring the home's database up to this version; quick when it is, and once where several start together."""
    settings.HOME.make()
    with alone():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("createcachetable", verbosity=0)  # first: what ends in between is done again from here
            call_command("migrate", verbosity=0, interactive=False)


def warm_up_manuals(most: int = 50) -> None:
    """Have the first manuals' maps and contents in memory, and what draws them."""
    for stack in stacks_named(slugs_of_manuals(most)):
        contents(stack)
    for template in ("manual/page.html", "manual/contents.html", "manual/search.html"):
        get_template(template)


def gather_static_files() -> None:
    """Hashed and compressed copies in the home, for the server."""
    call_command("collectstatic", verbosity=0, interactive=False)


def show_daily(today: date) -> None:
    """What is due by a day: windows opened and published, links judged, offerings released, missed steps prepared.

    Twice does no harm.
    """
    tell_of_missed()
    open_windows(today)
    publish_due(today)
    judge_due(today)
    release_due(today)


def forget_daily() -> None:
    """What was promised to be gone by now goes: old imports, and what people do not want to keep longer."""
    forget_old_imports()
    keep_promises()
