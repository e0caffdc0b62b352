"""What was noticed, where its passage stands in the page as it is read today, and what waits to be manualized."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import assert_never
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from fieldcraft.engine.prose.anchor import Changed, Found, Gone, Quote, find
from fieldcraft.manual import policy
from fieldcraft.manual.models import Agreement, Manual, Remark, Rendering, Revision, State
from fieldcraft.manual.queries.drafts import open_drafts, yeses_needed
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.passages import text_as_seen
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import OpenStep, open_steps
from fieldcraft.people.access import Actor

MOST_SHOWN = 200
_HEADING = re.compile(r'<h[2-6][^>]* id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class RemarkAsRead:
    """A remark beside the page as it is read today.

    is_changed: its passage does not stand there any more as it was.
    now: what stands in its place, where that can be told.
    place: "#…" of the nearest heading above the passage; "" when it stands above all headings or nowhere.
    url: the remark's own screen.
    draft: an open draft that it was turned into, for `draft_url`.
    """

    remark: Remark
    is_changed: bool
    now: str
    place: str
    url: str
    replies: int
    draft: UUID | None


@dataclass(frozen=True, slots=True)
class RemarksOfPage:
    """What the page screen says about remarks.

    may_see: the reader is of the house, and reads and makes remarks; else `open` and `settled` are empty.
    may_suggest: a reader from outside who may leave a suggestion.
    write_url: where either is written; note_url: where a note is, "" for those who cannot put one beside this page.
    """

    may_see: bool
    may_suggest: bool
    write_url: str
    note_url: str = ""
    open: tuple[RemarkAsRead, ...] = ()
    settled: tuple[RemarkAsRead, ...] = ()


def remarks_of_page(actor: Actor, stack: Stack, held: Held, html: str) -> RemarksOfPage:
    """The page's remarks in this manual, with their passages found in `html`; one query, none where there are none."""
    may_see = bool(policy.can_see_remarks(actor, stack.manual))
    at = [stack.manual.slug, stack.address(held)]
    write_url = reverse("manual:page-remark", args=at)
    if not may_see:
        return RemarksOfPage(False, bool(policy.can_suggest(actor, stack.manuals)), write_url)
    rows = list(_of_page(actor, stack, held)) if held.page_id in stack.layers[0].remarked else []
    place = _placing(stack.manual.slug, html) if rows else None
    placed = [place(row) for row in rows] if place else []
    may_note = policy.can_write(actor, stack.manual) and held.manual_id != stack.manual.pk
    return RemarksOfPage(
        may_see,
        may_suggest=False,
        write_url=write_url,
        note_url=reverse("manual:page-note", args=at) if may_note else "",
        open=tuple(each for each in placed if not each.remark.outcome),
        settled=tuple(each for each in placed if each.remark.outcome),
    )


def _of_page(actor: Actor, stack: Stack, held: Held) -> QuerySet[Remark]:
    return _told(policy.visible_remarks(actor, stack.manual).filter(page=held.page_id))[:MOST_SHOWN]


def _told(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """With all that a list says about each: who, how many replies, an open draft; open ones first, then oldest first."""
    drafts = Revision.objects.filter(remark=OuterRef("pk"), state=State.DRAFT).order_by("id").values("pk")[:1]
    told = remarks.select_related("by", "settled_by", "passed_from").annotate(
        reply_count=Count("replies"), open_draft=Subquery(drafts)
    )
    return told.order_by(F("settled_at").desc(nulls_first=True), "id")


def _placing(slug: str, html: str) -> Callable[[Remark], RemarkAsRead]:
    """Places remarks in one text, which is read once for all of them."""
    text, headings = text_as_seen(html), _headings(html)

    def placed(row: Remark) -> RemarkAsRead:
        is_changed, now, at = _found(text, row) if row.quote else (False, "", None)
        above = [name for start, name in headings if at is not None and start <= at]
        return RemarkAsRead(
            row,
            is_changed,
            now,
            place=f"#{above[-1]}" if above else "",
            url=reverse("manual:remark", args=[slug, row.pk]),
            replies=getattr(row, "reply_count", 0),
            draft=getattr(row, "open_draft", None),
        )

    return placed


def _found(text: str, remark: Remark) -> tuple[bool, str, int | None]:
    """Whether the passage has changed, what stands there now, and where."""
    answer = find(text, Quote(remark.quote, remark.prefix, remark.suffix, remark.position))
    match answer:
        case Found(place):
            return False, place.of(text), place.start
        case Changed(place):
            return True, place.of(text), place.start
        case Gone():
            return True, "", None
        case _:
            assert_never(answer)


def _headings(html: str) -> list[tuple[int, str]]:
    """Where in the text as seen each heading begins, and its name."""
    headings, length, read_to = [], 0, 0
    for found in _HEADING.finditer(html):
        words = text_as_seen(html[read_to : found.start()])
        length += len(words) + 1 if words else 0
        read_to = found.start()
        headings.append((length, unescape(found[1])))
    return headings


def remark_in(actor: Actor, stack: Stack, remark_id: UUID) -> Remark | None:
    """A remark of this manual that the actor may know of, with its replies and drafts."""
    found = policy.visible_remarks(actor, stack.manual).filter(pk=remark_id)
    return (
        found.select_related("manual", "page", "revision", "by", "settled_by", "passed_from")
        .prefetch_related("replies__by", "drafts")
        .first()
    )


def remark_as_read(stack: Stack, held: Held | None, remark: Remark) -> RemarkAsRead:
    """One remark beside the page as it is read today; of a page that is not there any more, its passage is gone."""
    rendering = Rendering.objects.filter(pk=held.revision_id).first() if held else None
    return _placing(stack.manual.slug, rendering.html if rendering else "")(remark)


def state_of(remark: Remark) -> str:
    """What somebody who looks at it has before them; another state means that something came in between."""
    return f"{remark.outcome or 'open'}-{remark.replies.count()}"


@dataclass(frozen=True, slots=True)
class WaitingRemark:
    """An open remark, the page it is about, and where to go.

    page_url: "" for a page that the manual does not have any more.
    """

    remark: Remark
    title: str
    url: str
    page_url: str
    replies: int
    draft: UUID | None


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft that waits for a yes: how many it has, and whether the reader's own is among them."""

    draft: Revision
    url: str
    yeses: int
    has_mine: bool


@dataclass(frozen=True, slots=True)
class ToManualize:
    """What waits for a manualizing slot.

    held: suggestions from outside; empty for those who may not know of them.
    needed: how many yeses a draft takes.
    steps: pages to be brought into step, those for the slot first; texts: what other teams offered or have to borrow.
    quiet: how many more steps are quiet for now.
    is_cut: there are more remarks than are listed.
    """

    remarks: tuple[WaitingRemark, ...]
    held: tuple[WaitingRemark, ...]
    drafts: tuple[WaitingDraft, ...]
    needed: int
    steps: tuple[OpenStep, ...]
    texts: tuple[OpenStep, ...]
    quiet: int
    is_cut: bool

    def __bool__(self) -> bool:
        return bool(self.remarks or self.held or self.drafts or self.steps or self.texts)


def to_manualize(actor: Actor, stack: Stack) -> ToManualize:
    """The list that feeds a slot, for somebody of the house; the same number of queries however long it is."""
    told = _told(policy.visible_remarks(actor, stack.manual).filter(outcome=""))
    rows = list(told.select_related("by", "revision")[: MOST_SHOWN + 1])
    waiting = [_waiting_remark(stack, row) for row in rows[:MOST_SHOWN]]
    steps = open_steps(actor, stack, timezone.localdate())
    return ToManualize(
        remarks=tuple(each for each in waiting if not each.remark.is_held),
        held=tuple(each for each in waiting if each.remark.is_held),
        drafts=tuple(_waiting_drafts(actor, stack.manual)),
        needed=yeses_needed(stack.manual),
        steps=tuple(each for each in steps if each.is_turn),
        texts=tuple(each for each in steps if each.waits and not each.is_turn),
        quiet=sum(each.is_quiet for each in steps),
        is_cut=len(rows) > MOST_SHOWN,
    )


def _waiting_remark(stack: Stack, row: Remark) -> WaitingRemark:
    held = stack.covering(row.page_id)
    return WaitingRemark(
        row,
        title=held.title if held else row.revision.title,
        url=reverse("manual:remark", args=[stack.manual.slug, row.pk]),
        page_url=page_url(stack, held) if held else "",
        replies=getattr(row, "reply_count", 0),
        draft=getattr(row, "open_draft", None),
    )


def _waiting_drafts(actor: Actor, manual: Manual) -> Iterator[WaitingDraft]:
    mine = Agreement.objects.filter(revision=OuterRef("pk"), by=actor.person_id)
    for draft in open_drafts(manual).annotate(has_mine=Exists(mine))[:MOST_SHOWN]:
        url = reverse("manual:draft", args=[manual.slug, draft.pk])
        yield WaitingDraft(draft, url, yeses=getattr(draft, "yeses", 0), has_mine=getattr(draft, "has_mine", False))
