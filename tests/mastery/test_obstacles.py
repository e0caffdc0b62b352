"""What is in the way: named, hung on a page, led to what works today, and held beside what happened."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import Cast

from fieldcraft.audit.models import Event as AuditEvent
from fieldcraft.errors import Invalid, NotFound, Stale
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.mastery.actions import obstacles as act
from fieldcraft.mastery.actions.compass import begin_vision
from fieldcraft.mastery.models import Obstacle, ObstacleKind, PracticeNote, Weight, Whose
from fieldcraft.mastery.queries.compass.obstacles import (
    NOTES_AT_ONCE,
    beside_belief,
    open_obstacles,
    own_manuals,
    page_of,
    pages_found,
    place_named,
)
from fieldcraft.mastery.queries.compass.own import stamp

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def obstacle(cast: Cast) -> Obstacle:
    return act.name_obstacle(actor=cast.actor("ben"), text="Nobody picks up after six.")


@pytest.fixture
def belief(cast: Cast) -> Obstacle:
    made = act.name_obstacle(actor=cast.actor("ben"), text="They never call first.")
    return act.say_of_obstacle(
        actor=cast.actor("ben"), obstacle=made, based_on=stamp(made, "kind"), kind=ObstacleKind.CANNOT_BE_REACHED
    )


def note_of(cast: Cast, name: str, happened: str = "One did.") -> PracticeNote:
    return PracticeNote.objects.create(owner=cast.people[name], happened=happened)


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def screen_of(cast: Cast, obstacle: Obstacle, name: str = "ben") -> str:
    return as_(cast, name).get(reverse("mastery:obstacle", args=[obstacle.pk])).content.decode()


def test_what_is_named_is_in_the_way_until_it_is_put_out_of_it(cast: Cast, obstacle: Obstacle) -> None:
    ben = cast.actor("ben")
    act.put_out_of_the_way(actor=ben, obstacle=obstacle)
    assert list(open_obstacles(ben)) == []

    act.put_back_in_the_way(actor=ben, obstacle=obstacle)
    assert list(open_obstacles(ben)) == [obstacle]


def test_an_answer_is_not_written_over_another_device_s(cast: Cast, obstacle: Obstacle) -> None:
    ben, read = cast.actor("ben"), stamp(obstacle, "against")
    act.say_of_obstacle(actor=ben, obstacle=obstacle, based_on=read, against="Sam did.")

    with pytest.raises(Stale):
        act.say_of_obstacle(actor=ben, obstacle=obstacle, based_on=read, against="")


def test_it_is_in_the_way_of_one_s_own_visions_only(cast: Cast, obstacle: Obstacle) -> None:
    anas = begin_vision(actor=cast.actor("ana"), picture="Ana's.")

    with pytest.raises(NotFound):
        act.name_obstacle(actor=cast.actor("ben"), text="x", vision=anas)
    with pytest.raises(Invalid):
        act.say_of_obstacle(actor=cast.actor("ben"), obstacle=obstacle, based_on=stamp(obstacle, "vision"), vision=anas)


def test_a_page_leads_to_changing_it_in_one_s_own_manual(cast: Cast, obstacle: Obstacle) -> None:
    added = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("The rota", "Ends at six."))
    ben = cast.actor("ben")
    assert [each.title for each in pages_found(ben, "rota")] == ["The rota"]

    act.hang_on_page(actor=ben, obstacle=obstacle, place=place_named(ben, "street-manual", "the-rota"))

    obstacle.refresh_from_db()
    page = page_of(ben, obstacle)
    assert page
    assert obstacle.page_id == added.edition.page_id
    assert page.change_url == "/m/street-manual/p/the-rota/change/"
    assert page.change_url in screen_of(cast, obstacle)


def test_a_page_that_one_may_not_read_is_no_page(cast: Cast) -> None:
    assert place_named(cast.actor("cleo"), "street-manual", "the-rota") is None
    assert own_manuals(cast.actor("cora")) == []


def test_without_a_page_the_way_leads_to_finding_or_adding_one(cast: Cast, obstacle: Obstacle) -> None:
    html = screen_of(cast, obstacle)

    assert reverse("mastery:obstacle-page", args=[obstacle.pk]) in html
    assert "/m/street-manual/add/" in html


def test_who_keeps_no_manual_is_offered_only_what_works(cast: Cast) -> None:
    made = act.name_obstacle(actor=cast.actor("cora"), text="Nobody picks up.")
    html = screen_of(cast, made, "cora")

    assert "Keep it here" in html
    assert "Draft a change" not in html
    assert "condition" not in html.casefold()


def test_what_is_not_mine_is_said_to_ask_nothing_of_me(cast: Cast, obstacle: Obstacle) -> None:
    says = "This is not yours to move, and nothing here asks you to."
    assert says not in screen_of(cast, obstacle)

    act.say_of_obstacle(
        actor=cast.actor("ben"), obstacle=obstacle, based_on=stamp(obstacle, "whose"), whose=Whose.NOT_MINE
    )

    assert says in screen_of(cast, obstacle)


def test_a_page_s_link_brings_the_page_along(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("The rota", "Ends at six."))

    as_(cast, "ben").post("/compass/in-the-way/new/?manual=street-manual&page=the-rota", {"text": "It ends at six."})

    page = page_of(cast.actor("ben"), Obstacle.objects.get())
    assert page
    assert page.title == "The rota"


@pytest.mark.parametrize(
    "query", ["?vision=x", "?vision=&manual=street-manual&page=no", "?manual=other&page=x", "?page=%00"]
)
def test_a_link_that_leads_nowhere_still_takes_the_words(cast: Cast, query: str) -> None:
    answer = as_(cast, "ben").post(f"/compass/in-the-way/new/{query}", {"text": "It ends at six."})

    assert answer.status_code == 302
    assert Obstacle.objects.get().page_id is None


# A belief, and what speaks for and against it


def test_a_note_is_held_on_one_side_and_changes_sides(cast: Cast, belief: Obstacle) -> None:
    ben, note = cast.actor("ben"), note_of(cast, "ben")
    act.hold_beside(actor=ben, obstacle=belief, note=note, speaks_for=True)
    act.hold_beside(actor=ben, obstacle=belief, note=note, speaks_for=False)

    beside = beside_belief(ben, belief)
    assert [each.note for each in beside.speaks_against] == [note]
    assert (beside.speaks_for, beside.not_placed) == ([], [])
    act.take_from_beside(actor=ben, obstacle=belief, note=note)
    assert beside_belief(ben, belief).not_placed == [note]


def test_only_one_s_own_notes_are_held_beside_it(cast: Cast, belief: Obstacle) -> None:
    anas = note_of(cast, "ana")

    with pytest.raises(NotFound):
        act.hold_beside(actor=cast.actor("ben"), obstacle=belief, note=anas, speaks_for=True)
    assert beside_belief(cast.actor("ben"), belief).not_placed == []


def test_only_a_belief_is_held_beside_notes(cast: Cast, obstacle: Obstacle) -> None:
    with pytest.raises(Invalid):
        act.hold_beside(actor=cast.actor("ben"), obstacle=obstacle, note=note_of(cast, "ben"), speaks_for=True)
    answer = as_(cast, "ben").get(reverse("mastery:obstacle-notes", args=[obstacle.pk]))
    assert answer.status_code == 302


def test_many_notes_come_so_many_a_screen(cast: Cast, belief: Obstacle) -> None:
    for number in range(NOTES_AT_ONCE + 1):
        note_of(cast, "ben", f"Note {number}.")

    first = beside_belief(cast.actor("ben"), belief)
    rest = beside_belief(cast.actor("ben"), belief, start=first.next_from)

    assert (len(first.not_placed), len(rest.not_placed), rest.next_from) == (NOTES_AT_ONCE, 1, 0)


def test_both_sides_on_the_screen_are_lists_and_nothing_is_counted(cast: Cast, belief: Obstacle) -> None:
    here = reverse("mastery:obstacle-notes", args=[belief.pk])
    ben = as_(cast, "ben")
    note, other = note_of(cast, "ben", "One did call."), note_of(cast, "ben", "One did not.")
    ben.post(here, {"put": f"against {note.pk}"})
    ben.post(here, {"put": f"for {other.pk}"})
    html = ben.get(here).content.decode()

    assert html.index("Speaks for it") < html.index("One did not.") < html.index("One did call.")
    assert Weight.objects.count() == 2
    ben.post(here, {"put": f"off {other.pk}"})
    assert Weight.objects.get().note == note


@pytest.mark.parametrize("put", ["", "for x", "off ", "for 00000000-0000-0000-0000-000000000001"])
def test_a_note_that_is_not_there_is_put_nowhere(cast: Cast, belief: Obstacle, put: str) -> None:
    answer = as_(cast, "ben").post(reverse("mastery:obstacle-notes", args=[belief.pk]), {"put": put})

    assert answer.status_code == 404


def test_nothing_of_it_is_recorded(cast: Cast, belief: Obstacle) -> None:
    before = AuditEvent.objects.count()
    act.hold_beside(actor=cast.actor("ben"), obstacle=belief, note=note_of(cast, "ben"), speaks_for=True)
    act.put_out_of_the_way(actor=cast.actor("ben"), obstacle=belief)

    assert AuditEvent.objects.count() == before
