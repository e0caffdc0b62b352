"""What happens to a page, what went wrong and what was lost, in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fieldcraft.engine.formats.document import BadSource, Document, Fault, LossKind
from fieldcraft.manual.actions.transfer.plan import Doing

_FAULTS = {
    Fault.ENCRYPTED: gettext_noop(
        "“%(path)s” is encrypted. Open it where it was made, save it without a password, and import that."
    ),
    Fault.NOT_A_MANUAL: gettext_noop(
        "No manual was found in it: no Markdown pages and no TiddlyWiki. It holds “%(path)s”, for example."
    ),
    Fault.HISTORY: gettext_noop(
        "“%(path)s” is a manual with its whole history, with names and yeses. Whoever runs Fieldcraft brings it in, "
        "into a new manual, by the command “fieldcraft import”."
    ),
    Fault.NOT_UTF8: gettext_noop("“%(path)s” is not UTF-8 text (byte %(detail)s). Save it as UTF-8 and try again."),
    Fault.NUL_BYTE: gettext_noop("“%(path)s” is not text: it holds NUL bytes."),
    Fault.TOO_LARGE: gettext_noop("“%(path)s” is larger than a page can be (%(detail)s)."),
    Fault.BROKEN_YAML: gettext_noop("The front matter of “%(path)s” cannot be read (line %(detail)s)."),
    Fault.BROKEN_JSON: gettext_noop("“%(path)s” is not whole JSON (line %(detail)s)."),
    Fault.TRUNCATED: gettext_noop("“%(path)s” ends in the middle: part of the file is missing."),
    Fault.DUPLICATE_TITLE: gettext_noop(
        "“%(path)s” has the same title as “%(detail)s” but other words. Rename one of them."
    ),
    Fault.UNSAFE_PATH: gettext_noop("The archive names a file outside itself: “%(path)s”. It was not opened."),
    Fault.ZIP_BOMB: gettext_noop("The archive unpacks to far more than it should, at “%(path)s”. It was not opened."),
    Fault.BROKEN_ZIP: gettext_noop("The archive is damaged and cannot be opened."),
    Fault.EMPTY: gettext_noop("There is nothing to import at “%(path)s”."),
}
_LOSSES = {
    LossKind.MACRO: gettext_noop("macros, kept as code"),
    LossKind.WIDGET: gettext_noop("widgets, kept as code"),
    LossKind.TRANSCLUSION: gettext_noop("pieces shown from other pages, kept as code"),
    LossKind.FILTER: gettext_noop("lists made by a filter, kept as code"),
    LossKind.PRAGMA: gettext_noop("definitions, kept as code"),
    LossKind.CONDITIONAL: gettext_noop("conditions, kept as code"),
    LossKind.STYLE: gettext_noop("colours and styles, left out"),
    LossKind.HTML: gettext_noop("HTML that cannot be shown safely"),
    LossKind.TABLE: gettext_noop("joined table cells, taken apart"),
    LossKind.EXTERNAL: gettext_noop("files kept elsewhere"),
    LossKind.FIELD: gettext_noop("values that were too long"),
}
_DOINGS = {
    Doing.ADD: gettext_noop("new"),
    Doing.REVISE: gettext_noop("changed since the last import"),
    Doing.ADAPT: gettext_noop("your own version of the page below"),
    Doing.SAME: gettext_noop("unchanged"),
    Doing.SAME_AS_BELOW: gettext_noop("the same as the page below, which you will follow"),
    Doing.OWN_WORDS: gettext_noop("in words of your own, which the file has otherwise"),
    Doing.OWN_OVER_BELOW: gettext_noop("in words of your own, where the file has the text of the page below"),
    Doing.SET_ASIDE: gettext_noop("set aside by you, but in use in the file"),
}


def sentence_of(problem: BadSource) -> str:
    """Which file, what is wrong with it, and what to do."""
    return _(_FAULTS[problem.fault]) % {"path": problem.path, "detail": problem.detail}


def loss_line(kind: LossKind, count: int, example: str) -> str:
    """One thing that a page could not carry."""
    return f"{count} × {_(_LOSSES[kind])}: {example}"


def loss_lines(document: Document) -> list[str]:
    """What this page could not carry, one line a kind."""
    return [loss_line(loss.kind, loss.count, loss.example) for loss in document.losses]


def doing_words(doing: Doing) -> str:
    """What will happen to a page."""
    return _(_DOINGS[doing])


def likeness_words(alike: float) -> str:
    """How much of one text stands in another (0–1), without pretending to more than a rough eye sees."""
    if alike >= 0.9:
        return _("nearly the same words")
    if alike >= 0.6:
        return _("much the same words")
    if alike >= 0.3:
        return _("some of the same words")
    return _("few of the same words")


def gathers_words(manual_title: str, publication_title: str) -> str:
    """What an import into a manual that gathers its changes does, said before anybody does it."""
    return _(
        "“%(manual)s” gathers its changes for “%(title)s”, but what you import is not gathered: readers have it at once."
    ) % {"manual": manual_title, "title": publication_title}


_INSTEAD = {
    Doing.OWN_WORDS: gettext_noop("The file's text would take the place of yours."),
    Doing.OWN_OVER_BELOW: gettext_noop("Your own version would be given up; readers would have the page below again."),
    Doing.SET_ASIDE: gettext_noop("The page would be in use again, with the text of the file."),
}


def instead_words(doing: Doing) -> str:
    """What it would mean to take the file's text for a page that people here decided on."""
    return _(_INSTEAD[doing])


def way_words(*, waits: bool) -> str:
    """Which way the file's text goes where somebody chooses it over words of their own."""
    if waits:
        return _("They stay as they are. What you tick is put forward like every other change, and waits to be agreed.")
    return _(
        "They stay as they are. Where you tick one, readers get the file's text at once; yours stays in the history."
    )


def source_words(name: str) -> str:
    """Why a page has another text: it was taken from a file."""
    return _("Imported from “%(name)s”.") % {"name": name}
