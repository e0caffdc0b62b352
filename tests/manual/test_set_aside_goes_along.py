"""Pages that were set aside leave with the manual: which they are and why, where the format has a place for it."""

import json
import re

import pytest
from django.test import Client
from tests.conftest import Cast
from tests.manual.made import words
from tests.together.made import as_

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.pages import add_page, set_page_aside
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.actions.transfer.summary import summary_of
from fieldcraft.manual.models import Edition, Revision, Standing
from fieldcraft.manual.queries.export.formats import Extent, book_of, markdown_of, wiki_list_of
from fieldcraft.manual.queries.resolve import stack_now

REASON = "We have <no> kitchen.\nNot even a small one."


@pytest.fixture
def aside(cast: Cast) -> Revision:
    below = add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Kettles", "Boil."))
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Tea", "See [[Kettles]]."))
    where = {"manual": cast.team_manual, "page_id": below.edition.page_id}
    return set_page_aside(actor=cast.actor("ben"), **where, reason=REASON, based_on=below.pk)


def _as_text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_the_file_for_reading_offline_ends_with_what_was_set_aside_and_why(cast: Cast, aside: Revision) -> None:
    html = book_of(stack_now(cast.team_manual), Extent.AS_READ).decode()

    last = html.rpartition("<article")[2]
    assert "Kettles Set aside Street manual" in _as_text(last)
    assert "Your team does not use it. We have &lt;no&gt; kitchen. Not even a small one." in _as_text(last)
    assert "Boil." not in html
    anchor = re.match(r' id="([^"]+)"', last)
    assert anchor, "it is an article, among which the search looks"
    assert f'<li>Set aside<ul><li><a href="#{anchor[1]}">Kettles</a></li></ul></li></ul></nav>' in html
    assert f'<a href="#{anchor[1]}">Kettles</a>.</p>' in html, "links to it lead there"


def test_where_a_manual_below_set_it_aside_that_manual_is_named(cast: Cast, aside: Revision) -> None:
    tea = Edition.objects.get(manual=cast.core, title="Tea")
    where = {"manual": cast.core, "page_id": tea.page_id, "based_on": tea.current_id}
    set_page_aside(actor=cast.actor("edie"), **where, reason="Coffee now.")

    html = book_of(stack_now(cast.team_manual), Extent.AS_READ).decode()
    own = book_of(stack_now(cast.team_manual), Extent.OWN).decode()

    assert "Core does not use it. Coffee now." in _as_text(html)
    assert "Coffee now." not in own
    assert "kitchen" in own


def test_the_contents_beside_the_markdown_files_say_it_and_an_import_reads_it(cast: Cast, aside: Revision) -> None:
    files = markdown_of(stack_now(cast.team_manual), Extent.AS_READ)

    assert json.loads(files[OWN_CONTENTS])["set_aside"] == [{"title": "Kettles", "reason": REASON}]
    library = read_source(files)
    assert [(each.title, each.reason) for each in library.set_aside] == [("Kettles", REASON)]
    assert [page.title for page in library.documents] == ["Tea"]


def test_a_manual_without_any_says_nothing_of_it(cast: Cast, aside: Revision) -> None:
    stack = stack_now(cast.core)

    assert OWN_CONTENTS not in markdown_of(stack, Extent.AS_READ)
    assert "Set aside" not in book_of(stack, Extent.AS_READ).decode()


def test_an_import_names_them_and_sets_nothing_aside(cast: Cast, aside: Revision) -> None:
    library = read_source(markdown_of(stack_now(cast.team_manual), Extent.AS_READ))
    plan = plan_import(library, cast.core, None)

    apply_plan(by=None, manual=cast.core, plan=plan)

    assert summary_of(plan)["set_aside"] == ["Kettles"]
    assert not Edition.objects.filter(manual=cast.core, standing=Standing.SET_ASIDE).exists()
    assert stack_now(cast.core).titled("Kettles").standing is Standing.LOCAL


def test_the_plan_on_screen_names_them(cast: Cast, aside: Revision, settings: object, tmp_path: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fieldcraft.config.home import Home

    settings.HOME = Home(tmp_path)  # type: ignore[attr-defined,arg-type]
    settings.HOME.make()  # type: ignore[attr-defined]
    client: Client = as_(cast, "edie")
    file = SimpleUploadedFile("ours.zip", zipped(markdown_of(stack_now(cast.team_manual), Extent.AS_READ)))

    plan = client.get(client.post("/import/", {"file": file, "manual": "core", "title": ""})["Location"])

    assert "1 page is set aside where the file comes from; an import sets none aside: Kettles" in words(plan)


def test_whatever_stands_in_the_list_is_read_without_harm() -> None:
    told = {"pages": [{"path": "a.md"}], "set_aside": [1, {}, {"title": ["x"]}, {"title": "Tea", "reason": 5}, None]}

    library = read_source({"a.md": b"# A\n", OWN_CONTENTS: json.dumps(told).encode()})

    assert [(each.title, each.reason) for each in library.set_aside] == [("[x]", ""), ("Tea", "5")]
    for odd in (7, "x", None, {}):
        files = {"a.md": b"# A\n", OWN_CONTENTS: json.dumps({**told, "set_aside": odd}).encode()}
        assert read_source(files).set_aside == ()


def test_a_tiddlywiki_has_none_and_the_screen_says_so(cast: Cast, aside: Revision) -> None:
    said = "Pages that are set aside are not in the TiddlyWikis; the other formats say which they are, and why."

    assert b"Kettles" not in wiki_list_of(stack_now(cast.team_manual), Extent.OWN)
    assert said in words(as_(cast, "ben").get("/m/street-manual/export/"))
    assert said not in words(as_(cast, "ben").get("/m/core/export/"))
