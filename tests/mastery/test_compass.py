"""Purpose, vision, now and the band: what is kept, what is refused, what one's own changes look like in a sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit.models import Event as AuditEvent
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.mastery.actions import compass as act
from fieldcraft.mastery.models import (
    Change,
    Hold,
    Obstacle,
    Purpose,
    RealityNote,
    Share,
    TensionMark,
    Vision,
    VisionRevision,
    Why,
    Wish,
)
from fieldcraft.mastery.queries.compass.own import own, stamp
from fieldcraft.mastery.queries.compass.visions import (
    beside_now,
    brings_of,
    changes,
    open_visions,
    pattern,
    purpose_now,
    purposes,
)
from fieldcraft.people.access import ANYONE

PICTURE = "A family calls us before it breaks."


@pytest.fixture
def vision(cast: Cast) -> Vision:
    return act.begin_vision(actor=cast.actor("ben"), picture=PICTURE)


def changed(cast: Cast, vision: Vision, kind: Change, picture: str = "", why: str = "") -> VisionRevision:
    vision.refresh_from_db()
    return act.change_vision(
        actor=cast.actor("ben"),
        vision=vision,
        changed=act.Changed(kind, picture, why),
        based_on=stamp(vision, "picture"),
    )


# Purpose


def test_a_new_purpose_takes_the_place_of_the_former_which_is_kept(cast: Cast) -> None:
    ben = cast.actor("ben")
    act.begin_purpose(actor=ben, sentence="That nobody is given up on")
    act.begin_purpose(actor=ben, sentence=" That people\n are heard ")

    assert [each.sentence for each in purposes(ben)] == ["That people are heard", "That nobody is given up on"]
    assert purpose_now(ben) == purposes(ben)[0]


def test_a_purpose_said_better_takes_its_visions_along_and_another_one_does_not(cast: Cast) -> None:
    ben = cast.actor("ben")
    first = act.begin_purpose(actor=ben, sentence="That nobody is given up on")
    vision = act.begin_vision(actor=ben, picture=PICTURE)
    assert vision.serves == first

    second = act.reword_purpose(actor=ben, purpose=first, sentence="That no one is given up on")
    vision.refresh_from_db()
    assert vision.serves == second

    act.begin_purpose(actor=ben, sentence="That people laugh at work")
    vision.refresh_from_db()
    assert vision.serves == second


def test_a_purpose_rests_and_is_taken_up_again(cast: Cast) -> None:
    ben = cast.actor("ben")
    first = act.begin_purpose(actor=ben, sentence="One")
    act.rest_purpose(actor=ben, purpose=first)
    assert purpose_now(ben) is None

    act.begin_purpose(actor=ben, sentence="Two")
    act.take_up_purpose(actor=ben, purpose=first)

    assert purpose_now(ben) == first
    assert rows_of(Purpose) == 2


def rows_of(model: Any) -> int:
    return int(model.objects.count())


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_nothing_is_no_purpose_and_no_picture(cast: Cast, words: str) -> None:
    with pytest.raises(Invalid):
        act.begin_purpose(actor=cast.actor("ben"), sentence=words)
    with pytest.raises(Invalid):
        act.begin_vision(actor=cast.actor("ben"), picture=words)


def test_nobody_in_particular_has_no_compass(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        act.begin_vision(actor=ANYONE, picture=PICTURE)


# Vision


def test_a_vision_is_still_forming_until_its_owner_says_otherwise(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    assert vision.hold == Hold.FORMING

    act.hold_vision(actor=ben, vision=vision, hold=Hold.HELD)
    assert list(open_visions(ben)) == [vision]
    act.hold_vision(actor=ben, vision=vision, hold=Hold.RESTING)
    assert list(open_visions(ben)) == []


def test_up_to_five_steps_lead_to_one_wish(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    for number in range(5):
        vision.refresh_from_db()
        based_on = stamp(vision, "brings")
        act.add_bring(actor=ben, vision=vision, words=f"step {number}", is_wish=number == 4, based_on=based_on)
    vision.refresh_from_db()
    assert [(each.words, each.is_wish) for each in brings_of(vision)][-2:] == [("step 3", False), ("step 4", True)]
    assert vision.wish == Wish.MEANS

    with pytest.raises(Invalid):
        act.add_bring(actor=ben, vision=vision, words="six", is_wish=False, based_on=stamp(vision, "brings"))
    act.mark_wish(actor=ben, vision=vision, step=1, based_on=stamp(vision, "brings"))
    vision.refresh_from_db()

    assert [each.words for each in brings_of(vision) if each.is_wish] == ["step 1"]
    act.take_last_bring_out(actor=ben, vision=vision, based_on=stamp(vision, "brings"))
    vision.refresh_from_db()
    assert len(brings_of(vision)) == 4


def test_an_answer_that_another_device_changed_meanwhile_is_not_overwritten(cast: Cast, vision: Vision) -> None:
    ben, read = cast.actor("ben"), stamp(vision, "organisation_could")
    act.say_of_vision(actor=ben, vision=vision, based_on=read, organisation_could="A second phone.")

    with pytest.raises(Stale):
        act.say_of_vision(actor=ben, vision=vision, based_on=read, organisation_could="A car.")

    vision.refresh_from_db()
    assert vision.organisation_could == "A second phone."


def test_a_vision_serves_only_one_s_own_purpose(cast: Cast, vision: Vision) -> None:
    anas = act.begin_purpose(actor=cast.actor("ana"), sentence="Ana's")

    with pytest.raises(Invalid):
        act.say_of_vision(actor=cast.actor("ben"), vision=vision, based_on=stamp(vision, "serves"), serves=anas)


def test_a_change_keeps_the_picture_before_with_what_and_why(cast: Cast, vision: Vision) -> None:
    made = changed(cast, vision, Change.CLEARER, "A mother calls us on a Tuesday.", Why.LEARNT)

    vision.refresh_from_db()
    assert vision.picture == "A mother calls us on a Tuesday."
    assert (made.before, made.after, made.kind, made.why) == (PICTURE, vision.picture, "clearer", "learnt")


def test_a_picture_that_is_as_it_was_is_no_change(cast: Cast, vision: Vision) -> None:
    with pytest.raises(Invalid):
        changed(cast, vision, Change.LARGER, PICTURE)


def test_letting_go_keeps_the_picture_and_it_can_be_taken_up_again(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    with pytest.raises(Invalid):
        act.hold_vision(actor=ben, vision=vision, hold=Hold.LET_GO)
    changed(cast, vision, Change.LET_GO, why=Why.NEVER_MINE)

    vision.refresh_from_db()
    assert (vision.hold, vision.picture) == (Hold.LET_GO, PICTURE)
    act.hold_vision(actor=ben, vision=vision, hold=Hold.FORMING)
    assert list(open_visions(ben)) == [vision]


def test_the_third_change_shows_the_person_their_own_changes_in_one_sentence(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    changed(cast, vision, Change.CLEARER, "Two.", Why.LEARNT)
    changed(cast, vision, Change.SMALLER, "Three.", Why.HURT)
    assert pattern(list(changes(ben, vision))) == ""

    changed(cast, vision, Change.SMALLER, "Four.")

    assert pattern(list(changes(ben, vision))) == (
        "So far you have made this picture, one after the other: clearer (“I learnt something”), smaller (“It hurt to hold”), smaller."
    )


# Now, and the band


def test_the_latest_of_many_notes_stands_beside_each_vision(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    other = act.begin_vision(actor=ben, picture="Another.")
    old = act.keep_now(actor=ben, vision=vision, seen=act.Seen("They called late."))
    act.keep_now(actor=ben, vision=vision, seen=act.Seen("They called.", "They trust us.", "If they never call."))
    RealityNote.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=3))

    found = beside_now(ben, [vision, other])

    assert [each.now.seen if each.now else "" for each in found] == ["They called.", ""]


def test_correcting_a_note_refuses_what_it_was_not_based_on(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    note = act.keep_now(actor=ben, vision=vision, seen=act.Seen("They called late."))
    read = stamp(note, "seen", "story", "would_show_me_wrong")
    act.correct_now(actor=ben, note=note, seen=act.Seen("They called at nine."), based_on=read)

    with pytest.raises(Stale):
        act.correct_now(actor=ben, note=note, seen=act.Seen("At ten."), based_on=read)


def test_an_end_moves_by_steps_to_the_edge_and_never_past_the_other(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    for _step in range(12):
        band = act.move_end(actor=ben, vision=vision, end="now", way="closer")
    assert (band.vision_place, band.now_place) == (7, 6)

    for _step in range(12):
        act.move_end(actor=ben, vision=vision, end="now", way="further")
        band = act.move_end(actor=ben, vision=vision, end="vision", way="further")
    assert (band.vision_place, band.now_place, band.distance) == (10, 1, 9)


def test_of_one_day_the_last_place_is_kept_and_of_other_days_each(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    act.move_end(actor=ben, vision=vision, end="vision", way="further")
    TensionMark.objects.update(at=timezone.now() - timedelta(days=2))
    act.move_end(actor=ben, vision=vision, end="vision", way="further")
    act.move_end(actor=ben, vision=vision, end="vision", way="closer")

    assert list(TensionMark.objects.order_by("at").values_list("vision_place", flat=True)) == [8, 8]


@pytest.mark.parametrize(("end", "way"), [("", ""), ("vision", "up"), ("purpose", "closer")])
def test_only_the_buttons_move_the_band(cast: Cast, vision: Vision, end: str, way: str) -> None:
    with pytest.raises(Invalid):
        act.move_end(actor=cast.actor("ben"), vision=vision, end=end, way=way)


# Whose it is, and deleting


def test_whoever_it_does_not_belong_to_can_do_nothing_to_it(cast: Cast, vision: Vision) -> None:
    ana = cast.actor("ana")
    tried: list[Any] = [
        lambda: own(ana, Vision, vision.pk),
        lambda: act.hold_vision(actor=ana, vision=vision, hold=Hold.HELD),
        lambda: act.keep_now(actor=ana, vision=vision, seen=act.Seen("x")),
        lambda: act.move_end(actor=ana, vision=vision, end="now", way="closer"),
        lambda: act.add_bring(actor=ana, vision=vision, words="x", is_wish=False, based_on=stamp(vision, "brings")),
        lambda: act.delete_thing(actor=ana, thing=vision),
    ]

    for each in tried:
        with pytest.raises(NotFound):
            each()
    assert rows_of(Vision) == 1


def test_a_deleted_vision_takes_its_own_along_and_leaves_the_rest(cast: Cast, vision: Vision) -> None:
    ben = cast.actor("ben")
    note = act.keep_now(actor=ben, vision=vision, seen=act.Seen("x"))
    act.move_end(actor=ben, vision=vision, end="now", way="closer")
    changed(cast, vision, Change.LARGER, "Larger.")
    Obstacle.objects.create(owner_id=ben.person_id, vision=vision, text="In the way.")
    until = timezone.localdate() + timedelta(days=7)
    for kind, thing in (("vision", vision.pk), ("realitynote", note.pk)):
        extra = {"organisation": cast.organisation} if hasattr(Share, "organisation") else {}
        Share.objects.create(
            owner=cast.people["ben"], reader=cast.people["ana"], kind=kind, thing=thing, until=until, **extra
        )

    act.delete_thing(actor=ben, thing=vision)

    gone = (Vision, RealityNote, TensionMark, VisionRevision, Share)
    assert [rows_of(model) for model in gone] == [0, 0, 0, 0, 0]
    assert Obstacle.objects.get().vision is None


def test_nothing_of_it_is_recorded(cast: Cast, vision: Vision) -> None:
    before = AuditEvent.objects.count()
    act.begin_purpose(actor=cast.actor("ben"), sentence="One")
    act.keep_now(actor=cast.actor("ben"), vision=vision, seen=act.Seen("x"))
    changed(cast, vision, Change.LET_GO)
    act.delete_thing(actor=cast.actor("ben"), thing=vision)

    assert AuditEvent.objects.count() == before
