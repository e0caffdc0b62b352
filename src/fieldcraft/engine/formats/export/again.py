"""Whether a page that comes in is one that went out and was left as it was."""

from fieldcraft.engine.formats.document import Document
from fieldcraft.engine.formats.export.markdown import page_file
from fieldcraft.engine.formats.export.outgoing import OutgoingPage
from fieldcraft.engine.formats.export.tiddlywiki import page_tiddler
from fieldcraft.engine.formats.tiddlywiki.fields import items
from fieldcraft.engine.formats.tiddlywiki.library import NOT_FIELDS
from fieldcraft.engine.formats.tiddlywiki.wikitext import Wiki
from fieldcraft.engine.formats.trees.files import is_page


def is_as_it_left(document: Document, page: OutgoingPage, wiki: Wiki) -> bool:
    """Whether the document says nothing but what the page is written as; wiki: the titles that go out with it.

    What a way out adds (front matter, a type, the heading above an adaptation) is no change when it comes back.
    """
    if document.body != page.document.body:
        return False
    return _in_a_tree(document, page) if is_page(document.path) else _in_a_wiki(document, page, wiki)


def _in_a_tree(document: Document, page: OutgoingPage) -> bool:
    own = page.document
    has_its_place = document.section is None or document.section == (own.section or ())
    is_called_so = (document.title, document.tags) == (own.title, own.tags)
    return has_its_place and is_called_so and document.header + document.body == page_file(page, document.path)


def _in_a_wiki(document: Document, page: OutgoingPage, wiki: Wiki) -> bool:
    written = page_tiddler(page, wiki)
    fields = {name: value for name, value in written.items() if name not in NOT_FIELDS}
    read = {name: value for name, value in document.fields if name not in {"wikitext", "modified"}}
    is_called_so = document.path == written["title"][:500] and document.tags == tuple(items(written.get("tags", "")))
    return is_called_so and read == fields
