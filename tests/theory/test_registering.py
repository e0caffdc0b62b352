"""A test is registered before looking: by whom, in which steps, at which dates, and what ends it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from tests.theory.counted_world import world
from tests.theory.test_claims import SAYING
from tests.theory.tested_world import FIRST, FOURTH, REGISTERED, SECOND, Theorist, year

from fieldcraft.engine.causal.verdict import verdict_dates
from fieldcraft.errors import Invalid, NotAllowed
from fieldcraft.theory.actions.claims import change_claim, start_from_starter
from fieldcraft.theory.actions.evidence import judge_due
from fieldcraft.theory.actions.registering import canonical, dates_after, digest_of, register_test
from fieldcraft.theory.models import Claim, Kind
from fieldcraft.theory.models import Test as Registered
from fieldcraft.theory.queries.tests import NotYet, Step, links_tested, questions_of, step_of


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
