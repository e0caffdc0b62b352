"""A manual's own export, brought into the same manual as it is: nothing to do, whatever the way out has added."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from tests.conftest import Cast

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import Doing, Plan, below_of, plan_import
from fieldcraft.manual.models import Agreement, Edition, Manual, Revision
from fieldcraft.manual.queries.export.formats import Extent, markdown_of, wiki_list_of
from fieldcraft.manual.queries.resolve import stack_now

TREE = {
    "01-start/01-hello.md": b"---\ntitle: Hello\ntags: [door]\nodd: 1\n---\nKnock twice.\n",
    "02-thinking/01-talk.md": b"# Talk\n\nTen minutes.\n",
    "02-thinking/02-plain.md": b"Plain.\n",
}
WAYS = ("markdown", "wiki")


def _plan(manual: Manual, files: dict[str, bytes]) -> Plan:
    return plan_import(read_source(files), manual, below_of(manual))


def _bring(manual: Manual, files: dict[str, bytes]) -> None:
    apply_plan(by=None, manual=manual, plan=_plan(manual, files))


def _out(manual: Manual, way: str, extent: Extent = Extent.AS_READ) -> dict[str, bytes]:
    stack = stack_now(Manual.objects.get(pk=manual.pk))
    return markdown_of(stack, extent) if way == "markdown" else {"ours.json": wiki_list_of(stack, extent)}


def _doings(plan: Plan) -> dict[str, int]:
    """How many pages would have what done to them, and how many notes would come."""
    notes = sum(note.comes for note in plan.notes)
    return {**Counter(page.doing.value for page in plan.pages), **({"notes": notes} if notes else {})}


def _current(manual: Manual, title: str) -> Edition:
    return Edition.objects.select_related("manual", "current").get(manual=manual, title=title, ended_at=None)


@pytest.fixture
def team(cast: Cast) -> Manual:
    """A team's manual with a page of its own words over the core's, one only here, two notes; the rest from below."""
    _bring(cast.core, TREE)
    ben = cast.actor("ben")
    hello, talk, plain = (Edition.objects.get(manual=cast.core, title=title) for title in ("Hello", "Talk", "Plain"))
    text = Text("Hello", "Knock once.\n", tags=("door",))
    adapt_page(actor=ben, manual=cast.team_manual, page_id=hello.page_id, text=text, based_on=hello.current_id)
    add_page(actor=ben, manual=cast.team_manual, text=Text("Stairs", "The back ones.\n", tags=("door",)))
    add_page(actor=ben, manual=cast.team_manual, text=Text("Lift", "None.\n", section=("Only ours",), position=0))
    for page, quote in ((plain, ""), (talk, "Ten minutes")):
        note = Text(page.title, f"Ours on {page.title}.\n", quote=quote)
        note_page(actor=ben, manual=cast.team_manual, page_id=page.page_id, text=note)
    return cast.team_manual


@pytest.mark.parametrize("way", WAYS)
def test_a_team_s_manual_as_it_is_read(team: Manual, way: str) -> None:
    assert _doings(_plan(team, _out(team, way))) == {"same": 3, "same_as_below": 2}


@pytest.mark.parametrize("way", WAYS)
def test_what_the_team_holds_itself(team: Manual, way: str) -> None:
    assert _doings(_plan(team, _out(team, way, Extent.OWN))) == {"same": 3}


@pytest.mark.parametrize("way", WAYS)
def test_a_core_that_came_from_files_and_was_renamed_and_tagged_here(cast: Cast, way: str) -> None:
    _bring(cast.core, TREE)
    for title in ("Hello", "Talk"):
        edition = _current(cast.core, title)
        assert edition.current
        text = Text(f"{title} you", edition.current.body, ("new tag",))
        revise(actor=cast.actor("edie"), edition=edition, text=text, based_on=edition.current_id)

    assert _doings(_plan(cast.core, _out(cast.core, way))) == {"same": 3}


def test_a_wiki_with_fields_and_wikitext_of_which_a_page_was_renamed(cast: Cast) -> None:
    wiki: list[dict[str, Any]] = [
        {"title": "Home", "text": "!Door\n''Knock''", "tags": "Start [[At the door]]", "created": "20240102030405678"},
        {"title": "Start", "text": "plain", "list": "Home", "caption": "Begin", "modified": "20240102030405678"},
        {"title": "Typed", "text": "* a", "type": "text/x-markdown"},
    ]
    _bring(cast.core, {"w.json": json.dumps(wiki).encode()})
    edition = _current(cast.core, "Home")
    assert edition.current
    text = Text("House", edition.current.body, tuple(edition.current.tags))
    revise(actor=cast.actor("edie"), edition=edition, text=text, based_on=edition.current_id)

    assert _doings(_plan(cast.core, _out(cast.core, "wiki"))) == {"same": 3}


@pytest.mark.parametrize("way", WAYS)
def test_carried_out_it_leaves_texts_places_and_the_order_of_the_contents(team: Manual, way: str) -> None:
    before = list(Edition.objects.order_by("pk").values("pk", "path", "section", "position", "current"))
    order = Manual.objects.get(pk=team.pk).contents_by

    _bring(team, _out(team, way))

    assert list(Edition.objects.order_by("pk").values("pk", "path", "section", "position", "current")) == before
    assert Manual.objects.get(pk=team.pk).contents_by == order


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Knock once", b"Knock three times"), (b"door", b"gate")],
    ids=["its words", "its tags"],
)
def test_what_was_changed_on_the_way_is_a_change(team: Manual, way: str, old: bytes, new: bytes) -> None:
    files = {path: content.replace(old, new) for path, content in _out(team, way, Extent.OWN).items()}

    changed = {page.document.title for page in _plan(team, files).pages if page.doing is Doing.OWN_WORDS}

    assert "Hello" in changed
    assert "Lift" not in changed


def test_another_heading_on_the_way_is_a_change_of_what_an_import_made(team: Manual) -> None:
    Agreement.objects.all().delete()  # as if nobody here had said yes to a page
    library = read_source(_out(team, "markdown", Extent.OWN))
    moved = tuple(replace(each, section=("Elsewhere", *(each.section or ()))) for each in library.documents)

    assert _doings(plan_import(replace(library, documents=moved), team, below_of(team))) == {"revise": 3}


def test_front_matter_that_was_added_on_the_way_is_a_change_of_what_an_import_made(team: Manual) -> None:
    Agreement.objects.all().delete()
    files = _out(team, "markdown", Extent.OWN)
    path = "01-start/01-hello.md"
    files[path] = files[path].replace(b"odd: 1\n", b"odd: 2\n")

    assert _doings(_plan(team, files)) == {"same": 2, "revise": 1}


def test_a_changed_tiddler_goes_on_with_its_page_and_leaves_it_in_its_place(team: Manual) -> None:
    below = team.inclusions.get().included
    tiddlers = json.loads(_out(below, "wiki")["ours.json"])
    for each in tiddlers:
        each["text"] = each["text"].replace("Ten minutes", "Five minutes")

    _bring(below, {"ours.json": json.dumps(tiddlers).encode()})

    talk = _current(below, "Talk")
    assert (talk.path, talk.section) == ("02-thinking/01-talk.md", ["Thinking"])
    assert Revision.objects.filter(edition=talk).count() == 2
    assert Manual.objects.get(pk=below.pk).contents_by == "folders"
