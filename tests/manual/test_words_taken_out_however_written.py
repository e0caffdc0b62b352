"""Words that are to go are found however a page has them, and the links that they stand in lead on."""

from urllib.parse import quote

import pytest
from django.db import connection
from tests.conftest import Cast
from tests.manual.test_words_taken_out import NAME, said, take_out
from tests.together.made import as_, html

from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, revise
from fieldcraft.manual.actions.taking_out import TakenOut
from fieldcraft.manual.models import Attachment, Edition, OldName, Rendering, Revision, Word
from fieldcraft.manual.queries.resolve import stack_named
from fieldcraft.manual.queries.search import search
from fieldcraft.rows import rows


def page(cast: Cast, body: str, title: str = "Calls") -> Revision:
    return add_page(actor=cast.actor("ben"), manual=cast.team_manual, text=Text(title, body))


def attached(cast: Cast, path: str, sha256: str) -> Attachment:
    return Attachment.objects.create(manual=cast.team_manual, path=path, sha256=sha256, media_type="image/png", size=1)


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
    who = page(cast, "Who is who.", title="People")
    Edition.objects.filter(pk=who.edition_id).update(path="people.md")
    made = page(cast, f"[[Visiting {NAME}]], [[at the door|Visiting {NAME}]], [{NAME}](people.md), {NAME}(12)", "Links")

    take_out(cast.team_manual)

    shown = html(as_(cast, "ben").get("/m/street-manual/p/links/"))
    assert '<a href="/m/street-manual/p/visiting/">Visiting (…)</a>' in shown
    assert '<a href="/m/street-manual/p/visiting/">at the door</a>' in shown
    assert '<a href="/m/street-manual/p/people/">(…)</a>' in shown
    assert "(…)(12)" in Rendering.objects.get(pk=made.pk).text


def test_a_picture_keeps_its_place_on_the_page_when_its_name_held_them(cast: Cast) -> None:
    for number, path in enumerate(("jayden-brooks.png", "Jayden Brooks.png", "other.png")):
        attached(cast, path, sha256=str(number) * 64)
    made = page(cast, "![At the door](Jayden%20Brooks.png) ![too](other.png)")

    take_out(cast.team_manual)

    paths = set(Attachment.objects.filter(manual=cast.team_manual).values_list("path", flat=True))
    assert paths == {"(…).png", "(…)-2.png", "other.png"}
    made.refresh_from_db()
    assert made.body == "![At the door]((…).png) ![too](other.png)"
    assert f"/m/street-manual/files/{quote('(…).png', safe='()')}" in html(
        as_(cast, "ben").get("/m/street-manual/p/calls/")
    )


def test_a_link_by_a_former_title_leads_on(cast: Cast) -> None:
    first = page(cast, "Ring twice.", title=f"Visiting {NAME}")
    page(cast, f"[[Visiting {NAME}]]", title="Links")
    revise(actor=cast.actor("ben"), edition=first.edition, text=Text("At the door", "Ring twice."), based_on=first.pk)

    take_out(cast.team_manual)

    shown = html(as_(cast, "ben").get("/m/street-manual/p/links/"))
    assert '<a href="/m/street-manual/p/at-the-door/">Visiting (…)</a>' in shown
    assert not [each.name for each in OldName.objects.all() if "jayden" in each.name]


def test_no_single_word_is_left_for_search_and_its_suggestions(cast: Cast) -> None:
    page(cast, "Jayden waits.")
    page(cast, "Somebody waits.", "Others")

    take_out(cast.team_manual, "Jayden")

    assert not Word.objects.filter(word="jayden").exists()
    assert b"jayden" not in kept_by_the_index()
    stack = stack_named("street-manual")
    assert stack
    assert len(search([stack], "waits").hits) == 2


def kept_by_the_index() -> bytes:
    if connection.vendor != "sqlite":
        return b""
    return b"".join(bytes(block) for (block,) in rows("SELECT block FROM manual_entry_index_data"))


def test_a_server_that_runs_learns_of_a_path_that_changed(cast: Cast) -> None:
    made = page(cast, "Ring twice.")
    Edition.objects.filter(pk=made.edition_id).update(path="people/Jayden Brooks.md")
    before = stack_named("street-manual")
    assert before

    take_out(cast.team_manual)

    after = stack_named("street-manual")
    held = after.covering(made.edition.page_id) if after else None
    assert held
    assert held.path == "people/(…).md"


@pytest.mark.parametrize("where", ["body", "reason", "title", "header"])
def test_another_manual_is_named_wherever_and_however_it_holds_them(cast: Cast, where: str) -> None:
    said = {"title": "Core", "body": "Wait.", "reason": "", "header": ""} | {where: "For JÜRGEN\nMÜLLER."}
    made = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Core", "Wait."))
    Revision.objects.filter(pk=made.pk).update(**said)

    assert take_out(cast.team_manual, "Jürgen Müller").elsewhere == ("core",)


def test_texts_in_which_they_are_read_all_the_same_are_named(cast: Cast) -> None:
    page(cast, "**Jayden** Brooks waits.")

    assert take_out(cast.team_manual).left == ("Calls",)
    assert "marked in different ways, in: “Calls”." in said(NAME)
    assert "Nothing in this manual" not in said(NAME)
    take_out(cast.team_manual, "**Jayden** Brooks")
    assert take_out(cast.team_manual) == TakenOut({}, (), ())
