"""Words as people look for them."""

from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.words import fold, name_key, slug_of, snippet, words


def test_accents_and_case_make_no_difference() -> None:
    assert fold("Équipe ÜBER Straße") == "equipe uber strasse"


def test_signs_separate_words() -> None:
    assert words("self-harm, C++ and “don’t”") == ["self", "harm", "c", "and", "don", "t"]


def test_a_title_without_words_still_has_an_address() -> None:
    assert slug_of("🙂 !!!") == "page"


def test_a_name_ignores_spacing_and_case() -> None:
    assert name_key("  The  First\tMeeting ") == "the first meeting"


def test_a_snippet_marks_what_was_looked_for() -> None:
    pieces = snippet("One two. The Équipe meets on Thursday.", ["equip"])

    assert [piece.text for piece in pieces if piece.found] == ["Équipe"]
    assert "".join(piece.text for piece in pieces) == "One two. The Équipe meets on Thursday."


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_any_text_can_be_looked_through(text: str, terms: list[str]) -> None:
    shown = "".join(piece.text for piece in snippet(text, terms)).replace("…", "").split()

    assert all(any(word in each for each in text.replace("…", "").split()) for word in shown)


def test_a_snippet_marks_each_word_that_begins_so_and_no_other() -> None:
    pieces = snippet("Tea, teapot, steam: a tea_cup. TÉA!", ["tea"])

    assert [piece.text for piece in pieces if piece.found] == ["Tea", "teapot", "tea", "TÉA"]


def test_a_snippet_that_begins_within_a_word_does_not_take_the_rest_of_it_for_one() -> None:
    pieces = snippet("x" * 200 + "tea" * 100 + " tea", ["tea"], length=3)

    assert [piece.text for piece in pieces if piece.found] == ["tea"]
