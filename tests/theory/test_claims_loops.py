"""Loops on graphs that are known, one key for each way round, and where everything stands in the picture."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import Cast

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.theory.actions.claims import add_link, drop_claim
from fieldcraft.theory.actions.picture import let_picture_place, name_loop, place_construct, step_from
from fieldcraft.theory.models import Claim, Construct, Kind, Theory
from fieldcraft.theory.queries.claims import stated_now, theory_of
from fieldcraft.theory.queries.loops import Round, key_of, rounds
from fieldcraft.theory.queries.picture import boxes
from fieldcraft.theory.queries.saying import Named, Saying

SAYING = Saying("a", "b", "c", "d", date(2027, 3, 1), sign="more", delay="week")


def drawn(cast: Cast, *links: str) -> Theory:
    """Each link as "tea+talk" or "tea-talk"."""
    for each in links:
        mark = "+" if "+" in each else "-"
        cause, outcome = each.split(mark)
        saying = replace(SAYING, sign="more" if mark == "+" else "less")
        where = {"actor": cast.actor("cora"), "organisation_id": cast.organisation.pk}
        add_link(**where, cause=Named(cause), outcome=Named(outcome), saying=saying)
    found = theory_of(cast.actor("cora"), cast.organisation, Kind.LEARNING)
    assert found
    return found


def found_in(theory: Theory) -> list[Round]:
    return list(rounds(theory, stated_now(theory)).found)


def as_sets(found: list[Round]) -> list[tuple[frozenset[str], bool]]:
    return [(frozenset(each.constructs), each.grows) for each in found]


def test_without_a_way_back_there_is_no_loop(cast: Cast) -> None:
    assert found_in(drawn(cast, "a+b", "b+c", "a+c")) == []


def test_two_minus_signs_feed_and_one_holds_in_check(cast: Cast) -> None:
    theory = drawn(cast, "a-b", "b-a", "b+c", "c-b")

    assert as_sets(found_in(theory)) == [(frozenset("ab"), True), (frozenset("bc"), False)]


def test_short_ones_come_first_and_all_are_found(cast: Cast) -> None:
    theory = drawn(cast, "a+b", "b+c", "c+a", "b+a", "c+b", "a+c")

    found = found_in(theory)

    assert [each.links for each in found] == [2, 2, 2, 3, 3]
    assert rounds(theory, stated_now(theory)).all_shown


def test_a_loop_has_one_key_wherever_it_is_entered(cast: Cast) -> None:
    assert key_of(("b", "c", "a")) == key_of(("c", "a", "b")) == "a b c"
    assert key_of(("c", "b", "a")) == "a c b", "the other way round is another loop"


def test_a_name_stays_with_its_loop_and_waits_for_it_to_come_back(cast: Cast) -> None:
    theory = drawn(cast, "a+b", "b+c", "c+a")
    (first,) = found_in(theory)
    name_loop(actor=cast.actor("cora"), theory=theory, key=first.key, name="  Round  we go ")
    assert found_in(theory)[0].name == "Round we go"
    claim = Claim.objects.get(source__name="b")
    assert claim.current_id

    drop_claim(actor=cast.actor("cora"), claim=claim, based_on=claim.current_id, reason="No.")

    assert found_in(theory) == []
    with pytest.raises(NotFound):
        name_loop(actor=cast.actor("cora"), theory=theory, key=first.key, name="x")
    assert [each.name for each in found_in(drawn(cast, "b+c"))] == ["Round we go"]


def test_naming_and_placing_make_no_version(cast: Cast) -> None:
    theory = drawn(cast, "a+b", "b+a")
    name_loop(actor=cast.actor("cora"), theory=theory, key=found_in(theory)[0].key, name="x")
    place_construct(actor=cast.actor("cora"), construct=Construct.objects.all()[0], across=0.2, down=0.3)

    theory.refresh_from_db()
    assert theory.version == 2


def test_what_people_placed_stands_there_and_the_rest_where_the_picture_puts_it(cast: Cast) -> None:
    theory = drawn(cast, "a+b", "b+c")
    before = {box.name: (box.across, box.down) for box in boxes(stated_now(theory))}

    place_construct(actor=cast.actor("cora"), construct=Construct.objects.get(name="b"), across=1.7, down=-0.2)

    after = {box.name: (box.across, box.down) for box in boxes(stated_now(theory))}
    assert after == {**before, "b": (1.0, 0.0)}
    let_picture_place(actor=cast.actor("cora"), theory=theory)
    assert {box.name: (box.across, box.down) for box in boxes(stated_now(theory))} == before


def test_only_those_who_keep_it_place_and_name(cast: Cast) -> None:
    theory = drawn(cast, "a+b", "b+a")
    with pytest.raises(NotAllowed):
        place_construct(actor=cast.actor("ben"), construct=Construct.objects.all()[0], across=0.2, down=0.3)
    with pytest.raises(NotAllowed):
        let_picture_place(actor=cast.actor("ben"), theory=theory)
    with pytest.raises(NotAllowed):
        name_loop(actor=cast.actor("ben"), theory=theory, key=found_in(theory)[0].key, name="x")


def test_a_step_leads_left_right_up_or_down() -> None:
    ends = {way: step_from(0.5, 0.5, way) for way in ("left", "right", "up", "down")}

    assert ends == {"left": (0.46, 0.5), "right": (0.54, 0.5), "up": (0.5, 0.46), "down": (0.5, 0.54)}
    with pytest.raises(Invalid):
        step_from(0.5, 0.5, "over")


@pytest.mark.parametrize("count", [2, 5, 10, 14, 24, 60])
def test_boxes_have_room_however_many_there_are(cast: Cast, count: int) -> None:
    theory = drawn(cast, *(f"thing {at}+thing {at + 1}" for at in range(count - 1)))

    placed = boxes(stated_now(theory))

    assert len(placed) == count
    assert len({(round(box.across, 3), round(box.down, 3)) for box in placed}) == count
    assert all(0 <= box.across <= 1 and 0 <= box.down <= 1 for box in placed)
