"""What a form asks back about: noticed in English and German, rarely where it would be silly, never more than asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcraft.engine.asking import Asking, about_purpose, about_vision


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("That every family has a plan by June", "by June"),
        ("See all new families within two weeks", "within two weeks"),
        ("Cut waiting by 20 % ", "20 %"),
        ("To increase attendance", "increase"),
        ("Be a team lead by the end of next year", "by the end of next year"),
        ("Twice as many visits at home", "Twice as many"),
        ("Halve the missed visits", "Halve"),
        ("Dass bis Juni alle einen Plan haben", "bis Juni"),
        ("Die Zahl der Besuche steigern", "steigern"),
        ("10 Prozent mehr Besuche", "10 Prozent"),
        ("Bis Ende des Jahres fertig sein", "Bis Ende des Jahres"),
    ],
)
def test_a_purpose_with_a_date_an_amount_or_a_measure_reads_like_a_target(sentence: str, words: str) -> None:
    found = about_purpose(sentence)

    assert found is not None
    assert (found.asking, found.words) == (Asking.TARGET, words)


@pytest.mark.parametrize(
    "sentence",
    [
        "That nobody is given up on",
        "To stand by young people when others have gone",
        "That 16-year-olds are heard",
        "That the under-5s and 12 to 14-year-olds find a door open 24/7",
        "Be there, one person at a time",
        "That we may learn from each other",
        "Dass niemand aufgegeben wird",
        "Dass 16-jährige gehört werden",
        "",
    ],
)
def test_a_direction_is_a_purpose_and_is_left_alone(sentence: str) -> None:
    assert about_purpose(sentence) is None


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("No more night shifts alone", "No more"),
        ("Less paperwork.", "Less"),
        ("I stop dreading Mondays", "stop"),
        ("A handover without shouting", "without"),
        ("Nobody has to explain it three times any more.", "Nobody has to explain it three times any more"),
        ("We are free from fear. I don’t have to hide it.", "free from"),
        ("Keine Überstunden mehr", "Keine Überstunden mehr"),
        ("Weniger Papier", "Weniger"),
        ("Ein Dienst ohne Angst", "ohne"),
    ],
)
def test_a_picture_of_what_is_gone_is_asked_what_would_be_there(picture: str, words: str) -> None:
    found = about_vision(picture)

    assert found is not None
    assert (found.asking, found.words) == (Asking.AWAY, words)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("I want to be better at listening", "be better at"),
        ("Improve how we hand over", "Improve"),
        ("Better communication", "Better"),
        ("We become more confident", "become more"),
        ("My vision is to strengthen the team", "strengthen"),
        ("Trust, openness and mutual respect", "Trust, openness and mutual respect"),
        ("Good teamwork", "Good teamwork"),
        ("Bessere Zusammenarbeit", "Bessere"),
        ("Vertrauen und Offenheit", "Vertrauen und Offenheit"),
        ("Wir wollen die Übergabe verbessern", "die Übergabe verbessern"),
    ],
)
def test_a_way_to_go_is_no_picture_yet(picture: str, words: str) -> None:
    found = about_vision(picture)

    assert found is not None
    assert (found.asking, found.words) == (Asking.DIRECTION, words)


@pytest.mark.parametrize(
    "picture",
    [
        "Families call us before it breaks",
        "It is Tuesday evening. The phone rings and a mother says: I thought I would ring before it gets bad.",
        "We are better at it: Dee tells me the whole story, and I look at her and not at the clock.",
        "No more forms at the door. We sit at the kitchen table and the kettle is on.",
        "People stop me in the corridor to tell me what worked",
        "The team laughs, more or less, every morning",
        "Familien rufen uns an, bevor es bricht",
        "A young person teaches the new colleague",
        "",
        " … ",
    ],
)
def test_a_picture_is_left_alone(picture: str) -> None:
    assert about_vision(picture) is None


@given(st.text(max_size=400))
def test_any_text_may_be_asked_about_and_the_words_are_its_own(text: str) -> None:
    plain = " ".join(text.replace("’", "'").split())

    for found in (about_purpose(text), about_vision(text)):
        assert found is None or (found.words and found.words in plain)


def test_a_long_text_is_looked_through_at_once() -> None:
    """Patterns that look back and forth would take minutes here."""
    long = "nobody and nothing keine by the end of the " * 4000

    assert about_purpose(long) is None
    assert about_vision(long) is None
