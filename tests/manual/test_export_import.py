"""The whole history out and in again."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Cast
from tests.manual.history_made import elsewhere, history_out, restored, without_ids

from fieldcraft.cli import main
from fieldcraft.manual.actions.transfer.apply import file_of
from fieldcraft.manual.actions.transfer.checked import checked
from fieldcraft.manual.models import (
    Agreement,
    Attachment,
    Edition,
    Entry,
    Manual,
    OldName,
    Publication,
    Remark,
    Rendering,
    Revision,
)
from fieldcraft.manual.queries.export.history import history_for
from fieldcraft.manual.queries.resolve import stack_now
from fieldcraft.manual.queries.search import search


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
    again = history_out(restored(told, cast))

    assert without_ids(again) == without_ids(told)
    assert again["pages"][0]["id"] == told["pages"][0]["id"], "the core's page is the same page"
    ours = {row["id"] for row in told["revisions"]}
    assert ours.isdisjoint(row["id"] for row in again["revisions"])


def test_where_the_ids_are_free_it_is_the_very_same(told: dict[str, Any], cast: Cast) -> None:
    told = elsewhere(told)
    told["pages"] = [{**row, "of": None} for row in told["pages"]]
    told["inclusions"], told["remarks"] = [], [row for row in told["remarks"] if not row["is_held"]]
    for row in told["revisions"]:
        row["base"] = None
    for row in told["remarks"]:
        row["passed_from"] = None
    told["manual"] |= {"kind": "organisation", "team": None}
    told["manual"]["organisation"] = {"id": str(cast.organisation.pk), "name": cast.organisation.name}

    again = history_out(restored(told, cast))

    again["manual"]["slug"] = told["manual"]["slug"]
    assert again == told


def test_what_lies_below_is_not_here_its_text_is_kept(told: dict[str, Any], cast: Cast) -> None:
    manual = restored({**elsewhere(told), "inclusions": []}, cast)

    adapted = Edition.objects.get(manual=manual, standing="adapted")
    assert (adapted.current.body, adapted.current.base_id) == ("Cold.", None)
    assert adapted.page.manual_id == manual.pk
    assert (manual.kind, manual.audience, manual.team_id) == ("organisation", "organisation", None)
    assert Remark.objects.filter(manual=manual).count() == 1, "the other is on a text that is not here"


def test_it_reads_is_found_and_keeps_its_former_address(told: dict[str, Any], cast: Cast) -> None:
    stack = stack_now(restored(told, cast))

    assert stack.titled("Green tea").manual_id == stack.manual.pk
    assert stack.at("tea").title == "Green tea"
    assert [hit.held.title for hit in search([stack], "twice").hits] == ["Green tea"]
    assert Rendering.objects.filter(revision__edition__manual=stack.manual).count() == len(told["revisions"])
    assert Entry.objects.filter(manual=stack.manual).count() == 3


def test_people_who_are_not_here_go_on_being_named_and_cannot_sign_in(told: dict[str, Any], cast: Cast) -> None:
    told = elsewhere(told)

    manual = restored(told, cast)

    by = Revision.objects.filter(edition__manual=manual, by__isnull=False).first().by
    assert (by.name, by.is_active, by.has_usable_password()) == ("Ben", False, False)
    assert by.email.endswith("@elsewhere.invalid")


def test_files_come_with_it(told: dict[str, Any], cast: Cast) -> None:
    kept = Attachment.objects.get(manual=cast.team_manual)
    file_of(kept.sha256).unlink()

    manual = restored(told, cast)

    assert file_of(Attachment.objects.get(manual=manual).sha256).read_bytes().startswith(b"\x89PNG")
    assert file_of(kept.sha256).exists()


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
    manual = restored(told, cast)

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


def test_the_command_recognises_a_history(
    told: dict[str, Any], cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "h.json"
    assert main(["export", "street-manual", "--format", "json", str(file)]) == 0
    capsys.readouterr()

    assert main(["import", str(file), "--manual", "again", "--json"]) == 0

    counts = json.loads(capsys.readouterr().out)
    assert counts == {"pages": 2, "revisions": len(told["revisions"]), "remarks": 2, "attachments": 1, "left_out": []}
    assert OldName.objects.filter(manual__slug="again").count() == 1
    assert main(["import", str(file), "--manual", "again"]) == 1
    assert "Nothing was changed" in capsys.readouterr().err


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
    came = restored(older, cast)
    assert Revision.objects.filter(edition__manual=came).count() == len(told["revisions"])
