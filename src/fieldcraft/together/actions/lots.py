"""Keeping a row where its place tells nothing."""

from secrets import randbits
from typing import TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def put_by_lot(row: Row) -> Row:
    """Keep a new row; where the database numbers rows in the order they came, with a number drawn by lot.

    SQLite gives each row of a table such a number beside its key. Between rows that have a day it would tell when an
    unnamed one was raised, to whoever gets hold of a copy of the database.
    """
    row.save(force_insert=True)
    if connection.vendor == "sqlite":
        table = connection.ops.quote_name(row._meta.db_table)
        key = row._meta.pk.get_db_prep_value(row.pk, connection) if row._meta.pk else row.pk
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET rowid = %s WHERE id = %s", [randbits(62), key])  # noqa: S608 — a table's name
    return row
