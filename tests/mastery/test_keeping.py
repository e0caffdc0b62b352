"""Taking all along, deleting with a receipt, and how long things are kept: complete, at once, and one's own alone."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, models
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.conftest import Cast
from tests.mastery.planted import fill
from tests.mastery.test_export import archived

from fieldcraft.mastery.actions.keeping import delete_compass, forget_what_is_past, is_receipt, keep_for, keep_promises
from fieldcraft.mastery.models import (
    Answer,
    CheckIn,
    Event,
    Obstacle,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    Retention,
    Safety,
    Share,
    ShareRead,
    Vision,
    VisionRevision,
)
from fieldcraft.mastery.queries.keeping import counts_of_going, months_ago
from fieldcraft.mastery.queries.kinds import KINDS, RETAINED, Period, things
from fieldcraft.people.models import Membership
from fieldcraft.rows import write_over_what_went

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORMAT_PAGE = Path(__file__).parents[2] / "docs/reference/compass-format.md"
OF_AN_ORGANISATION = {"OwnExercise", "Safety"}


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def _left(cast: Cast, name: str) -> list[str]:
    return [kind.key for kind in KINDS if things(cast.actor(name), kind).exists()]


def test_deleting_all_leaves_nothing_of_ones_own_and_everything_of_others(cast: Cast) -> None:
    words = fill(cast)
    fill(cast, "ana")
    client = as_(cast, "ben")

    look = client.get("/compass/delete/sure/?what=all").content.decode()
    assert _left(cast, "ben"), "looking deletes nothing"
    done = client.post("/compass/delete/sure/", {"what": "all"})

    assert all(f"{kind.label}: 1" in look for kind in KINDS)
    assert all(f"{kind.label}: 1" in done.content.decode() for kind in KINDS)
    assert _left(cast, "ben") == []
    assert _left(cast, "ana") == [kind.key for kind in KINDS]
    assert [word for word in words.values() if word in _database()] == []


def test_what_was_deleted_is_written_over_at_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        delete_compass(actor=cast.actor("ben"), period=None)

    assert calls == [write_over_what_went]


def _database() -> str:
    """All that stands in any table, as text."""
    with connection.cursor() as cursor:
        said = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            said.append(repr(cursor.fetchall()))
    return "".join(said).lower()


def _at(model: type[models.Model], moment: str, when: datetime) -> None:
    model._default_manager.update(**{moment: when})


def test_a_period_takes_what_was_written_in_it_with_all_that_hangs_on_it(cast: Cast) -> None:
    ben = cast.people["ben"]
    old, new = (Vision.objects.create(owner=ben, picture=picture) for picture in ("Old.", "New."))
    for vision in (old, new):
        RealityNote.objects.create(owner=ben, vision=vision, seen="Today.")
        share = Share.objects.create(
            owner=ben, reader=cast.people["ana"], kind="vision", thing=vision.pk, until=timezone.localdate()
        )
        ShareRead.objects.create(share=share)
    Obstacle.objects.create(owner=ben, vision=old, text="It stays, beside no vision.")
    Vision.objects.filter(pk=old.pk).update(made_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))

    period = Period(date(2026, 3, 1), timezone.localtime(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)).date())
    counts = counts_of_going(cast.actor("ben"), period)
    gone = delete_compass(actor=cast.actor("ben"), period=period)

    assert counts == list(gone.counts)
    assert [(str(each.label), each.number) for each in counts] == [
        ("Visions", 1),
        ("Notes of what was so", 1),
        ("Things you let somebody read", 1),
        ("Times that somebody looked", 1),
    ]
    assert Vision.objects.get() == new
    assert RealityNote.objects.get().vision == new
    assert Share.objects.get().thing == new.pk
    assert ShareRead.objects.count() == 1
    assert Obstacle.objects.get().vision is None


@pytest.mark.parametrize("asked", ["", "?what=period", "?what=period&first=2026-03-02&last=2026-03-01", "?what=most"])
def test_a_period_without_its_days_is_asked_again(cast: Cast, asked: str) -> None:
    assert as_(cast, "ben").get(f"/compass/delete/sure/{asked}").status_code == 400


def test_a_receipt_proves_itself_and_only_itself_and_is_kept_nowhere(cast: Cast) -> None:
    fill(cast)
    client = as_(cast, "ben")
    done = client.post("/compass/delete/sure/", {"what": "all"})
    receipt = done.context["gone"].receipt

    assert "Visions: 1" in receipt
    assert str(cast.people["ben"].pk) in receipt
    assert is_receipt(receipt)
    assert is_receipt("  " + receipt.replace("\n", "\r\n") + " ")
    assert not is_receipt(receipt.replace("Visions: 1", "Visions: 9"))
    assert not is_receipt("Signature: none")
    assert client.post("/compass/receipt/", {"receipt": receipt}).context["is_ours"] is True
    assert client.post("/compass/receipt/", {"receipt": "No."}).context["is_ours"] is False
    saved = client.post("/compass/receipt/file/", {"receipt": receipt})
    assert is_receipt(saved.content.decode())
    assert saved["Content-Disposition"].startswith("attachment")
    assert client.post("/compass/receipt/file/", {"receipt": "No."}).status_code == 302
    assert receipt.rpartition("Signature: ")[2].strip().lower() not in _database()


def test_a_month_before_is_the_same_day_or_a_shorter_months_last() -> None:
    assert months_ago(datetime(2026, 5, 31), 3) == datetime(2026, 2, 28)
    assert months_ago(datetime(2026, 1, 15), 24) == datetime(2024, 1, 15)


LONG_AGO = timezone.now() - timedelta(days=400)


def _old(cast: Cast) -> None:
    """One of each that a rule can let go, over and old; and one of each that is held still, as old."""
    ben = cast.people["ben"]
    Purpose.objects.create(owner=ben, sentence="Earlier.", ended_at=LONG_AGO)
    Purpose.objects.create(owner=ben, sentence="Now.")
    gone = Vision.objects.create(owner=ben, picture="Let go.", hold="let_go")
    lately = Vision.objects.create(owner=ben, picture="Let go lately.", hold="let_go")
    VisionRevision.objects.create(owner=ben, vision=gone, before="a", kind="let_go")
    _at(VisionRevision, "at", LONG_AGO)
    VisionRevision.objects.create(owner=ben, vision=lately, before="a", kind="let_go")
    Vision.objects.create(owner=ben, picture="Held.", hold="held")
    _at(Vision, "made_at", LONG_AGO)
    Obstacle.objects.create(owner=ben, text="Gone.", gone_at=LONG_AGO)
    Obstacle.objects.create(owner=ben, text="There.")
    _at(Obstacle, "made_at", LONG_AGO)
    PracticeNote.objects.create(owner=ben, happened="Old.")
    Reflection.objects.create(owner=ben)
    Reflection.objects.create(owner=ben, wakes_on=timezone.localdate() + timedelta(days=9))
    _at(PracticeNote, "made_at", LONG_AGO)
    _at(Reflection, "made_at", LONG_AGO)
    PracticeNote.objects.create(owner=ben, happened="New.")
    Event.objects.create(owner=ben, on=LONG_AGO.date(), words="x")
    checkin = CheckIn.objects.create(owner=ben, pack="own-week", pack_version=1, week=LONG_AGO.date())
    Answer.objects.create(owner=ben, checkin=checkin, item="better", value=3)
    Share.objects.create(
        owner=ben, reader=cast.people["ana"], kind="vision", thing=lately.pk, until=LONG_AGO.date()
    )  # over
    note = PracticeNote.objects.get(happened="Old.")
    Share.objects.create(
        owner=ben, reader=cast.people["ana"], kind="practicenote", thing=note.pk, until=timezone.localdate()
    )


def _state() -> dict[str, int]:
    return {kind.key: kind.model._default_manager.count() for kind in KINDS}


KEPT = {
    "purpose": 1,
    "vision": 2,
    "visionrevision": 1,
    "obstacle": 1,
    "practicenote": 1,
    "reflection": 1,
    "retention": len(RETAINED),
}


def test_what_a_rule_says_goes_and_what_is_held_stays_twice_the_same(cast: Cast) -> None:
    _old(cast)
    before = _state()
    keep_for(actor=cast.actor("ana"), months=dict.fromkeys(RETAINED, 3))
    Retention.objects.all().delete()
    forget_what_is_past(actor=cast.actor("ben"))
    keep_promises()
    assert _state() == before, "without a rule of one's own nothing goes"

    keep_for(actor=cast.actor("ben"), months=dict.fromkeys(RETAINED, 12))
    after = _state()
    keep_promises()

    assert {key: number for key, number in after.items() if number} == KEPT
    assert _state() == after


def test_rules_are_kept_for_every_person_each_day_and_when_the_compass_opens(cast: Cast) -> None:
    for name in ("ben", "ana"):
        PracticeNote.objects.create(owner=cast.people[name], happened="Old.")
        Retention.objects.create(owner=cast.people[name], kind="practicenote", months=6)
    _at(PracticeNote, "made_at", LONG_AGO)

    as_(cast, "ben").get("/compass/")
    assert PracticeNote.objects.get().owner == cast.people["ana"]
    keep_promises()

    assert not PracticeNote.objects.exists()


def test_what_a_new_rule_would_take_at_once_is_shown_before_it_goes(cast: Cast) -> None:
    _old(cast)
    client, sent = as_(cast, "ben"), {"practicenote": "12"}

    asked = client.post("/compass/keeping/", sent).content.decode()
    assert "Notes of what happened: 1" in asked
    assert (PracticeNote.objects.count(), Retention.objects.count()) == (2, 0)
    assert client.post("/compass/keeping/", {**sent, "sure": "yes"}).status_code == 302

    assert PracticeNote.objects.get().happened == "New."
    assert client.get("/compass/keeping/").context["form"]["practicenote"].value() == 12
    assert client.post("/compass/keeping/", {}).status_code == 302
    assert not Retention.objects.exists()
    assert client.post("/compass/keeping/", {"practicenote": "7"}).status_code == 400


def test_whoever_left_takes_their_compass_along_or_deletes_it(cast: Cast) -> None:
    words = fill(cast)
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())
    client = as_(cast, "ben")

    assert "/compass/export/" in client.get("/compass/").content.decode()
    page, _rows = archived(client.get("/compass/export/file/").content)
    assert words["vision.picture"] in page
    assert client.post("/compass/delete/sure/", {"what": "all"}).status_code == 200
    assert _left(cast, "ben") == []
    assert client.get("/compass/export/").status_code == 403, "nothing is left, and the compass is closed"


def test_what_is_ones_own_is_open_where_the_organisation_says_nothing(cast: Cast) -> None:
    fill(cast)
    Safety.objects.all().delete()

    assert as_(cast, "ben").get("/compass/").status_code == 403
    assert as_(cast, "ben").get("/compass/export/file/").status_code == 200
    assert as_(cast, "ana").get("/compass/export/file/").status_code == 403
