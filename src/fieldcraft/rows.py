"""Rows asked for in the database's own words.

For the few questions that every request or every save asks: making Django's words for them takes ten times as long as
the answer. Everything else is asked through models.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


def rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """The answer; each `%s` stands for a value, or for all values of a list. Read ids by `id_of`."""
    lists = [value if isinstance(value, list) else [value] for value in values]
    asked = question % tuple(", ".join(["%s"] * len(each)) for each in lists)
    with connection.cursor() as cursor:
        cursor.execute(asked, [_as_kept(value) for each in lists for value in each])
        return list(cursor.fetchall())


def write_over_what_went(connected: BaseDatabaseWrapper | None = None) -> None:
    """Once it is committed. SQLite writes to a file beside the database first, and over that one only when it is full."""
    with (connected or connection).cursor() as cursor:
        if cursor.db.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def key_of(row_id: UUID) -> UUID | str:
    """A row's id as the database at hand keeps it."""
    return row_id.hex if connection.vendor == "sqlite" else row_id


def id_of(key: UUID | str) -> UUID:
    """The id that the database at hand keeps as `key`."""
    return UUID(hex=key) if isinstance(key, str) else key


def _as_kept(value: Any) -> Any:
    return key_of(value) if isinstance(value, UUID) else value
