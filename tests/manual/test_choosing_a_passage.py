"""Whoever cannot select words on the page, and would not type them, chooses them from the form."""

from urllib.parse import urlencode

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.engine.prose.anchor import quote_at
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Remark, Revision, Standing
from fieldcraft.manual.queries.passages import LONGEST_PASSAGE, MOST_PASSAGES, passages, text_as_seen
from fieldcraft.ui.markdown import render

MARKDOWN = st.lists(
    st.sampled_from(
        ["# Tea", "Put the *kettle* on.", "- one\n- two\n  - [in](x)", "> said\n> twice", "| a | b |\n|---|---|\n| c | d |",
         "1. first\n\n   and on", "```\ncode\n```", "<details><summary>More</summary>\n\nhidden\n\n</details>", "two\nlines"]
    ),
    max_size=8,
).map("\n\n".join)  # fmt: skip


@given(MARKDOWN)
def test_every_passage_stands_in_the_page_and_all_together_are_its_words(text: str) -> None:
    rendered = render(text).html

    found = passages(rendered)

    seen = text_as_seen(rendered)
    assert all(quote_at(seen, each.position, each.position + len(each.exact)) == each for each in found)
    assert {word for passage in found for word in passage.exact.split()} == set(seen.split())
    assert len(found) == len({(each.prefix, each.exact) for each in found})


def test_a_long_one_ends_with_a_whole_word_and_there_are_only_so_many() -> None:
    (long,) = passages(f"<p>{'again ' * 400}</p>")
    many = passages("".join(f"<p>{number}</p>" for number in range(900)))

    assert LONGEST_PASSAGE - 10 < len(long.exact) <= LONGEST_PASSAGE
    assert long.exact.endswith("again")
    assert [each.exact for each in many] == [str(number) for number in range(MOST_PASSAGES)]


def test_the_form_of_a_remark_lists_the_passages_and_keeps_the_chosen_one(cast: Cast, page: Revision) -> None:
    ben, at = as_(cast, "ben"), "/m/street-manual/p/hello/remark/"
    shown = html(ben.get(at))

    ben.post(at, {"body": "They sit already.", "passage": "Ask whether you may sit down.", "based_on": str(page.pk)})

    assert [words in shown for words in ("At the door", "Knock twice, then wait.", "None of these")] == [True] * 3
    made = Remark.objects.get()
    assert (made.quote, made.prefix[-7:]) == ("Ask whether you may sit down.", "Inside ")


def test_the_chosen_one_goes_before_what_came_with_the_address(cast: Cast, page: Revision) -> None:
    came = {"quote": "Knock", "prefix": "the door ", "position": "12"}

    as_(cast, "ben").post(
        f"/m/street-manual/p/hello/remark/?{urlencode(came)}",
        {"body": "Late.", **came, "passage": "Inside", "based_on": str(page.pk)},
    )

    assert [made.quote for made in Remark.objects.all()] == ["Inside"]


def test_a_note_is_put_beside_a_chosen_passage_and_moved_to_another(cast: Cast, page: Revision) -> None:
    ben = as_(cast, "ben")
    ben.post(
        "/m/street-manual/p/hello/note/",
        {"body": "The bell works.", "passage": "At the door", "based_on": str(page.pk)},
    )
    made = Revision.objects.get(standing=Standing.NOTED)

    at = f"/m/street-manual/p/hello/notes/{made.edition_id}/"
    ben.post(at, {"body": "The bell works.", "quote": made.quote, "passage": "Inside", "based_on": str(made.pk)})

    made.edition.refresh_from_db()
    assert (made.quote, made.edition.current.quote) == ("At the door", "Inside")


def test_a_passage_that_has_gone_meanwhile_is_refused_with_a_sentence_and_all_is_kept(
    cast: Cast, page: Revision
) -> None:
    answer = as_(cast, "ben").post(
        "/m/street-manual/p/hello/remark/", {"body": "Kept words.", "passage": "Gone.", "based_on": str(page.pk)}
    )

    assert answer.status_code == 400
    assert "The page does not have these words." in html(answer)
    assert "Kept words." in html(answer)


def test_a_page_without_words_offers_none(cast: Cast, ben: Client) -> None:
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Blank", ""))

    assert "Choose them from the page" not in html(ben.get("/m/street-manual/p/blank/remark/"))
