"""Markdown is cut into top-level blocks, the same way as in the editor."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.prose.blocks import Block, blocks, parts

SHARED = sorted((Path(__file__).parents[2] / "shared_blocks").glob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}") for file in SHARED for case in json.loads(file.read_text())
]
SIGNS = """- |1. |> |# |    |\t|```|~~~|---|===|word|b c|[^1]: |: |<div>|</div>|<!--|-->|[a]: /x|\n|\n\n|\r\n|\r|  \n|[[x]]|\\|\f|\u2028|\0"""
MARKDOWNISH = st.lists(st.sampled_from([*SIGNS.split("|"), "|", "| a | b |\n|---|---|\n"]), max_size=25).map("".join)
LINE_ENDS = ("\r\n", "\n", "\r")


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_cut_as_the_shared_cases_say(case: dict) -> None:
    assert [[block.kind, block.first_line, block.end_line] for block in blocks(case["text"])] == case["blocks"]


def test_there_are_enough_shared_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case.id for case in CASES]

    assert len(names) >= 60
    assert len(names) == len(set(names))


@given(MARKDOWNISH | st.text())
def test_blocks_and_gaps_joined_give_the_text(text: str) -> None:
    assert "".join(text[part.start : part.end] for part in parts(text)) == text


@given(MARKDOWNISH)
def test_blocks_follow_each_other_begin_at_lines_and_end_with_a_line_that_says_something(text: str) -> None:
    found = blocks(text)

    assert all(one.end_line <= next_.first_line for one, next_ in pairwise(found))
    for block in found:
        assert block.start == 0 or text[: block.start].endswith(LINE_ENDS)
        assert block.end == len(text) or text[: block.end].endswith(LINE_ENDS)
        lines = text[block.start : block.end].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        assert len(lines) == block.end_line - block.first_line
        assert len(lines) == 1 or lines[-1].strip(" \t")


@given(MARKDOWNISH)
def test_line_ends_make_no_difference(text: str) -> None:
    bare = text.replace("\r\n", "\n").replace("\r", "\n")

    assert _lines(bare.replace("\n", "\r\n")) == _lines(bare)


@given(MARKDOWNISH)
def test_what_is_no_block_is_blank_or_a_definition(text: str) -> None:
    gaps = [text[part.start : part.end] for part in parts(text) if not isinstance(part, Block)]

    assert all(not gap.strip() or "[" in gap for gap in gaps)


def _lines(text: str) -> list[tuple[str, int, int]]:
    return [(block.kind, block.first_line, block.end_line) for block in blocks(text)]
