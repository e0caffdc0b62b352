"""Sharing one thing with one person until a date: who reads it, what exactly, and that it ends."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.mastery.actions.keeping import keep_promises
from fieldcraft.mastery.actions.shares import look_at_shared, share_thing, withdraw_share
from fieldcraft.mastery.models import (
    Obstacle,
    Practice,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    Safety,
    Share,
    ShareRead,
    Vision,
)
from fieldcraft.mastery.queries.kinds import SHAREABLE
from fieldcraft.mastery.queries.shares import (
    my_share,
    my_shares,
    people_to_choose,
    shared_with_me,
    thing_of_mine,
)
from fieldcraft.mastery.queries.shown import as_shown
from fieldcraft.people.models import Membership

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRETS = ("secretly", "inwardly")


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


@pytest.fixture
def vision(cast: Cast) -> Vision:
    """Ben's, with what is so now beside it and something in its way."""
    made = Vision.objects.create(owner=cast.people["ben"], picture="Families ring us early.", brings=["Calm."])
    RealityNote.objects.create(owner=cast.people["ben"], vision=made, seen="Nobody rang secretly.", story="inwardly")
    Obstacle.objects.create(owner=cast.people["ben"], vision=made, text="It cannot be reached secretly.")
    return made


def shared(cast: Cast, thing: Any, reader: str = "ana", days: int = 14, by: str = "ben") -> Share:
    kind = thing._meta.model_name
    return share_thing(
        actor=cast.actor(by),
        kind=kind,
        thing_id=thing.pk,
        reader_id=cast.people[reader].pk,
        until=timezone.localdate() + timedelta(days=days),
        seen=as_shown(thing).mark,
    )


def looks(share: Share) -> int:
    return ShareRead.objects.filter(share=share).count()


def test_the_reader_sees_what_the_owner_looked_at_before_and_nothing_that_hangs_on_it(
    cast: Cast, vision: Vision
) -> None:
    before = as_(cast, "ben").get(f"/compass/share/vision/{vision.pk}/").content.decode()
    share = shared(cast, vision)

    answer = as_(cast, "ana").post(f"/compass/shared/{share.pk}/").content.decode()

    for text in ("Families ring us early.", "Calm."):
        assert text in before
        assert text in answer
    assert [secret for secret in SECRETS if secret in before + answer] == []


def test_a_vision_is_shared_beside_what_is_so_now_by_sharing_that_note(cast: Cast, vision: Vision) -> None:
    note = RealityNote.objects.get()
    share = shared(cast, note)
    RealityNote.objects.create(owner=cast.people["ben"], vision=vision, seen="A later day, mine alone.")

    _share, shown = look_at_shared(actor=cast.actor("ana"), share_id=share.pk)

    said = [text for _label, text in shown.parts]
    assert said == ["Families ring us early.", "Nobody rang secretly.", "inwardly"]


def test_every_kind_that_can_be_shared_says_what_it_is(cast: Cast, vision: Vision) -> None:
    ben = cast.people["ben"]
    made = [
        Purpose.objects.create(owner=ben, sentence="That nobody is given up on."),
        vision,
        RealityNote.objects.get(),
        Obstacle.objects.get(),
        Practice.objects.create(owner=ben, what="Ask at handover."),
        PracticeNote.objects.create(owner=ben, happened="She laughed.", hunch="Wait."),
        Reflection.objects.create(owner=ben, answers=[["What was heavy?", "The door."]]),
    ]
    for thing in made:
        shared(cast, thing)

    assert {thing._meta.model_name for thing in made} == set(SHAREABLE)
    assert all(letter.what for letter in shared_with_me(cast.actor("ana")))
    assert all(own.begins or own.share.kind == "reflection" for own in my_shares(cast.actor("ben")))
    assert all(as_shown(thing).parts for thing in made)


def test_what_is_put_away_is_not_shared_before_it_came_back(cast: Cast) -> None:
    asleep = Reflection.objects.create(
        owner=cast.people["ben"], answers=[["", "A question."]], wakes_on=timezone.localdate()
    )

    with pytest.raises(Invalid):
        as_shown(asleep)
    assert as_(cast, "ben").get(f"/compass/share/reflection/{asleep.pk}/").status_code == 400


def test_what_changed_since_the_look_is_not_shared(cast: Cast, vision: Vision) -> None:
    seen = as_shown(vision).mark
    Vision.objects.update(picture="Something else.")
    sent = {"reader": str(cast.people["ana"].pk), "until": str(timezone.localdate()), "seen": seen}

    answer = as_(cast, "ben").post(f"/compass/share/vision/{vision.pk}/", sent)

    assert answer.status_code == 409
    assert "Something else." in answer.content.decode()
    assert answer.context["form"]["seen"].value() == as_shown(Vision.objects.get()).mark
    assert not Share.objects.exists()
    with pytest.raises(Stale):
        share_thing(
            actor=cast.actor("ben"),
            kind="vision",
            thing_id=vision.pk,
            reader_id=cast.people["ana"].pk,
            until=timezone.localdate(),
            seen=seen,
        )


def test_one_looks_first_and_shares_then_by_the_plain_form(cast: Cast, vision: Vision) -> None:
    client, there = as_(cast, "ben"), f"/compass/share/vision/{vision.pk}/"
    form = client.get(there).context["form"]
    sent = {"reader": str(cast.people["ana"].pk), "until": f"{form['until'].value()}", "seen": form["seen"].value()}

    assert form["until"].value() == timezone.localdate() + timedelta(days=14)
    assert client.post(there, {**sent, "reader": ""}).status_code == 400
    assert client.post(there, {**sent, "reader": str(cast.people["cleo"].pk)}).status_code == 400
    assert client.post(there, {**sent, "until": str(timezone.localdate() + timedelta(days=200))}).status_code == 400
    assert client.post(there, sent).status_code == 302
    assert "Ana" in client.get("/compass/shares/").content.decode()


@pytest.mark.parametrize("days", [-1, 184])
def test_a_share_ends_within_six_months_and_begins_no_earlier_than_today(cast: Cast, vision: Vision, days: int) -> None:
    with pytest.raises(Invalid):
        shared(cast, vision, days=days)


def test_only_people_of_ones_own_organisations_can_be_chosen_each_once(cast: Cast, vision: Vision) -> None:
    Membership.objects.create(organisation=cast.organisation, team=cast.team, person=cast.people["cora"], role="member")
    groups = people_to_choose(cast.actor("ben"))

    assert [(name, [person.name for person in people]) for name, people in groups] == [
        ("Street", ["Ana", "Cora"]),
        ("Harbour Trust", ["Ada", "Edie"]),
    ]
    with pytest.raises(Invalid):
        shared(cast, vision, reader="cleo")
    with pytest.raises(Invalid):
        shared(cast, vision, reader="ben")


def test_nobody_shares_what_is_another_persons(cast: Cast, vision: Vision) -> None:
    for name in ("ana", "ada", "cora"):
        assert as_(cast, name).get(f"/compass/share/vision/{vision.pk}/").status_code == 404
        with pytest.raises(NotFound):
            thing_of_mine(cast.actor(name), "vision", vision.pk)
    assert as_(cast, "ben").get(f"/compass/share/checkin/{uuid4()}/").status_code == 404
    assert as_(cast, "ben").get(f"/compass/share/vision/{uuid4()}/").status_code == 404


def test_each_look_is_kept_for_its_owner_and_none_without_the_button(cast: Cast, vision: Vision) -> None:
    share = shared(cast, vision)
    ana, there = as_(cast, "ana"), f"/compass/shared/{share.pk}/"

    before = ana.get(there).content.decode()
    assert looks(share) == 0
    assert "Ben" in before
    assert "sees each time you look" in before
    assert vision.picture not in before + ana.get("/compass/shared/").content.decode()
    ana.post(there)
    ana.post(there)

    assert looks(share) == 2
    assert len(my_share(cast.actor("ben"), share.pk).looks) == 2
    assert as_(cast, "ana").get(f"/compass/shares/{share.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["edie", "ada", "cora", "cleo", "ben"])
def test_nobody_but_its_reader_opens_a_share(cast: Cast, vision: Vision, name: str) -> None:
    share = shared(cast, vision)

    for answer in (
        as_(cast, name).get(f"/compass/shared/{share.pk}/"),
        as_(cast, name).post(f"/compass/shared/{share.pk}/"),
    ):
        assert answer.status_code == 404
        assert vision.picture not in answer.content.decode()
    assert looks(share) == 0


def _withdraw(cast: Cast, share: Share) -> None:
    withdraw_share(actor=cast.actor("ben"), share=share)


def _run_out(cast: Cast, share: Share) -> None:
    Share.objects.update(until=timezone.localdate() - timedelta(days=1))


def _leave(cast: Cast, share: Share) -> None:
    Membership.objects.filter(person=cast.people["ana"]).update(ended_at=timezone.now())


def _leave_oneself(cast: Cast, share: Share) -> None:
    Membership.objects.filter(person=cast.people["ben"]).update(ended_at=timezone.now())


def _delete(cast: Cast, share: Share) -> None:
    Vision.objects.all().delete()


def _end_account(cast: Cast, share: Share) -> None:
    cast.people["ben"].is_active = False
    cast.people["ben"].save()


@pytest.mark.parametrize("end", [_withdraw, _run_out, _leave, _leave_oneself, _delete, _end_account])
def test_a_share_ends(cast: Cast, vision: Vision, end: Any) -> None:
    share = shared(cast, vision)
    assert shared_with_me(cast.actor("ana"))

    end(cast, share)

    assert shared_with_me(cast.actor("ana")) == []
    assert as_(cast, "ana").get(f"/compass/shared/{share.pk}/").status_code == 404
    assert as_(cast, "ana").post(f"/compass/shared/{share.pk}/").status_code == 404
    assert not any(own.is_open for own in my_shares(cast.actor("ben")))


def test_it_stays_ended_when_those_who_parted_meet_again(cast: Cast, vision: Vision) -> None:
    shared(cast, vision)
    _leave(cast, Share.objects.get())
    keep_promises()
    Membership.objects.filter(person=cast.people["ana"]).update(ended_at=None)

    assert shared_with_me(cast.actor("ana")) == []


def test_taking_back_is_the_owners_alone(cast: Cast, vision: Vision) -> None:
    share = shared(cast, vision)

    assert as_(cast, "ana").post(f"/compass/shares/{share.pk}/withdraw/").status_code == 404
    assert as_(cast, "ben").post(f"/compass/shares/{share.pk}/withdraw/").status_code == 302
    assert Share.objects.get().withdrawn_at is not None


def test_sharing_once_more_moves_the_date(cast: Cast, vision: Vision) -> None:
    shared(cast, vision, days=3)
    shared(cast, vision, days=9)

    assert Share.objects.get().until == timezone.localdate() + timedelta(days=9)


def test_a_reader_whose_own_compass_is_closed_reads_all_the_same(cast: Cast, vision: Vision) -> None:
    share = shared(cast, vision)
    Safety.objects.all().delete()
    ana = as_(cast, "ana")

    assert ana.get("/compass/").status_code == 403
    assert "/compass/shared/" in ana.get("/compass/").content.decode()
    assert vision.picture in ana.post(f"/compass/shared/{share.pk}/").content.decode()
