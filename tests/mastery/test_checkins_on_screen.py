"""The check-in and my weeks through the plain forms, without JavaScript."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.conftest import Cast

from fieldcraft.mastery.models import Answer, CheckIn, Event
from fieldcraft.mastery.queries.checkins import this_week
from fieldcraft.measures.queries.packs import OWN_WEEK

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE, WEEKS = "/compass/check-in/", "/compass/weeks/"
ALL = {
    "item-purpose": "5",
    "item-influence": "3",
    "item-same_anyway": "6",
    "item-better": "4",
    "item-reachable": "2",
    "item-own_sake": "7",
    "item-change": "3",
}


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name], BACKEND)
    return client


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def seen_in(html: str) -> str:
    found = re.search(r'name="seen" value="(\w*)"', html)
    assert found
    return found[1]


def plain(html: str) -> str:
    """The page without what differs from person to person and time to time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|Ben|Ana', "", html)


def kept(cast: Cast, name: str, weeks_ago: int, **more: Any) -> CheckIn:
    """A check-in of an earlier week, all seven answered."""
    week = this_week() - timedelta(weeks=weeks_ago)
    row = CheckIn.objects.create(owner=cast.people[name], pack=OWN_WEEK, pack_version=1, week=week, **more)
    Answer.objects.bulk_create(
        Answer(owner=row.owner, checkin=row, item=item.removeprefix("item-"), value=int(value))
        for item, value in ALL.items()
    )
    return row


def test_a_check_in_is_kept_and_leads_to_two_ways_on(cast: Cast) -> None:
    ben = as_(cast, "ben")
    assert "checked" not in html_of(ben, HERE)

    answer = ben.post(HERE, {**ALL, "line": "The handover.", "seen": ""})

    assert answer["Location"] == "/compass/check-in/done/"
    row = CheckIn.objects.get()
    assert (row.owner, row.week, row.pack, row.pack_version, row.line) == (
        cast.people["ben"], this_week(), "own-week", 1, "The handover.",
    )  # fmt: skip
    assert dict(row.answers.values_list("item", "value")) == {
        name.removeprefix("item-"): int(value) for name, value in ALL.items()
    }
    html = html_of(ben, "/compass/check-in/done/")
    assert "Kept." in html
    assert "See my weeks" in html
    assert "Name what is in the way" in html


def test_nothing_chosen_writes_nothing_and_is_fine(cast: Cast) -> None:
    ben = as_(cast, "ben")

    answer = ben.post(HERE, {"item-purpose": "", "line": " ", "seen": ""}, follow=True)

    assert "Nothing is written, and that is fine." in answer.content.decode()
    assert CheckIn.objects.count() == 0


def test_a_second_time_in_a_week_opens_the_first(cast: Cast) -> None:
    ben = as_(cast, "ben")
    ben.post(HERE, {"item-better": "4", "line": "Rain.", "seen": ""})
    html = html_of(ben, HERE)
    assert re.search(r'name="item-better" value="4" checked', html)
    assert html.count(" checked") == 1
    assert "Rain." in html

    ben.post(HERE, {"item-better": "", "item-purpose": "2", "line": "Rain.", "seen": seen_in(html)})

    assert list(CheckIn.objects.get().answers.values_list("item", "value")) == [("purpose", 2)]


def test_taking_everything_back_leaves_no_row(cast: Cast) -> None:
    ben = as_(cast, "ben")
    ben.post(HERE, {"item-better": "4", "seen": ""})

    ben.post(HERE, {"item-better": "", "seen": seen_in(html_of(ben, HERE))})

    assert (CheckIn.objects.count(), Answer.objects.count()) == (0, 0)


def test_two_devices_overwrite_nothing_and_lose_nothing(cast: Cast) -> None:
    ben = as_(cast, "ben")
    ben.post(HERE, {"item-better": "4", "line": "First.", "seen": ""})

    late = ben.post(HERE, {"item-better": "1", "line": "Second.", "seen": ""})

    assert late.status_code == 409
    html = late.content.decode()
    assert "changed in another place" in html
    assert re.search(r'name="item-better" value="1" checked', html)
    assert "Second." in html
    assert "First." in html
    assert Answer.objects.get().value == 4
    ben.post(HERE, {"item-better": "1", "line": "Second.", "seen": seen_in(html)})
    assert Answer.objects.get().value == 1


def test_the_same_sent_twice_is_kept_once(cast: Cast) -> None:
    ben = as_(cast, "ben")

    answers = [ben.post(HERE, {"item-better": "4", "seen": ""}).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert CheckIn.objects.count() == Answer.objects.count() == 1


@pytest.mark.parametrize("value", ["0", "8", "-1", "4.5", "four", "9" * 40])
def test_an_answer_that_is_not_among_the_buttons_is_not_taken(cast: Cast, value: str) -> None:
    answer = as_(cast, "ben").post(HERE, {"item-better": value, "line": "Kept words.", "seen": ""})

    assert answer.status_code == 400
    assert "Kept words." in answer.content.decode()
    assert CheckIn.objects.count() == 0


def test_too_long_a_line_is_kept_in_the_form(cast: Cast) -> None:
    answer = as_(cast, "ben").post(HERE, {"item-better": "3", "line": "x" * 1001, "seen": ""})

    assert answer.status_code == 400
    assert re.search(r'name="item-better" value="3" checked', answer.content.decode())
    assert "x" * 1001 in answer.content.decode()


@pytest.mark.parametrize(("weeks_ago", "is_asked"), [(1, False), (3, False), (4, True), (30, True)])
def test_the_question_of_a_month_is_asked_when_a_month_has_passed(cast: Cast, weeks_ago: int, is_asked: bool) -> None:
    kept(cast, "ben", weeks_ago)

    html = html_of(as_(cast, "ben"), HERE)

    assert ("If I saw a better way here" in html) == is_asked
    assert ("once a month, if you like" in html) == is_asked


def test_the_question_of_a_month_can_be_changed_in_its_week(cast: Cast) -> None:
    ben = as_(cast, "ben")
    ben.post(HERE, {"item-change": "3", "seen": ""})

    assert re.search(r'name="item-change" value="3" checked', html_of(ben, HERE))


@pytest.mark.parametrize("value", ["1", "4", "7"])
def test_no_answer_changes_what_the_screens_say_next(cast: Cast, value: str) -> None:
    """Neither the page after it, nor the first screen, nor the next check-in's questions."""
    pages = []
    for name, said in (("ben", value), ("ana", "4")):
        client = as_(cast, name)
        client.post(HERE, {**dict.fromkeys(ALL, said), "seen": ""})
        pages.append(plain(html_of(client, "/compass/check-in/done/") + html_of(client, "/compass/")))

    assert pages[0] == pages[1]


def test_every_question_has_a_way_not_to_answer_and_only_its_ends_have_words(cast: Cast) -> None:
    html = html_of(as_(cast, "ben"), HERE)

    assert html.count("rather not say") == 7
    assert html.count('type="radio"') == 7 * 8
    assert html.count(", not at all") == html.count(", completely") == 7
    assert " required" not in html
    assert "data-keep" not in html
    assert "Only you see this, now and later. Skip anything." in html


def test_the_sentences_are_there_in_german(cast: Cast) -> None:
    html = as_(cast, "ben").get(HERE, headers={"accept-language": "de"}).content.decode()

    assert "In etwas bin ich ein wenig besser geworden." in html
    assert "ganz und gar" in html


def test_my_weeks_without_any_say_what_they_are_for(cast: Cast) -> None:
    html = html_of(as_(cast, "ben"), WEEKS)

    assert "No weeks here yet" in html
    assert '<svg class="chart' not in html


def test_my_weeks_draw_each_thing_once(cast: Cast) -> None:
    for number in range(10):
        kept(cast, "ben", number)

    html = html_of(as_(cast, "ben"), WEEKS)

    titles = re.findall(r'chart-title">([^<]*)<', html)
    assert titles == [
        "Sense of mastery",
        "My work connected with what I am here for.",
        "Some of the work I would have done for its own sake.",
        "If I saw a better way here, I could get it changed.",
    ]
    assert html.count("Your last four check-ins are within your usual range; it may be nothing.") >= 4
    assert "in my hands" in html
    table = html_of(as_(cast, "ben"), f"{WEEKS}table/")
    assert table.count('<th scope="row"') == 10
    assert ">Sense of mastery</th>" in table


def test_a_sense_of_mastery_needs_three_answers(cast: Cast) -> None:
    row = kept(cast, "ben", 0)
    row.answers.filter(item__in=["influence", "better"]).delete()

    html = html_of(as_(cast, "ben"), WEEKS)

    assert "Sense of mastery" not in html
    assert "My work connected" in html


def test_a_return_after_a_long_gap_is_met_without_a_word_about_it(cast: Cast) -> None:
    kept(cast, "ben", 40)
    ben = as_(cast, "ben")
    fresh = as_(cast, "ana")

    assert plain(html_of(ben, HERE)) == plain(html_of(fresh, HERE))


def test_an_event_is_pinned_and_taken_off(cast: Cast) -> None:
    kept(cast, "ben", 1)
    ben = as_(cast, "ben")

    ben.post("/compass/weeks/pin/", {"words": "New team lead", "on": str(this_week())})
    event = Event.objects.get()
    assert "New team lead" in html_of(ben, WEEKS)
    assert "New team lead" in html_of(ben, f"/compass/weeks/pins/{event.pk}/delete/")
    ben.post(f"/compass/weeks/pins/{event.pk}/delete/")

    assert Event.objects.count() == 0


@pytest.mark.parametrize("sent", [{"words": "", "on": "2026-01-01"}, {"words": "x" * 61, "on": "2026-01-01"}, {"words": "x", "on": "soon"}])  # fmt: skip
def test_an_event_that_makes_no_sense_is_shown_again(cast: Cast, sent: dict[str, str]) -> None:
    answer = as_(cast, "ben").post("/compass/weeks/pin/", sent)

    assert answer.status_code == 400
    assert sent["words"] in answer.content.decode()
    assert Event.objects.count() == 0


def test_a_week_is_read_again_and_deleted_after_one_look(cast: Cast) -> None:
    row = kept(cast, "ben", 3, line="The new rota.")
    ben = as_(cast, "ben")
    html = html_of(ben, f"/compass/weeks/{row.pk}/")
    assert "The new rota." in html
    assert "I got a little better at something.</span> <strong>4</strong>" in html

    html_of(ben, f"/compass/weeks/{row.pk}/delete/")
    assert CheckIn.objects.count() == 1
    ben.post(f"/compass/weeks/{row.pk}/delete/", {"act": "delete", "what": ""})

    assert (CheckIn.objects.count(), Answer.objects.count()) == (0, 0)


def test_one_answer_of_a_week_can_go_alone(cast: Cast) -> None:
    row = kept(cast, "ben", 3)

    as_(cast, "ben").post(f"/compass/weeks/{row.pk}/delete/", {"act": "delete", "what": "better"})

    assert row.answers.count() == 6
    assert not row.answers.filter(item="better").exists()


def test_whether_it_fits_is_noted_and_kept_by_two_devices(cast: Cast) -> None:
    kept(cast, "ben", 2)
    ben, at = as_(cast, "ben"), "/compass/weeks/fits/"

    ben.post(at, {"words": "Too rosy.", "seen": ""})
    assert "Too rosy." in html_of(ben, WEEKS)
    late = ben.post(at, {"words": "Just right.", "seen": ""})

    assert late.status_code == 409
    assert "Just right." in late.content.decode()
    assert "Too rosy." in late.content.decode()
    assert CheckIn.objects.get().fits == "Too rosy."


def test_a_picture_is_hidden_and_shown_again(cast: Cast) -> None:
    kept(cast, "ben", 1)
    ben = as_(cast, "ben")

    ben.post("/compass/weeks/hide/", {"picture": "own-week-mastery", "act": "hide"})
    hidden = html_of(ben, WEEKS)
    ben.post("/compass/weeks/hide/", {"picture": "own-week-mastery", "act": "show"})

    assert 'id="own-week-mastery-title"' not in hidden
    assert "Show this picture" in hidden
    assert 'id="own-week-mastery-title"' in html_of(ben, WEEKS)


def test_earlier_years_are_a_step_away_each(cast: Cast) -> None:
    for weeks_ago in (0, 30, 60, 120):
        kept(cast, "ben", weeks_ago)
    ben = as_(cast, "ben")
    html, found = html_of(ben, WEEKS), []
    while step := re.search(r'href="(\?until=[\d-]+)">The year before', html):
        html = html_of(ben, WEEKS + step[1])
        found.append("Sense of mastery" in html)

    assert found == [True, True]
    assert "The year after" in html


@pytest.mark.parametrize("until", ["x", "9999-12-31", "0001-01-01", "2026-13-40"])
def test_any_year_that_is_asked_for_gets_an_answer(cast: Cast, until: str) -> None:
    kept(cast, "ben", 1)

    html_of(as_(cast, "ben"), f"{WEEKS}?until={until}")


@pytest.mark.parametrize("who", ["ana", "ada", "cora", "edie"])
def test_nobody_else_reaches_anything_of_it(cast: Cast, who: str) -> None:
    row = kept(cast, "ben", 1, line="Mine alone.", fits="Mine, too.")
    event = Event.objects.create(owner=cast.people["ben"], on=date(2026, 1, 1), words="My own")
    client = as_(cast, who)
    paths = (f"/compass/weeks/{row.pk}/", f"/compass/weeks/{row.pk}/delete/", f"/compass/weeks/pins/{event.pk}/delete/")

    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert [client.post(path, {"what": ""}).status_code for path in paths] == [404] * 3
    assert client.post("/compass/weeks/fits/", {"words": "x", "seen": ""}).status_code == 404
    html = html_of(client, WEEKS) + html_of(client, "/compass/")
    assert "Mine" not in html
    assert '<svg class="chart' not in html
    assert (CheckIn.objects.count(), Event.objects.count()) == (1, 1)


def test_what_was_written_is_shown_as_words(cast: Cast) -> None:
    evil = '<script>alert("1")</script>'
    row = kept(cast, "ben", 0, line=evil, fits=evil)
    Event.objects.create(owner=cast.people["ben"], on=this_week(), words=evil)
    ben = as_(cast, "ben")

    for path in (HERE, WEEKS, f"/compass/weeks/{row.pk}/", "/compass/weeks/fits/"):
        assert "<script>alert" not in html_of(ben, path)


def test_nothing_of_it_is_kept_by_the_browser_or_anything_between(cast: Cast) -> None:
    row = kept(cast, "ben", 0)
    ben = as_(cast, "ben")

    for path in (HERE, "/compass/check-in/done/", WEEKS, f"/compass/weeks/{row.pk}/", "/compass/weeks/fits/"):
        assert ben.get(path)["Cache-Control"] == "no-store", path
