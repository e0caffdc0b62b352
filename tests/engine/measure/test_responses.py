"""Who answered what and when; what is missing stays missing."""

import pytest

from fieldcraft.engine.measure.responses import Missing, Response, ResponseMatrix, matrix_of

ANSWERS = [
    Response("p1", 2, "better", 4),
    Response("p1", 1, "better", 3),
    Response("p2", 1, "better", Missing.RATHER_NOT_SAY),
    Response("p1", 1, "purpose", 7),
]


def test_answers_become_people_by_occasions_by_items() -> None:
    matrix = matrix_of(ANSWERS)

    assert (matrix.people, matrix.occasions, matrix.items) == (("p1", "p2"), (1, 2), ("better", "purpose"))
    assert matrix.cells[0] == ((3, 7), (4, Missing.NOT_ANSWERED))
    assert matrix.answers("p2", 1) == {"better": Missing.RATHER_NOT_SAY, "purpose": Missing.NOT_ANSWERED}


def test_a_series_holds_only_numbers_in_time() -> None:
    matrix = matrix_of(ANSWERS)

    assert matrix.series("p1", "better") == ((1, 3), (2, 4))
    assert matrix.series("p2", "better") == ()


def test_rather_not_say_counts_for_nobody() -> None:
    matrix = matrix_of(ANSWERS)

    assert matrix.people_with(1) == ("p1",)
    assert matrix.people_with(3) == ()


def test_nobody_answers_twice_on_one_occasion() -> None:
    with pytest.raises(ValueError, match="twice"):
        matrix_of([*ANSWERS, Response("p1", 1, "better", 5)])


@pytest.mark.parametrize("cells", [(), ((),), (((1.0,),),), (((1.0, 2.0),), ((1.0, 2.0),))])
def test_cells_fit_the_axes(cells: tuple[tuple[tuple[float, ...], ...], ...]) -> None:
    with pytest.raises(ValueError, match="people × occasions × items"):
        ResponseMatrix(("p1",), (1,), ("a", "b"), cells)


def test_an_axis_names_each_thing_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        ResponseMatrix(("p1",), (1,), ("a", "a"), (((1.0, 2.0),),))
