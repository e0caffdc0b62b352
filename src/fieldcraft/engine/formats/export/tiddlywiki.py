"""TiddlyWiki: a JSON list of tiddlers, and the same in one HTML file that a browser shows and TiddlyWiki opens."""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from fieldcraft.engine.formats.document import Attachment, Document
from fieldcraft.engine.formats.export.outgoing import Outgoing, OutgoingNote, OutgoingPage
from fieldcraft.engine.formats.tiddlywiki.fields import Fields, spelled
from fieldcraft.engine.formats.tiddlywiki.library import KEPT_AS_FILE, SITE_TITLE
from fieldcraft.engine.formats.tiddlywiki.wikitext import MARKDOWN, Wiki, to_markdown
from fieldcraft.engine.formats.trees.files import is_page

KIND = "text/x-markdown"
PROSE = frozenset({"", "text/vnd.tiddlywiki", "text/x-tiddlywiki", "text/plain", *MARKDOWN})
_SYSTEM = "$:/"
_KEPT_APART = frozenset({"title", "text", "tags", "modified", "wikitext", "type", KEPT_AS_FILE})


@dataclass(frozen=True, slots=True)
class WikiWords:
    """What the page around the tiddlers says, in the reader's language.

    language: its code; how: how to open the file in TiddlyWiki; pages: the heading of the list of titles.
    """

    language: str
    how: str
    pages: str


def tiddlywiki_json(outgoing: Outgoing) -> bytes:
    """The tiddlers as TiddlyWiki exports and imports them."""
    return json.dumps(tiddlers(outgoing), ensure_ascii=False, indent=1).encode()


def tiddlywiki_html(outgoing: Outgoing, words: WikiWords) -> bytes:
    """One file: a browser shows the titles, TiddlyWiki reads the tiddlers out of it."""
    store = json.dumps(tiddlers(outgoing), ensure_ascii=False, indent=1).replace("<", "\\u003C")
    titles = "".join(f"<li>{escape(page.document.title)}</li>\n" for page in outgoing.pages)
    title = escape(outgoing.title)
    return f"""<!DOCTYPE html>
<html lang="{escape(words.language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>:root {{ color-scheme: light dark; }} body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }}</style>
</head><body><main><h1>{title}</h1><p>{escape(words.how)}</p><h2>{escape(words.pages)}</h2>
<ul>
{titles}</ul></main>
<script class="tiddlywiki-tiddler-store" type="application/json">{store}</script>
</body></html>
""".encode()


def tiddlers(outgoing: Outgoing) -> list[Fields]:
    """Every page, note and file as one tiddler; no two of one title."""
    titles = frozenset(page.document.title for page in outgoing.pages)
    made = [
        {"title": SITE_TITLE, "text": outgoing.title, "type": "text/plain"},
        *(page_tiddler(page, Wiki(titles=titles)) for page in outgoing.pages),
        *_notes(outgoing.notes),
        *(_file(each) for each in outgoing.attachments),
    ]
    return list(_told_apart(made))


def _told_apart(made: Iterable[Fields]) -> Iterator[Fields]:
    seen: Counter[str] = Counter()
    for fields in made:
        title, number = fields["title"], 1
        while title in seen:
            number += 1
            title = f"{fields['title']} ({number})"
        seen[title] += 1
        yield {**fields, "title": title}


def page_tiddler(page: OutgoingPage, wiki: Wiki) -> Fields:
    """The page as a tiddler; wiki: the titles that go out with it."""
    document = page.document
    text, kind = _text(document, wiki)
    fields = {
        "title": _title(document),
        "tags": _listed(_tags(page)),
        "created": spelled(document.created),
        "modified": _modified(document),
        "type": kind,
    }
    further = {name: value for name, value in document.fields if name not in _KEPT_APART}
    return {**{name: value for name, value in fields.items() if value}, **further, "text": text}


def _tags(page: OutgoingPage) -> Sequence[str]:
    """Tags by which TiddlyWiki runs a page are kept where they came from a wiki, and never given to a page here."""
    is_as_it_came = page.is_named_as_it_came and _is_from_wiki(page.document)
    return [tag for tag in page.document.tags if is_as_it_came or not tag.startswith(_SYSTEM)]


def _is_from_wiki(document: Document) -> bool:
    return bool(document.path) and not is_page(document.path)


def _title(document: Document) -> str:
    """A title is kept with the white space and the length that it came with."""
    came_from = document.path.strip()
    is_same = " ".join(came_from.split())[:255].strip() == document.title
    title = came_from if is_same and _is_from_wiki(document) else document.title
    return title.replace(_SYSTEM, "", 1).strip() or "…" if title.startswith(_SYSTEM) else title


def _modified(document: Document) -> str:
    """As the wiki had it, where that was none or no moment that exists."""
    came = dict(document.fields).get("modified") if _is_from_wiki(document) else None
    return spelled(document.modified) if came is None else came


def _text(document: Document, wiki: Wiki) -> tuple[str, str]:
    """The text and its type: the wikitext it came from, the same words where both read alike, else Markdown."""
    kept = dict(document.fields)
    kind = kept.get("type", "")
    bare = kind.partition(";")[0].strip()
    if _is_from_wiki(document) and bare in PROSE:
        if "wikitext" in kept:
            return kept["wikitext"], kind
        if bare in MARKDOWN or _reads_alike(document, bare, wiki):
            return document.body, kind
    return document.body, KIND


def _reads_alike(document: Document, kind: str, wiki: Wiki) -> bool:
    return to_markdown(document.body, wiki=wiki, tiddler_type=kind, title=document.title)[0] == document.body


def _notes(notes: Sequence[OutgoingNote]) -> Iterator[Fields]:
    for note in notes:
        fields = {
            "title": f"{note.title} ({note.whose or '…'})",
            "tags": _listed([note.title]),
            "type": KIND,
            "modified": spelled(note.at),
            "beside": note.title,
            "quote": note.quote,
            "prefix": note.prefix,
            "suffix": note.suffix,
            "manual": note.whose,
            "creator": note.by,
        }
        yield {**{name: value for name, value in fields.items() if value}, "text": note.body}


def _file(attachment: Attachment) -> Fields:
    """As TiddlyWiki keeps it. It shows a file of text as one; a kind that it would run, or not read, goes sealed."""
    further = {name: value for name, value in attachment.fields if name not in {"title", "text", "type", KEPT_AS_FILE}}
    kind, text = attachment.media_type, _readable(attachment)
    marked = {KEPT_AS_FILE: kind} if kind.startswith("text/") else {}
    fields = {"title": attachment.path, "type": kind, **further, **marked}
    if text is not None:
        return {**fields, "text": text}
    sealed = {"type": "application/octet-stream"} if marked else {}
    return {**fields, **sealed, "text": base64.b64encode(attachment.content).decode()}


def _readable(attachment: Attachment) -> str | None:
    """The words of a file that goes as text: what was no text in UTF-8 would not come back as it was."""
    if attachment.media_type == "image/svg+xml":
        return attachment.content.decode(errors="replace")
    try:
        return attachment.content.decode() if attachment.media_type in {"text/plain", "text/csv"} else None
    except UnicodeDecodeError:
        return None


def _listed(tags: Sequence[str]) -> str:
    """A title list; no item can hold `]]`, so one sign of it is left out."""
    items = [tag.replace("]]", "]") for tag in tags]
    return " ".join(f"[[{item}]]" if re.search(r"\s", item) else item for item in items if item)
