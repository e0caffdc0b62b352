"""What is kept in memory is bounded by number and by size, and what was used last stays."""

from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.kept import Kept


def test_what_was_used_last_stays() -> None:
    kept: Kept[str] = Kept(2)
    kept.keep("a", "A")
    kept.keep("b", "B")
    kept.get("a")
    kept.keep("c", "C")

    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("A", None, "C")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50)), max_size=60))
def test_the_sizes_together_stay_below_the_bound(steps: list[tuple[int, int]]) -> None:
    kept: Kept[int] = Kept(5, most_size=100)
    for key, size in steps:
        kept.keep(key, size, size=size)

        held = [value for each in range(10) if (value := kept.get(each)) is not None]
        assert len(held) <= 5
        assert sum(held) <= 100
        assert kept.get(key) == size
