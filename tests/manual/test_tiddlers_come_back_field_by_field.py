"""TiddlyWiki → Fieldcraft → TiddlyWiki: title, tags, fields, dates and text of every tiddler, sign by sign."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from tests.conftest import Cast

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.manual.actions.pages import Text, revise
from fieldcraft.manual.actions.transfer.apply import Applied, apply_plan
from fieldcraft.manual.actions.transfer.plan import plan_import
from fieldcraft.manual.models import Attachment, Edition, Manual, Revision
from fieldcraft.manual.queries.export.formats import Extent, markdown_of, wiki_list_of
from fieldcraft.manual.queries.export.history import whole_history
from fieldcraft.manual.queries.resolve import stack_now

Tiddler = dict[str, str]
MADE, CHANGED = "20210102030405678", "20220102030405678"
FILES: list[Tiddler] = [
    {"title": "Jack.jpg", "type": "image/jpeg", "text": "/9j/4A==", "tags": "picture [[two words]]", "created": MADE, "modified": CHANGED, "alt-text": "A cat on a wall", "source": "https://example.org/jack"},
    {"title": "Fishes.svg", "type": "image/svg+xml", "text": "<svg/>", "tags": "[[Badge]] picture", "caption": "Five fishes"},
    {"title": "Sheet.pdf", "type": "application/pdf", "text": "JVBERg==", "modified": "20211399", "alt-text": " "},
    {"title": "bare.png", "type": "image/png", "text": "iVBORw=="},
]  # fmt: skip
DATES: list[Tiddler] = [
    {"title": "Both", "text": "Words.", "created": MADE, "modified": CHANGED},
    {"title": "Same", "text": "Words.", "created": MADE, "modified": MADE},
    {"title": "Never changed", "text": "Words.", "created": MADE},
    {"title": "Only changed", "text": "Words.", "modified": CHANGED},
    {"title": "No date", "text": "Words."},
    {"title": "No such hour", "text": "Words.", "created": MADE, "modified": "20181231130100"},
    {"title": "Sixteen signs", "text": "Words.", "created": MADE, "modified": "2013110817540007"},
    {"title": "No such month", "text": "Words.", "modified": "20211399000000000"},
    {"title": "Neither is one", "text": "Words.", "created": "some day", "modified": "another day"},
    {"title": "Long ago", "text": "Words.", "created": "09990102030405678", "modified": "09990102030405678"},
]
KINDS = ("", "text/vnd.tiddlywiki", "text/plain", "text/x-markdown")
TEXTS: list[Tiddler] = [
    {"title": f"Ends {number}", "type": kind, "text": "! Door\r\n\r\nKnock ''twice''.\nWait.\r\n"}
    for number, kind in enumerate(KINDS)
]
ALL = [*FILES, *DATES, *TEXTS]


def _bring(manual: Manual, files: dict[str, bytes]) -> Applied:
    return apply_plan(by=None, manual=manual, plan=plan_import(read_source(files), manual, None))


def _listed(tiddlers: Iterable[Tiddler]) -> dict[str, bytes]:
    return {"wiki.json": json.dumps(list(tiddlers)).encode()}


def _as_folder(tiddlers: Iterable[Tiddler]) -> dict[str, bytes]:
    """As TiddlyWiki keeps them on disk: a `.tid` each, pictures as files with their fields beside them."""
    files = {}
    for number, fields in enumerate(tiddlers):
        head = "".join(f"{name}: {value}\n" for name, value in fields.items() if name != "text")
        files[f"tiddlers/{number}.tid"] = f"{head}\n{fields['text']}".encode()
    return files


def _out(manual: Manual) -> dict[str, Tiddler]:
    """What leaves, but for the wiki's own settings; a field without a value is none."""
    told = json.loads(wiki_list_of(stack_now(Manual.objects.get(pk=manual.pk)), Extent.AS_READ))
    return _by_title(each for each in told if not each["title"].startswith("$:/"))


def _by_title(tiddlers: Iterable[Tiddler]) -> dict[str, Tiddler]:
    return {each["title"]: {name: value for name, value in each.items() if value} for each in tiddlers}


def _revised(cast: Cast, title: str, **changes: Any) -> None:
    edition = Edition.objects.select_related("manual", "current").get(manual=cast.core, title=title, ended_at=None)
    assert edition.current
    text = replace(Text(title, edition.current.body, tuple(edition.current.tags)), **changes)
    revise(actor=cast.actor("edie"), edition=edition, text=text, based_on=edition.current_id)


@pytest.mark.parametrize("tiddlers", [FILES + DATES[:1], DATES, TEXTS], ids=["files", "dates", "line ends"])
def test_every_field_of_a_list_of_tiddlers(cast: Cast, tiddlers: list[Tiddler]) -> None:
    _bring(cast.core, _listed(tiddlers))

    assert _out(cast.core) == _by_title(tiddlers)


def test_every_field_of_a_folder_of_tiddlers(cast: Cast) -> None:
    """As TiddlyWiki reads it: no space around a field's value, and of CR LF line ends those of blank lines become LF."""
    _bring(cast.core, _as_folder(ALL))

    read = [
        {name: value.replace("\r\n\r\n", "\n\n") if name == "text" else value.strip() for name, value in each.items()}
        for each in ALL
    ]
    assert _out(cast.core) == _by_title(read)


def test_a_picture_with_its_fields_in_a_file_beside_it(cast: Cast) -> None:
    beside = b"title: Jack\r\ntype: image/jpeg\r\ntags: picture\r\nalt-text: A cat\r\nmodified: 20220102030405678\r\n"
    _bring(cast.core, {"t/Home.tid": b"title: Home\n\nWords.", "t/j.jpg": b"\xff\xd8\xff\xe0", "t/j.jpg.meta": beside})

    assert _out(cast.core)["Jack"] == {
        "title": "Jack", "type": "image/jpeg", "tags": "picture", "alt-text": "A cat", "modified": CHANGED, "text": "/9j/4A==",
    }  # fmt: skip


def test_brought_in_again_it_is_nothing_to_do_and_says_the_same(cast: Cast) -> None:
    _bring(cast.core, _listed(ALL))
    files = _listed(_out(cast.core).values())

    again = _bring(cast.core, files)

    assert (again.revisions, again.attachments) == (0, 0)
    assert _out(cast.core) == _by_title(ALL)


def test_a_wiki_that_came_before_all_this_was_kept_brings_it_and_changes_no_page(cast: Cast) -> None:
    _bring(cast.core, _listed(ALL))
    Attachment.objects.update(fields=[])
    for text in Revision.objects.all():
        text.fields = [pair for pair in text.fields if pair[0] != "modified"]
        text.save()

    again = _bring(cast.core, _listed(ALL))

    assert (again.revisions, again.attachments) == (0, 3)
    assert _out(cast.core)["Jack.jpg"] == FILES[0]


def test_what_is_said_of_a_picture_changes_with_the_wiki(cast: Cast) -> None:
    _bring(cast.core, _listed(ALL))
    told = [{**each, "alt-text": "A tomcat"} if each["title"] == "Jack.jpg" else each for each in ALL]

    assert _bring(cast.core, _listed(told)).attachments == 1
    assert _out(cast.core) == _by_title(told)


def test_the_same_picture_from_files_leaves_what_is_said_of_it(cast: Cast) -> None:
    _bring(cast.core, _listed(ALL))
    tree = markdown_of(stack_now(cast.core), Extent.AS_READ)

    _bring(cast.core, {"a.md": b"A", "Jack.jpg": tree["Jack.jpg"]})

    assert dict(Attachment.objects.get(path="Jack.jpg").fields)["alt-text"] == "A cat on a wall"


@pytest.mark.parametrize("title", ["Never changed", "No such month", "Both"])
@pytest.mark.parametrize("changes", [{"body": "Other words."}, {"tags": ("new",)}], ids=["its words", "its tags"])
def test_a_page_that_was_changed_here_says_when(cast: Cast, title: str, changes: dict[str, Any]) -> None:
    _bring(cast.core, _listed(DATES))

    _revised(cast, title, **changes)

    edition = Edition.objects.select_related("current").get(manual=cast.core, title=title)
    assert edition.current
    assert edition.current.agreed_at
    assert _out(cast.core)[title]["modified"][:14] == f"{edition.current.agreed_at:%Y%m%d%H%M%S}"


def test_a_page_that_is_as_it_was_again_has_its_dates_again(cast: Cast) -> None:
    _bring(cast.core, _listed(DATES))
    for each in DATES:
        body = Edition.objects.select_related("current").get(manual=cast.core, title=each["title"]).current
        assert body
        _revised(cast, each["title"], body="Other words.")
        _revised(cast, each["title"], body=body.body)

    assert _out(cast.core) == _by_title(DATES)


def test_a_date_that_is_none_is_not_told_in_front_matter(cast: Cast) -> None:
    _bring(cast.core, _listed({**each, "tags": "door"} for each in DATES))

    tree = markdown_of(stack_now(cast.core), Extent.AS_READ)

    pages = [content for path, content in tree.items() if path.endswith(".md")]
    assert sum(b"\ncreated: " in content for content in pages) == sum("created" in each for each in DATES)
    assert not [content for content in pages if b"modified" in content]


def test_the_history_carries_what_is_said_of_a_picture(cast: Cast) -> None:
    _bring(cast.core, _listed(FILES + DATES[:1]))

    told = {row["path"]: row["fields"] for row in whole_history(cast.core)["attachments"]}

    assert ["alt-text", "A cat on a wall"] in told["Jack.jpg"]
    assert told["bare.png"] == []
