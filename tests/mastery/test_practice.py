"""What I try and what happened: what is kept, what it cites, and that nothing overwrites anything."""

from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text, agree, decline
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.models import Edition, Remark, Revision, Standing, State
from fieldcraft.mastery.actions.practice import (
    Happened,
    change_note,
    change_practice,
    end_practice,
    keep_note,
    keep_practice,
    say_followed,
    take_practice_up,
    throw_away,
)
from fieldcraft.mastery.actions.turning import turn_into_draft, turn_into_remark
from fieldcraft.mastery.models import Practice, PracticeNote, Vision
from fieldcraft.mastery.queries.practice import (
    Cited,
    home_practice,
    my_notes,
    note_of,
    on_page,
    open_practices,
    placed,
    practice_of,
    state_of,
    words_of_notes,
)
from fieldcraft.mastery.queries.turning import Way, became, has_open_draft, manuals_to_write
from fieldcraft.people.access import ANYONE
from fieldcraft.people.models import Team


@pytest.fixture
def page(cast: Cast) -> Revision:
    return add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Knock twice.", tags=("door",)))


@pytest.fixture
def here(page: Revision) -> Cited:
    """The core's page as Ben reads it in his team's manual."""
    return Cited("street-manual", page.edition.page_id, page.pk)


@pytest.fixture
def note(cast: Cast, here: Cited) -> PracticeNote:
    said = Happened("I knocked once.", hunch="Once is enough.", surprise="They laughed.", outcome="helped")
    return keep_note(actor=cast.actor("ben"), happened=said, cited=here)


def kept(cast: Cast, *said: Happened) -> list[PracticeNote]:
    """Ben's notes, none of them in the same millisecond as another: their ids tell their order."""
    made = []
    for each in said:
        sleep(0.002)
        made.append(keep_note(actor=cast.actor("ben"), happened=each))
    return made


def seen(thing: Any) -> str:
    thing.refresh_from_db()
    return state_of(thing)


def test_a_note_needs_only_what_happened(cast: Cast) -> None:
    made = keep_note(actor=cast.actor("ben"), happened=Happened(" I asked. "))

    made.refresh_from_db()
    assert (made.happened, made.outcome, made.hours, made.with_others) == ("I asked.", "", None, None)
    with pytest.raises(Invalid):
        keep_note(actor=cast.actor("ben"), happened=Happened(" ", hunch="Something."))


def test_a_note_cites_the_page_the_manual_and_the_text_that_was_read(
    cast: Cast, page: Revision, here: Cited, note: PracticeNote
) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)
    later = keep_note(actor=cast.actor("ben"), happened=Happened("Later."), cited=here)

    assert (note.manual, note.page_id, note.revision_id) == (cast.team_manual, page.edition.page_id, page.pk)
    assert later.revision_id == page.pk, "what was read, even where readers have another text by now"
    (shown,) = placed(cast.actor("ben"), [note])
    assert shown.page
    assert shown.page.title == "Hello"
    assert shown.is_changed


@pytest.mark.parametrize("who", ["cleo", "ben"])
def test_a_page_that_is_not_open_takes_nothing_of_what_was_written_with_it(cast: Cast, here: Cited, who: str) -> None:
    elsewhere = here if who == "cleo" else Cited("no-such-manual", here.page_id, here.revision_id)

    made = keep_note(actor=cast.actor(who), happened=Happened("I tried."), cited=elsewhere)

    assert (made.happened, made.manual, made.page, made.revision) == ("I tried.", None, None, None)


def test_a_text_of_another_page_is_not_cited(cast: Cast, page: Revision, here: Cited) -> None:
    other = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "Words."))

    made = keep_note(actor=cast.actor("ben"), happened=Happened("x"), cited=Cited(here.manual, here.page_id, other.pk))

    assert made.revision_id == page.pk


def test_nobody_keeps_anything_without_being_somebody(db: None) -> None:
    with pytest.raises(NotAllowed):
        keep_note(actor=ANYONE, happened=Happened("x"))


@pytest.mark.parametrize("who", ["ana", "edie", "ada", "cora", "cleo"])
def test_nobody_else_finds_changes_or_throws_away_a_note_or_a_practice(
    cast: Cast, note: PracticeNote, page: Revision, who: str
) -> None:
    tried = keep_practice(actor=cast.actor("ben"), what="Knock once.")
    other = cast.actor(who)

    assert note_of(other, note.pk) is None
    assert practice_of(other, tried.pk) is None
    assert list(my_notes(other)) == list(open_practices(other)) == words_of_notes(other) == []
    assert on_page(other, page.edition.page_id, 3).notes == []
    for act in (
        lambda: change_note(actor=other, note=note, happened=Happened("Mine."), seen=seen(note)),
        lambda: say_followed(actor=other, note=note, followed="hunch", what="", seen=seen(note)),
        lambda: change_practice(actor=other, practice=tried, what="x", when="", seen=seen(tried)),
        lambda: end_practice(actor=other, practice=tried),
        lambda: take_practice_up(actor=other, practice=tried),
        lambda: throw_away(actor=other, thing=note),
        lambda: turn_into_remark(actor=other, note=note, words="Theirs."),
    ):
        with pytest.raises(NotFound):
            act()
    assert (PracticeNote.objects.count(), Practice.objects.count()) == (1, 1)
    assert keep_note(actor=other, happened=Happened("x"), practice_id=tried.pk).practice is None


def test_a_change_elsewhere_is_not_overwritten(cast: Cast, note: PracticeNote) -> None:
    first = seen(note)
    change_note(actor=cast.actor("ben"), note=note, happened=Happened("On the phone."), seen=first)

    for stale in (
        lambda: change_note(actor=cast.actor("ben"), note=note, happened=Happened("At the desk."), seen=first),
        lambda: say_followed(actor=cast.actor("ben"), note=note, followed="hunch", what="", seen=first),
    ):
        with pytest.raises(Stale):
            stale()
    note.refresh_from_db()
    assert note.happened == "On the phone."


def test_the_later_question_keeps_which_was_followed(cast: Cast, note: PracticeNote) -> None:
    say_followed(actor=cast.actor("ben"), note=note, followed="hunch", what="It was right.", seen=seen(note))

    note.refresh_from_db()
    assert (note.get_followed_display(), note.followed_what) == ("My hunch", "It was right.")
    assert note.happened == "I knocked once."


def test_what_is_tried_can_be_let_go_and_taken_up_again(cast: Cast) -> None:
    ben = cast.actor("ben")
    tried = keep_practice(actor=ben, what=" Knock once. ", when="Tomorrow")

    end_practice(actor=ben, practice=tried)
    end_practice(actor=ben, practice=tried)
    assert list(open_practices(ben)) == []
    take_practice_up(actor=ben, practice=tried)
    assert [each.what for each in open_practices(ben)] == ["Knock once."]


def test_it_is_tried_towards_ones_own_vision_alone(cast: Cast) -> None:
    own = Vision.objects.create(owner=cast.people["ben"], picture="Doors open.")
    other = Vision.objects.create(owner=cast.people["ana"], picture="Doors shut.")

    assert keep_practice(actor=cast.actor("ben"), what="x", vision_id=own.pk).vision == own
    assert keep_practice(actor=cast.actor("ben"), what="x", vision_id=other.pk).vision is None


def test_throwing_a_practice_away_keeps_its_notes(cast: Cast) -> None:
    ben = cast.actor("ben")
    tried = keep_practice(actor=ben, what="Knock once.")
    note = keep_note(actor=ben, happened=Happened("I did."), practice_id=tried.pk)

    throw_away(actor=ben, thing=tried)

    note.refresh_from_db()
    assert note.practice is None
    throw_away(actor=ben, thing=note)
    assert PracticeNote.objects.count() == 0


def test_nothing_of_it_is_recorded(cast: Cast, here: Cited) -> None:
    before = Event.objects.count()
    ben = cast.actor("ben")
    tried = keep_practice(actor=ben, what="Knock once.", cited=here)
    note = keep_note(actor=ben, happened=Happened("I did."), cited=here, practice_id=tried.pk)
    change_note(actor=ben, note=note, happened=Happened("I did so."), seen=seen(note))
    end_practice(actor=ben, practice=tried)
    throw_away(actor=ben, thing=note)

    assert Event.objects.count() == before


def test_a_remark_holds_the_chosen_words_alone(cast: Cast, page: Revision, note: PracticeNote) -> None:
    remark = turn_into_remark(actor=cast.actor("ben"), note=note, words="Once is enough here.")

    assert (remark.body, remark.by, remark.revision) == ("Once is enough here.", cast.people["ben"], page)
    note.refresh_from_db()
    assert note.became_remark == remark
    (said,) = became(cast.actor("ben"), note)
    assert (said.url, "open" in said.sentence) == (f"/m/street-manual/remarks/{remark.pk}/", True)


def draft_of(cast: Cast, note: PracticeNote, way: Way, based_on: Any = None, body: str = "Once.") -> Revision:
    text = Text("Hello", body, reason="It worked.")
    manual = cast.team_manual
    return turn_into_draft(actor=cast.actor("ben"), note=note, manual=manual, way=way, text=text, based_on=based_on)


def test_words_go_beside_the_page_into_its_text_or_onto_a_page_of_their_own(
    cast: Cast, page: Revision, note: PracticeNote
) -> None:
    made = [
        draft_of(cast, note, Way.BESIDE),
        draft_of(cast, note, Way.CHANGE, page.pk, "Knock once."),
        draft_of(cast, note, Way.OWN_PAGE),
    ]

    assert [Standing(each.standing) for each in made] == [Standing.NOTED, Standing.ADAPTED, Standing.LOCAL]
    note.refresh_from_db()
    assert note.became_draft == made[-1]


def test_a_second_change_revises_the_teams_own_text(cast: Cast, page: Revision, note: PracticeNote) -> None:
    first = draft_of(cast, note, Way.CHANGE, page.pk, "Knock once.")

    second = draft_of(cast, note, Way.CHANGE, first.pk, "Knock once, then wait.")

    assert second.edition_id == first.edition_id
    assert Edition.objects.filter(manual=cast.team_manual).count() == 1


def test_a_change_from_an_older_text_is_refused_and_the_note_stays_as_it_was(
    cast: Cast, page: Revision, note: PracticeNote
) -> None:
    revise(actor=cast.actor("edie"), edition=page.edition, text=Text("Hello", "Ring."), based_on=page.pk)

    with pytest.raises(Stale):
        draft_of(cast, note, Way.CHANGE, page.pk)
    with pytest.raises(Invalid):
        draft_of(cast, note, Way.CHANGE)

    note.refresh_from_db()
    assert (note.became_draft, note.happened) == (None, "I knocked once.")


def test_nobody_drafts_for_a_manual_they_may_not_change(cast: Cast, note: PracticeNote) -> None:
    text = Text("Hello", "x")
    with pytest.raises(NotAllowed):
        turn_into_draft(
            actor=cast.actor("ben"), note=note, manual=cast.core, way=Way.OWN_PAGE, text=text, based_on=None
        )
    assert [stack.manual for stack in manuals_to_write(cast.actor("ben"), note)] == [cast.team_manual]
    assert manuals_to_write(cast.actor("cora"), note) == []


def test_the_note_says_what_became_of_its_draft(cast: Cast, page: Revision, note: PracticeNote) -> None:
    Team.objects.update(quorum=2)
    cast.team_manual.refresh_from_db()
    ben, ana = cast.actor("ben"), cast.actor("ana")
    said = []
    first = draft_of(cast, note, Way.CHANGE, page.pk)
    for answer in (None, lambda: decline(actor=ana, draft=first, reason="Not yet.")):
        if answer:
            answer()
        found = note_of(ben, note.pk)
        assert found
        said.append((became(ben, found)[0].sentence, has_open_draft(found)))
    second = draft_of(cast, note, Way.CHANGE, page.pk)
    agree(actor=ana, draft=second)
    found = note_of(ben, note.pk)
    assert found
    said.append((became(ben, found)[0].sentence, has_open_draft(found)))

    assert said == [
        ("A draft for Street manual. Your team is agreeing it.", True),
        ("A draft for Street manual. It was not taken up; the reason stands with it.", False),
        ("A draft for Street manual. It was agreed, and readers have it.", True),
    ]
    assert Revision.objects.filter(state=State.AGREED, edition__manual=cast.team_manual).count() == 1


def test_whoever_has_left_the_team_learns_no_more_of_what_became_of_it(cast: Cast, note: PracticeNote) -> None:
    turn_into_remark(actor=cast.actor("ben"), note=note, words="Once is enough.")
    draft_of(cast, note, Way.OWN_PAGE)
    cast.people["ben"].memberships.update(ended_at=timezone.now())

    found = note_of(cast.actor("ben"), note.pk)

    assert found
    assert [each.url for each in became(cast.actor("ben"), found)] == ["", ""]
    (shown,) = placed(cast.actor("ben"), [found])
    assert shown.is_lost
    assert Remark.objects.count() == 1


def test_the_first_screen_shows_a_few_of_each_kind(cast: Cast) -> None:
    ben = cast.actor("ben")
    for number in range(5):
        keep_practice(actor=ben, what=f"Try {number}")
        kept(cast, Happened(f"Note {number}"))

    shown: Any = home_practice(ben)

    assert [each.what for each in shown["tried"]] == ["Try 4", "Try 3", "Try 2"]
    assert [each.happened for each in shown["latest_notes"]] == ["Note 4", "Note 3", "Note 2"]
    assert shown["slept_on"] == []


def test_the_words_of_notes_are_given_newest_first_and_whole(cast: Cast) -> None:
    kept(cast, Happened("First."), Happened("Second.", hunch="Wait.", reasons="Time.", surprise="Rain."))

    assert words_of_notes(cast.actor("ben")) == ["Wait.\nSecond.\nRain.\nTime.", "First."]


def test_order_is_that_of_making(cast: Cast) -> None:
    ben = cast.actor("ben")
    made = kept(cast, *(Happened(str(number)) for number in range(3)))
    PracticeNote.objects.filter(pk=made[0].pk).update(made_at=timezone.now() + timedelta(days=1))

    assert [each.pk for each in my_notes(ben)] == [each.pk for each in reversed(made)]
    assert [each.pk for each in my_notes(ben, before=made[2].pk)] == [made[1].pk, made[0].pk]
