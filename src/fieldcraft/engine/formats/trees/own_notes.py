"""Local notes as Fieldcraft's own export writes them: files of their own that say which page they stand beside."""

from fieldcraft.engine.formats.document import Document, Note

NOTES = "notes"
_MARK = f" ({NOTES})"


def title_of_note(page_title: str) -> str:
    """What the file of a note says as its title."""
    return f"{page_title}{_MARK}"


def note_in(page: Document) -> Note | None:
    """The note that the file is; None for a page."""
    given = dict(page.fields)
    is_marked = page.title.endswith(_MARK) or page.path.startswith(f"{NOTES}/")
    if not given.get("beside") or not is_marked:
        return None
    return Note(
        beside=given["beside"],
        title=page.title.removesuffix(_MARK),
        body=page.body,
        quote=given.get("quote", ""),
        prefix=given.get("prefix", ""),
        suffix=given.get("suffix", ""),
        written=page.created,
    )
