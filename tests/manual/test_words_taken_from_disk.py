"""Words that were taken out are not left in a file that a server still has open."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.conftest import Cast

from fieldcraft.config.settings import _SQLITE
from fieldcraft.manual.actions.taking_out import take_words_out, write_over_what_went

NAME = "Jayden Brooks"


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


@pytest.mark.parametrize(("apply", "after"), [(True, [write_over_what_went]), (False, [])])
def test_it_is_written_over_when_words_were_taken_out_and_not_for_a_plan(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, *, apply: bool, after: list[object]
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        take_words_out(by=None, manual=cast.team_manual, words=NAME, apply=apply)

    assert [each.func for each in calls if isinstance(each, partial)] == after


def _opened(database: Path) -> BaseDatabaseWrapper:
    """SQLite with the settings that every server has, on a file of the test's own."""
    return ConnectionHandler({"default": {**_SQLITE, "NAME": str(database)}})["default"]
