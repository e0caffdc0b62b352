"""The whole history out and in again."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from tests.conftest import Cast

from fieldcraft.cli import main
from fieldcraft.engine.formats.export.history import history_json
from fieldcraft.errors import Invalid
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.transfer.apply import file_of, store_file
from fieldcraft.manual.actions.transfer.checked import checked
from fieldcraft.manual.actions.transfer.history import restore_history
from fieldcraft.manual.models import (
    Agreement,
    Attachment,
    Edition,
    Entry,
    Manual,
    OldName,
    Page,
    Publication,
    Remark,
    Rendering,
    Reply,
    Revision,
)
from fieldcraft.manual.queries.export.history import history_for, whole_history
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.manual.queries.search import search
from fieldcraft.people.models import Person

NOBODYS = "0190a0a0-0000-7000-8000-000000000000"  # a page or text that there is nowhere
THEN = datetime(2024, 5, 6, 7, 8, 9, 123456, UTC)


@pytest.fixture
def told(cast: Cast) -> dict[str, Any]:
    """The history of a team's manual with a bit of everything in it."""
    ben, team = cast.actor("ben"), cast.team_manual
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Kettle", "Boil water."))
    own = add_page(
        actor=ben, manual=team, text=Text("Tea", "Ours, see [[Kettle]].", tags=("x", "y z"), reason="Why not.")
    )
    again = revise(actor=ben, edition=own.edition, text=Text("Green tea", "Ours, twice."), based_on=own.pk)
    note_page(actor=ben, manual=team, page_id=below.edition.page_id, text=Text("Kettle", "No kettle.", quote="water"))
    adapted = adapt_page(
        actor=ben, manual=team, page_id=below.edition.page_id, text=Text("Kettle", "Cold."), based_on=below.pk
    )
    remark = Remark.objects.create(
        manual=team, page=adapted.edition.page, revision=adapted, body="Hm.", by=cast.people["ana"], position=3
    )
    Remark.objects.create(
        manual=team, page=below.edition.page, revision=below, body="Held.", is_held=True, from_name="Z"
    )
    Reply.objects.create(remark=remark, body="Yes.", by=cast.people["ben"])
    draft = Revision.objects.create(
        edition=own.edition, standing="local", parent=again, title="Draft", remark=remark, by=cast.people["ana"]
    )
    Revision.objects.create(
        edition=own.edition, standing="local", redone_from=draft, title="No", state="declined", answer="No.",
        answered_by=cast.people["ana"], answered_at=THEN, fields=[["a", "b"]], written_at=THEN,
    )  # fmt: skip
    Rendering.objects.bulk_create(
        [Rendering(revision=each, html="", text="") for each in Revision.objects.filter(rendering=None)]
    )
    Agreement.objects.get_or_create(revision=draft, by=cast.people["ben"])
    Agreement.objects.filter(revision=draft).update(at=THEN)
    Revision.objects.filter(pk=own.pk).update(created_at=THEN)
    _published(cast, again, remark)
    content = b"\x89PNG" + team.pk.bytes
    Attachment.objects.create(
        manual=team, path="a/b.png", sha256=store_file(content), media_type="image/png", size=len(content)
    )
    return json.loads(history_json(whole_history(team)))


def _published(cast: Cast, text: Revision, remark: Remark) -> None:
    """One publication that is out and one that is open, a gathered text, thanks, and a remark that was passed on."""
    team = cast.team_manual
    out = Publication.objects.create(
        manual=team, title="Winter", note="Warmer.", begun_by=cast.people["ana"], published_at=THEN,
        published_by=cast.people["ben"],
    )  # fmt: skip
    Revision.objects.filter(pk=text.pk).update(publication=out)
    spring = Publication.objects.create(manual=team, title="Spring", note="Not yet told.", begun_by=cast.people["ben"])
    gathered = Revision.objects.create(
        edition=text.edition, standing="local", parent=text, title="Green tea", body="Thrice.", state="gathered",
        publication=spring, by=cast.people["ben"],
    )  # fmt: skip
    Rendering.objects.create(revision=gathered, html="", text="")
    Edition.objects.filter(pk=text.edition_id).update(credits=["Elm House", ""])
    passed = Remark.objects.create(manual=cast.core, page=remark.page, revision=text, body="From elsewhere.")
    Remark.objects.filter(pk=remark.pk).update(passed_from=passed)


def _elsewhere(told: dict[str, Any]) -> dict[str, Any]:
    """As it would come from another installation: other ids throughout, of the same moments and in the same order."""
    text = json.dumps(told)
    for found in sorted(set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text))):
        text = text.replace(found, str(UUID(int=UUID(found).int + 1)))
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _restored(told: dict[str, Any], cast: Cast, **of: Any) -> Manual:
    of = {"slug": "again", "organisation": cast.organisation, **of}
    return restore_history(by=None, history=checked(told), **of).manual


def _out(manual: Manual) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(history_json(whole_history(Manual.objects.get(pk=manual.pk))))
    return loaded


def _without_ids(told: dict[str, Any]) -> dict[str, Any]:
    """The same with every id replaced by the number of its first mention."""
    told = deepcopy(told)
    told["manual"].pop("slug")
    numbers: dict[str, str] = {}
    text = re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda found: numbers.setdefault(found[0], f"#{len(numbers)}"), json.dumps(told)
    )
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_a_history_holds_every_column_and_no_address_of_anybody(told: dict[str, Any], cast: Cast) -> None:
    text = json.dumps(told)

    assert {"id", "edition", "state", "reason", "pole", "parent", "base", "redone_from", "by", "answer"} <= set(
        told["revisions"][0]
    )
    assert [len(told[kind]) for kind in ("pages", "editions", "agreements", "remarks", "replies", "old_names")] == [
        2, 3, len(Agreement.objects.filter(revision__edition__manual=cast.team_manual)), 2, 1, 1,
    ]  # fmt: skip
    assert told["inclusions"] == [{"slug": "core", "title": "Core", "position": 0}]
    assert {"id": str(cast.people["ben"].pk), "name": "Ben"} in [row["by"] for row in told["revisions"]]
    assert "@" not in text.replace("@elsewhere", "")


def test_beside_the_original_it_is_the_same_with_other_ids(told: dict[str, Any], cast: Cast) -> None:
    again = _out(_restored(told, cast))

    assert _without_ids(again) == _without_ids(told)
    assert again["pages"][0]["id"] == told["pages"][0]["id"], "the core's page is the same page"
    ours = {row["id"] for row in told["revisions"]}
    assert ours.isdisjoint(row["id"] for row in again["revisions"])


def test_where_the_ids_are_free_it_is_the_very_same(told: dict[str, Any], cast: Cast) -> None:
    told = _elsewhere(told)
    told["pages"] = [{**row, "of": None} for row in told["pages"]]
    told["inclusions"], told["remarks"] = [], [row for row in told["remarks"] if not row["is_held"]]
    for row in told["revisions"]:
        row["base"] = None
    for row in told["remarks"]:
        row["passed_from"] = None
    told["manual"] |= {"kind": "organisation", "team": None}
    told["manual"]["organisation"] = {"id": str(cast.organisation.pk), "name": cast.organisation.name}

    again = _out(_restored(told, cast))

    again["manual"]["slug"] = told["manual"]["slug"]
    assert again == told


def test_what_lies_below_is_not_here_its_text_is_kept(told: dict[str, Any], cast: Cast) -> None:
    manual = _restored({**_elsewhere(told), "inclusions": []}, cast)

    adapted = Edition.objects.get(manual=manual, standing="adapted")
    assert (adapted.current.body, adapted.current.base_id) == ("Cold.", None)
    assert adapted.page.manual_id == manual.pk
    assert (manual.kind, manual.audience, manual.team_id) == ("organisation", "organisation", None)
    assert Remark.objects.filter(manual=manual).count() == 1, "the other is on a text that is not here"


def test_it_reads_is_found_and_keeps_its_former_address(told: dict[str, Any], cast: Cast) -> None:
    stack = stack_now(_restored(told, cast))

    assert stack.titled("Green tea").manual_id == stack.manual.pk
    assert stack.at("tea").title == "Green tea"
    assert [hit.held.title for hit in search([stack], "twice").hits] == ["Green tea"]
    assert Rendering.objects.filter(revision__edition__manual=stack.manual).count() == len(told["revisions"])
    assert Entry.objects.filter(manual=stack.manual).count() == 3


def test_people_who_are_not_here_go_on_being_named_and_cannot_sign_in(told: dict[str, Any], cast: Cast) -> None:
    told = _elsewhere(told)

    manual = _restored(told, cast)

    by = Revision.objects.filter(edition__manual=manual, by__isnull=False).first().by
    assert (by.name, by.is_active, by.has_usable_password()) == ("Ben", False, False)
    assert by.email.endswith("@elsewhere.invalid")


def test_files_come_with_it(told: dict[str, Any], cast: Cast) -> None:
    kept = Attachment.objects.get(manual=cast.team_manual)
    file_of(kept.sha256).unlink()

    manual = _restored(told, cast)

    assert file_of(Attachment.objects.get(manual=manual).sha256).read_bytes().startswith(b"\x89PNG")
    assert file_of(kept.sha256).exists()


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
        ("inclusions", "slug", None),
    ],
)
def test_what_is_broken_is_refused_and_nothing_changes(
    told: dict[str, Any], cast: Cast, kind: str, name: str, value: Any
) -> None:
    before = Manual.objects.count(), Page.objects.count(), Revision.objects.count(), Person.objects.count()

    with pytest.raises(Invalid, match="broken"):
        _restored(_bend(told, kind, name, value), cast)

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
            _restored(_bent(told, rng), cast)
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
        _restored(told, cast)


def test_a_row_that_is_there_twice_is_refused(told: dict[str, Any], cast: Cast) -> None:
    told["pages"].append(told["pages"][0])

    with pytest.raises(Invalid, match="pages"):
        _restored(told, cast)


def test_what_the_database_refuses_is_refused_with_a_sentence(told: dict[str, Any], cast: Cast) -> None:
    told["old_names"].append(told["old_names"][0])

    with pytest.raises(Invalid, match="contradicts itself"):
        _restored(told, cast)

    assert not Manual.objects.filter(slug="again").exists()


def test_a_newer_format_and_an_address_that_is_taken_are_refused(told: dict[str, Any], cast: Cast) -> None:
    with pytest.raises(Invalid, match="newer Fieldcraft"):
        _restored({**told, "format": "fieldcraft/2"}, cast)
    with pytest.raises(Invalid, match="already"):
        _restored(told, cast, slug="core")


def test_a_suggestion_that_is_held_leaves_only_with_those_who_keep_the_manual(told: dict[str, Any], cast: Cast) -> None:
    bodies = {
        who: [row["body"] for row in history_for(cast.actor(who), cast.team_manual)["remarks"]]
        for who in ("ben", "cora")
    }

    assert {who: sorted(found) for who, found in bodies.items()} == {"ben": ["Held.", "Hm."], "cora": ["Hm."]}


def test_what_is_not_for_every_reader_stays_with_those_who_publish(told: dict[str, Any], cast: Cast) -> None:
    Manual.objects.filter(pk=cast.team_manual.pk).update(kind="organisation", team=None)
    manual = Manual.objects.get(pk=cast.team_manual.pk)
    notes = {
        who: {row["title"]: row["note"] for row in history_for(cast.actor(who), manual)["publications"]}
        for who in ("edie", "ben")
    }

    assert notes == {
        "edie": {"Winter": "Warmer.", "Spring": "Not yet told."}, "ben": {"Winter": "Warmer.", "Spring": ""},
    }  # fmt: skip
    assert {row["passed_from"] for row in history_for(cast.actor("edie"), manual)["remarks"]} == {None}
    assert {row["passed_from"] for row in told["remarks"]} > {None}


def test_what_is_gathered_comes_back_gathered_with_thanks_and_what_was_published(
    told: dict[str, Any], cast: Cast
) -> None:
    manual = _restored(told, cast)

    out, spring = manual.publications.order_by("-title")
    assert (out.note, out.published_by, spring.published_at) == ("Warmer.", cast.people["ben"], None)
    assert [(each.state, each.body) for each in spring.revisions.all()] == [("gathered", "Thrice.")]
    assert [(each.state, each.body) for each in out.revisions.all()] == [("agreed", "Ours, twice.")]
    assert Edition.objects.get(manual=manual, title="Green tea").credits == ["Elm House", ""]
    assert Remark.objects.get(manual=manual, body="Hm.").passed_from.body == "From elsewhere."
    stack = stack_now(manual)
    held = stack.titled("Green tea")
    assert Revision.objects.get(pk=held.revision_id).body == "Ours, twice.", "readers do not have it yet"


def test_steps_stay_out_of_the_history(told: dict[str, Any]) -> None:
    assert not [kind for kind in told if "step" in kind or "offer" in kind]
    assert "step" not in told["revisions"][0]


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
        _restored(told, cast)


def test_the_command_recognises_a_history(
    told: dict[str, Any], cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "h.json"
    assert main(["export", "street-manual", "--format", "json", str(file)]) == 0
    capsys.readouterr()

    assert main(["import", str(file), "--manual", "again", "--json"]) == 0

    counts = json.loads(capsys.readouterr().out)
    assert counts == {"pages": 2, "revisions": len(told["revisions"]), "remarks": 2, "attachments": 1, "left_out": 0}
    assert OldName.objects.filter(manual__slug="again").count() == 1
    assert main(["import", str(file), "--manual", "again"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err


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


_NEWER = {
    "manual": ("takes_suggestions", "contents_by", "root_tag"),
    "editions": ("credits", "position"),
    "revisions": ("copied_from", "publication", "base_inferred", "redone_from", "part", "remark", "pole", "fields"),
    "remarks": ("passed_from", "is_held", "from_name"),
}


def test_a_history_from_before_newer_columns_comes_in_with_what_a_new_row_has(told: dict[str, Any], cast: Cast) -> None:
    older = deepcopy(told)
    del older["publications"]
    for row in older["revisions"]:  # nothing was gathered then
        row["state"] = "draft" if row["state"] == "gathered" else row["state"]
    for kind, names in _NEWER.items():
        for row in [older[kind]] if kind == "manual" else older[kind]:
            for name in names:
                del row[name]

    found = checked(older)

    assert found.rows[Publication] == []
    assert {row["copied_from"] for row in found.rows[Revision]} == {None}
    assert [row["credits"] for row in found.rows[Edition]] == [[]] * len(told["editions"])
    assert {row["pole"] for row in found.rows[Revision]} == {""}
    assert {row["is_held"] for row in found.rows[Remark]} == {False}
    assert found.manual["contents_by"] == Manual._meta.get_field("contents_by").get_default()
    came = _restored(older, cast)
    assert Revision.objects.filter(edition__manual=came).count() == len(told["revisions"])


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
