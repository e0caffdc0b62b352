"""The path of a condition: who answers, in which steps, what silence shows, and what those who raised it say."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import Cast
from tests.together.made import MONDAY, OTHERS, WORDS, add_people, as_, html, on, shown

from fieldcraft.audit.models import Event
from fieldcraft.errors import Invalid, NotAllowed, NotFound, Stale
from fieldcraft.people.actions.community import make_sample_person
from fieldcraft.people.models import Membership, Role
from fieldcraft.together.actions.answering import answer_condition, name_owner
from fieldcraft.together.actions.judging import say_whether_it_helped
from fieldcraft.together.actions.raising import raise_for_team, raise_with_name
from fieldcraft.together.actions.sample import date_condition_back, date_step_back
from fieldcraft.together.models import Condition, Raising, Said, Stage
from fieldcraft.together.queries.conditions import AsRead, NamedSays, TeamAnswer, condition_as_read, conditions_of
from fieldcraft.together.queries.raisings import my_raisings


@pytest.fixture
def condition(cast: Cast) -> Condition:
    return raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)


def say(cast: Cast, condition: Condition, stage: Stage, words: str = "A line.", who: str = "cora") -> None:
    seen = str(condition.steps.count())
    answer_condition(actor=cast.actor(who), condition=condition, stage=stage, words=words, seen=seen)


def read(cast: Cast, condition: Condition, who: str = "edie") -> AsRead:
    whole = condition_as_read(cast.actor(who), condition.pk)
    assert whole is not None
    return whole.read


@pytest.mark.parametrize("who", ["cora", "ada"])
def test_the_convenor_and_administrators_answer_and_answer_for_it_from_then_on(
    cast: Cast, condition: Condition, who: str
) -> None:
    say(cast, condition, Stage.HEARD, "", who)

    condition.refresh_from_db()
    assert (condition.stage, condition.owner_id) == (Stage.HEARD, cast.people[who].pk)
    assert Event.objects.filter(verb="condition.heard", by=cast.people[who].pk).count() == 1


@pytest.mark.parametrize("who", ["ben", "ana", "edie"])
def test_others_do_not_answer_unless_they_are_named(cast: Cast, condition: Condition, who: str) -> None:
    with pytest.raises(NotAllowed):
        say(cast, condition, Stage.HEARD, "", who)
    name_owner(actor=cast.actor("cora"), condition=condition, person_id=cast.people[who].pk)
    condition.refresh_from_db()

    say(cast, condition, Stage.HEARD, "", who)
    assert condition.steps.get().by_id == cast.people[who].pk


def test_somebody_who_was_named_and_left_does_not_answer_any_more(cast: Cast, condition: Condition) -> None:
    name_owner(actor=cast.actor("cora"), condition=condition, person_id=cast.people["edie"].pk)
    Membership.objects.filter(person=cast.people["edie"]).update(ended_at=timezone.now())

    with pytest.raises(NotFound):
        say(cast, condition, Stage.HEARD, "", "edie")


def test_only_people_of_the_organisation_are_asked_to_answer_and_only_by_those_who_may(
    cast: Cast, condition: Condition
) -> None:
    with pytest.raises(NotFound):
        name_owner(actor=cast.actor("cora"), condition=condition, person_id=cast.people["cleo"].pk)
    with pytest.raises(NotAllowed):
        name_owner(actor=cast.actor("ben"), condition=condition, person_id=cast.people["ben"].pk)
    with pytest.raises(NotFound):
        name_owner(actor=cast.actor("cleo"), condition=condition, person_id=cast.people["cleo"].pk)


@pytest.mark.parametrize("stage", [Stage.TRYING, Stage.CHANGED, Stage.CANNOT])
def test_a_step_but_the_first_says_what_or_why(cast: Cast, condition: Condition, stage: Stage) -> None:
    with pytest.raises(Invalid):
        say(cast, condition, stage, "  ")


def test_the_steps_follow_one_another_and_an_answer_can_be_thought_over(cast: Cast, condition: Condition) -> None:
    for stage in (Stage.HEARD, Stage.TRYING, Stage.CANNOT, Stage.TRYING, Stage.CHANGED):
        say(cast, condition, stage)
    with pytest.raises(Invalid):
        say(cast, condition, Stage.HEARD)

    assert [step.number for step in condition.steps.all()] == [1, 2, 3, 4, 5]


def test_an_answer_is_not_written_over_somebody_else_s(cast: Cast, condition: Condition) -> None:
    say(cast, condition, Stage.HEARD)

    with pytest.raises(Stale):
        answer_condition(actor=cast.actor("ada"), condition=condition, stage=Stage.CANNOT, words="No.", seen="0")
    assert condition.steps.count() == 1


def test_fourteen_days_of_silence_show_to_everybody(cast: Cast) -> None:
    with on(MONDAY):
        made = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=WORDS)
    with on(MONDAY + timedelta(days=13)):
        assert not read(cast, made).is_silent
    with on(MONDAY + timedelta(days=14)):
        assert read(cast, made).is_silent
        for path in (f"/conditions/{made.pk}/", "/organisations/harbour-trust/conditions/"):
            assert "aiting to be heard since" in html(as_(cast, "edie").get(path)), path
        say(cast, made, Stage.HEARD)
        assert not read(cast, made).is_silent


def test_of_an_unnamed_one_silence_counts_from_the_day_on_which_it_showed(cast: Cast) -> None:
    made = shown(cast)

    with on(date(2026, 4, 5)):
        assert not read(cast, made).is_silent
    with on(date(2026, 4, 6)):
        assert read(cast, made).is_silent


def test_what_waits_longest_stands_first_then_what_is_tried_and_answers_below(cast: Cast) -> None:
    made = {}
    for day, words in enumerate(("tried", "later", "changed", "first of its day", "heard"), start=1):
        with on(date(2026, 3, min(day, 4))):
            made[words] = raise_with_name(actor=cast.actor("ben"), organisation=cast.organisation, words=words)
    with on(date(2026, 3, 9)):
        say(cast, made["tried"], Stage.TRYING)
        say(cast, made["changed"], Stage.CHANGED)
        say(cast, made["heard"], Stage.HEARD)
        found = conditions_of(cast.actor("edie"), cast.organisation)

    assert [row.condition.words for row in found.open] == ["later", "first of its day", "heard", "tried"]
    assert [row.condition.words for row in found.answered] == ["changed"]


def test_whoever_raised_it_by_name_says_whether_it_helped_with_their_name(cast: Cast, condition: Condition) -> None:
    with pytest.raises(Invalid):
        say_whether_it_helped(actor=cast.actor("ben"), condition_id=condition.pk, helped="yes")
    say(cast, condition, Stage.TRYING)
    say_whether_it_helped(actor=cast.actor("ben"), condition_id=condition.pk, helped="a_little")

    said = read(cast, condition).said
    assert isinstance(said, NamedSays)
    assert (said.name, str(said.helped)) == ("Ben", "A little")


def test_nobody_else_says_it_for_them_and_nothing_else_is_said(cast: Cast, condition: Condition) -> None:
    say(cast, condition, Stage.CHANGED)

    for who in ("ana", "cora", "cleo"):
        with pytest.raises(NotFound):
            say_whether_it_helped(actor=cast.actor(who), condition_id=condition.pk, helped="yes")
    with pytest.raises(Invalid):
        say_whether_it_helped(actor=cast.actor("ben"), condition_id=condition.pk, helped="very much")


def test_at_the_next_step_it_is_asked_anew_and_a_refusal_leaves_what_was_said(cast: Cast, condition: Condition) -> None:
    say(cast, condition, Stage.TRYING)
    say_whether_it_helped(actor=cast.actor("ben"), condition_id=condition.pk, helped="no")
    say(cast, condition, Stage.CANNOT)
    assert read(cast, condition).said
    say(cast, condition, Stage.TRYING)

    assert not read(cast, condition).said
    assert [mine.is_asked for mine in my_raisings(cast.actor("ben"))] == [True]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (["yes"], ""),
        (["yes", "no"], ""),
        (["yes", "a_little", "no"], "better"),
        (["yes", "no", "no"], "not_better"),
        (["yes", "yes", "no", "no"], "both"),
    ],
)
def test_a_team_says_it_by_its_majority_once_three_have_answered(cast: Cast, answers: list[str], says: str) -> None:
    add_people(cast)
    made = raise_for_team(actor=cast.actor("ben"), team=cast.team, words=WORDS)
    say(cast, made, Stage.CHANGED)
    for name, helped in zip(OTHERS, answers, strict=False):
        say_whether_it_helped(actor=cast.actor(name), condition_id=made.pk, helped=helped)

    said = read(cast, made).said
    assert (said.says if isinstance(said, TeamAnswer) else "") == says


RAISERS = ("ben", *OTHERS[:7])


@pytest.mark.parametrize(
    ("noes", "said"), [(0, Said.MOST), (2, Said.MOST), (3, Said.HALF), (5, Said.HALF), (6, Said.FEW), (8, Said.FEW)]
)
def test_of_an_unnamed_one_it_is_told_in_words_on_the_monday_after_eight_have_said_it(
    cast: Cast, noes: int, said: Said
) -> None:
    made = shown(cast)
    with on(date(2026, 3, 24)):
        say(cast, made, Stage.CHANGED)
    with on(date(2026, 3, 25)):
        for number, name in enumerate(RAISERS):
            helped = "no" if number < noes else "a_little"
            say_whether_it_helped(actor=cast.actor(name), condition_id=made.pk, helped=helped)
        assert not read(cast, made).said

    with on(date(2026, 3, 29)):
        assert not read(cast, made).said
    with on(date(2026, 3, 30)):
        assert str(read(cast, made).said) == said.label


def test_of_an_unnamed_one_seven_answers_tell_nothing(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 24)):
        say(cast, made, Stage.CHANGED)
        for name in RAISERS[:7]:
            say_whether_it_helped(actor=cast.actor(name), condition_id=made.pk, helped="yes")

    with on(date(2026, 6, 1)):
        assert not read(cast, made).said


def test_what_is_told_does_not_change_when_somebody_thinks_again(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 24)):
        say(cast, made, Stage.CHANGED)
        for name in RAISERS:
            say_whether_it_helped(actor=cast.actor(name), condition_id=made.pk, helped="yes")
    with on(date(2026, 3, 31)):
        for name in RAISERS:
            say_whether_it_helped(actor=cast.actor(name), condition_id=made.pk, helped="no")
        assert str(read(cast, made).said) == Said.MOST.label
    with on(date(2026, 4, 7)):
        assert str(read(cast, made).said) == Said.MOST.label
        say(cast, made, Stage.TRYING)
        assert not read(cast, made).said
    assert set(Raising.objects.filter(condition=made).values_list("helped", flat=True)) == {""}


def test_saying_it_leaves_no_time_and_no_event(cast: Cast) -> None:
    made = shown(cast)
    with on(date(2026, 3, 24)):
        say(cast, made, Stage.CHANGED)
        before = Event.objects.count()
        say_whether_it_helped(actor=cast.actor("ben"), condition_id=made.pk, helped="yes")

    assert Event.objects.count() == before
    assert {field.name for field in Raising._meta.fields} == {"id", "condition", "token", "helped"}


def test_nobody_says_it_of_what_does_not_show(cast: Cast) -> None:
    made = shown(cast)

    with on(date(2026, 3, 22)), pytest.raises(NotFound):
        say_whether_it_helped(actor=cast.actor("ben"), condition_id=made.pk, helped="yes")


def test_the_sample_community_alone_dates_back_and_shows_unnamed_ones_on_mondays(cast: Cast) -> None:
    made = shown(cast)
    ada = cast.actor("ada")
    with pytest.raises(NotFound):
        date_condition_back(actor=ada, condition=made, shown_on=MONDAY)
    cast.organisation.is_sample = True
    cast.organisation.save()
    with pytest.raises(Invalid):
        date_condition_back(actor=ada, condition=made, shown_on=MONDAY + timedelta(days=1))
    with pytest.raises(Invalid):
        date_condition_back(actor=ada, condition=made, words=MONDAY)
    outsider = make_sample_person(
        name="Real", email="real@example.org", organisation=cast.organisation, team=None, role=Role.CONVENOR
    )
    outsider.is_sample = False
    outsider.save()
    cast.people["real"] = outsider
    with pytest.raises(NotAllowed):
        date_condition_back(actor=cast.actor("real"), condition=made, shown_on=MONDAY)

    date_condition_back(actor=ada, condition=made, shown_on=MONDAY, raised_on=date(2026, 1, 21))
    say(cast, made, Stage.HEARD)
    date_step_back(actor=ada, step=made.steps.get(), on=date(2026, 3, 9))
    made.refresh_from_db()
    assert (made.raised_on, made.shown_on, made.stage_on) == (date(2026, 1, 1), MONDAY, date(2026, 3, 9))
