"""A history that is broken, contradicts itself or is newer is refused with a sentence, and nothing changes."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from tests.conftest import Cast
from tests.manual.history_made import restored

from fieldcraft.cli import main
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.transfer.checked import checked
from fieldcraft.manual.models import Manual, Page, Revision
from fieldcraft.people.models import Person

NOBODYS = "0190a0a0-0000-7000-8000-000000000000"  # a page or text that there is nowhere


def _bend(told: dict[str, Any], kind: str, name: str, value: Any) -> dict[str, Any]:
    told[kind][0][name] = value
    return told


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("editions", "page", NOBODYS),
        ("editions", "page", None),
        ("editions", "standing", "invented"),
        ("editions", "tags", "x"),
        ("editions", "section", [1]),
        ("editions", "title", "x" * 256),
        ("revisions", "edition", NOBODYS),
        ("revisions", "parent", NOBODYS),
        ("revisions", "created_at", "2024-01-01T00:00:00"),
        ("revisions", "created_at", "yesterday"),
        ("revisions", "base_inferred", float("nan")),
        ("revisions", "position", True),
        ("revisions", "fields", [["a"]]),
        ("revisions", "by", {"id": "x", "name": "y"}),
        ("revisions", "by", "Ben"),
        ("revisions", "body", 5),
        ("remarks", "page", "x"),
        ("pages", "id", None),
        ("attachments", "content", "!!"),
        ("attachments", "sha256", "0" * 64),
        ("attachments", "fields", [["a", "b", "c"]]),
        ("inclusions", "slug", None),
    ],
)
def test_what_is_broken_is_refused_and_nothing_changes(
    told: dict[str, Any], cast: Cast, kind: str, name: str, value: Any
) -> None:
    before = Manual.objects.count(), Page.objects.count(), Revision.objects.count(), Person.objects.count()

    with pytest.raises(Invalid, match="broken"):
        restored(_bend(told, kind, name, value), cast)

    assert before == (Manual.objects.count(), Page.objects.count(), Revision.objects.count(), Person.objects.count())


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from _places(part, (*path, name))


def _bent(told: dict[str, Any], rng: Random) -> dict[str, Any]:
    """With another value, or none, at one place."""
    told = deepcopy(told)
    *way, last = rng.choice(list(_places(told)))
    at: Any = told
    for name in way:
        at = at[name]
    if rng.random() < 0.8:
        at[last] = rng.choice([None, "", -1, 10**30, 1.5, True, [], {}, "x" * 600, [[]], ["a"], {"id": 1, "name": "x"}])
    else:
        del at[last]
    return told


def test_whatever_a_file_says_it_comes_in_whole_or_is_refused_with_a_sentence(told: dict[str, Any], cast: Cast) -> None:
    rng, came, refused = Random(7), 0, 0
    for _number in range(250):
        sure = transaction.savepoint()
        try:
            restored(_bent(told, rng), cast)
            came += 1
        except Invalid:
            refused += 1
        transaction.savepoint_rollback(sure)

    assert came > 5
    assert refused > 100


def test_texts_that_come_before_themselves_are_refused(told: dict[str, Any], cast: Cast) -> None:
    first, second = told["revisions"][:2]
    first["parent"], second["parent"] = second["id"], first["id"]

    with pytest.raises(Invalid, match="parent"):
        restored(told, cast)


def test_a_row_that_is_there_twice_is_refused(told: dict[str, Any], cast: Cast) -> None:
    told["pages"].append(told["pages"][0])

    with pytest.raises(Invalid, match="pages"):
        restored(told, cast)


def test_what_the_database_refuses_is_refused_with_a_sentence(told: dict[str, Any], cast: Cast) -> None:
    told["old_names"].append(told["old_names"][0])

    with pytest.raises(Invalid, match="contradicts itself"):
        restored(told, cast)

    assert not Manual.objects.filter(slug="again").exists()


def test_a_newer_format_and_an_address_that_is_taken_are_refused(told: dict[str, Any], cast: Cast) -> None:
    with pytest.raises(Invalid, match="newer Fieldcraft"):
        restored({**told, "format": "fieldcraft/2"}, cast)
    with pytest.raises(Invalid, match="already"):
        restored(told, cast, slug="core")


@pytest.mark.parametrize("kind", ["gathered without", "gathered for what is out", "out for what is gathered"])
def test_a_gathered_text_waits_for_something_that_is_open(told: dict[str, Any], cast: Cast, kind: str) -> None:
    of = {row["title"]: row["id"] for row in told["publications"]}
    out, spring = of["Winter"], of["Spring"]
    gathered = next(row for row in told["revisions"] if row["state"] == "gathered")
    agreed = next(row for row in told["revisions"] if row["publication"] == out)
    match kind:
        case "gathered without":
            gathered["publication"] = None
        case "gathered for what is out":
            gathered["publication"] = out
        case _:
            agreed["publication"] = spring

    with pytest.raises(Invalid, match="publication"):
        restored(told, cast)


def test_a_broken_history_names_the_file_or_the_place(
    tmp_path: Path, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "h.json"
    for content in (
        b'{"format": "fieldcraft/1", "manual"',
        b'{"format": "fieldcraft/1"}',
        b'{"format": "fieldcraft/7"}',
    ):
        file.write_bytes(content)
        assert main(["import", str(file), "--manual", "again"]) == 1

    told = capsys.readouterr().err
    assert "h.json" in told
    assert "editions" in told
    assert "newer Fieldcraft" in told
    assert Manual.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("revisions", "id"),
        ("revisions", "edition"),
        ("revisions", "title"),
        ("revisions", "created_at"),
        ("pages", "of"),
    ],
)
def test_what_a_row_cannot_be_without_may_not_be_missing(told: dict[str, Any], kind: str, name: str) -> None:
    del told[kind][0][name]

    with pytest.raises(Invalid):
        checked(told)
