"""Rows asked for in the database's own words are those that the models give."""

from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from tests.conftest import Cast

from fieldcraft.config.settings import _SQLITE
from fieldcraft.manual.models import Manual
from fieldcraft.rows import id_of, key_of, rows, write_over_what_went

NAME = "Jayden Brooks"


def test_a_list_stands_for_as_many_values_as_it_has(cast: Cast) -> None:
    wanted = [cast.core.pk, cast.team_manual.pk]

    found = rows("SELECT id, title FROM manual_manual WHERE id IN (%s) AND kind <> %s", wanted, "organisation")

    assert {id_of(key): title for key, title in found} == dict(
        Manual.objects.filter(pk__in=wanted).values_list("pk", "title")
    )


def test_an_id_comes_back_as_it_went(cast: Cast) -> None:
    assert id_of(key_of(cast.core.pk)) == cast.core.pk


def test_what_nobody_has_is_no_row(cast: Cast) -> None:
    assert rows("SELECT id FROM manual_manual WHERE slug = %s", "'; DROP TABLE manual_manual; --") == []
    assert Manual.objects.exists()


def test_the_file_beside_the_database_keeps_nothing_although_a_server_has_it_open(db: None, tmp_path: Path) -> None:
    database, beside = tmp_path / "kept.sqlite3", tmp_path / "kept.sqlite3-wal"
    with closing(_opened(database)) as server, closing(_opened(database)) as command:
        with command.cursor() as cursor:
            cursor.execute("CREATE TABLE page (body text)")
            cursor.execute("INSERT INTO page VALUES (%s)", [NAME])
            cursor.execute("UPDATE page SET body = %s", ["(…)"])
        with server.cursor() as cursor:
            assert cursor.execute("SELECT body FROM page").fetchone() == ("(…)",)
        assert NAME.encode() in beside.read_bytes()

        write_over_what_went(command)

        assert NAME.encode() not in beside.read_bytes() + database.read_bytes()


def _opened(database: Path) -> BaseDatabaseWrapper:
    """SQLite with the settings that every server has, on a file of the test's own."""
    return ConnectionHandler({"default": {**_SQLITE, "NAME": str(database)}})["default"]
