"""Two texts become regions down to words; laws, and what a reader would call right."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.prose.diff import (
    Changed,
    MovedAway,
    MovedHere,
    Region,
    Same,
    SentenceCounts,
    change_in_words,
    diff,
)

SENTENCE = "we meet the team on Monday and ask what went well. Then plan! ## - | > ``` 1. ** [[x]]"
WORDS = [*SENTENCE.split(), "\n", "\n\n", "\t"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
ANY = TEXTS | st.text(max_size=80)


def shown(old: str, new: str) -> str:
    """The regions as a line of text, for reading."""
    out = []
    for region in diff(old, new):
        match region:
            case Same(mine):
                out.append(mine.of(old))
            case Changed(mine, yours):
                out.append((f"[-{mine.of(old)}-]" if mine else "") + (f"[+{yours.of(new)}+]" if yours else ""))
            case MovedAway(mine):
                out.append(f"[<{mine.of(old)}<]")
            case MovedHere(yours):
                out.append(f"[>{yours.of(new)}>]")
    return "".join(out)


def old_side(old: str, regions: list[Region]) -> str:
    return "".join(region.old.of(old) for region in regions if not isinstance(region, MovedHere))


def new_side(new: str, regions: list[Region]) -> str:
    return "".join(region.new.of(new) for region in regions if not isinstance(region, MovedAway))


@given(ANY)
def test_a_text_compared_with_itself_shows_no_change(text: str) -> None:
    assert all(isinstance(region, Same) for region in diff(text, text))
    assert not change_in_words(text, text)


@given(ANY, ANY)
def test_the_old_sides_joined_give_the_old_text_and_the_new_sides_the_new_one(old: str, new: str) -> None:
    regions = diff(old, new)

    assert old_side(old, regions) == old
    assert new_side(new, regions) == new


@given(ANY, ANY)
def test_what_is_the_same_is_the_same_sign_by_sign_and_what_moved_has_the_same_words(old: str, new: str) -> None:
    for region in diff(old, new):
        match region:
            case Same(mine, yours):
                assert mine.of(old) == yours.of(new) != ""
            case Changed(mine, yours):
                assert mine.of(old) != yours.of(new)
            case MovedAway(mine, place) | MovedHere(place, mine):
                assert mine.of(old).split() == place.of(new).split() != []


@given(ANY, ANY)
def test_swapping_the_texts_swaps_the_sides(old: str, new: str) -> None:
    assert [_mirror(region) for region in diff(old, new)] == diff(new, old)


@given(ANY, ANY)
def test_spans_follow_each_other_and_empty_ones_stand_in_their_place(old: str, new: str) -> None:
    old_at = new_at = 0
    for region in diff(old, new):
        if not isinstance(region, MovedHere):
            assert region.old.start == old_at
            old_at = region.old.end
        if not isinstance(region, MovedAway):
            assert region.new.start == new_at
            new_at = region.new.end


def _mirror(region: Region) -> Region:
    match region:
        case Same(old, new):
            return Same(new, old)
        case Changed(old, new):
            return Changed(new, old)
        case MovedAway(old, to):
            return MovedHere(old, to)
        case MovedHere(new, came_from):
            return MovedAway(new, came_from)


@pytest.mark.parametrize(
    ("old", "new", "as_read"),
    [
        ("We meet on Monday.\n", "We meet on Friday.\n", "We meet on [-Monday-][+Friday+].\n"),
        ("We go out.\n", "We often go out.\n", "We [+often +]go out.\n"),
        ("We often go out.\n", "We go out.\n", "We [-often -]go out.\n"),
        ("One.\n\nTwo words.\n", "One.\n\nNew block.\n\nTwo words.\n", "One.\n\n[+New block.\n\n+]Two words.\n"),
        (
            "The team meets. The team eats.\n",
            "The team meets. The team sings. The team eats.\n",
            "The team meets. [+The team sings. +]The team eats.\n",
        ),
        (
            "# A\n\nfirst one here\n\nsecond one there\n\nthird one where\n",
            "# A\n\nsecond one there\n\nthird one where\n\nfirst one here\n",
            "# A\n\n[<first one here\n\n<]second one there\n\nthird one where\n[+\n+][>first one here\n>]",
        ),
        (
            "Ask what the young person wants to do first today.",
            "Ask who the young person needs to see first today.",
            "Ask [-what-][+who+] the young person [-wants to do-][+needs to see+] first today.",
        ),
        ("a **bold** word stays here", "a __bold__ word stays here", "a [-**bold**-][+__bold__+] word stays here"),
        ("one two three\nfour five", "one two three four five", "one two three[-\n-][+ +]four five"),
        ("- one\n- two\n- three\n", "- one\n- two and a half\n- three\n", "- one\n- two[+ and a half+]\n- three\n"),
        ("Wait 1,000 days.", "Wait 1,500 days.", "Wait [-1,000-][+1,500+] days."),
        (
            "See https://a.org/b-c now",
            "See https://a.org/b-d now",
            "See [-https://a.org/b-c-][+https://a.org/b-d+] now",
        ),
        ("", "All new.", "[+All new.+]"),
        ("All gone.", "", "[-All gone.-]"),
        ("", "", ""),
    ],
)
def test_changes_read_as_a_person_would_mark_them(old: str, new: str, as_read: str) -> None:
    assert shown(old, new) == as_read


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("One. Two.", "One. Two.", (0, 0, 0, 0)),
        ("We meet on Monday. We eat.", "We meet on Friday. We eat. We sing loudly.", (1, 1, 0, 0)),
        ("We meet on Monday. We eat.", "We eat.", (0, 0, 1, 0)),
        ("- one thing\n- another thing\n", "- one thing\n- another good thing\n", (1, 0, 0, 0)),
        (
            "First of all.\n\nSecond of them.\n\nThird one.\n",
            "Second of them.\n\nThird one.\n\nFirst of all.\n",
            (0, 0, 0, 1),
        ),
        ("Ask Dr. Ray, e.g. today. Go.", "Ask Dr. Roy, e.g. today. Go.", (1, 0, 0, 0)),
        ("one\ntwo", "one two", (0, 0, 0, 0)),
    ],
)
def test_changes_are_counted_in_sentences(old: str, new: str, counts: tuple[int, int, int, int]) -> None:
    assert change_in_words(old, new) == SentenceCounts(*counts)


@given(TEXTS, TEXTS)
def test_swapping_the_texts_swaps_what_is_added_and_what_is_removed(old: str, new: str) -> None:
    there, back = change_in_words(old, new), change_in_words(new, old)

    assert there.added - there.removed == back.removed - back.added


def prose(words: int, seed: int) -> str:
    dice = random.Random(seed)
    known = ["".join(dice.choices("aeioulmnrst", k=dice.randint(2, 9))) for _ in range(600)]
    said = [known[int(600 * dice.random() ** 2)] + ("." if dice.random() < 0.08 else "") for _ in range(words)]
    return "\n\n".join(" ".join(said[at : at + 70]) for at in range(0, words, 70))


def edited(text: str, edits: int, seed: int) -> str:
    dice = random.Random(seed)
    words = text.split(" ")
    for _ in range(edits):
        at = dice.randrange(len(words))
        words[at : at + dice.randint(0, 2)] = ["anew"] * dice.randint(0, 2)
    return " ".join(words)


@pytest.mark.parametrize(
    ("old", "new", "seconds"),
    [
        pytest.param(prose(2_000, 1), edited(prose(2_000, 1), 30, 2), 3, id="a page with thirty edits"),
        pytest.param(
            prose(20_000, 1).replace("\n\n", " "),
            edited(prose(20_000, 1).replace("\n\n", " "), 300, 2),
            1.5,
            id="one giant block",
        ),
        pytest.param(prose(20_000, 1).replace("\n\n", " "), prose(20_000, 9).replace("\n\n", " "), 3, id="two of them"),
        pytest.param("a b " * 20_000, "b a " * 19_000, 3, id="two words only"),
        pytest.param("a\n\n" * 5_000, "b a\n\n" * 5_000, 3, id="many small blocks"),
        pytest.param("." * 100_000, "!" * 100_000 + " a", 3, id="signs only"),
        pytest.param("- a b c\n" * 4_000, "- a c d\n" * 4_000, 3, id="a long list"),
        pytest.param(" " * 200_000, "\n" * 200_000, 3, id="white space only"),
    ],
)
def test_large_and_strange_texts_take_bounded_time(old: str, new: str, seconds: float) -> None:
    start = time.process_time()
    regions = diff(old, new)

    assert time.process_time() - start < seconds
    assert new_side(new, regions) == new
