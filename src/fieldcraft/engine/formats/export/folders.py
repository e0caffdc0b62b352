"""In which folder a page lies that came from none: with the pages of its own section, where these lie together."""

from collections import Counter
from collections.abc import Iterable
from posixpath import dirname

from fieldcraft.engine.formats.document import Document
from fieldcraft.engine.formats.markdown import humanised
from fieldcraft.engine.formats.paths import common_folders
from fieldcraft.engine.words import slug_of

Section = tuple[str, ...]


class Folders:
    """The folders of pages that came from files, by the headings that these pages stand under."""

    def __init__(self, came: Iterable[Document]) -> None:
        came = list(came)
        top = common_folders(page.path for page in came)
        self._of: dict[Section, str] = {}
        inside: dict[str, Counter[Section]] = {}
        for page in came:
            inside.setdefault(dirname(page.path), Counter())[page.section or ()] += 1
        for folder, sections in sorted(inside.items(), key=lambda each: -each[1].total()):
            self._of.setdefault(_section_of(folder, sections, len(top)), folder)
        self._of.setdefault((), "/".join(top))

    def of(self, section: Section) -> str:
        """The section's folder, "" for the top; else one below that of the nearest heading that has a folder."""
        if section in self._of:
            return self._of[section]
        return f"{self.of(section[:-1])}/{slug_of(section[-1])}".lstrip("/")


def _section_of(folder: str, sections: Counter[Section], top: int) -> Section:
    """The one it is named after; else the one that most of its pages stand in, since some may have been moved."""
    parts = folder.split("/") if folder else []
    named = tuple(humanised("/".join(parts[:end])) for end in range(top + 1, len(parts) + 1))
    return named if named in sections else sections.most_common(1)[0][0]
