"""Tests of a theory: judged at fixed dates, by those alone whose yes stands."""

import os
import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.theory.counted_world import World, world
from tests.theory.tested_world import FIRST, FOURTH, SECOND, START, THIRD, Theorist, said, year

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.mastery.models import CheckIn
from fieldcraft.people.consent import Grant
from fieldcraft.people.models import Membership
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.models import Claim, Says, Verdict
from fieldcraft.theory.queries.releases import scale_title
from fieldcraft.theory.queries.rooms import AGREED_KEY, ANSWERED_KEY, counted_by_rooms
from fieldcraft.theory.queries.tests import found_in
from fieldcraft.together.models import Condition, ConditionStep


def test_it_is_judged_at_its_dates_once_each_and_not_before(db: None) -> None:
    theorist = year([20, 20], weeks=20)
    test = theorist.register(theorist.link())

    judge_due(FIRST - timedelta(days=1))
    assert not Verdict.objects.exists()
    judge_due(SECOND)
    judge_due(SECOND + timedelta(days=9))

    assert list(test.verdicts.values_list("on", flat=True)) == [FIRST, SECOND]


def test_a_link_that_is_there_is_found_with_its_interval_in_ranges_and_the_way_back(db: None) -> None:
    theorist = year([30, 30, 20], effect=0.35)
    test = theorist.register(theorist.link())

    judge_due(FOURTH)

    found = test.verdicts.get(on=FOURTH)
    assert found.says == Says.SUPPORTS
    assert found.effect is not None
    assert found.low is not None
    assert found.low > 0
    assert round(found.effect * 20) == pytest.approx(found.effect * 20), "to the nearest 0.05"
    assert found.people == "50-99"
    assert found.reverse in {Says.CANNOT_SAY, Says.NO_LINK}
    first = test.verdicts.get(on=FIRST)
    assert (first.says, first.effect, first.reason) == (Says.CANNOT_SAY, None, "few_people"), "one week is no pair"


def test_a_link_stated_the_wrong_way_round_is_spoken_against(db: None) -> None:
    theorist = year([30, 30, 20], effect=0.35)
    test = theorist.register(theorist.link(sign="less"))

    judge_due(FOURTH)

    assert test.verdicts.get(on=FOURTH).says == Says.OTHER_WAY


def test_where_nothing_is_there_nothing_is_found(db: None) -> None:
    theorist = year([30, 30, 20])
    test = theorist.register(theorist.link("own-week:own_sake", "own-week:reachable"))

    judge_due(FOURTH)

    assert {verdict.says for verdict in test.verdicts.all()} <= {Says.CANNOT_SAY, Says.NO_LINK}


def test_with_fewer_than_thirty_people_no_figure_is_kept_but_how_far_it_is(db: None) -> None:
    theorist = year([15, 14], effect=0.5)
    test = theorist.register(theorist.link())

    judge_due(FOURTH)

    found = test.verdicts.get(on=FOURTH)
    assert (found.says, found.reason, found.people) == (Says.CANNOT_SAY, "few_people", "0-29")
    assert found.effect is found.low is found.high is None
    assert found.far
    assert "850" in found_in(found, FOURTH).far or "pairs" in found_in(found, FOURTH).far


def test_one_team_is_no_organisation(db: None) -> None:
    theorist = year([40, 8], effect=0.5)
    test = theorist.register(theorist.link())

    judge_due(FOURTH)

    found = test.verdicts.get(on=FOURTH)
    assert (found.says, found.reason, found.effect) == (Says.CANNOT_SAY, "one_team", None)


def test_a_withdrawal_before_a_date_is_as_if_they_had_never_been_there(db: None) -> None:
    theorist = year([20, 20], effect=0.35)
    claim = theorist.link()
    gone = theorist.made.everybody[7]
    theorist.register(claim)
    theorist.withdraws(gone, SECOND - timedelta(days=1))
    judge_due(SECOND)
    withdrawn = said(Verdict.objects.get(on=SECOND))

    Verdict.objects.all().delete()
    Grant.objects.filter(person=gone).delete()
    CheckIn.objects.filter(owner=gone).delete()
    judge_due(SECOND)

    assert said(Verdict.objects.get(on=SECOND)) == withdrawn, "past weeks too"


def test_a_withdrawal_just_before_a_late_judging_counts_too_and_one_after_changes_nothing(db: None) -> None:
    theorist = year([16, 14], weeks=20)
    test = theorist.register(theorist.link())
    late = SECOND + timedelta(days=5)
    theorist.withdraws(theorist.made.everybody[0], late)

    judge_due(late)
    before = [said(verdict) for verdict in test.verdicts.all()]
    for person in theorist.made.everybody:
        theorist.withdraws(person, late + timedelta(days=1))
    judge_due(late + timedelta(days=1))

    assert before[-1]["people"] == "0-29", "twenty-nine are left"
    assert [said(verdict) for verdict in test.verdicts.all()] == before


def test_whoever_left_the_organisation_is_not_counted(db: None) -> None:
    theorist = year([16, 14], weeks=20)
    test = theorist.register(theorist.link())
    Membership.objects.filter(person=theorist.made.everybody[0]).update(ended_at="2025-03-01T00:00Z")

    judge_due(SECOND)

    assert test.verdicts.get(on=SECOND).people == "0-29"


def test_weeks_of_a_quarter_without_a_yes_are_not_counted(db: None) -> None:
    theorist = year([20, 20], effect=0.35)
    test = theorist.register(theorist.link())
    Grant.objects.filter(first_day__gte=date(2025, 4, 1)).delete()

    judge_due(FOURTH)

    second, fourth = test.verdicts.get(on=SECOND), test.verdicts.get(on=FOURTH)
    assert fourth.pairs == second.pairs, "no week was added since"


def test_a_verdict_is_old_when_two_dates_have_passed() -> None:
    verdict = Verdict(on=FIRST, says=Says.CANNOT_SAY, people="0-29", pairs="0-99", rule="x")

    assert not found_in(verdict, SECOND + timedelta(days=1)).is_old
    assert found_in(verdict, THIRD + timedelta(days=9)).is_old


def test_of_a_hundred_weeks() -> None:
    def usual(effect: float | None) -> tuple[int, int] | None:
        verdict = Verdict(on=FIRST, says=Says.SUPPORTS, effect=effect, people="50-99", pairs="850-1199", rule="x")
        return found_in(verdict, FIRST).usual

    assert [usual(0.05), usual(0.1), usual(0.15), usual(None)] == [(52, 48), (53, 47), (55, 45), None]


def test_two_organisations_are_judged_each_by_its_own(db: None) -> None:
    one = year([20, 20], effect=0.35, weeks=30)
    other = Theorist(world([4], name="Elm House"))
    tests = [theorist.register(theorist.link()) for theorist in (one, other)]

    judge_due(THIRD)

    assert [test.verdicts.get(on=THIRD).people for test in tests] == ["30-49", "0-29"]


def answer_at(made: World, team: int | None, on: date, number: int) -> None:
    """A condition of a team, or of all, that everybody sees, answered on a day."""
    by = made.everybody[0]
    place = made.teams[team] if team is not None else None
    condition = Condition.objects.create(
        organisation=made.organisation, team=place, voice="team" if place else "named", words=f"No room {number}.",
        by=by, raised_on=on, shown_on=on, stage="changed", stage_on=on,
    )  # fmt: skip
    ConditionStep.objects.create(condition=condition, number=1, stage="changed", words="Done.", by=by, on=on)


def test_what_the_rooms_count_is_of_a_teams_week_and_of_all_where_it_concerns_all(db: None) -> None:
    made = world([2, 2])
    answer_at(made, 0, START + timedelta(days=3), 1)
    answer_at(made, None, START + timedelta(days=6), 2)
    answer_at(made, 1, START + timedelta(days=7), 3)

    found = counted_by_rooms(made.organisation.pk, ANSWERED_KEY, START, START + timedelta(weeks=1))

    one, two = (str(team.pk) for team in made.teams)
    assert [found.of(team, START) for team in (one, two, "")] == [2, 1, 1]
    assert [found.of(team, START + timedelta(weeks=1)) for team in (one, two)] == [0, 1]


def test_agreed_changes_are_counted_for_the_team_that_agreed_them(cast: Cast) -> None:
    add_page(actor=cast.actor("ana"), manual=cast.team_manual, text=Text("Ours", "Words."))
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Core", "Words."))
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())

    found = counted_by_rooms(cast.organisation.pk, AGREED_KEY, monday, monday)

    assert found.of(str(cast.team.pk), monday) == 1
    assert found.of("", monday) == 0


def test_the_central_question_is_judged_in_blocks_of_four_weeks_with_whole_teams_left_out(db: None) -> None:
    """Does “able to improve the approach” rise after conditions are answered? Many small teams, some of them answered."""
    theorist = year([4] * 24)
    drawn = random.Random(3)
    for number in range(120):
        answer_at(theorist.made, drawn.randrange(24), START + timedelta(days=drawn.randrange(270)), number)
    test = theorist.register(theorist.link("rooms:answered", "own-week:change", delay="month"))

    judge_due(FOURTH)

    found = test.verdicts.get(on=FOURTH)
    assert found.says in {Says.CANNOT_SAY, Says.NO_LINK}, "nothing was planted"
    assert found.people == "50-99"
    assert found.reason in {"", "imprecise", "between"}


def test_every_scale_that_is_shown_has_a_title(db: None) -> None:
    assert scale_title("own-week:better") == "I got a little better at something."


def test_what_moves_for_everybody_at_once_tells_nothing(db: None) -> None:
    theorist = year([12, 12, 12], weeks=40)
    test = theorist.register(theorist.link("rooms:answered", "own-week:influence"))

    judge_due(FOURTH)

    found = test.verdicts.get(on=FOURTH)
    assert (found.says, found.reason, found.effect, found.far) == (Says.CANNOT_SAY, "unmoved", None, "")


def test_numpy_is_loaded_by_judging_alone() -> None:
    asked = "import django; django.setup(); import sys, fieldcraft.config.wsgi, fieldcraft.config.urls; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "fieldcraft.config.settings"},
    )

    assert done.stdout.strip() == "False"


def test_links_with_the_same_variables_are_judged_by_one_look(db: None) -> None:
    theorist = year([12, 12, 12], weeks=12)
    for ends in (("own-week:purpose", "own-week:better"), ("own-week:better", "own-week:purpose")):
        theorist.link(*ends)
    for claim in Claim.objects.all():
        theorist.register(claim)

    with CaptureQueriesContext(connection) as asked:
        judge_due(FIRST)

    assert Verdict.objects.count() == 2
    assert sum("mastery_answer" in query["sql"] for query in asked.captured_queries) == 1
