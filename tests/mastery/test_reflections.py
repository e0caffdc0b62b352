"""Reflections: exercises, what sleeps and how it comes back, and exercises that organisations add."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from tests.conftest import Cast

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.mastery.actions.practice import throw_away
from fieldcraft.mastery.actions.reflections import (
    add_exercise,
    add_to_reflection,
    change_exercise,
    change_reflection,
    end_exercise,
    keep_reflection,
    put_away_until,
    wake,
)
from fieldcraft.mastery.models import OwnExercise, Reflection
from fieldcraft.mastery.queries.practice import home_practice, state_of
from fieldcraft.mastery.queries.reflections import (
    exercise_named,
    is_asleep,
    is_back,
    later_prompts,
    my_reflections,
    organisations_to_add_for,
    own_exercises,
    reflection_of,
    shipped_exercises,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET, NOW = "Shall I stay?", "It feels lighter."


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


@pytest.fixture
def asleep(cast: Cast) -> Reflection:
    answers = [("What is the question?", SECRET)]
    return keep_reflection(
        actor=cast.actor("ben"), answers=answers, title="Sleep on it", exercise="sleep-on-it", wakes_on=tomorrow()
    )


@pytest.fixture
def back(asleep: Reflection) -> Reflection:
    """Its day has come."""
    Reflection.objects.filter(pk=asleep.pk).update(wakes_on=timezone.localdate())
    asleep.refresh_from_db()
    return asleep


@pytest.fixture
def two_hands(cast: Cast) -> Reflection:
    found = exercise_named(cast.actor("ben"), "two-hands")
    assert found
    said = ["Whether to ring.", "Ring.", "They asked me not to.", ""]
    answers = list(zip(found.prompts, said, strict=True))
    return keep_reflection(actor=cast.actor("ben"), answers=answers, title=found.title, exercise=found.key)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def test_there_are_eight_exercises_each_with_its_idea_in_both_languages() -> None:
    for language in ("en", "de"):
        with translation.override(language):
            found = shipped_exercises()
        assert len(found) == 8
        assert len({each.title for each in found}) == len({each.key for each in found}) == 8
        for each in found:
            assert each.idea
            assert all(prompt.strip() for prompt in each.prompts)
            assert 2 <= len(each.prompts) <= 6
            assert each.minutes
    with translation.override("en"):
        english = {each.key: each for each in shipped_exercises()}
    with translation.override("de"):
        german = {each.key: each for each in shipped_exercises()}
    assert all(len(each.prompts) == len(german[key].prompts) for key, each in english.items())
    assert all(len(each.later) == len(german[key].later) for key, each in english.items())
    assert all(each.title != german[key].title for key, each in english.items())


def test_any_question_may_be_left_empty_but_not_all(cast: Cast, two_hands: Reflection) -> None:
    assert [said for _prompt, said in two_hands.answers] == ["Whether to ring.", "Ring.", "They asked me not to.", ""]
    with pytest.raises(Invalid):
        keep_reflection(actor=cast.actor("ben"), answers=[("One?", " "), ("Two?", "")])


def test_two_hands_ask_later_which_one_was_followed(cast: Cast, two_hands: Reflection) -> None:
    (asked,) = later_prompts("two-hands")

    add_to_reflection(actor=cast.actor("ben"), reflection=two_hands, answers=[(asked, "The hunch."), ("Else?", "x")])

    two_hands.refresh_from_db()
    assert two_hands.answers[-1] == [asked, "The hunch."]
    assert len(two_hands.answers) == 5


@pytest.mark.parametrize("who", ["ana", "ada", "cora", "cleo"])
def test_nobody_else_finds_or_changes_a_reflection(cast: Cast, back: Reflection, who: str) -> None:
    other, answers = cast.actor(who), [("x", "y")]

    assert reflection_of(other, back.pk) is None
    assert list(my_reflections(other)) == []
    for act in (
        lambda: change_reflection(actor=other, reflection=back, answers=answers, title="", seen=state_of(back)),
        lambda: add_to_reflection(actor=other, reflection=back, answers=answers),
        lambda: wake(actor=other, reflection=back, words=""),
        lambda: put_away_until(actor=other, reflection=back, wakes_on=tomorrow()),
        lambda: throw_away(actor=other, thing=back),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_change_elsewhere_is_not_overwritten(cast: Cast, two_hands: Reflection) -> None:
    two_hands.refresh_from_db()
    seen, ben = state_of(two_hands), cast.actor("ben")
    change_reflection(actor=ben, reflection=two_hands, answers=[("x", "On the phone.")], title="", seen=seen)

    with pytest.raises(Stale):
        change_reflection(actor=ben, reflection=two_hands, answers=[("x", "At the desk.")], title="", seen=seen)


def test_it_sleeps_until_a_day_after_today(cast: Cast, asleep: Reflection) -> None:
    assert is_asleep(asleep)
    for day in (timezone.localdate(), timezone.localdate() - timedelta(days=1)):
        with pytest.raises(Invalid):
            keep_reflection(actor=cast.actor("ben"), answers=[("x", "y")], wakes_on=day)


def test_what_sleeps_is_shown_nowhere_and_changed_by_nothing(cast: Cast, asleep: Reflection) -> None:
    ben, client = cast.actor("ben"), signed_in(cast, "ben")

    for path in ("/compass/", "/compass/reflections/", f"/compass/reflections/{asleep.pk}/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert SECRET not in html(answer), path
    assert "Asleep until" in html(client.get(f"/compass/reflections/{asleep.pk}/"))
    assert client.get(f"/compass/reflections/{asleep.pk}/change/").status_code == 302
    assert client.post(f"/compass/reflections/{asleep.pk}/", {"act": "wake", "words": "x"}).status_code == 400
    asleep.refresh_from_db()
    for act in (
        lambda: wake(actor=ben, reflection=asleep, words="x"),
        lambda: change_reflection(actor=ben, reflection=asleep, answers=[("x", "y")], title="", seen=state_of(asleep)),
        lambda: add_to_reflection(actor=ben, reflection=asleep, answers=[("x", "y")]),
    ):
        with pytest.raises(Invalid):
            act()
    assert asleep.woken_at is None


def test_on_its_day_it_comes_back_with_an_empty_box_first(cast: Cast, back: Reflection) -> None:
    client, at = signed_in(cast, "ben"), f"/compass/reflections/{back.pk}/"

    assert is_back(back)
    assert at in html(client.get("/compass/")), "home says so, gently"
    first = html(client.get(at))
    assert "What comes to you about it now?" in first
    assert SECRET not in first
    assert SECRET not in html(client.get("/compass/reflections/"))
    client.post(at, {"act": "wake", "words": NOW})
    second = html(client.get(at))
    assert second.index(NOW) < second.index(SECRET)
    back.refresh_from_db()
    assert (back.woken, back.answers[0][1]) == (NOW, SECRET), "both are kept"
    assert at not in html(client.get("/compass/"))


def test_the_box_may_stay_empty(cast: Cast, back: Reflection) -> None:
    client, at = signed_in(cast, "ben"), f"/compass/reflections/{back.pk}/"

    client.post(at, {"act": "wake", "words": ""})

    assert "You left the box empty." in html(client.get(at))
    assert SECRET in html(client.get(at))


def test_two_devices_that_open_it_at_once_lose_neither_s_words(cast: Cast, back: Reflection) -> None:
    for words in ("On the phone.", "On the phone.", "At the desk."):
        wake(actor=cast.actor("ben"), reflection=back, words=words)

    back.refresh_from_db()
    assert back.woken == "On the phone.\n\nAt the desk."


def test_it_can_be_let_come_back_on_another_day(cast: Cast, back: Reflection, two_hands: Reflection) -> None:
    ben = cast.actor("ben")

    put_away_until(actor=ben, reflection=back, wakes_on=tomorrow())

    back.refresh_from_db()
    assert is_asleep(back)
    with pytest.raises(Invalid):
        put_away_until(actor=ben, reflection=back, wakes_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Invalid):
        put_away_until(actor=ben, reflection=two_hands, wakes_on=tomorrow())


def test_home_shows_only_what_has_come_back(cast: Cast, asleep: Reflection) -> None:
    assert home_practice(cast.actor("ben"))["slept_on"] == []


def test_the_forms_keep_a_free_reflection_and_each_exercise(cast: Cast) -> None:
    client = signed_in(cast, "ben")
    client.post("/compass/reflections/new/", {"answer_0": "A lot.", "title": "Monday"})
    for each in shipped_exercises():
        answer = client.post(f"/compass/exercises/{each.key}/", {"answer_0": "x", "wakes_on": tomorrow().isoformat()})
        assert answer.status_code == 302, each.key

    kept = Reflection.objects.filter(owner=cast.people["ben"])
    assert kept.count() == 9
    assert kept.get(exercise="").answers == [["", "A lot."]]
    assert [each.exercise for each in kept.exclude(wakes_on=None)] == ["sleep-on-it"]


def test_nothing_written_is_said_kindly_and_nothing_is_kept(cast: Cast) -> None:
    answer = signed_in(cast, "ben").post("/compass/exercises/two-hands/", {"answer_0": " "})

    assert answer.status_code == 400
    assert "Nothing is written yet" in html(answer)
    assert Reflection.objects.count() == 0


def test_a_stale_change_on_the_screen_keeps_both(cast: Cast, two_hands: Reflection) -> None:
    client, at = signed_in(cast, "ben"), f"/compass/reflections/{two_hands.pk}/change/"
    two_hands.refresh_from_db()
    sent = {"answer_0": "At the desk.", "seen": state_of(two_hands)}
    assert client.post(at, {**sent, "answer_0": "On the phone."}).status_code == 302

    answer = client.post(at, sent)

    assert answer.status_code == 409
    assert "On the phone." in html(answer)
    assert "At the desk." in html(answer)


@pytest.fixture
def own(cast: Cast) -> OwnExercise:
    return add_exercise(
        actor=cast.actor("edie"),
        organisation_id=cast.organisation.pk,
        title="The walk home",
        idea="From our night team.",
        prompts=["What stays?", "What goes?"],
    )


def test_editors_convenors_and_administrators_add_exercises_for_their_organisation(cast: Cast) -> None:
    may = {name for name in cast.people if organisations_to_add_for(cast.actor(name))}

    assert may == {"edie", "cora", "ada"}
    for name in ("ben", "ana", "cleo"):
        with pytest.raises(NotAllowed):
            add_exercise(
                actor=cast.actor(name), organisation_id=cast.organisation.pk, title="x", idea="x", prompts=["x?"]
            )


def test_an_own_exercise_is_there_for_the_organisation_alone(cast: Cast, own: OwnExercise) -> None:
    for name in ("ben", "ana", "edie", "ada", "cora"):
        assert [each.title for each in own_exercises(cast.actor(name))] == ["The walk home"]
    assert own_exercises(cast.actor("cleo")) == []
    assert exercise_named(cast.actor("cleo"), str(own.pk)) is None
    assert signed_in(cast, "ben").get(f"/compass/exercises/{own.pk}/change/").status_code == 403


def test_nobody_sees_who_used_an_own_exercise(cast: Cast, own: OwnExercise) -> None:
    paths = ["/compass/exercises/", f"/compass/exercises/{own.pk}/", f"/compass/exercises/{own.pk}/change/"]
    client = signed_in(cast, "edie")
    for path in paths:
        client.get(path)
    before = [client.get(path).content for path in paths[:1]]
    signed_in(cast, "ben").post(f"/compass/exercises/{own.pk}/", {"answer_0": "Rain."})

    assert Reflection.objects.get().exercise == str(own.pk)
    assert [client.get(path).content for path in paths[:1]] == before
    assert all("Rain." not in html(client.get(path)) for path in paths)


def test_an_exercise_that_is_changed_or_taken_out_changes_nothing_that_people_wrote(
    cast: Cast, own: OwnExercise
) -> None:
    edie = cast.actor("edie")
    kept = keep_reflection(actor=cast.actor("ben"), answers=[("What stays?", "Rain.")], exercise=str(own.pk))
    own.refresh_from_db()
    asked = {"title": "Home", "idea": "Ours.", "prompts": ["What else?"]}
    seen = state_of(own)
    change_exercise(actor=edie, exercise=own, **asked, seen=seen)
    with pytest.raises(Stale):
        change_exercise(actor=edie, exercise=own, **asked, seen=seen)
    end_exercise(actor=edie, exercise=own)

    kept.refresh_from_db()
    assert kept.answers == [["What stays?", "Rain."]]
    assert own_exercises(cast.actor("ben")) == []
    assert signed_in(cast, "ben").get(f"/compass/reflections/{kept.pk}/").status_code == 200


@pytest.mark.parametrize("prompts", [[], [" "], ["x?"] * 13])
def test_an_exercise_asks_something_but_not_everything(cast: Cast, prompts: list[str]) -> None:
    with pytest.raises(Invalid):
        add_exercise(
            actor=cast.actor("ada"), organisation_id=cast.organisation.pk, title="x", idea="x", prompts=prompts
        )


def test_the_form_for_exercises_adds_changes_and_takes_out(cast: Cast) -> None:
    client = signed_in(cast, "ada")
    sent = {"title": "Walk", "idea": "Ours.", "prompts": "One?\n\nTwo?", "organisation": str(cast.organisation.pk)}
    assert client.post("/compass/exercises/new/", sent).status_code == 302
    made = OwnExercise.objects.get()
    at = f"/compass/exercises/{made.pk}/change/"
    assert made.prompts == ["One?", "Two?"]
    assert client.post(at, {**sent, "prompts": "Three?", "seen": state_of(made)}).status_code == 302
    assert client.post(at, {**sent, "prompts": "Four?", "seen": state_of(made)}).status_code == 409
    assert client.post(at, {"act": "end"}).status_code == 302
    made.refresh_from_db()
    assert (made.prompts, made.ended_at is None) == (["Three?"], False)


def test_nothing_of_it_is_recorded(cast: Cast, own: OwnExercise, back: Reflection) -> None:
    before = Event.objects.count()
    wake(actor=cast.actor("ben"), reflection=back, words=NOW)
    keep_reflection(actor=cast.actor("ben"), answers=[("x", "y")], exercise=str(own.pk))

    assert Event.objects.count() == before
