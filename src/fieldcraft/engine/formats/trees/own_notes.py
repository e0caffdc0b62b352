"""Local notes as Fieldcraft's own export writes them: files of their own that say which page they stand beside."""

from fieldcraft.engine.formats.document import LONGEST_NAME, Document, Note
from fieldcraft.engine.formats.markdown import front_matter
from fieldcraft.engine.formats.yaml_values import whole_text_of

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
        **_passage(page),
        by=given.get("by", "")[:LONGEST_NAME],
        written=page.created,
    )


def _passage(page: Document) -> dict[str, str]:
    """The words and what surrounds them, with the spaces between the two."""
    values = front_matter(page.path, page.header) or {}
    return {name: whole_text_of(values[name]) for name in ("quote", "prefix", "suffix") if values.get(name) is not None}
