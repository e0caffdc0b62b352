"""Several servers may start on one database at once: one brings it up to date, and the others wait for it."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.conf import settings
from django.db import connection

PLACE = 0x6669656C64  # "field": what PostgreSQL knows the lock by, among those of other programs in the same database


def alone() -> AbstractContextManager[None]:
    """Nobody else who asks for this is inside meanwhile, in whatever process; it ends with the process at the latest."""
    return _in_home() if connection.vendor == "sqlite" else _in_database()


@contextmanager
def _in_home() -> Iterator[None]:
    with (settings.HOME.folder / "preparing").open("w", encoding="ascii") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def _in_database() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PLACE])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PLACE])
