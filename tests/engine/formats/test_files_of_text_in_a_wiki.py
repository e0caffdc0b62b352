"""Files of text go into a TiddlyWiki as text that it shows, and come back as the files that they were."""

import json

import pytest

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import Attachment, Document, Library
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingPage
from fieldcraft.engine.formats.export.tiddlywiki import WikiWords, tiddlers, tiddlywiki_html, tiddlywiki_json

PAGE = OutgoingPage("1", Document("hello", "Hello", "[list](/files/list.csv)\n"))
FILES = {
    "plain": Attachment("files/steps.txt", "Knock twice,\r\nthen wait. Ö\n".encode(), "text/plain"),
    "table": Attachment("files/list.csv", b"a;b\n1;2\n", "text/csv"),
    "empty": Attachment("files/empty.txt", b"", "text/plain"),
    "no text in UTF-8": Attachment("files/old.csv", "Tür;1".encode("cp1252"), "text/csv"),
    "what a browser would run": Attachment("files/page.html", b"<script>1</script>", "text/html"),
    "a picture": Attachment("files/dot.svg", b"<svg/>", "image/svg+xml"),
    "a document": Attachment("files/form.pdf", b"%PDF-1", "application/pdf"),
}


def _outgoing(file: Attachment) -> Outgoing:
    return Outgoing("M", (PAGE,), attachments=(file,))


def _back(file: Attachment, way: str) -> Library:
    outgoing = _outgoing(file)
    html = tiddlywiki_html(outgoing, WikiWords("en", "Drop this file on TiddlyWiki.", "Pages"))
    return read_source({"m.json": tiddlywiki_json(outgoing)} if way == "json" else {"m.html": html})


@pytest.mark.parametrize("way", ["json", "html"])
@pytest.mark.parametrize("kind", FILES)
def test_a_file_comes_back_as_it_was_and_is_no_page(kind: str, way: str) -> None:
    found = _back(FILES[kind], way)

    assert found.attachments == (FILES[kind],)
    assert [page.title for page in found.documents] == ["Hello"]
    assert [each.path for each in found.skipped] == ["$:/SiteTitle"]


@pytest.mark.parametrize(
    ("kind", "shown"), [("plain", "Knock twice,\r\nthen wait. Ö\n"), ("table", "a;b\n1;2\n"), ("empty", "")]
)
def test_tiddlywiki_shows_its_words(kind: str, shown: str) -> None:
    fields = tiddlers(_outgoing(FILES[kind]))[-1]

    assert (fields["type"], fields["text"]) == (FILES[kind].media_type, shown)


@pytest.mark.parametrize("kind", ["no text in UTF-8", "what a browser would run"])
def test_what_is_not_to_be_shown_goes_sealed(kind: str) -> None:
    fields = tiddlers(_outgoing(FILES[kind]))[-1]

    assert fields["type"] == "application/octet-stream"
    assert "<" not in json.dumps(fields["text"])


def test_a_page_of_plain_text_in_another_wiki_is_a_page_still() -> None:
    found = read_source({"w.json": json.dumps([{"title": "Plain", "type": "text/plain", "text": "a < b"}]).encode()})

    assert [page.title for page in found.documents] == ["Plain"]


@pytest.mark.parametrize("said", ["text/plain\r\nSet-Cookie: a=b", "text/\x07plain", ""])
def test_a_kind_that_could_not_stand_in_an_answers_head_is_none(said: str) -> None:
    tiddlers = [
        {"title": "Hello", "text": "Hi."},
        {"title": "x.txt", "type": "text/plain", "text": "x", "kept-as-file": said},
    ]

    (found,) = read_source({"w.json": json.dumps(tiddlers).encode()}).attachments

    assert found.media_type == ("text/plain" if said == "" else "application/octet-stream")


def test_a_page_whose_front_matter_has_a_field_of_that_name_stays_a_page() -> None:
    page = OutgoingPage("1", Document("hello.md", "Hello", "Words.\n", fields=(("kept-as-file", "text/plain"),)))

    found = read_source({"m.json": tiddlywiki_json(Outgoing("M", (page,)))})

    assert [each.title for each in found.documents] == ["Hello"]
