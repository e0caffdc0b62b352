"""Tiddlers → a manual: which become pages, which files, and which are left out and why."""

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from fieldcraft.engine.formats.document import (
    Attachment,
    BadSource,
    ContentsBy,
    Document,
    Fault,
    Files,
    Library,
    Loss,
    LossKind,
    Skipped,
    SkipReason,
)
from fieldcraft.engine.formats.tiddlywiki.tiddlers import Tiddler, tiddlers_of
from fieldcraft.engine.formats.tiddlywiki.wikitext import to_markdown

_ITEM = re.compile(r"\[\[(.*?)\]\]|([^\s\u00a0]\S*)")
_PROSE = {"", "text/vnd.tiddlywiki", "text/x-tiddlywiki", "text/plain", "text/x-markdown", "text/markdown"}
_NOT_FIELDS = {"title", "text", "tags", "created", "modified"}
_STORE_MARKS = (b'id="storeArea"', b"tiddlywiki-tiddler-store", b'id="encryptedStoreArea"')
ROOT_TAG = "TableOfContents"


def is_tiddlywiki(files: Files) -> bool:
    """Whether any file is one that only TiddlyWiki writes."""
    if any(path.endswith((".tid", ".multids", "tiddlywiki.info", "tiddlywiki.files")) for path in files):
        return True
    if any(path.endswith((".html", ".htm")) and any(mark in files[path] for mark in _STORE_MARKS) for path in files):
        return True
    has_markdown = any(path.lower().endswith((".md", ".markdown", ".mdx")) for path in files)
    return not has_markdown and any(path.endswith(".json") for path in files)


def read(files: Files) -> Library:
    """The wiki's pages in Markdown, its files, and what is left out. Raises BadSource."""
    kept, skipped = _sorted_out(tiddlers_of(files))
    pages = [each for each in kept if each.content is None and not _is_file(each)]
    titles = frozenset(each.fields["title"] for each in pages)
    documents = tuple(_document(each, titles) for each in pages)
    tags = {tag for each in documents for tag in each.tags}
    return Library(
        documents=documents,
        attachments=tuple(_attachment(each) for each in kept if each.content is not None or _is_file(each)),
        skipped=tuple(skipped),
        contents_by=ContentsBy.TAGS,
        root_tag=ROOT_TAG if ROOT_TAG in tags else "",
    )


def _sorted_out(found: Iterable[Tiddler]) -> tuple[list[Tiddler], list[Skipped]]:
    kept: dict[str, Tiddler] = {}
    skipped: list[Skipped] = []
    for each in found:
        title = each.fields.get("title", "").strip()
        reason = _left_out(title, each)
        if reason:
            skipped.append(Skipped(title or each.file, reason))
        elif title not in kept:
            kept[title] = each
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
    kind = each.fields.get("type", "")
    if not title:
        return SkipReason.UNKNOWN
    if "plugin-type" in each.fields:
        return SkipReason.PLUGIN
    if title.startswith("$:/"):
        return SkipReason.SYSTEM
    if "draft.of" in each.fields:
        return SkipReason.DRAFT
    if "_canonical_uri" in each.fields:
        return SkipReason.NOT_TEXT
    if each.content is None and kind not in _PROSE and not _is_file(each):
        return SkipReason.CODE
    return None


def _is_file(each: Tiddler) -> bool:
    kind = each.fields.get("type", "")
    return kind.startswith(("image/", "audio/", "video/")) or kind == "application/pdf"


def _attachment(each: Tiddler) -> Attachment:
    title, kind = each.fields["title"], each.fields.get("type", "application/octet-stream")
    if each.content is not None:
        return Attachment(title, each.content, kind)
    text = each.fields.get("text", "")
    if kind == "image/svg+xml":
        return Attachment(title, text.encode(), kind)
    try:
        return Attachment(title, base64.b64decode(text, validate=False), kind)
    except (binascii.Error, ValueError):
        raise BadSource(Fault.TRUNCATED, title) from None


def _document(each: Tiddler, titles: frozenset[str]) -> Document:
    fields, text = each.fields, each.fields.get("text", "")
    title = fields["title"].strip()
    body, losses = to_markdown(text, titles=titles, tiddler_type=fields.get("type", ""))
    kept = [(name, value) for name, value in fields.items() if name not in _NOT_FIELDS]
    if body != text:
        kept.append(("wikitext", text))
    if len(title) > 255:
        losses = (*losses, Loss(LossKind.FIELD, 1, title[:120]))
    return Document(
        path=title[:500],
        title=title[:255],
        body=body,
        tags=tuple(dict.fromkeys(items(fields.get("tags", "")))),
        fields=tuple(kept),
        created=moment(fields.get("created", "")),
        modified=moment(fields.get("modified", "")),
        losses=losses,
    )


def items(text: str) -> list[str]:
    """A title list: separated by white space, `[[…]]` around items that contain some."""
    return [bracketed or bare for bracketed, bare in _ITEM.findall(text)]


def moment(text: str) -> datetime | None:
    """UTC `YYYYMMDD[HHMM[SS[mmm]]]`; None for anything else."""
    digits = text.strip()
    if not re.fullmatch(r"\d{8}|\d{12}|\d{14}|\d{17}", digits):
        return None
    padded = digits.ljust(17, "0")
    try:
        return datetime.strptime(padded[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC, microsecond=int(padded[14:]) * 1000)
    except ValueError:
        return None
