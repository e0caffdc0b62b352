"""What every writer is given: a manual's pages and files, and the notes that stand beside pages."""

from dataclasses import dataclass
from datetime import datetime

from fieldcraft.engine.formats.document import Attachment, ContentsBy, Document, Library, SetAside
from fieldcraft.engine.words import slug_of


@dataclass(frozen=True, slots=True)
class OutgoingPage:
    """A page on its way out.

    name: what no other page of the manual is called; it becomes the name of its file when it came from none.
    is_named_as_it_came: nobody has changed its title or tags since it was imported, wherever that had them from.
    """

    name: str
    document: Document
    is_named_as_it_came: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingNote:
    """A local note.

    beside, title, path: the name, title and path of the page it stands beside, which need not be among the pages.
    quote, prefix, suffix: the words it stands beside, "" for the page as a whole.
    whose: the title of the manual whose note it is; by, at: who wrote it and when, as far as that is known.
    """

    beside: str
    title: str
    path: str
    body: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    whose: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A whole manual, ready to be written in any format."""

    title: str
    pages: tuple[OutgoingPage, ...]
    notes: tuple[OutgoingNote, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contents_by: ContentsBy = ContentsBy.FOLDERS
    root_tag: str = ""
    set_aside: tuple[SetAside, ...] = ()


def outgoing_of(library: Library) -> Outgoing:
    """A source that was read, on its way out again."""
    pages = tuple(
        OutgoingPage(f"{slug_of(document.title)}-{number}", document, is_named_as_it_came=True)
        for number, document in enumerate(library.documents, start=1)
    )
    return Outgoing(
        library.title,
        pages,
        attachments=library.attachments,
        contents_by=library.contents_by,
        root_tag=library.root_tag,
        set_aside=library.set_aside,
    )
