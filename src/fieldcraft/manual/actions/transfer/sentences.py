"""What went wrong or was lost, in the reader's words."""

from django.utils.translation import gettext as _

from fieldcraft.engine.formats.document import BadSource, Document, Fault, LossKind

_FAULTS = {
    Fault.ENCRYPTED: "“%(path)s” is encrypted. Open it where it was made, save it without a password, and import that.",
    Fault.NOT_A_MANUAL: "No manual was found in it: no Markdown pages and no TiddlyWiki. It holds “%(path)s”, for example.",
    Fault.NOT_UTF8: "“%(path)s” is not UTF-8 text (byte %(detail)s). Save it as UTF-8 and try again.",
    Fault.NUL_BYTE: "“%(path)s” is not text: it holds NUL bytes.",
    Fault.TOO_LARGE: "“%(path)s” is larger than a page can be (%(detail)s).",
    Fault.BROKEN_YAML: "The front matter of “%(path)s” cannot be read (line %(detail)s).",
    Fault.BROKEN_JSON: "“%(path)s” is not whole JSON (line %(detail)s).",
    Fault.TRUNCATED: "“%(path)s” ends in the middle: part of the file is missing.",
    Fault.DUPLICATE_TITLE: "“%(path)s” has the same title as “%(detail)s” but other words. Rename one of them.",
    Fault.UNSAFE_PATH: "The archive names a file outside itself: “%(path)s”. It was not opened.",
    Fault.ZIP_BOMB: "The archive unpacks to far more than it should, at “%(path)s”. It was not opened.",
    Fault.BROKEN_ZIP: "The archive is damaged and cannot be opened.",
    Fault.EMPTY: "There is nothing to import at “%(path)s”.",
}
_LOSSES = {
    LossKind.MACRO: "macros, kept as code",
    LossKind.WIDGET: "widgets, kept as code",
    LossKind.TRANSCLUSION: "pieces shown from other pages, kept as code",
    LossKind.FILTER: "lists made by a filter, kept as code",
    LossKind.PRAGMA: "definitions, kept as code",
    LossKind.CONDITIONAL: "conditions, kept as code",
    LossKind.STYLE: "colours and styles, left out",
    LossKind.HTML: "HTML that cannot be shown safely",
    LossKind.TABLE: "joined table cells, taken apart",
    LossKind.EXTERNAL: "files kept elsewhere",
    LossKind.FIELD: "values that were too long",
}


def sentence_of(problem: BadSource) -> str:
    """Which file, what is wrong with it, and what to do."""
    return _(_FAULTS[problem.fault]) % {"path": problem.path, "detail": problem.detail}


def loss_lines(document: Document) -> list[str]:
    """What this page could not carry, one line a kind."""
    return [f"{loss.count} × {_(_LOSSES[loss.kind])}: {loss.example}" for loss in document.losses]
