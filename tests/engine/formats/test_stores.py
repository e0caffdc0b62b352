"""TiddlyWiki in a single HTML file, of every age."""

import pytest

from fieldcraft.engine.formats.detect import read_source
from fieldcraft.engine.formats.document import BadSource, Document, Fault, Files


def _one(files: Files) -> Document:
    (page,) = read_source(files).documents
    return page


CLASSIC = (
    '<html><div id="storeArea">\n'
    '<div title="A &amp; B" modifier="ann" created="200801021200" tags="x [[y z]]">\n<pre>--old-- &lt;b&gt;\nline</pre>\n</div>\n'
    '<div title="C"><pre></pre></div>\n</div><!--POST-->'
)


def test_a_classic_store_is_read_as_classic_wikitext() -> None:
    first, second = read_source({"w.html": CLASSIC.encode()}).documents

    assert (first.title, first.tags) == ("A & B", ("x", "y z"))
    assert first.body == "~~old~~ \\<b>\\\nline\n"
    assert dict(first.fields)["type"] == "text/x-tiddlywiki"
    assert (second.title, second.body) == ("C", "")


def test_an_old_store_of_tiddlywiki_5_is_read_as_such() -> None:
    html = '<div id="storeArea" style="display:none;"><div title="A"><pre>a -- b ~~c~~</pre></div></div>'

    assert _one({"w.html": html.encode()}).body == "a – b ~~c~~\n"


def test_a_very_old_store_writes_line_breaks_as_signs() -> None:
    html = '<div id="storeArea"><div tiddler="A" tags=\'\'>one\\ntwo \\\\ three\\sn</div></div>'

    assert _one({"w.htm": html.encode()}).body == "one\\\ntwo \\\\ three\\\\n\n"


def test_several_stores_of_one_file_are_one_wiki() -> None:
    script = '<script class="tiddlywiki-tiddler-store" type="application/json">'
    html = (
        f'{script}[{{"title":"A","text":"\\u003Cb>x\\u003C/b>"}}]</script>'
        f'{script}[{{"title":"B","text":"y"}}]</script>'
        '<div id="storeArea" style="display:none;"><div title="C"><pre>z</pre></div></div>'
    )

    library = read_source({"w.html": html.encode()})

    assert [(page.title, page.body) for page in library.documents] == [("A", "<b>x</b>\n"), ("B", "y\n"), ("C", "z\n")]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<pre id="encryptedStoreArea" type="text/plain" style="display:none;">{"iv":"x"}</pre>', Fault.ENCRYPTED),
        ('<div id="storeArea"><div title="A"><pre>cut', Fault.TRUNCATED),
        ('<div id="storeArea"><div title="A"><pre>x</pre></div>', Fault.TRUNCATED),
        ('<script class="tiddlywiki-tiddler-store" type="application/json">[{"title":"A"}', Fault.TRUNCATED),
        ('<script class="tiddlywiki-tiddler-store">[{"title":}]</script>', Fault.BROKEN_JSON),
        ('<script class="tiddlywiki-tiddler-store">[{"title":"A","text":"\\u0000"}]</script>', Fault.NUL_BYTE),
        ('<div id="storeArea"></div>', Fault.NOT_A_MANUAL),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused(html: str, fault: Fault) -> None:
    with pytest.raises(BadSource) as refused:
        read_source({"w.html": html.encode()})

    assert (refused.value.fault, refused.value.path) == (fault, "w.html")


def test_a_wiki_of_today_that_speaks_of_encryption_is_read() -> None:
    store = '<script class="tiddlywiki-tiddler-store">[{"title":"A","text":"x"}]</script>'

    assert _one({"w.html": f'{store}<pre id="encryptedStoreArea"></pre>'.encode()}).title == "A"
