"""A quoted passage is found again in a text that has changed, or is said to have changed or gone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from fieldcraft.engine.prose.anchor import Changed, Found, Gone, Quote, find, quote_at
from fieldcraft.engine.prose.tokens import Span, word_spans

PAGE = (
    "We go out in pairs. Never alone after nine. The duty worker holds the phone until both are home. "
    "If nobody calls by ten, the duty worker rings the lead. We go out in pairs on Sundays too."
)
SMALL = st.text("ab .\n", max_size=60)
SAID = "we go out in pairs and ask the team what went well"
NOISE = st.lists(st.sampled_from(SAID.split()), max_size=30).map(" ".join)


def quoted(words: str, text: str = PAGE, nth: int = 0) -> Quote:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return quote_at(text, start, start + len(words))


def words_at(text: str, answer: Found | Changed | Gone) -> str:
    assert not isinstance(answer, Gone)
    return answer.place.of(text)


def test_a_selector_holds_32_signs_on_either_side() -> None:
    quote = quoted("duty worker rings")

    assert quote == Quote(
        "duty worker rings",
        "home. If nobody calls by ten, the "[-32:],
        " the lead. We go out in pairs on",
        PAGE.index("duty worker rings"),
    )


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 10_000)])
def test_a_passage_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not within"):
        quote_at(PAGE, start, end)


@given(st.text(max_size=80), st.data())
def test_a_passage_is_found_where_it_was_as_long_as_nothing_changed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    answer = find(text, quote_at(text, start, end))

    if text[start:end].strip():
        assert isinstance(answer, Found)
        assert " ".join(words_at(text, answer).split()) == " ".join(text[start:end].split())
    else:
        assert answer == Gone(start)


def test_of_equal_passages_the_one_with_the_known_surroundings_is_found() -> None:
    later = "Something new at the top. " * 20 + PAGE

    for nth in (0, 1):
        answer = find(later, quoted("We go out in pairs", nth=nth))
        at = _nth(later, "We go out in pairs", nth)
        assert answer == Found(Span(at, at + 18))


def _nth(text: str, words: str, nth: int) -> int:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at


@given(NOISE, NOISE, NOISE, NOISE)
def test_a_passage_survives_every_edit_outside_of_it(before: str, after: str, new_before: str, new_after: str) -> None:
    passage = "Never alone after nine"
    old, new = f"{before} {passage} {after}", f"{new_before} {passage} {new_after}"

    assert words_at(new, find(new, quoted(passage, old))) == passage


@given(SMALL, SMALL, SMALL, st.text("ab", min_size=1, max_size=3), st.integers(0, 60))
def test_exact_words_are_found_where_a_search_of_every_place_finds_them(
    text: str, prefix: str, suffix: str, exact: str, position: int
) -> None:
    text, prefix, suffix = (" ".join(part.split()) for part in (text, prefix, suffix))
    quote = Quote(exact, prefix, suffix, position)

    expected = _by_trying_every_place(text, quote)
    answer = find(text, quote)

    assert (answer.place if isinstance(answer, Found) else None) == expected


def _by_trying_every_place(text: str, quote: Quote) -> Span | None:
    places = [at for at in range(len(text)) if text.startswith(quote.exact, at)]
    size = len(quote.exact)

    def is_whole(at: int) -> bool:
        return not text[at - 1 : at].isalnum() and not text[at + size : at + size + 1].isalnum()

    def fit(at: int) -> tuple[int, int, int]:
        before = max(
            n for n in range(len(quote.prefix) + 1) if text[:at].endswith(quote.prefix[len(quote.prefix) - n :])
        )
        after = max(n for n in range(len(quote.suffix) + 1) if text[at + size :].startswith(quote.suffix[:n]))
        return (-before - after, abs(at - quote.position), at)

    best = min([at for at in places if is_whole(at)] or places, key=fit, default=None)
    return None if best is None else Span(best, best + size)


@pytest.mark.parametrize(
    ("words", "old", "new", "as_found"),
    [
        (
            "the duty worker rings the lead",
            "rings the lead",
            "calls the team lead",
            "the duty worker calls the team lead",
        ),
        (
            "Never alone after nine",
            "Never alone after nine",
            "Never by yourself after nine",
            "Never by yourself after nine",
        ),
        ("Never alone after nine", "Never alone after nine", "Take care", "Take care"),
        ("nine", "nine", "ten", "ten"),
    ],
)
def test_a_passage_whose_words_changed_is_shown_at_its_place_and_said_to_have_changed(
    words: str, old: str, new: str, as_found: str
) -> None:
    later = PAGE.replace(old, new)
    answer = find(later, quoted(words))

    assert isinstance(answer, Changed)
    assert words_at(later, answer) == as_found
    assert 0 <= answer.alike < 1


def test_a_changed_passage_that_also_moved_is_found_by_its_words() -> None:
    later = "If nobody calls by half past ten, the duty worker rings the team lead. " + PAGE.replace(
        "If nobody calls by ten, the duty worker rings the lead. ", ""
    )
    answer = find(later, quoted("If nobody calls by ten, the duty worker rings the lead"))

    assert isinstance(answer, Changed)
    assert words_at(later, answer) == "If nobody calls by half past ten, the duty worker rings the team lead"


def test_capitals_quotation_marks_and_line_breaks_are_no_change() -> None:
    old, new = 'He said "wait for me" and we did.', "Intro.\n\nHe said “Wait\n  for me” and we did."

    answer = find(new, quoted('"wait for me"', old))

    assert isinstance(answer, Found)
    assert words_at(new, answer) == "“Wait\n  for me”"


def test_a_passage_that_was_cut_out_is_gone_from_where_it_stood() -> None:
    later = PAGE.replace("Never alone after nine. ", "")

    assert find(later, quoted("Never alone after nine. ")) == Gone(later.index("The duty worker holds"))


def test_a_passage_of_another_text_is_gone() -> None:
    assert isinstance(find(PAGE, Quote("zzz yyy xxx", "nothing like", "it at all", 40)), Gone)
    assert find("", Quote("zzz", "a", "b", 40)) == Gone(0)


@given(st.integers(0, 2**20))
def test_a_changed_passage_is_found_about_as_well_as_by_trying_every_stretch(seed: int) -> None:
    dice = random.Random(seed)
    known = ["".join(dice.choices("aeioulmnrst", k=6)) for _ in range(80)]
    words = [dice.choice(known) for _ in range(120)]
    start = dice.randrange(100)
    passage = " ".join(words[start : start + 12])
    changed = list(words)
    changed[start + dice.randrange(1, 11)] = "anew"
    changed[:0] = [dice.choice(known) for _ in range(dice.randrange(20))]
    text = " ".join(changed)

    original, at = " ".join(words), len(" ".join([*words[:start], ""]))
    answer = find(text, quote_at(original, at, at + len(passage)))

    spans = word_spans(text)
    best = max(
        Levenshtein.normalized_similarity(text[one.start : spans[min(index + size, len(spans)) - 1].end], passage)
        for index, one in enumerate(spans)
        for size in (11, 12, 13)
    )
    assert isinstance(answer, Changed)
    assert answer.alike >= best - 0.1


@pytest.mark.parametrize("kind", ["there", "changed", "gone", "everywhere", "common words"])
def test_a_passage_is_sought_in_bounded_time(kind: str) -> None:
    dice = random.Random(3)
    known = ["".join(dice.choices("aeioulmnrst", k=6)) for _ in range(4 if kind == "common words" else 2_000)]
    text = " ".join(dice.choice(known) for _ in range(14_500))[:100_000]
    passage = {"there": text[50_000:50_300], "everywhere": "a"}.get(
        kind, " ".join(dice.choice(known) for _ in range(43))
    )
    if kind == "changed":
        passage = text[50_000:50_300].replace("a", "b", 3)

    start = time.process_time()
    answer = find(text, Quote(passage, "zzzzzzzz zzzzzz", "zzzzzzzzz zzz", 49_000))

    assert time.process_time() - start < 3
    assert isinstance(answer, {"there": Found, "changed": Changed, "everywhere": Found}.get(kind, Changed | Gone))
