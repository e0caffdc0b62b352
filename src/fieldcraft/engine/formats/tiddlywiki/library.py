"""Tiddlers → a manual: which become pages, which files, and which are left out and why."""

import base64
import binascii
from collections.abc import Iterable, Iterator

from fieldcraft.engine.formats.document import (
    LONGEST_NAME,
    Attachment,
    BadSource,
    ContentsBy,
    Document,
    Fault,
    Files,
    Library,
    Loss,
    LossKind,
    Note,
    Skipped,
    SkipReason,
)
from fieldcraft.engine.formats.tiddlywiki.bundles import bundled
from fieldcraft.engine.formats.tiddlywiki.fields import Fields, items, moment, spelled
from fieldcraft.engine.formats.tiddlywiki.order import in_order
from fieldcraft.engine.formats.tiddlywiki.stores import MARKS
from fieldcraft.engine.formats.tiddlywiki.tiddlers import Tiddler, tiddlers_of
from fieldcraft.engine.formats.tiddlywiki.wikitext import MARKDOWN, Macro, Wiki, definitions, to_markdown

_PROSE = {"", "text/vnd.tiddlywiki", "text/x-tiddlywiki", "text/plain", *MARKDOWN}
_FILES = ("image/", "audio/", "video/", "font/", "application/")
_CODE = ("application/javascript", "application/json", "application/x-tiddler", "text/")
NOT_FIELDS = {"title", "text", "tags", "modified"}  # "created" has no column of its own and goes along as a field
KEPT_AS_FILE = "kept-as-file"  # our own export's mark of a file of text, with its kind; other wikis keep pages so
_NOT_OF_FILES = {"title", "text", "type", KEPT_AS_FILE}
_MACRO_TAGS = {"$:/tags/Macro", "$:/tags/Global"}
ROOT_TAG, SITE_TITLE = "TableOfContents", "$:/SiteTitle"
LONGEST_TITLE, LONGEST_TYPE = 255, 100


def is_tiddlywiki(files: Files) -> bool:
    """Whether any file is one that only TiddlyWiki writes."""
    if any(path.lower().endswith((".tid", ".multids", "tiddlywiki.info", "tiddlywiki.files")) for path in files):
        return True
    if any(path.lower().endswith((".html", ".htm")) and MARKS.search(files[path]) for path in files):
        return True
    has_markdown = any(path.lower().endswith((".md", ".markdown", ".mdx")) for path in files)
    return not has_markdown and any(path.lower().endswith(".json") for path in files)


def read(files: Files) -> Library:
    """The wiki's pages in Markdown, its files, and what is left out. Raises BadSource."""
    found = tiddlers_of(files)
    kept, skipped = _sorted_out(found.tiddlers)
    if not any(_is_page(each) for each in kept):
        kept, skipped = _sorted_out(_unpacked(found.tiddlers))
    wiki = _wiki(found.tiddlers, kept)
    attachments, broken = _attachments(each for each in kept if not _is_page(each))
    notes = [each for each in kept if _is_note(each)]
    pages = {each.fields["title"]: each for each in kept if _is_page(each) and not _is_note(each)}
    tags = {tag for each in pages.values() for tag in items(each.fields.get("tags", ""))}
    root_tag = ROOT_TAG if ROOT_TAG in tags else ""
    lists = {each.fields["title"]: each.fields.get("list", "") for each in found.tiddlers if "list" in each.fields}
    order = in_order({title: each.fields for title, each in pages.items()}, lists, root_tag)
    return Library(
        documents=tuple(_document(pages[title], wiki, position) for title, position in order.items()),
        attachments=tuple(attachments),
        skipped=(*skipped, *broken, *(Skipped(path, SkipReason.UNKNOWN) for path in found.unread)),
        title=_site_title(found.tiddlers),
        contents_by=ContentsBy.TAGS,
        root_tag=root_tag,
        notes=tuple(_note(each) for each in notes),
    )


def _unpacked(found: Iterable[Tiddler]) -> Iterator[Tiddler]:
    """A source that is nothing but bundles is read for what is in them."""
    for each in found:
        yield each
        if "plugin-type" in each.fields:
            yield from (Tiddler(each.file, fields) for fields in bundled(each.fields))


def _wiki(found: Iterable[Tiddler], kept: Iterable[Tiddler]) -> Wiki:
    pages = frozenset(each.fields["title"] for each in kept if _is_page(each))
    return Wiki(
        titles=pages,
        files=frozenset(each.fields["title"] for each in kept if not _is_page(each)),
        elsewhere={
            each.fields["title"]: each.fields["_canonical_uri"] for each in found if each.fields.get("_canonical_uri")
        },
        macros=dict(_macros(found)),
    )


def _macros(found: Iterable[Tiddler]) -> Iterator[tuple[str, Macro]]:
    for each in found:
        if _MACRO_TAGS & set(items(each.fields.get("tags", ""))):
            yield from definitions(each.fields.get("text", "").replace("\r\n", "\n"))


def _site_title(found: Iterable[Tiddler]) -> str:
    titles = (each.fields.get("text", "") for each in found if each.fields.get("title") == SITE_TITLE)
    return " ".join(next(titles, "").split())[:LONGEST_TITLE]


def _sorted_out(found: Iterable[Tiddler]) -> tuple[list[Tiddler], list[Skipped]]:
    kept: dict[str, Tiddler] = {}
    skipped: list[Skipped] = []
    for each in found:
        title = each.fields.get("title", "").strip()
        reason = _left_out(title, each)
        if reason:
            skipped.append(Skipped(title or each.file, reason))
        elif title not in kept:
            kept[title] = Tiddler(each.file, {**each.fields, "title": title}, each.content)
        else:
            kept[title], older = _newer(kept[title], each)
            skipped.append(Skipped(older.file, SkipReason.OLDER))
    return list(kept.values()), skipped


def _newer(one: Tiddler, other: Tiddler) -> tuple[Tiddler, Tiddler]:
    """Two files of one title with the same words are an older and a newer copy; with other words, a mistake."""
    if (one.fields.get("text", "").strip(), one.content) != (other.fields.get("text", "").strip(), other.content):
        raise BadSource(Fault.DUPLICATE_TITLE, other.file, one.file)
    is_newer = other.fields.get("modified", "") > one.fields.get("modified", "")
    return (other, one) if is_newer else (one, other)


def _left_out(title: str, each: Tiddler) -> SkipReason | None:
    fields = each.fields
    if not title:
        return SkipReason.UNKNOWN
    if "plugin-type" in fields:
        return SkipReason.PLUGIN
    if title.startswith("$:/"):
        return SkipReason.SYSTEM
    if "draft.of" in fields:
        return SkipReason.DRAFT
    if "_canonical_uri" in fields or (each.content is None and "text" not in fields and "bag" in fields):
        return SkipReason.NOT_TEXT
    return None if _is_page(each) or _is_file(each) else SkipReason.CODE


def _is_page(each: Tiddler) -> bool:
    return each.content is None and _type_of(each) in _PROSE and KEPT_AS_FILE not in each.fields


def _is_note(each: Tiddler) -> bool:
    """Whether it is a local note, as Fieldcraft's own export calls and marks it."""
    beside = each.fields.get("beside", "")
    return _is_page(each) and bool(beside) and each.fields["title"].startswith(f"{beside} (")


def _note(each: Tiddler) -> Note:
    fields = each.fields
    return Note(
        beside=fields["beside"],
        title=fields["beside"],
        body=fields.get("text", ""),
        quote=fields.get("quote", ""),
        prefix=fields.get("prefix", ""),
        suffix=fields.get("suffix", ""),
        by=" ".join(fields.get("creator", "").split())[:LONGEST_NAME],
        written=moment(fields.get("modified", "")),
    )


def _type_of(each: Tiddler) -> str:
    return each.fields.get("type", "").partition(";")[0].strip()


def _is_file(each: Tiddler) -> bool:
    kind = each.fields.get("type", "")
    if KEPT_AS_FILE in each.fields:
        return True
    return not kind.startswith(_CODE) and (each.content is not None or kind.startswith(_FILES))


def _attachments(kept: Iterable[Tiddler]) -> tuple[list[Attachment], list[Skipped]]:
    """Pictures and files; one that is not whole is left out, since it could not be shown."""
    attachments: list[Attachment] = []
    skipped: list[Skipped] = []
    for each in kept:
        fields = each.fields
        title, kind = fields["title"], _kind_of_file(fields)
        try:
            further = tuple((name, value) for name, value in fields.items() if name not in _NOT_OF_FILES)
            attachments.append(Attachment(title, _content(each), kind[:LONGEST_TYPE], further))
        except (binascii.Error, ValueError):
            skipped.append(Skipped(title, SkipReason.NOT_TEXT))
    return attachments, skipped


def _kind_of_file(fields: Fields) -> str:
    """As it says itself; what could not stand in an answer's head is a file of no known kind."""
    said = fields.get(KEPT_AS_FILE) or fields.get("type") or ""
    return said if said and said.isprintable() else "application/octet-stream"


def _content(each: Tiddler) -> bytes:
    if each.content is not None:
        return each.content
    text, kind = each.fields.get("text", ""), _type_of(each)
    return text.encode() if kind == "image/svg+xml" or kind.startswith("text/") else base64.b64decode(text)


def _document(each: Tiddler, wiki: Wiki, position: int | None) -> Document:
    fields, text = each.fields, each.fields.get("text", "")
    title = " ".join(fields["title"].split())
    body, losses = to_markdown(text, wiki=wiki, tiddler_type=_type_of(each), title=fields["title"])
    kept = [(name, value) for name, value in fields.items() if name not in NOT_FIELDS]
    created, modified = moment(fields.get("created", "")), moment(fields.get("modified", ""))
    if spelled(modified or created) != fields.get("modified", ""):
        kept.append(("modified", fields.get("modified", "")))  # none, or no moment that it could be written anew from
    if body != text:
        kept.append(("wikitext", text))
    if len(title) > LONGEST_TITLE:
        losses = (*losses, Loss(LossKind.FIELD, 1, title[:120]))
    return Document(
        path=fields["title"][:500],
        title=title[:LONGEST_TITLE].strip(),
        body=body,
        tags=tuple(items(fields.get("tags", ""))),
        fields=tuple(kept),
        position=position,
        created=created,
        modified=modified,
        losses=losses,
    )
