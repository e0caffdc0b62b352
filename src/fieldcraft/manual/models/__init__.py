"""Manuals, pages, editions, revisions, and what is derived from them for reading."""

from fieldcraft.manual.models.manual import Audience, ContentsBy, Inclusion, Kind, Manual
from fieldcraft.manual.models.page import COVERING, Agreement, Edition, Page, Pole, Revision, Standing, State
from fieldcraft.manual.models.reading import Attachment, Entry, Link, OldName, Rendering, Word
from fieldcraft.manual.models.remark import Outcome, Remark, Reply
from fieldcraft.manual.models.transfer import Import, Progress

__all__ = [
    "COVERING", "Agreement", "Attachment", "Audience", "ContentsBy", "Edition", "Entry", "Import", "Inclusion", "Kind", "Link", "Manual",
    "OldName", "Outcome", "Page", "Pole", "Progress", "Remark", "Rendering", "Reply", "Revision", "Standing", "State", "Word",
]  # fmt: skip
