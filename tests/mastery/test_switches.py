"""What an organisation disputes is really not offered; what people wrote with it stays; rules cannot be switched off."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.mastery.actions.practice import Happened, keep_note
from fieldcraft.mastery.actions.reflections import keep_reflection
from fieldcraft.mastery.actions.switches import switch_off, switch_on
from fieldcraft.mastery.models import Obstacle, PracticeNote, Reflection, SwitchedOff, Vision, VisionRevision
from fieldcraft.mastery.queries.reflections import shipped_exercises
from fieldcraft.mastery.queries.switches import not_offered, switched_off_by, switches
from fieldcraft.people.actions.community import make_organisation
from fieldcraft.people.models import Membership, Role, Team

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHY = "We do not think so."
FIXED = [key for key, each in switches().items() if each.fixed]


def off(cast: Cast, *keys: str) -> None:
    for key in keys:
        switch_off(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, key=key, reason=WHY)


def as_ben(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.people["ben"], BACKEND)
    return client


def html(answer: Any) -> str:
    return str(answer.content.decode())


def vision(cast: Cast, **said: Any) -> Vision:
    return Vision.objects.create(owner=cast.people["ben"], picture="They call us.", **said)


def post_picture(cast: Cast, picture: str) -> int:
    return as_ben(cast).post("/compass/visions/new/", {"picture": picture, "asked": ""}).status_code


def test_the_list_says_of_each_what_it_is_and_holds_every_exercise() -> None:
    found = switches()

    assert [key for key, each in found.items() if not (str(each.title) and str(each.what) and each.key == key)] == []
    assert {each.key for each in shipped_exercises()} <= set(found)
    assert len(FIXED) == 4


@pytest.mark.parametrize("who", ["ana", "ben", "edie", "cleo"])
def test_only_a_convenor_or_an_administrator_switches(cast: Cast, who: str) -> None:
    on: dict[str, Any] = {"actor": cast.actor(who), "organisation_id": cast.organisation.pk, "key": "two-hands"}

    with pytest.raises(NotAllowed):
        switch_off(**on, reason=WHY)
    with pytest.raises(NotAllowed):
        switch_on(**on)


@pytest.mark.parametrize("key", FIXED)
def test_what_a_rule_holds_cannot_be_switched_off(cast: Cast, key: str) -> None:
    with pytest.raises(Invalid):
        off(cast, key)
    assert not SwitchedOff.objects.exists()


def test_a_reason_is_needed_and_a_key_that_is_there(cast: Cast) -> None:
    on: dict[str, Any] = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}

    with pytest.raises(Invalid):
        switch_off(**on, key="two-hands", reason="  ")
    with pytest.raises(NotFound):
        switch_off(**on, key="three-hands", reason=WHY)


def test_it_is_recorded_who_switched_and_the_reason_can_be_read(cast: Cast) -> None:
    off(cast, "two-hands", "two-hands")
    said = switched_off_by(cast.organisation.pk)["two-hands"]
    switch_on(actor=cast.actor("ada"), organisation_id=cast.organisation.pk, key="two-hands")
    switch_on(actor=cast.actor("ada"), organisation_id=cast.organisation.pk, key="two-hands")

    assert (said.reason, said.by) == (WHY, "Cora")
    assert switched_off_by(cast.organisation.pk) == {}
    assert sorted(Event.objects.filter(verb__startswith="switch.").values_list("verb", flat=True)) == [
        "switch.off",
        "switch.off",
        "switch.on",
    ]


@pytest.mark.parametrize("key", [each.key for each in shipped_exercises()])
def test_an_exercise_is_not_offered_and_says_why(cast: Cast, key: str) -> None:
    client = as_ben(cast)
    assert f"/compass/exercises/{key}/" in html(client.get("/compass/exercises/"))

    off(cast, key)

    assert f"/compass/exercises/{key}/" not in html(client.get("/compass/exercises/"))
    answer = client.get(f"/compass/exercises/{key}/")
    assert answer.status_code == 403
    assert WHY in html(answer)
    switch_on(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, key=key)
    assert client.get(f"/compass/exercises/{key}/").status_code == 200


def test_what_sleeps_comes_back_all_the_same(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    made = keep_reflection(
        actor=cast.actor("ben"), answers=[("", "Shall I stay?")], exercise="sleep-on-it", wakes_on=tomorrow
    )
    Reflection.objects.filter(pk=made.pk).update(wakes_on=timezone.localdate())

    off(cast, "sleep-on-it")

    client = as_ben(cast)
    assert "is back" in html(client.get("/compass/reflections/"))
    assert client.post(f"/compass/reflections/{made.pk}/", {"act": "wake", "words": "Yes."}).status_code == 302
    assert "Shall I stay?" in html(client.get(f"/compass/reflections/{made.pk}/"))


def test_the_hunch_is_not_asked_for_and_one_that_was_written_can_still_be_changed(cast: Cast) -> None:
    client = as_ben(cast)
    assert 'name="hunch"' in html(client.get("/compass/notes/new/"))
    written = keep_note(actor=cast.actor("ben"), happened=Happened("I knocked.", hunch="Wait."))
    without = keep_note(actor=cast.actor("ben"), happened=Happened("I rang."))

    off(cast, "hunch-first")

    assert 'name="hunch"' not in html(client.get("/compass/notes/new/"))
    assert client.post("/compass/notes/new/", {"happened": "I waited.", "hunch": "Go."}).status_code == 302
    assert PracticeNote.objects.get(happened="I waited.").hunch == ""
    assert "Wait." in html(client.get(f"/compass/notes/{written.pk}/"))
    assert 'name="hunch"' in html(client.get(f"/compass/notes/{written.pk}/change/"))
    assert 'name="hunch"' not in html(client.get(f"/compass/notes/{without.pk}/change/"))


def test_a_change_without_the_hunch_keeps_everything_else(cast: Cast) -> None:
    made = keep_note(actor=cast.actor("ben"), happened=Happened("I rang.", surprise="They came."))
    off(cast, "hunch-first")
    client = as_ben(cast)
    seen = client.get(f"/compass/notes/{made.pk}/change/").context["form"]["seen"].value()

    sent = {"happened": "I rang twice.", "surprise": "They came.", "seen": seen}
    assert client.post(f"/compass/notes/{made.pk}/change/", sent).status_code == 302

    made.refresh_from_db()
    assert (made.happened, made.surprise) == ("I rang twice.", "They came.")


def test_which_was_followed_is_not_asked_unless_it_was_answered(cast: Cast) -> None:
    open_one = keep_note(actor=cast.actor("ben"), happened=Happened("I rang.", hunch="Wait."))
    answered = keep_note(actor=cast.actor("ben"), happened=Happened("I knocked.", hunch="Wait."))
    PracticeNote.objects.filter(pk=answered.pk).update(followed="hunch")
    client = as_ben(cast)
    assert 'name="followed"' in html(client.get(f"/compass/notes/{open_one.pk}/"))

    off(cast, "which-followed", "kinder-reading")

    page = html(client.get(f"/compass/notes/{open_one.pk}/"))
    assert 'name="followed"' not in page
    assert "Read it more kindly" not in page
    assert 'name="followed"' in html(client.get(f"/compass/notes/{answered.pk}/"))


def test_words_that_return_are_neither_shown_nor_handed_out(cast: Cast) -> None:
    client = as_ben(cast)
    assert "/compass/words/" in html(client.get("/compass/reflections/"))

    off(cast, "words-that-return")

    assert "/compass/words/" not in html(client.get("/compass/reflections/"))
    assert client.get("/compass/words/").status_code == 403
    assert client.get("/compass/words/texts/").status_code == 403


def test_what_it_would_bring_is_not_asked_and_a_chain_that_was_begun_stays(cast: Cast) -> None:
    plain, begun = vision(cast), vision(cast, brings=[{"words": "More sleep.", "is_wish": False}])
    client = as_ben(cast)
    assert f"/compass/visions/{plain.pk}/brings/" in html(client.get(f"/compass/visions/{plain.pk}/"))

    off(cast, "what-would-it-bring")

    assert f"/compass/visions/{plain.pk}/brings/" not in html(client.get(f"/compass/visions/{plain.pk}/"))
    assert client.get(f"/compass/visions/{plain.pk}/brings/").status_code == 403
    means = {
        "wish": "means",
        "based_on": client.get(f"/compass/visions/{plain.pk}/ask/wish/").context["form"]["based_on"].value(),
    }
    led = client.post(f"/compass/visions/{plain.pk}/ask/wish/?on=1", means)
    assert led["Location"].endswith(f"/compass/visions/{plain.pk}/ask/serves/?on=1")
    assert "More sleep." in html(client.get(f"/compass/visions/{begun.pk}/"))
    assert client.get(f"/compass/visions/{begun.pk}/brings/").status_code == 200


def test_the_pattern_is_not_shown_and_the_changes_are(cast: Cast) -> None:
    found = vision(cast)
    for _change in range(3):
        VisionRevision.objects.create(owner=cast.people["ben"], vision=found, before="x", after="y", kind="smaller")
    client = as_ben(cast)
    assert "one after the other" in html(client.get(f"/compass/visions/{found.pk}/"))

    off(cast, "pattern-of-changes")

    page = html(client.get(f"/compass/visions/{found.pk}/"))
    assert "one after the other" not in page
    assert "How it was before" in page


def test_wordings_are_not_asked_about(cast: Cast) -> None:
    away, direction = "No more shouting.", "Better communication"
    target = {"sentence": "Ten families by 2027", "asked": ""}
    client = as_ben(cast)
    assert post_picture(cast, away) == 200
    assert client.post("/compass/purposes/new/", target).status_code == 200

    off(cast, "what-instead")
    assert post_picture(cast, away) == 302
    asked_before = post_picture(cast, direction)

    off(cast, "direction-or-picture")
    assert asked_before == 200
    assert post_picture(cast, direction) == 302
    assert client.post("/compass/purposes/new/", target).status_code == 302


def test_what_speaks_against_it_is_not_asked_and_what_was_said_stays(cast: Cast) -> None:
    of: dict[str, Any] = {"owner": cast.people["ben"], "text": "They never will."}
    plain, said = Obstacle.objects.create(**of), Obstacle.objects.create(**of, against="Once they did.")
    client = as_ben(cast)
    asks = f"/compass/in-the-way/{plain.pk}/ask/against/"
    assert asks in html(client.get(f"/compass/in-the-way/{plain.pk}/"))

    off(cast, "what-speaks-against")

    assert asks not in html(client.get(f"/compass/in-the-way/{plain.pk}/"))
    assert client.get(asks).status_code == 403
    assert "Once they did." in html(client.get(f"/compass/in-the-way/{said.pk}/"))
    assert client.get(f"/compass/in-the-way/{said.pk}/ask/against/").status_code == 200
    based_on = client.get(f"/compass/in-the-way/{plain.pk}/ask/whose/").context["form"]["based_on"].value()
    led = client.post(f"/compass/in-the-way/{plain.pk}/ask/whose/?on=1", {"whose": "mine", "based_on": based_on})
    assert led["Location"] == f"/compass/in-the-way/{plain.pk}/"


def test_who_works_for_two_misses_only_what_both_switched_off(cast: Cast) -> None:
    other = make_organisation(name="Second")
    team = Team.objects.create(organisation=other, name="Two", slug="two")
    Membership.objects.create(organisation=other, team=team, person=cast.people["ben"], role=Role.MEMBER)
    off(cast, "two-hands")

    assert dict(not_offered(cast.actor("ben"))) == {}
    assert set(not_offered(cast.actor("ana"))) == {"two-hands"}
    SwitchedOff.objects.create(organisation=other, key="two-hands", reason="Nor we.", by=cast.people["ada"])
    assert dict(not_offered(cast.actor("ben"))) == {"two-hands": (WHY, "Nor we.")}


def test_another_organisations_switches_are_nothing_to_us(cast: Cast) -> None:
    off(cast, "two-hands")

    assert dict(not_offered(cast.actor("cleo"))) == {}


SCREENS = {
    "hunch-first": "/compass/notes/new/",
    "words-that-return": "/compass/words/",
    "two-hands": "/compass/exercises/two-hands/",
}


@pytest.mark.parametrize("key", SCREENS)
def test_a_screen_leads_to_why_it_asks_like_this(cast: Cast, key: str) -> None:
    client = as_ben(cast)

    assert f'href="/psychology/{key}/"' in html(client.get(SCREENS[key]))
    assert "No organisation of yours has said here" in html(client.get(f"/psychology/{key}/"))
    assert client.get("/psychology/no-such-thing/").status_code == 404
