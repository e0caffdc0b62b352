"""Student's t against a printed table (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2) and closed forms."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.measure.student import t_below, t_quantile


@pytest.mark.parametrize(
    ("share", "degrees", "value"),
    [(0.95, 1, 6.314), (0.95, 2, 2.920), (0.95, 9, 1.833), (0.975, 10, 2.228), (0.95, 36, 1.688), (0.99, 66, 2.384)],
)
def test_quantiles_are_those_of_the_table(share: float, degrees: int, value: float) -> None:
    assert t_quantile(share, degrees) == pytest.approx(value, abs=5e-4)


@given(st.floats(-40, 40))
def test_one_and_two_degrees_have_closed_forms(value: float) -> None:
    assert t_below(value, 1) == pytest.approx(0.5 + math.atan(value) / math.pi, abs=1e-14)
    assert t_below(value, 2) == pytest.approx(0.5 + value / (2 * math.sqrt(2 + value * value)), abs=1e-14)


@given(st.floats(0.5, 0.9999), st.integers(1, 200))
def test_a_quantile_leads_back_to_its_share(share: float, degrees: int) -> None:
    assert t_below(t_quantile(share, degrees), degrees) == pytest.approx(share, abs=1e-12)


@given(st.floats(-20, 20), st.integers(1, 200))
def test_both_sides_are_alike(value: float, degrees: int) -> None:
    assert t_below(value, degrees) + t_below(-value, degrees) == pytest.approx(1, abs=1e-14)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="degree"):
        t_below(0, 0)
    with pytest.raises(ValueError, match="share"):
        t_quantile(0.2, 5)
