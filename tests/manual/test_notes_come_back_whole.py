"""A local note out as Markdown and in again: who wrote it, and the spaces around the words it stands beside."""

import pytest
from tests.conftest import Cast
from tests.together.made import as_, html

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import LONGEST_NAME
from fieldcraft.manual.actions.drafts import Text
from fieldcraft.manual.actions.manuals import make_manual
from fieldcraft.manual.actions.pages import note_page, revise
from fieldcraft.manual.actions.transfer.apply import apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.models import Edition, Manual, Revision, Standing
from fieldcraft.manual.queries.export.formats import Extent, markdown_of, wiki_list_of
from fieldcraft.manual.queries.resolve import stack_now

NOTE = "notes/hello-1.md"


def _bring(cast: Cast, manual: Manual, files: dict[str, bytes], by: str) -> None:
    apply_plan(by=cast.people[by].pk, manual=manual, plan=plan_import(read_source(files), manual, None))


def _out(manual: Manual) -> dict[str, bytes]:
    return markdown_of(stack_now(Manual.objects.get(pk=manual.pk)), Extent.AS_READ)


@pytest.fixture
def files(cast: Cast) -> dict[str, bytes]:
    """With a note by Ben beside words in the middle of a sentence."""
    _bring(cast, cast.core, {"hello.md": b"# Hello\n\nPlease knock twice and wait.\n"}, "edie")
    below = Edition.objects.get(manual=cast.core, title="Hello")
    text = Text("Hello", "Ring.\n", quote="knock twice")
    note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id, text=text)
    return _out(cast.team_manual)


@pytest.fixture
def again(cast: Cast, files: dict[str, bytes]) -> Manual:
    manual = make_manual(by=None, organisation_id=cast.organisation.pk, title="Street manual", slug="again")
    _bring(cast, manual, files, "ada")
    return manual


def _note(manual: Manual) -> Revision:
    note = Edition.objects.select_related("current", "manual").get(manual=manual, standing=Standing.NOTED)
    assert note.current
    return note.current


def test_the_words_around_keep_their_spaces(cast: Cast, again: Manual) -> None:
    first, second = _note(cast.team_manual), _note(again)

    assert (first.prefix[-7:], first.suffix[:5]) == ("Please ", " and ")
    assert (second.quote, second.prefix, second.suffix) == (first.quote, first.prefix, first.suffix)


def test_whoever_wrote_it_is_named_in_the_next_export_too(files: dict[str, bytes], again: Manual) -> None:
    assert b"by: Ben\n" in files[NOTE]
    assert _out(again)[NOTE] == files[NOTE]


def test_beside_its_page_it_names_whoever_wrote_it_and_whoever_brought_it_in(cast: Cast, again: Manual) -> None:
    shown = html(as_(cast, "ben").get("/m/again/p/hello/"))
    assert "Ben · brought in by Ada" in shown

    note = _note(again)
    revise(actor=cast.actor("edie"), edition=note.edition, text=Text("Hello", "Ring twice."), based_on=note.pk)

    shown = html(as_(cast, "ben").get("/m/again/p/hello/"))
    assert "Edie" in shown
    assert "brought in by" not in shown


def test_a_wiki_names_them_too(cast: Cast) -> None:
    _bring(cast, cast.core, {"hello.md": b"# Hello\n\nKnock.\n"}, "edie")
    below = Edition.objects.get(manual=cast.core, title="Hello")
    note_page(actor=cast.actor("ben"), manual=cast.team_manual, page_id=below.page_id, text=Text("Hello", "Ring."))

    out = wiki_list_of(stack_now(cast.team_manual), Extent.AS_READ)

    assert [note.by for note in read_source({"m.json": out}).notes] == ["Ben"]


def test_once_somebody_changed_it_here_they_are_named(cast: Cast, again: Manual) -> None:
    note = _note(again)
    text = Text("Hello", "Ring twice.\n", quote=note.quote, prefix=note.prefix, suffix=note.suffix)
    revise(actor=cast.actor("edie"), edition=note.edition, text=text, based_on=note.pk)

    assert b"by: Edie\n" in _out(again)[NOTE]


def test_a_note_that_names_nobody_has_whoever_brought_it(cast: Cast, files: dict[str, bytes]) -> None:
    manual = make_manual(by=None, organisation_id=cast.organisation.pk, title="Other")
    _bring(cast, manual, {**files, NOTE: files[NOTE].replace(b"by: Ben\n", b"")}, "ada")

    assert b"by: Ada\n" in _out(manual)[NOTE]


def test_what_is_no_name_and_no_text_becomes_one() -> None:
    header = "---\ntitle: A (notes)\nbeside: a.md\nquote: 7\nprefix: [x]\nsuffix:\nby: '" + "n" * 999 + "'\n---\n"

    (note,) = read_source({"a.md": b"# A\n", "notes/a-1.md": header.encode() + b"Ours."}).notes

    assert (note.quote, note.prefix.strip(), note.suffix, len(note.by)) == ("7", "[x]", "", LONGEST_NAME)
