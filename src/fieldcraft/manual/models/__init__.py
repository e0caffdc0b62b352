"""Manuals, pages, editions, revisions, and what is derived from them for reading; steps, offers and publications."""

from fieldcraft.manual.models.manual import Audience, ContentsBy, Inclusion, Kind, Manual
from fieldcraft.manual.models.offer import Answer, Offer, OfferReader, Question
from fieldcraft.manual.models.page import COVERING, Agreement, Edition, Page, Pole, Revision, Standing, State
from fieldcraft.manual.models.publication import Heard, Publication
from fieldcraft.manual.models.reading import Attachment, Entry, Link, OldName, Rendering, Word
from fieldcraft.manual.models.remark import Outcome, Remark, Reply
from fieldcraft.manual.models.step import Decision, Fit, Source, Step
from fieldcraft.manual.models.transfer import Import, Progress

__all__ = [
    "COVERING", "Agreement", "Answer", "Attachment", "Audience", "ContentsBy", "Decision", "Edition", "Entry", "Fit",
    "Heard", "Import", "Inclusion", "Kind", "Link", "Manual", "Offer", "OfferReader", "OldName", "Outcome", "Page",
    "Pole", "Progress", "Publication", "Question", "Remark", "Rendering", "Reply", "Revision", "Source", "Standing",
    "State", "Step", "Word",
]  # fmt: skip
