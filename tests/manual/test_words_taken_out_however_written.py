"""Words that are to go are found however a page has them, and the links that they stand in lead on."""

import pytest
from tests.conftest import Cast
from tests.manual.test_words_taken_out import NAME, take_out
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page
from fieldcraft.manual.models import Rendering, Revision


def page(cast: Cast, body: str, title: str = "Calls") -> Revision:
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(title, body))


@pytest.mark.parametrize(
    ("words", "body", "left"),
    [
        (NAME, f"_{NAME}_ waits.", "_(…)_ waits."),
        (NAME, f"__{NAME}__ waits.", "__(…)__ waits."),
        (NAME, "> See Jayden\n> Brooks.", "> See (…)."),
        (NAME, "Jayden&nbsp;Brooks waits.", "(…) waits."),
        (NAME, "Jayden\\\nBrooks waits.", "(…) waits."),
        (NAME, "[Him](jayden-brooks.md)", "[Him]((…).md)"),
        (NAME, "[Him](Jayden%20Brooks.md)", "[Him]((…).md)"),
        ("Jürgen Müller", "JU\u0308RGEN MU\u0308LLER waits.", "(…) waits."),
        ("Jürgen Müller", "[Him](jurgen-muller.md) [too](J%C3%BCrgen%20M%C3%BCller.md)", "[Him]((…).md) [too]((…).md)"),
        ("Pat O'Brien", "Pat O’Brien waits.", "(…) waits."),
        (NAME, "Jayden. Brooks waits, Jayden Brooksby too.", "Jayden. Brooks waits, Jayden Brooksby too."),
        ("***", "A page.", "A page."),
    ],
)
def test_they_are_found_however_they_are_written(cast: Cast, words: str, body: str, left: str) -> None:
    made = page(cast, body)

    take_out(cast.team_manual, words)

    made.refresh_from_db()
    assert made.body == left


def test_links_with_the_words_in_them_lead_where_they_led(cast: Cast) -> None:
    page(cast, "Ring twice.", title=f"Visiting {NAME}")
    page(cast, "Who is who.", title="People")
    made = page(cast, f"[[Visiting {NAME}]], [[at the door|Visiting {NAME}]], [{NAME}](People), {NAME}(12)", "Links")

    take_out(cast.team_manual)

    shown = html(as_(cast, "ben").get("/m/street-manual/p/links/"))
    assert shown.count('href="/m/street-manual/p/visiting/"') == 2
    assert 'href="/m/street-manual/p/people/"' in shown
    assert "(…)(12)" in Rendering.objects.get(pk=made.pk).text
