"""Manuals, pages, editions, revisions, and what is derived from them for reading."""

from fieldcraft.manual.models.manual import Audience, ContentsBy, Inclusion, Kind, Manual
from fieldcraft.manual.models.page import COVERING, Edition, Page, Pole, Revision, Standing, State
from fieldcraft.manual.models.reading import Attachment, Entry, Link, OldName, Rendering, Word
from fieldcraft.manual.models.transfer import Import, Progress

__all__ = [
    "COVERING", "Attachment", "Audience", "ContentsBy", "Edition", "Entry", "Import", "Inclusion", "Kind", "Link", "Manual",
    "OldName", "Page", "Pole", "Progress", "Rendering", "Revision", "Standing", "State", "Word",
]  # fmt: skip
