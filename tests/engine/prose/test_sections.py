"""Sections by heading, and one of them cut out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.prose.sections import cut, parts_to_split, sections
from fieldcraft.engine.words import words

TEXT = """# Visits

Ring first.

## Going in

Knock.

### At night

Wait.

Leaving
-------

Say when.
"""
PIECES = st.sampled_from(
    ["# One\n", "## Two *b*\n", "### `c`\n", "Setext\n===\n", "Under\n---\n", "Words [x][r].\n", "More[^n].\n", "\n",
     "[r]: http://a\n", "[^n]: Foot\n", "```\n# no\n```\n", "- item\n", "> ## quoted\n", "\r\n", "    code\n", "##\n"]
)  # fmt: skip


def test_a_section_goes_to_the_next_heading_of_its_level_or_a_higher_one() -> None:
    found = [(each.level, each.title, TEXT[each.body : each.end].split("\n")[1]) for each in sections(TEXT)]

    assert found == [
        (1, "Visits", "Ring first."), (2, "Going in", "Knock."), (3, "At night", "Wait."), (2, "Leaving", "Say when."),
    ]  # fmt: skip
    assert TEXT[sections(TEXT)[1].start : sections(TEXT)[1].end].endswith("Wait.\n\n")


def test_what_holds_the_whole_text_or_nothing_cannot_be_split_off() -> None:
    assert [each.title for each in parts_to_split(TEXT)] == ["Going in", "At night", "Leaving"]
    assert parts_to_split("Words.\n\n## Empty\n\n## Last\n\n") == []
    assert parts_to_split("## All\n\nWords.\n") == []
    assert parts_to_split("Words.\n\n##\n\nNo title.\n") == []


def test_a_link_stands_where_the_section_stood() -> None:
    made = cut(TEXT, parts_to_split(TEXT)[0], "[[Going in]]")

    assert made.left == "# Visits\n\nRing first.\n\n[[Going in]]\n\nLeaving\n-------\n\nSay when.\n"
    assert made.part == "Knock.\n\n### At night\n\nWait.\n"


@pytest.mark.parametrize("last", [True, False])
def test_definitions_go_with_whatever_uses_them(last: bool) -> None:
    notes = "[r]: http://a\n\n[^n]: Foot\n    more\n"
    here, there = ("## Part\n\nSee [x][r] and that[^n].\n\n", "Also [y][r].\n\n")
    text = f"{there}{here}## End\n\n{notes}" if last else f"{there}{here}{notes}\n## End\n\nLast.\n"

    made = cut(text, parts_to_split(text)[0], "[[Part]]")

    assert "[r]: http://a" in made.left
    assert "[r]: http://a" in made.part
    assert "[^n]: Foot\n    more" in made.part


def test_what_stands_in_code_uses_no_definition() -> None:
    made = cut("Words.\n\n## Part\n\n```\n[r]\n```\n\n## End\n\n[r]: http://a\n", parts_to_split(
        "Words.\n\n## Part\n\n```\n[r]\n```\n\n## End\n\n[r]: http://a\n")[0], "[[Part]]")  # fmt: skip

    assert "http://a" not in made.part


@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_word_is_lost(text: str) -> None:
    for section in parts_to_split(text):
        made = cut(text, section, "[[x]]")
        before = words(text[: section.start] + text[section.body :])

        after = words(made.left) + words(made.part)

        assert [word for word in before if before.count(word) > after.count(word)] == []
        assert words(section.title) or section.title
        assert set(after) - set(before) <= {"x"}
