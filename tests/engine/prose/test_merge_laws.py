"""The laws of combining: what holds for any three texts."""

import random
import re
import subprocess
import time
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldcraft.engine.prose.merge import Kind, Region, is_silent, merge, text_of

SENTENCE = "we meet the team on Monday and ask what went well. Then plan! ## - | > ``` 1. ** [[x]] --- title: 5 mg"
WORDS = [*SENTENCE.split(), "\n", "\n\n", "\n- ", "\n| ", "\t"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
LINES = st.lists(st.sampled_from(["a\n", "b\n", "c d\n", "\n", "- e\n", "f. G!\n"]), max_size=12).map("".join)
ANY = TEXTS | LINES | st.text(max_size=60)
LETTERS = re.compile(r"[A-Za-z0-9]+")
MARKERS = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)


def one_of_three(names: str = "base ours theirs") -> st.SearchStrategy[tuple[str, str, str]]:
    """Three texts; the sides are often the base with something put in or left out."""
    return st.one_of(st.tuples(ANY, ANY, ANY), st.builds(_edited, LINES | TEXTS, st.integers(0, 2**32)))


GLUED = st.builds(
    lambda pieces, seed: _edited("".join(pieces), seed),
    st.lists(st.sampled_from(["a", "b ", "tea", "(", ") ", "\n", "- ", "milk\n", ".", "[x](y)"]), max_size=16),
    st.integers(0, 2**32),
)


def _edited(base: str, seed: int) -> tuple[str, str, str]:
    chance = random.Random(seed)
    return base, _edit(base, chance), _edit(base, chance)


def _edit(text: str, chance: random.Random) -> str:
    pieces = re.split(r"(?<=\s)", text)
    for _time in range(chance.randint(0, 3)):
        at = chance.randint(0, len(pieces))
        pieces[at : at + chance.randint(0, 2)] = chance.choice([[], ["new "], ["not\n"], ["more. ", "words\n"]])
    return "".join(pieces)


@given(ANY, ANY)
def test_what_only_one_side_changed_is_that_side(base: str, side: str) -> None:
    for regions in (merge(base, side, base), merge(base, base, side), merge(base, side, side)):
        assert is_silent(regions)
        assert text_of(regions) == side


@settings(max_examples=100)
@given(one_of_three())
def test_the_regions_of_each_text_joined_give_it_back(three: tuple[str, str, str]) -> None:
    regions = merge(*three)

    for text, side in zip(three, ("base", "ours", "theirs"), strict=True):
        assert "".join(getattr(region, side) for region in regions) == text


@settings(max_examples=100)
@given(one_of_three())
def test_swapping_the_sides_swaps_them_and_nothing_else(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    regions, swapped = merge(base, ours, theirs), merge(base, theirs, ours)

    if is_silent(regions):
        assert text_of(swapped) == text_of(regions)
    if not _is_far(regions) and not _is_far(swapped):
        assert [(one.base, one.ours, one.theirs) for one in regions] == [(o.base, o.theirs, o.ours) for o in swapped]


def _is_far(regions: list[Region]) -> bool:
    return any(region.kind is Kind.FAR for region in regions)


@settings(max_examples=100)
@given(one_of_three())
@example(("well. well. well.", "well. well.not\n", "well. well. not\n"))
def test_every_added_word_is_in_the_page_or_in_what_is_shown(three: tuple[str, str, str]) -> None:
    base, ours, theirs = (Counter(text.split()) for text in three)

    shown: Counter[str] = Counter()
    for side in ("ours", "theirs"):
        shown |= Counter("".join(_shown(region, side) for region in merge(*three)).split())

    assert not ((ours - base) | (theirs - base)) - shown


def _shown(region: Region, side: str) -> str:
    """The region as this side has it, to the sign or at least in its words, if that is offered; its first text if not."""
    texts, wanted = [one.text for one in region.alternatives], getattr(region, side)
    alike = [text for text in texts if text.split() == wanted.split()]
    return wanted if wanted in texts else [*alike, texts[0]][0]


@settings(max_examples=100)
@given(GLUED | one_of_three(), st.integers(0, 2**32))
def test_words_stay_apart_whatever_is_chosen(three: tuple[str, str, str], seed: int) -> None:
    chance = random.Random(seed)
    regions = merge(*three)
    known = {word for text in three for word in LETTERS.findall(text)}

    for _choice in range(4):
        page = text_of(regions, [chance.choice(region.alternatives).text for region in regions])
        assert known.issuperset(LETTERS.findall(page))


@pytest.mark.parametrize(
    "three",
    [
        ("words in where\n", "words(in) where\n", "words, where\n"),
        ("Ask. 5", "Ask. the", "Ask.new the"),
        ("tea", "tea milk", "tea (bread"),
        ("on _ we- tea the\n\nx", "on _ we- tea the the- new", "on _ we- tea \n\n(x"),
    ],
)
def test_words_stay_apart_whatever_is_chosen_in_each_region(three: tuple[str, str, str]) -> None:
    known = {word for text in three for word in LETTERS.findall(text)}

    for chosen in product(*(region.alternatives for region in merge(*three))):
        assert known.issuperset(LETTERS.findall("".join(one.text for one in chosen)))


@settings(max_examples=100)
@given(one_of_three())
def test_nothing_that_a_side_took_out_comes_back_silently(three: tuple[str, str, str]) -> None:
    for region in merge(*three):
        if region.kind in {Kind.SAME, Kind.APART} and not region.base.startswith("---"):
            words, base = Counter(region.alternatives[0].text.split()), Counter(region.base.split())
            for side in (region.ours, region.theirs):
                kept = Counter((region.ours if side == region.theirs else region.theirs).split())
                assert not (words & (base - Counter(side.split()))) - (kept - base + Counter(side.split()))


@settings(max_examples=100)
@given(one_of_three())
def test_alternatives_are_distinct_and_named_once_and_silent_regions_have_one(three: tuple[str, str, str]) -> None:
    for region in merge(*three):
        texts, names = [one.text for one in region.alternatives], [one.name for one in region.alternatives]
        assert len(set(texts)) == len(texts) >= 1
        assert len(set(names)) == len(names)
        assert len(texts) == 1 or region.kind not in {Kind.SAME, Kind.APART}


@settings(max_examples=100)
@given(one_of_three())
def test_combining_again_changes_nothing_and_writes_no_markers(three: tuple[str, str, str]) -> None:
    base, ours, theirs = three
    page = text_of(merge(base, ours, theirs))

    assert text_of(merge(base, page, page)) == page
    assert any(map(MARKERS.search, three)) or not MARKERS.search(page)
    if is_silent(merge(base, ours, theirs)):
        assert text_of(merge(theirs, page, theirs)) == page


def test_silent_is_only_what_git_combines_and_with_the_same_text(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _case in range(80):
        letters = chance.choice(["ab", "abcd", "abcdefghijkl"])
        base = "".join(f"{chance.choice(letters)}\n" for _line in range(chance.randint(0, 14)))
        ours, theirs = _line_edit(base, letters, chance), _line_edit(base, letters, chance)
        regions = merge(base, ours, theirs)
        code, page = _by_git(tmp_path, base, ours, theirs)
        assert is_silent(regions) == (code == 0), (base, ours, theirs)
        assert code or page == text_of(regions), (base, ours, theirs)


def _line_edit(text: str, letters: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    for _time in range(chance.randint(0, 3)):
        at = chance.randint(0, len(lines))
        lines[at : at + chance.randint(0, 2)] = [
            f"{chance.choice(letters + 'xy')}\n" for _ in range(chance.randint(0, 2))
        ]
    return "".join(lines)


def _by_git(place: Path, *three: str) -> tuple[int, str]:
    for name, text in zip(("base", "ours", "theirs"), three, strict=True):
        (place / name).write_bytes(text.encode())
    try:
        done = subprocess.run(
            ["git", "merge-file", "-p", "-q", "ours", "base", "theirs"], cwd=place, capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("git is not installed, so there is nothing to compare with")
    return done.returncode, done.stdout.decode()


def test_long_and_odd_pages_take_a_moment_only() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefghij", k=5)) for _word in range(2000)]
    base = " ".join(chance.choices(words, k=4000))
    sides = [" ".join(chance.choice(words) if chance.random() < 0.1 else w for w in base.split()) for _side in "ot"]
    started = time.perf_counter()

    merge(base, *sides)
    merge("same\n" * 1000, "same\n" * 500 + "x\n" + "same\n" * 500, "same\n" * 900)
    merge("a" * 20_000, "a" * 20_000 + "b", "c" + "a" * 20_000)
    merge("1-" * 20_000, "2-" * 20_000, "(0" * 20_000)

    assert time.perf_counter() - started < 8
