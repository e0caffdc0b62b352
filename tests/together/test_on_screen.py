"""Conditions on screen: who sees it is said before anything is typed, and what leads where."""

from datetime import date
from typing import Any

import pytest
from tests.conftest import Cast
from tests.together.made import LIST, MINE, MONDAY, RAISE, WORDS, as_, html, on, shown, unnamed

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.mastery.models import Obstacle, Safety
from fieldcraft.together.actions.answering import name_owner
from fieldcraft.together.actions.raising import raise_with_name
from fieldcraft.together.models import LONGEST_ANSWER, Condition, ConditionPage, Stage, Voice


def send(cast: Cast, who: str = "ben", **sent: str) -> Any:
    return as_(cast, who).post(RAISE, sent)


def raised(cast: Cast, who: str = "ben", words: str = WORDS) -> Condition:
    return raise_with_name(actor=cast.actor(who), organisation=cast.organisation, words=words)


@pytest.mark.parametrize(
    ("voice", "who_sees"),
    [
        ("named", "Everybody in your organisation sees it with your name"),
        ("team", "Everybody in your organisation sees it with your team&#x27;s name"),
        ("unnamed", "Nobody sees who raised it, now or later"),
    ],
)
def test_who_sees_it_is_said_for_each_way_before_anything_is_typed(cast: Cast, voice: str, who_sees: str) -> None:
    screen = html(send(cast, voice=voice)).replace("team's", "team&#x27;s")

    assert who_sees in screen.partition("<textarea")[0]
    assert "<textarea" in screen


def test_the_threshold_is_never_the_only_way_to_speak(cast: Cast) -> None:
    choose, write = html(as_(cast, "ben").get(RAISE)), html(send(cast, voice="unnamed"))

    for screen in (choose, write):
        assert "Waiting for others is never the only way to speak" in screen
        assert "/compass/safety/harbour-trust/" in screen
    assert {f'value="{voice}"' in choose for voice in Voice.values} == {True}


def test_somebody_without_a_team_is_not_asked_for_one(cast: Cast) -> None:
    assert 'value="team"' not in html(as_(cast, "edie").get(RAISE))
    assert "<textarea" not in html(send(cast, "edie", voice="team", act="raise", words=WORDS))
    assert Condition.objects.count() == 0


@pytest.mark.parametrize("voice", Voice.values)
def test_what_is_sent_is_raised_and_leads_to_one_s_own_list(cast: Cast, voice: str) -> None:
    place = cast.team.pk if voice == "team" else cast.organisation.pk

    answer = send(cast, act="raise", voice=voice, words=WORDS, place=str(place))

    assert answer["Location"] == MINE
    assert WORDS in html(as_(cast, "ben").get(MINE))
    assert [each.voice for each in Condition.objects.all()] == [voice]


@pytest.mark.parametrize("words", ["", "x" * 301])
def test_what_does_not_fit_comes_back_with_its_words_and_nothing_is_kept(cast: Cast, words: str) -> None:
    answer = send(cast, act="raise", voice="unnamed", words=words, place=str(cast.organisation.pk))

    assert answer.status_code == 400
    assert "Please look at this again" in html(answer)
    assert words in html(answer)
    assert Condition.objects.count() == 0


def test_a_place_that_is_not_one_s_own_is_refused(cast: Cast) -> None:
    answer = send(cast, "cleo", act="raise", voice="named", words=WORDS, place=str(cast.organisation.pk))

    assert answer.status_code == 400
    assert Condition.objects.count() == 0


def test_nothing_that_is_typed_is_kept_on_the_device(cast: Cast) -> None:
    screen = html(send(cast, voice="unnamed"))

    assert "data-keep" not in screen
    assert "keep.js" not in screen
    assert "data-check-names" in screen


@pytest.mark.parametrize(("whose", "leads"), [("not_mine", True), ("influence", True), ("mine", False), ("", False)])
def test_what_is_not_mine_to_move_can_be_raised_and_its_words_go_only_with_the_form(
    cast: Cast, whose: str, leads: bool
) -> None:
    obstacle = Obstacle.objects.create(owner=cast.people["ben"], text="Nobody picks up.", whose=whose)
    screen = html(as_(cast, "ben").get(f"/compass/in-the-way/{obstacle.pk}/"))

    assert ("Raise it as a condition" in screen) == leads
    assert (f'action="{RAISE}"' in screen) == leads
    assert f"{RAISE}?" not in screen, "no words in an address"


def test_words_that_are_brought_along_stand_in_the_box_and_are_not_raised(cast: Cast) -> None:
    choose = html(send(cast, words="Nobody picks up."))
    write = html(send(cast, voice="named", words="Nobody picks up."))

    assert 'name="words" value="Nobody picks up."' in choose
    assert "Nobody picks up.</textarea>" in write
    assert Condition.objects.count() == 0


def test_from_a_page_it_points_to_that_page_and_the_page_says_so(cast: Cast) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Hello", "Words."))
    ben, panel = as_(cast, "ben"), "/conditions/pages/street-manual/hello/"
    assert f"{RAISE}?manual=street-manual&amp;page=hello" in html(ben.get(panel))
    of_page = {"manual": "street-manual", "page": "hello"}
    sent = {"act": "raise", "voice": "named", "words": WORDS, "place": str(cast.organisation.pk), **of_page}

    assert "“Hello”" in html(ben.get(RAISE, of_page))
    ben.post(RAISE, sent)

    assert ConditionPage.objects.count() == 1
    assert WORDS in html(as_(cast, "edie").get(panel))
    assert "not answered yet" in html(as_(cast, "edie").get(panel)), "that it waits is said after fourteen days"
    made = Condition.objects.get()
    assert 'href="/m/core/p/hello/"' in html(as_(cast, "edie").get(f"/conditions/{made.pk}/"))
    assert f'hx-get="{panel}"' in html(ben.get("/m/street-manual/p/hello/"))


def test_a_page_that_its_reader_may_not_open_is_not_named(cast: Cast) -> None:
    add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text("Ours alone", "Words."))
    cast.team_manual.audience = "team"
    cast.team_manual.save()
    sent = {"manual": "street-manual", "page": "ours-alone", "place": str(cast.organisation.pk)}
    send(cast, act="raise", voice="named", words=WORDS, **sent)
    path = f"/conditions/{Condition.objects.get().pk}/"

    assert "Ours alone" in html(as_(cast, "ana").get(path))
    assert "Ours alone" not in html(as_(cast, "edie").get(path))


def test_open_conditions_stand_first_on_the_organisations_page(cast: Cast) -> None:
    raised(cast)
    page = html(as_(cast, "edie").get("/people/organisations/harbour-trust/"))
    part = as_(cast, "edie").get(f"{LIST}open/", headers={"HX-Request": "true"})

    panel = page.index(f'hx-get="{LIST}open/"')
    assert panel < page.index("Teams</h2>")
    assert 'hx-get="/compass/safety/' not in page, "whom to call is led to, and never put into the page"
    assert WORDS in html(part)
    assert "<html" not in html(part)


def test_the_one_who_answers_gets_the_buttons_and_others_the_reason(cast: Cast) -> None:
    path = f"/conditions/{raised(cast).pk}/"

    for_cora, for_ben = html(as_(cast, "cora").get(path)), html(as_(cast, "ben").get(path))
    for words in ("I heard this", "We will try …", "We cannot change this, because …", "I take it on"):
        assert words in for_cora, words
        assert words not in for_ben, words
    assert "answers this." in for_ben


def test_an_answer_stands_with_name_day_and_words(cast: Cast) -> None:
    made = raised(cast)
    path = f"/conditions/{made.pk}/"
    as_(cast, "cora").post(path, {"act": "owner", "person": str(cast.people["edie"].pk)})
    assert "Edie is asked to answer" in html(as_(cast, "ben").get(path))
    assert "Edie is asked to answer." in html(as_(cast, "ben").get(LIST))

    as_(cast, "edie").post(path, {"act": "heard", "seen": "0"})
    as_(cast, "edie").post(path, {"act": "cannot", "seen": "1", "words": "There is no money."})

    screen = html(as_(cast, "ben").get(path))
    assert "Heard by Edie" in screen
    assert "There is no money." in screen
    assert "Edie answers for the organisation" in screen
    assert "Edie is asked to answer" not in html(as_(cast, "ben").get(LIST))


def test_words_that_came_too_late_come_back_beside_the_other_answer(cast: Cast) -> None:
    path = f"/conditions/{raised(cast).pk}/"
    as_(cast, "cora").post(path, {"act": "heard", "seen": "0"})

    answer = as_(cast, "ada").post(path, {"act": "trying", "seen": "0", "words": "A second desk."})

    assert answer.status_code == 409
    assert "A second desk.</textarea>" in html(answer)
    assert "Heard by Cora" in html(answer)


@pytest.mark.parametrize(
    "sent", [{}, {"act": "nothing"}, {"act": "trying", "seen": "0"}, {"act": "owner", "person": "x"}]
)
def test_an_answer_that_says_nothing_is_asked_for_again(cast: Cast, sent: dict[str, str]) -> None:
    made = raised(cast)

    assert as_(cast, "cora").post(f"/conditions/{made.pk}/", sent).status_code == 400
    assert made.steps.count() == 0


def test_a_sign_that_no_database_keeps_is_left_out_of_an_answer(cast: Cast) -> None:
    made = raised(cast)
    sent = {"act": "trying", "seen": "0", "words": "A second\x00 desk."}

    assert as_(cast, "cora").post(f"/conditions/{made.pk}/", sent).status_code == 302
    assert made.steps.get().words == "A second desk."


def test_others_cannot_answer_by_sending_it(cast: Cast) -> None:
    made = raised(cast)

    assert as_(cast, "ben").post(f"/conditions/{made.pk}/", {"act": "heard", "seen": "0"}).status_code == 403
    assert as_(cast, "cleo").post(f"/conditions/{made.pk}/", {"act": "heard", "seen": "0"}).status_code == 404


def test_one_s_own_list_says_what_waits_and_lets_take_it_back(cast: Cast) -> None:
    with on(MONDAY):
        made = unnamed(cast, "ben")
        ben = as_(cast, "ben")
        screen = html(ben.get(MINE))
        ben.post(MINE, {"act": "take-back", "condition": str(made.pk)})

    assert "It waits for others." in screen
    assert "They see it from" in screen
    assert Condition.objects.count() == 0


def test_whoever_raised_it_is_asked_whether_it_is_better(cast: Cast) -> None:
    made = raised(cast)
    as_(cast, "cora").post(f"/conditions/{made.pk}/", {"act": "trying", "seen": "0", "words": "A second desk."})
    ben = as_(cast, "ben")
    assert "Is it better?" in html(ben.get(f"{MINE}today/", headers={"HX-Request": "true"}))

    ben.post(MINE, {"condition": str(made.pk), "helped": "a_little"})

    assert "Ben says: A little." in html(as_(cast, "edie").get(LIST))
    assert "Is it better?" in html(ben.get(MINE))
    assert as_(cast, "ana").post(MINE, {"condition": str(made.pk), "helped": "no"}).status_code == 404
    assert as_(cast, "ben").post(MINE, {"condition": "x"}).status_code == 404


@pytest.mark.parametrize("path", [RAISE, MINE, f"{MINE}today/", "/trail/"])
def test_what_is_one_s_own_is_kept_by_nothing(cast: Cast, path: str) -> None:
    assert as_(cast, "ben").get(path)["Cache-Control"] == "no-store"


def test_today_holds_nothing_of_it(cast: Cast) -> None:
    raised(cast)

    today = html(as_(cast, "ben").get("/"))
    assert f'hx-get="{MINE}today/"' in today
    assert WORDS not in today


def test_it_works_where_no_compass_is_open_yet(cast: Cast) -> None:
    Safety.objects.all().delete()

    for path in (RAISE, MINE, "/trail/", LIST):
        assert as_(cast, "ben").get(path).status_code == 200


def test_an_unnamed_one_that_shows_says_since_when_and_never_when_it_was_raised(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 23)):
        name_owner(actor=cast.actor("cora"), condition=made, person_id=cast.people["cora"].pk)
        screen = html(as_(cast, "edie").get(f"/conditions/{made.pk}/"))

    assert "Shown since 23 March 2026" in screen
    assert "2 March" not in screen
    assert "1 March" not in screen
    assert Stage(made.stage) is Stage.WAITING


def test_whoever_takes_it_on_answers_from_then_on_and_nobody_is_asked(cast: Cast) -> None:
    path = f"/conditions/{raised(cast).pk}/"

    told = html(as_(cast, "cora").post(path, {"act": "owner", "person": "me"}, follow=True))

    assert "It is yours to answer now." in told
    for screen in (html(as_(cast, "ben").get(path)), html(as_(cast, "ben").get(LIST))):
        assert "is asked to answer" not in screen
        assert "Cora answers" in screen
    as_(cast, "cora").post(path, {"act": "owner", "person": str(cast.people["ada"].pk)})
    assert "Ada is asked to answer" in html(as_(cast, "ben").get(path))


def test_an_answer_that_is_too_long_says_how_long_it_is_and_comes_back(cast: Cast) -> None:
    made = raised(cast)
    words = "x" * (LONGEST_ANSWER + 1)

    answer = as_(cast, "cora").post(f"/conditions/{made.pk}/", {"act": "trying", "seen": "0", "words": words})

    assert answer.status_code == 400
    assert f"{LONGEST_ANSWER + 1} signs" in html(answer)
    assert words in html(answer)
