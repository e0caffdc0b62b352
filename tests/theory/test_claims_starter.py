"""The starter: complete, traceable, in order, and a beginning that anybody may change."""

from collections import Counter
from typing import Any

import pytest
from tests.conftest import Cast

from fieldcraft.errors import Invalid
from fieldcraft.mastery.queries.switches import switches
from fieldcraft.theory.actions.claims import start_from_starter
from fieldcraft.theory.models import REQUIRED_PARTS, Delay, Kind, Part, Sign, Sure, Theory
from fieldcraft.theory.queries.claims import links_of, stated_now
from fieldcraft.theory.queries.loops import rounds
from fieldcraft.theory.queries.measured import measured
from fieldcraft.theory.queries.picture import boxes
from fieldcraft.theory.queries.starter import starter
from fieldcraft.ui.charts.causal_curves import BOX_HEIGHT, BOX_WIDTH
from fieldcraft.ui.charts.causal_loop import HEIGHT_A_BOX, WIDTH, middle_of

LEARNING, PSYCHOLOGY = starter(Kind.LEARNING), starter(Kind.PSYCHOLOGY)
ALL = [*LEARNING.claims, *PSYCHOLOGY.claims]
IDEAS = {
    "intrinsic reward": "its own reward",
    "purpose": "own purpose",
    "purpose is not vision": "purpose is not vision",
    "powerlessness": "powerlessness stops",
    "belief in the vision": "cannot be reached stops",
    "reason and intuition": "reason and intuition",
    "the sub-conscious": "the sub-conscious works along",
    "compassion": "compassion",
    "contributing to the approach": "contributing to the approach",
}


def start(cast: Cast, kind: Kind) -> Theory:
    return start_from_starter(actor=cast.actor("cora"), organisation_id=cast.organisation.pk, kind=kind)


def test_every_line_says_why_from_where_what_one_would_see_and_what_critics_say() -> None:
    empty = [
        (claim.key, name)
        for claim in ALL
        for name in ("idea", "because", "source", "critics", "would_see", "would_change", "sure")
        if not getattr(claim, name).strip()
    ]

    assert empty == []
    assert {claim.sure for claim in ALL} <= set(Sure.values)


@pytest.mark.parametrize("idea", IDEAS)
def test_each_idea_of_the_discipline_has_a_line(idea: str) -> None:
    assert [claim.key for claim in ALL if IDEAS[idea] in claim.idea.casefold()] != []


def test_no_key_is_there_twice() -> None:
    keys = [claim.key for claim in ALL] + [each.key for each in LEARNING.constructs]

    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_links_join_what_is_there_and_measures_are_what_is_asked_or_counted(cast: Cast) -> None:
    keys = {each.key for each in LEARNING.constructs}

    assert {end for claim in LEARNING.claims for end in (claim.cause, claim.outcome)} == keys
    assert {claim.sign for claim in LEARNING.claims} <= set(Sign.values)
    assert {claim.delay for claim in LEARNING.claims} <= set(Delay.values)
    assert {each.measure for each in LEARNING.constructs} - set(measured(cast.actor("ben"))) == {""}


def test_purpose_and_vision_stay_two_things_and_the_central_question_is_there() -> None:
    ends = {(claim.cause, claim.outcome) for claim in LEARNING.claims}

    assert {"purpose", "vision"} <= {each.key for each in LEARNING.constructs}
    assert {("answered", "improve"), ("contributing", "improve")} <= ends


def test_the_psychology_has_its_three_parts_and_explains_all_that_follows_from_it() -> None:
    named = [key for claim in PSYCHOLOGY.claims for key in claim.follows]

    assert set(REQUIRED_PARTS) <= {Part(claim.part) for claim in PSYCHOLOGY.claims}
    assert sorted(named) == sorted(switches())


@pytest.mark.parametrize("kind", list(Kind))
def test_it_becomes_version_one_and_is_begun_once(cast: Cast, kind: Kind) -> None:
    found = start(cast, kind)

    assert found.version == 1
    assert len(stated_now(found)) == len(starter(kind).claims)
    with pytest.raises(Invalid):
        start(cast, kind)


def test_it_has_ways_round_of_both_kinds_and_no_two_boxes_on_each_other(cast: Cast) -> None:
    found = start(cast, Kind.LEARNING)
    links = links_of(stated_now(found))
    found_rounds = rounds(found, links).found

    assert {each.grows for each in found_rounds} == {True, False}
    placed = boxes(links)
    middles = [middle_of(box, HEIGHT_A_BOX * len(placed)) for box in placed]
    touching: list[Any] = [
        (one, other)
        for at, one in enumerate(middles)
        for other in middles[:at]
        if abs(one.x - other.x) < BOX_WIDTH and abs(one.y - other.y) < BOX_HEIGHT
    ]
    assert touching == []
    assert all(0 < middle.x < WIDTH for middle in middles)
