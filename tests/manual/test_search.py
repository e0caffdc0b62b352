"""Search finds, ranks, forgives, and is safe with anything."""

import pytest
from tests.conftest import Cast

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import adapt_page, add_page
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.manual.queries.search import Found, search


@pytest.fixture
def filled(cast: Cast) -> Cast:
    editor = cast.actor("edie")
    texts = (
        Text("Safety plans", "What to do when somebody is in danger."),
        Text("Missed visits", "A word about planning.", tags=("safety",)),
        Text("Handover", "Say what matters for safety; safety, safety, and safety again."),
        Text("Équipe", "Working with a team abroad."),
    )
    for text in texts:
        add_page(actor=editor, manual=cast.core, text=text)
    return cast


def _titles(cast: Cast, text: str) -> list[str]:
    return [hit.held.title for hit in _found(cast, text).hits]


def _found(cast: Cast, text: str) -> Found:
    return search([stack_named(cast.team_manual.slug)], text)


def test_title_comes_before_tags_before_text(filled: Cast) -> None:
    assert _titles(filled, "safety") == ["Safety plans", "Missed visits", "Handover"]


def test_a_beginning_is_enough(filled: Cast) -> None:
    assert "Handover" in _titles(filled, "hando")


def test_accents_make_no_difference(filled: Cast) -> None:
    assert _titles(filled, "equipe") == ["Équipe"]


def test_a_slip_is_understood_and_said(filled: Cast) -> None:
    found = _found(filled, "handovr")

    assert (found.instead, [hit.held.title for hit in found.hits]) == ("handover", ["Handover"])


def test_a_covered_text_is_not_found_through_the_team(filled: Cast) -> None:
    held = stack_named(filled.team_manual.slug).at("handover")
    adapt_page(
        actor=filled.actor("ben"),
        manual=filled.team_manual,
        page_id=held.page_id,
        text=Text("Handover", "Ours."),
        based_on=held.revision_id,
    )

    assert _titles(filled, "matters") == []
    assert [hit.held.title for hit in search([stack_named(filled.core.slug)], "matters").hits] == ["Handover"]


@pytest.mark.parametrize(
    "text", ["self-harm", "C++", '"', "AND", "*", "🙂", "title:", "a" * 10_000, "'; --", "()", "\0"]
)
def test_any_input_is_safe(filled: Cast, text: str) -> None:
    assert isinstance(_found(filled, text), Found)
