"""Tests of a theory: registered before looking, judged at fixed dates, by those alone whose yes stands."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.conftest import Cast
from tests.theory.counted_world import World, check_ins, join, say_yes, world
from tests.theory.test_claims import SAYING

from fieldcraft.engine.causal.verdict import verdict_dates
from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.mastery.models import CheckIn
from fieldcraft.mastery.sharing import Use
from fieldcraft.people.consent import Grant, withdraw
from fieldcraft.people.models import Membership, Person, Role
from fieldcraft.theory.actions.claims import add_link, change_claim, start_from_starter
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.actions.registering import canonical, dates_after, digest_of, register_test
from fieldcraft.theory.models import Claim, Kind, Says, Verdict
from fieldcraft.theory.models import Test as Registered
from fieldcraft.theory.queries.releases import scale_title
from fieldcraft.theory.queries.rooms import AGREED_KEY, ANSWERED_KEY, counted_by_rooms
from fieldcraft.theory.queries.saying import Named
from fieldcraft.theory.queries.tests import NotYet, Step, found_in, links_tested, questions_of, step_of
from fieldcraft.together.models import Condition, ConditionStep

START = date(2025, 1, 6)  # a Monday
REGISTERED = date(2025, 1, 2)
FIRST, SECOND, THIRD, FOURTH = (date(2025, 1, 15), date(2025, 4, 15), date(2025, 7, 15), date(2025, 10, 15))


class Theorist:
    """A world with a convenor who claims and registers."""

    def __init__(self, made: World) -> None:
        self.made = made
        self.head = join(made, None, f"head-{made.organisation.slug}", date(2024, 1, 1), Role.CONVENOR)

    def link(self, cause: str = "own-week:purpose", outcome: str = "own-week:better", **said: Any) -> Claim:
        ends = {"cause": Named(f"c {cause}", cause), "outcome": Named(f"o {outcome}", outcome)}
        of = {"actor": self.made.actor(self.head), "organisation_id": self.made.organisation.pk}
        return add_link(**of, **ends, saying=replace(SAYING, **said))

    def register(self, claim: Claim, today: date = REGISTERED) -> Registered:
        return register_test(actor=self.made.actor(self.head), claim=claim, today=today)

    def withdraws(self, person: Person, on: date) -> None:
        withdraw(person_id=person.pk, organisation_id=self.made.organisation.pk, use=Use.THEORY, on=on)


def year(sizes: list[int], *, effect: float = 0.0, weeks: int = 52, name: str = "Quay Trust") -> Theorist:
    """A year of check-ins of everybody, who all said yes to all of it."""
    made = world(sizes, since=date(2024, 1, 1), name=name)
    check_ins(made.everybody, START, weeks, effect=effect)
    say_yes(made, made.everybody, START, date(2026, 3, 1))
    return Theorist(made)


def said(verdict: Verdict) -> dict[str, object]:
    names = ("on", "says", "effect", "low", "high", "people", "pairs", "far", "reverse", "reason", "rule")
    return {name: getattr(verdict, name) for name in names}


def test_what_is_registered_is_shown_as_it_is_hashed_and_holds_all_that_was_settled(db: None) -> None:
    theorist = Theorist(world([1]))
    claim = theorist.link()

    test = theorist.register(claim)

    registered = test.registered
    assert (
        test.digest
        == sha256(canonical(registered).encode()).hexdigest()
        == digest_of(json.loads(canonical(registered)))
    )
    assert registered["claim"] == claim.current.says  # type: ignore[union-attr]
    assert registered["cause"]["measure"] == "own-week:purpose"
    assert registered["dates"] == ["2025-01-15", "2025-04-15", "2025-07-15", "2025-10-15"]
    assert registered["theory_version"] == 1
    assert registered["least"]["people"] == 30
    assert registered["rule"]
    assert test.text_id == claim.current_id


def test_the_dates_are_the_next_four_and_never_today() -> None:
    assert dates_after(date(2025, 7, 15)) == (date(2025, 10, 15), *verdict_dates(2026)[:3])


def test_only_those_who_keep_the_theory_register_and_only_once(db: None) -> None:
    theorist = Theorist(world([1]))
    claim = theorist.link()
    with pytest.raises(NotAllowed):
        register_test(actor=theorist.made.actor(theorist.made.everybody[0]), claim=claim, today=REGISTERED)

    theorist.register(claim)

    with pytest.raises(Invalid):
        theorist.register(claim)
    judge_due(FOURTH)
    again = theorist.register(claim, FOURTH + timedelta(days=1))
    assert again.registered["dates"][0] == "2026-01-15"
    assert Registered.objects.filter(claim=claim, ended_on=None).get() == again


@pytest.mark.parametrize(
    ("cause", "outcome", "delay", "step"),
    [
        ("own-week:purpose", "own-week:better", "week", Step.WEEK),
        ("own-week:mastery", "own-week:own_sake", "week", Step.WEEK),
        ("own-week:purpose", "own-week:better", "month", Step.FOUR_WEEKS),
        ("rooms:answered", "own-week:change", "month", Step.FOUR_WEEKS),
        ("rooms:answered", "own-week:influence", "week", Step.WEEK),
        ("rooms:answered", "own-week:change", "week", None),
        ("own-week:purpose", "own-week:better", "quarter", None),
        ("", "own-week:better", "week", None),
        ("gse-3:gse-3", "own-week:better", "week", None),
    ],
)
def test_a_link_is_judged_in_the_steps_that_fit_it_or_says_why_not(
    db: None, cause: str, outcome: str, delay: str, step: Step | None
) -> None:
    theorist = Theorist(world([1]))
    claim = theorist.link(cause, outcome, delay=delay)
    assert claim.current

    found = step_of(claim, claim.current)

    if step is not None:
        assert found is step
        assert theorist.register(claim).registered["step"] == step.value
        return
    assert isinstance(found, NotYet)
    assert found.reason
    with pytest.raises(Invalid):
        theorist.register(claim)


def test_a_scale_and_what_it_is_made_of_are_never_both_held_equal(db: None) -> None:
    theorist = Theorist(world([1]))
    theorist.link("own-week:influence", "own-week:own_sake")
    claim = theorist.link("own-week:mastery", "own-week:purpose")

    variables = theorist.register(claim).registered["variables"]

    assert variables == ["own-week:mastery", "own-week:purpose", "own-week:own_sake"]


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


def test_changing_the_claim_ends_its_test_and_keeps_what_was_found(db: None) -> None:
    theorist = year([16, 16], weeks=20)
    claim = theorist.link()
    test = theorist.register(claim)
    judge_due(SECOND)
    claim.refresh_from_db()
    assert claim.current_id

    change_claim(
        actor=theorist.made.actor(theorist.head),
        claim=claim,
        saying=replace(SAYING, sign="less"),
        based_on=claim.current_id,
        reason="We think otherwise.",
    )
    judge_due(FOURTH)

    test.refresh_from_db()
    assert test.ended_on is not None
    assert test.verdicts.count() == 2
    (asked,) = questions_of(claim, FOURTH)
    assert asked.next_on is None
    assert [found.verdict.on for found in asked.found] == [SECOND, FIRST]


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


def test_the_central_question_of_the_starter_stands_first_and_can_be_registered(db: None) -> None:
    theorist = Theorist(world([1]))
    theorist.link()
    central = theorist.link("rooms:answered", "own-week:change", delay="month")

    first, *others = links_tested(theorist.made.organisation, REGISTERED)

    assert (first.claim, first.is_central, first.why_not) == (central, True, "")
    assert [link.is_central for link in others] == [False]
    assert theorist.register(central).registered["variables"][:2] == ["rooms:answered", "own-week:change"]


def test_the_starters_own_questions_of_what_all_of_this_is_for_can_be_registered_and_are_judged(db: None) -> None:
    theorist = year([12, 12, 12], weeks=12)
    of = {"actor": theorist.made.actor(theorist.head), "organisation_id": theorist.made.organisation.pk}
    start_from_starter(**of, kind=Kind.LEARNING)
    asked = [
        theorist.register(Claim.objects.select_related("theory").get(key=key))
        for key in ("answered-improve", "contributing-improve")
    ]

    judge_due(SECOND)

    assert [test.registered["step"] for test in asked] == ["four weeks"] * 2
    assert [[verdict.on for verdict in test.verdicts.all()] for test in asked] == [[FIRST, SECOND]] * 2


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
