"""Taking a compass along: every kind, every column, every word, quickly."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import Cast
from tests.mastery.planted import fill

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.mastery.models import Answer, CheckIn, PracticeNote, RealityNote, Reflection, Share, Vision
from fieldcraft.mastery.queries.export.book import LABELS, UNSAID, compass_book
from fieldcraft.mastery.queries.export.rows import compass_json, compass_of
from fieldcraft.mastery.queries.kinds import KINDS
from fieldcraft.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORMAT_PAGE = Path(__file__).parents[2] / "docs/reference/compass-format.md"
OF_AN_ORGANISATION = {"OwnExercise", "Safety", "SwitchedOff"}


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def _own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_app_config("mastery").get_models():
        if model.__name__ not in OF_AN_ORGANISATION:
            yield model


def test_every_model_of_a_compass_is_a_kind_that_export_and_deletion_know() -> None:
    assert {kind.model for kind in KINDS} == set(_own_models())
    for kind in KINDS:
        names = {field.name for field in kind.model._meta.concrete_fields}
        taken = {
            field.name
            for field in kind.model._meta.concrete_fields
            if field.is_relation and field.remote_field.on_delete is models.CASCADE and field.name != "owner"
        } - {"reader"}
        assert taken == set(kind.goes_with), kind.key
        assert "owner" in names or kind.goes_with == ("share",)
        assert not kind.moment or kind.moment in names
        assert names <= set(LABELS) | UNSAID, f"{kind.key}: say in the export's LABELS what a column is called"


def test_the_format_is_described_column_by_column() -> None:
    page = FORMAT_PAGE.read_text(encoding="utf-8")

    for kind in KINDS:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{kind.list_name}`")]
        missing = [field.name for field in kind.model._meta.concrete_fields if f"`{field.name}`" not in line]
        assert missing == [], f"{kind.list_name}: describe these in {FORMAT_PAGE.name}"


def archived(content: bytes) -> tuple[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == ["README.txt", "compass.html", "compass.json", "said.json", "unnamed.json"]
        return archive.read("compass.html").decode(), json.loads(archive.read("compass.json"))


def test_an_export_holds_every_column_and_its_page_every_word(cast: Cast) -> None:
    words = fill(cast)
    others = fill(cast, "ana")

    answer = as_(cast, "ben").get("/compass/export/file/")
    page, rows = archived(answer.content)

    assert rows["format"] == "fieldcraft-compass/1"
    for kind in KINDS:
        (row,) = rows[kind.list_name]
        assert set(row) == {field.name for field in kind.model._meta.concrete_fields}
    assert [name for name, word in words.items() if word not in json.dumps(rows)] == []
    assert [name for name, word in words.items() if word not in page] == []
    assert [name for name, word in others.items() if word in page + json.dumps(rows)] == []
    assert "<script src" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith("attachment")


def test_pages_are_cited_by_their_title_and_questions_in_their_words(cast: Cast) -> None:
    page = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("The two-visit rule", "Go twice."))
    ben = cast.people["ben"]
    PracticeNote.objects.create(owner=ben, manual=cast.core, page=page.edition.page, revision=page, happened="It held.")
    checkin = CheckIn.objects.create(owner=ben, pack="own-week", pack_version=1, week=date(2026, 3, 2))
    Answer.objects.create(owner=ben, checkin=checkin, item="better", value=5)
    Share.objects.create(owner=ben, reader=cast.people["ana"], kind="vision", thing=checkin.pk, until=date(2026, 3, 2))

    compass = compass_of(cast.actor("ben"))
    said, rows = compass_book(compass).decode(), json.loads(compass_json(compass))

    for words in ("The two-visit rule", "I got a little better at something.", "Ana"):
        assert words in said
    assert {"The two-visit rule", "Core"} == {each["title"] for each in rows["cited"]}
    assert rows["readers"] == [{"id": str(cast.people["ana"].pk), "name": "Ana"}]


def test_an_export_of_a_compass_without_an_entry_is_a_file_too(cast: Cast) -> None:
    page, rows = archived(as_(cast, "ben").get("/compass/export/file/").content)

    assert "Ben" in page
    assert [rows[kind.list_name] for kind in KINDS] == [[] for _ in KINDS]


def _five_years(person: Person) -> None:
    vision = Vision.objects.create(owner=person, picture="Families ring us early.")
    long = "We stood at the door and waited, and then somebody came. " * 12
    PracticeNote.objects.bulk_create(PracticeNote(owner=person, happened=long, hunch=long) for _ in range(1000))
    RealityNote.objects.bulk_create(RealityNote(owner=person, vision=vision, seen=long) for _ in range(250))
    Reflection.objects.bulk_create(Reflection(owner=person, answers=[["Why?", long]]) for _ in range(250))
    weeks = [
        CheckIn(owner=person, pack="own-week", pack_version=1, week=date(2021, 1, 4) + timedelta(weeks=week), line=long)
        for week in range(260)
    ]
    CheckIn.objects.bulk_create(weeks)
    items = ("purpose", "influence", "same_anyway", "better", "reachable", "own_sake")
    Answer.objects.bulk_create(
        Answer(owner=person, checkin=week, item=item, value=4) for week in weeks for item in items
    )


def test_five_years_are_exported_within_five_seconds_and_in_as_many_queries_as_one_day(cast: Cast) -> None:
    client = as_(cast, "ben")
    with CaptureQueriesContext(connection) as few:
        client.get("/compass/export/file/")
    _five_years(cast.people["ben"])

    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as many:
        answer = client.get("/compass/export/file/")

    assert answer.status_code == 200
    assert time.perf_counter() - begun < 5
    assert len(many) == len(few)
