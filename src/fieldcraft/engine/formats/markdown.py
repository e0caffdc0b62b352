"""One Markdown file with front matter, as a document; its body stays byte for byte what it was."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from fieldcraft.engine.formats.document import BadSource, Document
from fieldcraft.engine.formats.losses import losses, without_fences
from fieldcraft.engine.formats.text import decoded
from fieldcraft.engine.formats.yaml_values import load_yaml, moment_of, text_of, texts

LONGEST_TITLE = 255
_HEADER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DELIMITERS = re.compile(r"^\ufeff?---[ \t]*\r?\n|(?:---|\.\.\.)[ \t]*(?:\r?\n)?\Z")
_HEADING = re.compile(r"^ {0,3}#[ \t]+(\S[^\n]{0,1000})$|^(?![ \t>#|*+-])(\S[^\n]{0,500})\n=+[ \t]*$", re.MULTILINE)
_MARKUP = re.compile(
    r"<[^<>\n]{1,200}>|!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)|(\*{1,3}|`)(?=\S)([^*`\n]{1,300})\2"
    r"|(?<!\w)(_{1,2})(?=\S)([^\n_]{1,300})\4(?!\w)|\\([!-/:-@\[-`{-~])|\s*\{\s*[#.:][^{}\n]{0,100}\}\s*$"
)
_ORDER_PREFIX = re.compile(r"^\d+[-_. ]+(?=[^\d\s])|^\d{4}-\d{2}-\d{2}-(?=\S)")
_ALIASES = ("aliases", "alias", "redirect_from", "permalink")
_ADDRESSES = ("id", "slug")
_CREATED, _MODIFIED = ("created", "date"), ("modified", "updated", "last_modified", "last_update", "lastmod")
_OWN = frozenset({"title", "tags", *_ALIASES, *_CREATED, *_MODIFIED})


def split(text: str) -> tuple[str, str]:
    """(front matter with its delimiters, body); joined they are the text. The front matter may be ""."""
    found = _HEADER.match(text)
    return (text[: found.end()], text[found.end() :]) if found else ("", text)


def document(path: str, content: bytes) -> Document:
    """The page in a Markdown file. Raises BadSource."""
    text = decoded(path, content)
    header, body = split(text)
    fields = front_matter(path, header)
    if fields is None:
        header, body, fields = "", text, {}
    return Document(
        path=path,
        title=_title(path, fields, body),
        body=body,
        header=header,
        tags=tuple(dict.fromkeys(tag.removeprefix("#") for tag in texts(fields.get("tags")) if tag != "#")),
        fields=tuple((text_of(key), text_of(value)) for key, value in fields.items() if key not in _OWN),
        aliases=tuple(name for key in (*_ADDRESSES, *_ALIASES) if key in fields for name in _names(fields[key])),
        created=_moment(fields, _CREATED),
        modified=_moment(fields, _MODIFIED),
        losses=losses(body),
    )


def front_matter(path: str, header: str) -> dict[str, Any] | None:
    """The front matter's values in their order; None when what looks like one is text between two rules."""
    inner = _DELIMITERS.sub("", header)
    try:
        loaded = load_yaml(path, inner) if inner.strip() else {}
    except BadSource as problem:
        # Lines are counted from the top of the file, where the delimiter is the first.
        raise BadSource(problem.fault, path, str(int(problem.detail) + 1) if problem.detail else "") from None
    if loaded is None:
        return {}
    return {str(key): value for key, value in loaded.items()} if isinstance(loaded, dict) else None


def _names(value: Any) -> list[str]:
    """Names and addresses may hold spaces; only commas part them."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else texts(value)


def _title(path: str, fields: dict[str, Any], body: str) -> str:
    given = text_of(fields["title"]) if fields.get("title") is not None else ""
    found = " ".join((given or heading(body)).split())
    return (found or humanised(path))[:LONGEST_TITLE].strip()


def heading(body: str) -> str:
    """The words of the first heading of the first level, "" when there is none."""
    found = _HEADING.search(without_fences(body[:20_000].replace("\r\n", "\n")))
    if not found:
        return ""
    words = found[2] or re.sub(r"(?:^|[ \t])#+$", "", found[1].rstrip())
    for _twice in range(2):
        words = _MARKUP.sub(lambda each: each[1] or each[3] or each[5] or each[6] or "", words)
    return words.strip()


def humanised(path: str) -> str:
    """A file's or folder's name as words: "02-on_call.md" → "On call"."""
    folder, _slash, name = path.rpartition("/")
    bare = name.rpartition(".")[0] or name
    if bare.lower() in {"index", "readme"} and folder:
        bare = folder.rpartition("/")[2]
    spoken = _ORDER_PREFIX.sub("", bare).replace("-", " ").replace("_", " ").strip() or bare
    return spoken[:1].upper() + spoken[1:]


def _moment(fields: dict[str, Any], keys: Iterable[str]) -> datetime | None:
    return next((found for key in keys if (found := moment_of(fields.get(key)))), None)
