"""Rows asked for in the database's own words are those that the models give."""

from tests.conftest import Cast

from fieldcraft.manual.models import Manual
from fieldcraft.rows import id_of, key_of, rows


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
