"""The neutral form every importer reads into and every exporter writes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Files = Mapping[str, bytes]
"""A source as relative paths with forward slashes → contents; who reads them from disk has checked the paths."""

LONGEST_NAME = 255  # of whoever wrote a note, in letters


class LossKind(StrEnum):
    """What Markdown cannot carry; the text in question stays visible in the body."""

    MACRO = "macro"
    WIDGET = "widget"
    TRANSCLUSION = "transclusion"
    FILTER = "filter"
    PRAGMA = "pragma"
    CONDITIONAL = "conditional"
    STYLE = "style"
    HTML = "html"
    TABLE = "table"
    EXTERNAL = "external"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing a page could not carry.

    example: the first such piece of the source, at most 120 characters.
    """

    kind: LossKind
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Document:
    """One page of a manual, in Markdown.

    path: where it came from inside the source ("docs/on-call.md"); for formats without files, the title.
    header: the raw front matter with its delimiters, so that `header + body` are the source's own bytes; "" when none.
    body: Markdown. For Markdown sources byte for byte; links may be `[[Title]]` and `[[shown|Title]]`.
    fields: every further named value in its order, as text.
    section: headings above it in the contents, outermost first; None when the source gives no order.
    position: order among its neighbours, ascending; None when the source gives no order.
    aliases: other names or paths that should lead here.
    """

    path: str
    title: str
    body: str
    header: str = ""
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    section: tuple[str, ...] | None = None
    position: int | None = None
    aliases: tuple[str, ...] = ()
    created: datetime | None = None
    modified: datetime | None = None
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A local note.

    beside: the path of the page it stands beside, or its title where that came from no file; title: that page's.
    quote, prefix, suffix: the words it stands beside and what surrounds them there, "" for the page as a whole.
    by: the name of whoever wrote it, as far as that is known.
    """

    beside: str
    title: str
    body: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    by: str = ""
    written: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A page that is not used where the manual comes from, and why; its text is not with it."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file that pages may show: its path inside the source, its bytes, its media type.

    fields: what a wiki says of it besides (tags, dates, what stands in for a picture), in its order and word for word.
    """

    path: str
    content: bytes
    media_type: str
    fields: tuple[tuple[str, str], ...] = ()


class SkipReason(StrEnum):
    """Why something of the source did not become a page."""

    SYSTEM = "system"
    DRAFT = "draft"
    PLUGIN = "plugin"
    CODE = "code"
    NOT_TEXT = "not_text"
    OLDER = "older"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the source that is left out on purpose, and why."""

    path: str
    reason: SkipReason


class ContentsBy(StrEnum):
    """What orders a manual's contents."""

    TAGS = "tags"
    FOLDERS = "folders"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Library:
    """A whole source, read.

    title: the source's own name for itself, "" when it has none.
    root_tag: for contents by tags, the tag whose pages stand at the top; "" when there is none.
    """

    documents: tuple[Document, ...]
    attachments: tuple[Attachment, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    title: str = ""
    contents_by: ContentsBy = ContentsBy.FOLDERS
    root_tag: str = ""
    notes: tuple[Note, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


class Fault(StrEnum):
    """Why a source cannot be read at all."""

    ENCRYPTED = "encrypted"
    NOT_A_MANUAL = "not_a_manual"
    HISTORY = "history"
    NOT_UTF8 = "not_utf8"
    NUL_BYTE = "nul_byte"
    TOO_LARGE = "too_large"
    BROKEN_YAML = "broken_yaml"
    BROKEN_JSON = "broken_json"
    TRUNCATED = "truncated"
    DUPLICATE_TITLE = "duplicate_title"
    UNSAFE_PATH = "unsafe_path"
    ZIP_BOMB = "zip_bomb"
    BROKEN_ZIP = "broken_zip"
    EMPTY = "empty"


@dataclass(eq=False)  # not frozen: whoever passes an exception on writes to it
class BadSource(Exception):
    """A source that cannot be read, naming the file; sentences for readers are made where they are shown.

    detail: what the reader of the sentence needs besides the path (a line number, the other title), "" when nothing.
    """

    fault: Fault
    path: str
    detail: str = field(default="")
