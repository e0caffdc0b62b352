"""The compasses of the sample community: everything of a compass can be seen in it, and by nobody but its owner."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone
from tests.conftest import Cast

from fieldcraft.engine.measure.change import LEAST_FOR_BAND, LEAST_FOR_LINE
from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.mastery.actions.compass import begin_purpose
from fieldcraft.mastery.actions.practice import Happened, keep_note
from fieldcraft.mastery.actions.sample import date_back, say_what_it_became
from fieldcraft.mastery.models import (
    Answer,
    CheckIn,
    Event,
    Obstacle,
    Practice,
    PracticeNote,
    Purpose,
    RealityNote,
    Reflection,
    Share,
    ShareRead,
    Vision,
    VisionRevision,
    Weight,
)
from fieldcraft.mastery.queries.kinds import KINDS, has_anything
from fieldcraft.mastery.queries.weeks import my_weeks
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Person
from fieldcraft.people.queries import actor_of, sample_people
from fieldcraft.shell.sample.build import build_sample
from fieldcraft.shell.sample.compasses.entries import Weeks
from fieldcraft.shell.sample.compasses.others import KOFI
from fieldcraft.shell.sample.compasses.weeks import weeks_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NUMBER_OR_ADDRESS = re.compile(r"\d[\d ()/-]{4,}\d|\S@\S")
TEXTS = {
    Purpose: ("sentence",),
    Vision: ("picture", "organisation_could", "brings"),
    VisionRevision: ("before", "after", "said"),
    RealityNote: ("seen", "story", "would_show_me_wrong"),
    Obstacle: ("text", "against"),
    Practice: ("what", "when"),
    PracticeNote: ("hunch", "happened", "reasons", "surprise", "followed_what"),
    Reflection: ("title", "answers", "woken"),
    CheckIn: ("line", "fits"),
    Event: ("words",),
}
HARBOUR = "/m/harbour-street-manual/"
SCREENS = (
    "/", "/search/?q=kettle", "/manuals/", "/people/me/", "/people/teams/", "/people/organisations/tideway/", HARBOUR,
    f"{HARBOUR}changes/", f"{HARBOUR}to-manualize/", f"{HARBOUR}feed/", f"{HARBOUR}search/?q=kettle", f"{HARBOUR}about/",
    f"{HARBOUR}p/joint-visits/", f"{HARBOUR}p/missed-visits/", f"{HARBOUR}p/the-back-stairs/",
    "/compass/pages/harbour-street-manual/joint-visits/", "/compass/", "/compass/purposes/", "/compass/visions/",
    "/compass/in-the-way/", "/compass/practice/", "/compass/notes/", "/compass/reflections/", "/compass/words/texts/",
    "/compass/weeks/", "/compass/weeks/table/", "/compass/shares/", "/compass/shared/", "/compass/export/", "/measures/",
)  # fmt: skip
PLANTED = (
    "go home with a clear head", "That nobody is given up on", "before it breaks", "putting my coat on",
    "Three messages lay in my tray", "the fourth small thing", "letters after their name", "the word kettle",
    "the lift was", "On the bus home", "A gull on the roof", "Wendell started", "The printer. I am not joking",
    "The dip was the time", "one evening in three",
)  # fmt: skip


def number_of(model: type, name: str) -> int:
    return int(model._default_manager.filter(owner__name=name).count())  # type: ignore[attr-defined]


class TestCompasses(TestCase):
    """Built once for all tests here, which only look at it."""

    @classmethod
    def setUpTestData(cls) -> None:
        build_sample()

    def actor(self, name: str) -> Actor:
        return actor_of(Person.objects.get(name=name))

    def test_one_compass_shows_one_of_everything(self) -> None:
        empty = [kind.key for kind in KINDS if kind.key != "retention" and not self._has(kind.model)]

        assert empty == []
        assert (number_of(Purpose, "Dee Okafor"), number_of(Vision, "Dee Okafor")) == (2, 2)
        assert set(Vision.objects.filter(owner__name="Dee Okafor").values_list("hold", flat=True)) == {
            "held",
            "forming",
        }
        changed = VisionRevision.objects.filter(owner__name="Dee Okafor")
        assert [changed.count(), changed.values("vision").distinct().count()] == [3, 1]

    def _has(self, model: type) -> bool:
        if model is ShareRead:
            return ShareRead.objects.filter(share__owner__name="Dee Okafor").exists()
        return number_of(model, "Dee Okafor") > 0

    def test_what_is_in_the_way_is_of_several_kinds_one_not_hers_to_move_and_one_gone(self) -> None:
        found = Obstacle.objects.filter(owner__name="Dee Okafor")

        assert len({each.kind for each in found}) == 5
        assert found.filter(whose="not_mine").exists()
        assert found.filter(gone_at__isnull=False).count() == 1
        beside = Weight.objects.filter(obstacle__kind="cannot_be_reached", owner__name="Dee Okafor")
        assert set(beside.values_list("speaks_for", flat=True)) == {True, False}

    def test_notes_are_on_pages_a_hunch_in_each_and_two_became_something_that_was_there(self) -> None:
        found = PracticeNote.objects.filter(owner__name="Dee Okafor")

        assert found.count() >= 12
        assert not found.filter(hunch="").exists()
        assert found.filter(page__isnull=False).count() >= 11
        assert found.exclude(followed="").count() >= 3
        (draft,) = [note.became_draft for note in found if note.became_draft]
        assert (draft.title, draft.state) == ("Missed visits", "draft")
        (remark,) = [note.became_remark for note in found if note.became_remark]
        assert remark.by_id == draft.by_id
        for note in found.filter(revision__isnull=False).select_related("revision__edition"):
            assert note.revision
            assert note.revision.edition.page_id == note.page_id

    def test_one_question_sleeps_one_has_come_back_today_and_one_was_opened(self) -> None:
        today = timezone.localdate()
        slept = Reflection.objects.filter(owner__name="Dee Okafor", wakes_on__isnull=False).order_by("wakes_on")

        opened, due, asleep = slept
        assert opened.woken_at
        assert (due.wakes_on, due.woken_at) == (today, None)
        assert asleep.wakes_on
        assert asleep.wakes_on > today + timedelta(days=27)

    def test_the_four_pictures_of_my_weeks_can_all_be_seen(self) -> None:
        expected = {
            "Rosa Lindgren": 0,
            "Jo Brennan": 0,
            "Tom Hallett": 3,
            "Amina Yusuf": 9,
            "Dee Okafor": 40,
            "Kofi Mensah": 70,
        }

        assert {name: number_of(CheckIn, name) for name in expected} == expected
        assert expected["Tom Hallett"] < LEAST_FOR_BAND <= expected["Amina Yusuf"] < LEAST_FOR_LINE
        drawn = {
            name: [str(each.chart.svg) for each in my_weeks(self.actor(name)).pictures if each.chart]
            for name in expected
        }
        assert drawn["Rosa Lindgren"] == []
        assert "chart-band-90" not in drawn["Tom Hallett"][0]
        assert "chart-band-90" in drawn["Amina Yusuf"][0]
        assert "chart-line" not in drawn["Amina Yusuf"][0].replace("chart-line-gap", "")
        for name in ("Dee Okafor", "Kofi Mensah"):
            assert 'class="chart-line"' in drawn[name][0]

    def test_weeks_have_a_gap_of_six_and_answers_that_were_passed_over(self) -> None:
        weeks = list(CheckIn.objects.filter(owner__name="Dee Okafor").order_by("week").values_list("week", flat=True))
        gaps = [later - week for week, later in pairwise(weeks)]

        assert max(gaps) >= timedelta(weeks=7)
        assert weeks[0] > timezone.localdate() - timedelta(weeks=52)
        answers = Answer.objects.filter(owner__name="Dee Okafor").exclude(item="change")
        assert 6 * 40 * 0.85 < answers.count() < 6 * 40

    def test_what_belongs_to_months_ago_stands_there_in_the_order_of_making(self) -> None:
        now = timezone.now()
        for kind in KINDS:
            if kind.moment in {"made_at", "at"} and kind.model is not ShareRead:
                told = kind.model._default_manager.filter(owner__name="Dee Okafor").order_by("pk")
                moments = list(told.values_list(kind.moment, flat=True))
                assert moments == sorted(moments), kind.key
                assert moments[-1] <= now, kind.key
        assert Purpose.objects.get(owner__name="Dee Okafor", ended_at=None).made_at < now - timedelta(days=200)

    def test_one_thing_is_shared_until_next_week_and_was_read_once(self) -> None:
        share = Share.objects.get()

        assert (share.owner.name, share.reader.name) == ("Dee Okafor", "Amina Yusuf")
        assert timezone.localdate() < share.until <= timezone.localdate() + timedelta(days=7)
        assert share.made_at < share.reads.get().at < timezone.now()

    def test_some_have_nothing_at_all(self) -> None:
        with_something = {person.name for person in sample_people() if has_anything(actor_of(person))}

        assert with_something == {"Dee Okafor", "Amina Yusuf", "Tom Hallett", "Kofi Mensah", "Jo Brennan"}
        assert number_of(Reflection, "Jo Brennan") == 2

    def test_no_text_holds_a_telephone_number_or_an_address(self) -> None:
        texts = [
            str(text) for model, names in TEXTS.items() for row in model._default_manager.values_list(*names) for text in row
        ]  # fmt: skip

        assert len(texts) > 300
        assert [found[0] for text in texts if (found := NUMBER_OR_ADDRESS.search(text))] == []

    def test_nothing_of_it_is_on_a_screen_of_anybody_else(self) -> None:
        others = ("", "Amina Yusuf", "Wendell Clarke", "Rosa Lindgren", "Edith Marlow", "Sam Whitcombe", "Priya Nair")
        dee = self._signed_in("Dee Okafor")
        hers = "".join(dee.get(screen).content.decode() for screen in SCREENS)
        assert sum(words in hers for words in PLANTED) > len(PLANTED) / 2

        for name in others:
            client = self._signed_in(name)
            answers = {screen: client.get(screen) for screen in SCREENS}
            if name in {"Amina Yusuf", "Wendell Clarke"}:
                assert {answer.status_code for answer in answers.values()} == {200}, name
            for screen, answer in answers.items():
                assert [words for words in PLANTED if words in answer.content.decode()] == [], (name, screen)

    def _signed_in(self, name: str) -> Client:
        client = Client()
        if name:
            client.force_login(Person.objects.get(name=name), backend=BACKEND)
        return client

    def test_filling_the_demo_once_more_changes_nothing(self) -> None:
        before = {kind.key: kind.model._default_manager.count() for kind in KINDS}

        call_command("demo")

        assert {kind.key: kind.model._default_manager.count() for kind in KINDS} == before


def test_the_weeks_of_somebody_are_the_same_each_time_and_not_those_of_somebody_else() -> None:
    plan = Weeks(count=20, since=30, level=4)

    assert list(weeks_of("Dee", plan)) == list(weeks_of("Dee", plan))
    assert list(weeks_of("Dee", plan)) != list(weeks_of("Tom", plan))


def test_no_week_lies_in_a_gap_and_every_answer_is_among_those_to_choose_from() -> None:
    plan = KOFI.weeks
    assert plan
    found = list(weeks_of("Kofi", plan))

    assert len(found) == plan.count
    assert [week for week in found if any(low <= week.ago <= high for low, high in plan.gaps)] == []
    assert {value for week in found for value in week.answers.values()} <= set(range(1, 8))
    assert [week.line for week in found if week.line] == list(plan.lines)


def test_only_the_sample_community_dates_anything_back(cast: Cast) -> None:
    ben = cast.actor("ben")
    purpose = begin_purpose(actor=ben, sentence="That somebody stays.")
    note = keep_note(actor=ben, happened=Happened("Nobody was in."))
    somebody = replace(ben, is_sample=False)

    with pytest.raises(NotAllowed):
        date_back(actor=somebody, thing=purpose, made_at=timezone.now())
    with pytest.raises(NotAllowed):
        say_what_it_became(actor=somebody, note=note)
    with pytest.raises(NotFound):
        date_back(actor=cast.actor("ana"), thing=purpose, made_at=timezone.now())
    with pytest.raises(NotFound):
        say_what_it_became(actor=cast.actor("ana"), note=note)
    with pytest.raises(Invalid):
        date_back(actor=ben, thing=purpose, sentence=timezone.now())
