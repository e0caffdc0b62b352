"""A person is asked about a sentence, not about each of its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.prose.merge import Region, merge
from fieldcraft.manual.queries.questions import SILENT, by_question

DOOR = "If nobody answers, knock twice, wait five minutes and leave a card.\n"
DOOR_OURS = "If nobody answers, ring the bell, wait ten minutes and leave a card.\n"
DOOR_THEIRS = "If nobody answers, knock twice and call, wait for fifteen minutes and leave a card.\n"


def _asked(base: str, ours: str, theirs: str) -> list[Region]:
    return [region for region in by_question(merge(base, ours, theirs)) if region.kind not in SILENT]


def test_two_places_in_one_sentence_are_one_question() -> None:
    (asked,) = _asked(DOOR, DOOR_OURS, DOOR_THEIRS)

    texts = {each.name: each.text for each in asked.alternatives}
    assert "ring the bell, wait ten" in texts["ours"]
    assert "knock twice and call, wait for fifteen" in texts["theirs"]


def test_two_paragraphs_are_two_questions() -> None:
    base, ours, theirs = "Knock.\n\nWait.\n\nGo in.\n", "Ring.\n\nWait.\n\nRun in.\n", "Hum.\n\nWait.\n\nWalk in.\n"

    assert len(_asked(base, ours, theirs)) == 2


def test_what_a_side_wrote_is_called_after_the_side() -> None:
    (asked,) = _asked("Knock twice.\n", "Ring the bell.\n", "Hum a song.\n")

    texts = {each.name: each.text for each in asked.alternatives}
    assert (texts["ours"], texts["theirs"]) == ("Ring the bell.\n", "Hum a song.\n")
    assert len({" ".join(each.text.split()) for each in asked.alternatives}) == len(asked.alternatives)


WORDS = st.lists(st.sampled_from(["tea", "cup", "milk,", "hot.", "\n\n", "\n- ", "two"]), max_size=14).map(" ".join)


@pytest.mark.parametrize("name", ["base", "ours", "theirs"])
@given(base=WORDS, ours=WORDS, theirs=WORDS)
def test_the_questions_and_what_is_between_them_give_back_each_text(
    name: str, base: str, ours: str, theirs: str
) -> None:
    joined = list(by_question(merge(base, ours, theirs)))

    assert "".join(getattr(region, name) for region in joined) == {"base": base, "ours": ours, "theirs": theirs}[name]
    for region in joined:
        assert len({each.name for each in region.alternatives}) == len(region.alternatives)
