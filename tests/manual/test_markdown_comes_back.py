"""A manual out of the database as Markdown and into another: the contents as readers see them, and local notes."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.conftest import Cast

from fieldcraft.cli import main
from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.export.zipped import zipped
from fieldcraft.engine.formats.trees.own_contents import OWN_CONTENTS
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import Text, adapt_page, add_page, note_page, revise
from fieldcraft.manual.actions.transfer.apply import Applied, apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.models import Edition, Manual, Revision, Standing
from fieldcraft.manual.queries.contents import Node, contents, place_in
from fieldcraft.manual.queries.export.formats import Extent, markdown_of
from fieldcraft.manual.queries.resolve import stack_now

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TREE = {
    "01-start/01-hello.md": b"# Hello\n\nKnock twice.\n",
    "02-thinking/01-pairs.md": b"---\ntitle: Pairs\nodd: 1\n---\nSee [the talk](../04-team/01-talk.md).\n",
    "02-thinking/02-far.md": b"# Far\n",
    "04-team/01-talk.md": b"# Talk\n\nTen minutes.\n",
    "04-team/02-meeting.md": b"# Meeting\n",
}
WIKI = [
    {"title": "Home", "text": "x", "tags": "Start"}, {"title": "Start", "text": "y", "list": "Second Home"},
    {"title": "Second", "text": "z", "tags": "Start Other"}, {"title": "Other", "text": ""},
    {"title": "Third", "text": "z", "tags": "Other Start"},
]  # fmt: skip


def _bring(manual: Manual, files: dict[str, bytes]) -> Applied:
    return apply_plan(by=None, manual=manual, plan=plan_import(read_source(files), manual, None))


def _out(manual: Manual, extent: Extent = Extent.AS_READ) -> dict[str, bytes]:
    return markdown_of(stack_now(Manual.objects.get(pk=manual.pk)), extent)


def _elsewhere(cast: Cast) -> Manual:
    return make_manual(by=None, organisation_id=cast.organisation.pk, title="Elsewhere")


def _tree(manual: Manual) -> list[tuple[int, str]]:
    """The contents as readers see them: how deep, and which words; pages and headings alike."""

    def rows(node: Node, depth: int) -> list[tuple[int, str]]:
        return [row for child in node.children for row in [(depth, child.title), *rows(child, depth + 1)]]

    return rows(contents(stack_now(Manual.objects.get(pk=manual.pk))).root, 0)


def _move(cast: Cast, title: str, section: tuple[str, ...], *, last: bool = True) -> None:
    edition = Edition.objects.select_related("manual", "current").get(manual=cast.core, title=title)
    old = edition.current
    assert old
    position = place_in(contents(stack_now(cast.core)), section, last=last)
    text = Text(old.title, old.body, tuple(old.tags), section=section, position=position)
    revise(actor=cast.actor("edie"), edition=edition, text=text, based_on=old.pk)


def test_a_page_that_was_moved_comes_back_where_it_was_moved_to_and_no_file_changes(cast: Cast) -> None:
    _bring(cast.core, TREE)
    _move(cast, "Talk", ("Thinking",), last=False)

    files = _out(cast.core)

    assert {path: files[path] for path in TREE} == TREE
    again = _elsewhere(cast)
    _bring(again, files)
    assert _tree(again) == _tree(cast.core)
    assert _tree(again)[2:6] == [(0, "Thinking"), (1, "Talk"), (1, "Pairs"), (1, "Far")]


def test_a_page_made_here_and_a_heading_made_here_come_back_in_their_places(cast: Cast) -> None:
    _bring(cast.core, TREE)
    for title, section in (("New", ("Thinking",)), ("Newer", ("Thinking", "Odd Ones")), ("First", ())):
        position = place_in(contents(stack_now(cast.core)), section, last=False)
        add_page(actor=cast.actor("edie"), manual=cast.core, text=Text(title, section=section, position=position))
    _move(cast, "Hello", ("Working: together / “apart”",))

    files = _out(cast.core)

    assert {"02-thinking/new.md", "02-thinking/odd-ones/newer.md"} < set(files)
    again = _elsewhere(cast)
    _bring(again, files)
    assert _tree(again) == _tree(cast.core)


def test_what_was_brought_and_left_as_it_was_has_no_file_beside_it(cast: Cast) -> None:
    _bring(cast.core, TREE)

    assert _out(cast.core) == TREE


def test_the_contents_of_a_wiki_come_back_by_its_tags(cast: Cast) -> None:
    _bring(cast.core, {"w.json": json.dumps(WIKI).encode()})
    add_page(actor=cast.actor("edie"), manual=cast.core, text=Text("Zoo", "words", tags=("Start",)))
    again = _elsewhere(cast)

    _bring(again, _out(cast.core))

    assert _tree(again) == _tree(cast.core)
    assert [title for _depth, title in _tree(again)].count("Zoo") == 1


def test_what_a_wiki_lists_first_under_a_tag_stands_first(cast: Cast) -> None:
    _bring(cast.core, {"w.json": json.dumps(WIKI).encode()})

    titles = [title for _depth, title in _tree(cast.core)]

    start = titles.index("Start")
    assert titles[start + 1 : start + 4] == ["Second", "Home", "Third"]


def test_brought_into_the_manual_it_came_from_it_changes_nothing(cast: Cast) -> None:
    _bring(cast.core, TREE)
    _move(cast, "Talk", ("Thinking",), last=False)
    before = _tree(cast.core)

    applied = _bring(cast.core, _out(cast.core))

    assert (applied.revisions, applied.unchanged) == (0, 5)
    assert _tree(cast.core) == before


@pytest.fixture
def notes(cast: Cast) -> list[Revision]:
    """Two notes of the team: beside words of a page, and beside a page as a whole."""
    _bring(cast.core, TREE)
    made = []
    for page, quote in (("Hello", "Knock twice"), ("Talk", "")):
        below = Edition.objects.get(manual=cast.core, title=page)
        text = Text(page, f"Ours on {page}.\n", quote=quote)
        made.append(note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id, text=text))
    return made


def _beside(manual: Manual) -> set[tuple[str, str, str, str]]:
    """The notes that readers have: beside which page and which words."""
    stack = stack_now(Manual.objects.get(pk=manual.pk))
    held = [(page.title, note.revision_id) for page in stack.pages() for note in stack.notes(page.page_id)]
    texts = Revision.objects.in_bulk([revision for _title, revision in held])
    return {(title, texts[key].quote, texts[key].suffix, texts[key].body) for title, key in held}


def test_local_notes_come_back_beside_their_pages_and_are_no_pages(cast: Cast, notes: list[Revision]) -> None:
    again = _elsewhere(cast)

    applied = _bring(again, _out(cast.team_manual))

    assert (applied.pages, applied.notes) == (5, 2)
    assert _tree(again) == _tree(cast.core)
    assert _beside(again) == _beside(cast.team_manual) == {
        ("Hello", "Knock twice", notes[0].suffix, "Ours on Hello.\n"), ("Talk", "", "", "Ours on Talk.\n"),
    }  # fmt: skip


def test_notes_alone_come_into_another_teams_manual_beside_the_pages_below(cast: Cast, notes: list[Revision]) -> None:
    other = make_manual(by=None, organisation_id=cast.organisation.pk, title="Other", built_on=[cast.core])

    applied = _bring(other, _out(cast.team_manual, Extent.OWN))

    assert (applied.pages, applied.notes) == (0, 2)
    assert _beside(other) == _beside(cast.team_manual)
    below = Edition.objects.get(manual=cast.core, title="Talk").current_id
    assert Revision.objects.get(edition__manual=other, title="Talk").base_id == below
    assert Manual.objects.get(pk=other.pk).contents_by == other.contents_by, "its contents stay those below"


def test_a_note_that_is_there_already_does_not_come_twice(cast: Cast, notes: list[Revision]) -> None:
    files = _out(cast.team_manual, Extent.OWN)

    applied = _bring(cast.team_manual, files)

    assert applied.notes == 0
    assert Edition.objects.filter(manual=cast.team_manual, standing=Standing.NOTED).count() == 2


def test_a_note_beside_a_page_of_the_teams_own_words_stays_there(cast: Cast, notes: list[Revision]) -> None:
    below = Edition.objects.get(manual=cast.core, title="Talk")
    text = Text("Talk", "Five minutes.")
    adapt_page(
        actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id, text=text, based_on=below.current_id
    )
    files = _out(cast.team_manual, Extent.OWN)
    team = make_manual(by=None, organisation_id=cast.organisation.pk, title="Other", built_on=[cast.core])

    plan = plan_import(read_source(files), team, cast.core)
    apply_plan(by=None, manual=team, plan=plan)

    assert _beside(team) == _beside(cast.team_manual)
    assert Edition.objects.get(manual=team, standing=Standing.ADAPTED).page_id == below.page_id


def test_the_plan_says_how_many_notes_come_and_which_have_no_page_here(cast: Cast, notes: list[Revision]) -> None:
    files = _out(cast.team_manual)
    del files["04-team/01-talk.md"]
    client = Client()
    client.force_login(cast.people["ada"], BACKEND)
    sent: dict[str, Any] = {"file": SimpleUploadedFile("ours.zip", zipped(files)), "manual": "", "title": "Again"}

    begun = client.post("/import/", sent)
    plan = client.get(begun["Location"]).content.decode()

    assert "4 pages were found." in plan
    assert "1 local note, to stand beside its page" in plan
    assert "1 local note is left out, because the page it stood beside is not here: Talk" in " ".join(plan.split())
    client.post(begun["Location"])
    assert _beside(Manual.objects.get(title="Again")) == {("Hello", "Knock twice", notes[0].suffix, "Ours on Hello.\n")}


def test_the_command_says_it_too(
    cast: Cast, notes: list[Revision], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert main(["export", "street-manual", "--format", "markdown", out]) == 0
    assert main(["import", out, "--manual", "again", "--plan", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])

    assert main(["import", out, "--manual", "again"]) == 0

    assert (told["pages"], told["notes"], told["notes_left_out"]) == (5, 2, 0)
    assert "2 local notes written beside their pages, 0 left out" in capsys.readouterr().out
    assert len(_beside(Manual.objects.get(slug="again"))) == 2


def test_titles_and_order_of_a_site_come_back_without_its_settings(cast: Cast) -> None:
    site = {
        "mkdocs.yml": b"site_name: Site\nnav:\n- Last first: z.md\n- Part:\n  - Named there: a.md\n",
        "docs/a.md": b"# A\n", "docs/z.md": b"# Z\n",
    }  # fmt: skip
    _bring(cast.core, site)
    files = _out(cast.core)
    again = _elsewhere(cast)

    _bring(again, files)

    assert files.keys() == {"docs/a.md", "docs/z.md", OWN_CONTENTS}
    assert (files["docs/a.md"], files["docs/z.md"]) == (site["docs/a.md"], site["docs/z.md"])
    assert _tree(again) == _tree(cast.core) == [(0, "Last first"), (0, "Part"), (1, "Named there")]
