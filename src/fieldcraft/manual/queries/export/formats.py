"""The formats a manual is handed out in: one file each, made of what its reader gets."""

from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcraft.engine.formats.export.markdown import markdown_files
from fieldcraft.engine.formats.export.tiddlywiki import WikiWords, tiddlywiki_html, tiddlywiki_json
from fieldcraft.manual.queries.export.book import book_of
from fieldcraft.manual.queries.export.pages import Extent, outgoing_of
from fieldcraft.manual.queries.resolve import Stack


class Format(StrEnum):
    """What a manual can be exported as."""

    MARKDOWN = "markdown"
    TIDDLYWIKI = "tiddlywiki"
    HTML = "html"
    JSON = "json"


def markdown_of(stack: Stack, extent: Extent) -> dict[str, bytes]:
    """A tree of Markdown files by their paths."""
    return markdown_files(outgoing_of(stack, extent))


def wiki_page_of(stack: Stack, extent: Extent) -> bytes:
    """A TiddlyWiki in one HTML file."""
    words = WikiWords(
        language=get_language() or "en",
        how=_("To open this in TiddlyWiki, drag the file onto an open TiddlyWiki, or choose “Import” there."),
        pages=_("Pages"),
    )
    return tiddlywiki_html(outgoing_of(stack, extent), words)


def wiki_list_of(stack: Stack, extent: Extent) -> bytes:
    """A TiddlyWiki's pages as a JSON list."""
    return tiddlywiki_json(outgoing_of(stack, extent))


__all__ = ["Extent", "Format", "book_of", "markdown_of", "wiki_list_of", "wiki_page_of"]
