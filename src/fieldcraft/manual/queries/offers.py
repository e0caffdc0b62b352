"""What was offered by a manual and to it, as each side may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fieldcraft.engine.prose.blocks import blocks
from fieldcraft.manual import policy
from fieldcraft.manual.models import Answer, Kind, Manual, Offer, Question, Remark, Revision, Standing
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.pages import stacks_to_read
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.people.access import Actor

MOST_SHOWN, MOST_TOLD = 200, 50
TOLD_FOR = timedelta(days=30)
_NUMBERS = (
    gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"), gettext_lazy("five"),
    gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer in a list; whose: its team's name, for those who got it, "" where it does not want to be named."""

    offer: Offer
    url: str
    whose: str
    status: str

    @property
    def is_open(self) -> bool:
        return not self.offer.answer


def whose(offer: Offer) -> str:
    """What those who got it may know of the team; "" for nothing."""
    return str(offer.manual.team or offer.manual.title) if offer.is_named else ""


def offers_of(actor: Actor, manual: Manual) -> list[OfferLine]:
    """What the manual offered, newest first, for its own people; one query."""
    rows = _told(policy.offers_made(actor, manual)).order_by("-id")[:MOST_SHOWN]
    return [OfferLine(row, _url(manual, row), "", _state_for_team(row)) for row in rows]


def offers_to(actor: Actor, manual: Manual, *, is_open: bool) -> list[OfferLine]:
    """What was offered to the manual, what waits longest first, for those who change its pages; one query."""
    found = policy.offers_received(actor, manual)
    rows = found.filter(answer="").order_by("id") if is_open else found.exclude(answer="").order_by("-answered_at")
    return [OfferLine(row, _url(manual, row), whose(row), _state_for_others(row)) for row in _told(rows)[:MOST_SHOWN]]


def _told(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """With what a line says of each: the title, the other manual, the last word that was said, how many read it."""
    last = Question.objects.filter(offer=OuterRef("pk")).order_by("-id").values("is_from_team")[:1]
    told = offers.select_related("revision", "manual__team", "to").defer("revision__body", "revision__header")
    return told.annotate(is_last_from_team=Subquery(last), reader_count=Count("readers"))


def _url(manual: Manual, offer: Offer) -> str:
    return reverse("manual:offer", args=[manual.slug, offer.pk])


def _state_for_team(offer: Offer) -> str:
    if offer.answer:
        return str(Answer(offer.answer).label)
    match getattr(offer, "is_last_from_team", None):
        case False:
            return _("a question for you")
        case True:
            return _("you answered; they go on reading")
        case _nothing:
            return being_read(getattr(offer, "reader_count", 0)) or _("waits to be read")


def _state_for_others(offer: Offer) -> str:
    if offer.answer:
        return str(Answer(offer.answer).label)
    match getattr(offer, "is_last_from_team", None):
        case False:
            return _("your question is not answered yet")
        case True:
            return _("they answered your question")
        case _nothing:
            return _("waits for you")


def being_read(readers: int) -> str:
    """How many of those who got it have opened it, in words; "" for none."""
    said = ngettext("being read by %(number)s person", "being read by %(number)s people", readers)
    return said % {"number": _in_words(readers)} if readers else ""


def _was_read(readers: int) -> str:
    """As `being_read`, once it is answered."""
    said = ngettext("read by %(number)s person", "read by %(number)s people", readers)
    return said % {"number": _in_words(readers)} if readers else ""


def _in_words(number: int) -> str:
    return str(_NUMBERS[number - 1]) if 0 < number <= len(_NUMBERS) else str(number)


def offer_made(actor: Actor, manual: Manual, offer_id: UUID) -> Offer | None:
    """An offer of this manual, for its own people."""
    return _whole(policy.offers_made(actor, manual).filter(pk=offer_id))


def offer_received(actor: Actor, manual: Manual, offer_id: UUID) -> Offer | None:
    """An offer to this manual, for those who change its pages."""
    return _whole(policy.offers_received(actor, manual).filter(pk=offer_id))


def _whole(offers: QuerySet[Offer]) -> Offer | None:
    told = offers.select_related(
        "manual__team", "to__team", "by", "drawn_into__edition", "revision__edition__manual",
        "revision__base__edition__manual", "revision__rendering",
    )  # fmt: skip
    return told.annotate(reader_count=Count("readers")).first()


def open_offer(actor: Actor, stack: Stack, page_id: UUID) -> Offer | None:
    """The offer of this page that still waits for its answer, for the team."""
    return policy.offers_made(actor, stack.manual).filter(page=page_id, answer="").select_related("to").first()


def places_to_offer(actor: Actor, stack: Stack) -> list[Manual]:
    """Whom a page can be offered to: the core first, then what else lies below, then other teams the actor may read."""
    below = sorted(stack.manuals[1:], key=lambda manual: manual.kind != Kind.CORE)
    others = [each.manual for each in stacks_to_read(actor) if each.manual.kind == Kind.TEAM]
    return [*below, *(manual for manual in others if manual != stack.manual and manual not in below)]


def text_to_offer(stack: Stack, held: Held, note: UUID | None) -> Revision | None:
    """The manual's own text of the page, or one of its notes beside it; None where it has no such text."""
    notes = {each.edition_id: each for each in stack.notes(held.page_id) if each.manual_id == stack.manual.pk}
    own = held if held.standing in {Standing.ADAPTED, Standing.LOCAL} and held.manual_id == stack.manual.pk else None
    chosen = notes.get(note) if note else own
    found = Revision.objects.filter(pk=chosen.revision_id) if chosen else Revision.objects.none()
    return found.select_related("edition__manual", "base__edition__manual", "rendering").first()


def remarks_to_tick(actor: Actor, manual: Manual, page_id: UUID) -> list[Remark]:
    """The team's own remarks on the page, newest first, open or settled; readers from outside were promised otherwise."""
    found = policy.visible_remarks(actor, manual).filter(page=page_id, is_from_outside=False)
    return list(found.order_by("-id")[:50])


def offers_for(actor: Actor, manuals: Sequence[Manual]) -> list[tuple[str, str, str]]:
    """For Today: (title, address, one line) of the teams' offers that were answered lately or have a question; one query."""
    own = {manual.pk: manual for manual in manuals if policy.can_write(actor, manual)}
    last = Question.objects.filter(offer=OuterRef("pk")).order_by("-id").values("is_from_team")[:1]
    lately = Q(answered_at__gte=timezone.now() - TOLD_FOR, answer__in=[Answer.DRAWN_IN, Answer.DECLINED])
    found = Offer.objects.filter(manual__in=list(own)).annotate(is_last_from_team=Subquery(last))
    rows = found.filter(lately | Q(answer="", is_last_from_team=False)).select_related("revision", "to")
    newest = rows.defer("revision__body", "revision__header").order_by("-answered_at", "-id")[:MOST_TOLD]
    return [(row.revision.title, _url(own[row.manual_id], row), _line(row)) for row in newest]


def _line(offer: Offer) -> str:
    if not offer.answer:
        return _("There is a question about your team's offer.")
    return _("Your team's offer: %(answer)s.") % {"answer": _state_for_team(offer)}


def unnamed_on(actor: Actor, page_id: UUID) -> set[UUID]:
    """Manuals that offered the page without their name, and whose people the actor is not one of."""
    offers = Offer.objects.filter(page=page_id, is_named=False).exclude(answer=Answer.WITHDRAWN)
    rows = offers.select_related("manual")
    return {offer.manual_id for offer in rows if not policy.is_own(actor, offer.manual)}


def with_example(body: str, note: Revision) -> str:
    """The page's text with the note as an example, after the block that has the note's passage, or at the end."""
    example = _("**Example:** %(note)s") % {"note": note.body.strip()}
    wanted = _bare(note.quote)
    at = next((block.end for block in blocks(body) if wanted and wanted in _bare(body[block.start : block.end])), None)
    if at is None:
        return f"{body.rstrip()}\n\n{example}\n"
    return f"{body[:at].rstrip()}\n\n{example}\n\n{body[at:].lstrip(chr(10))}".rstrip("\n") + "\n"


def _bare(text: str) -> str:
    """Words without what marks them up, to find a passage that was copied from the page as it is seen."""
    return " ".join("".join(sign for sign in text if sign not in "*_`#[]").split()).casefold()


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the way of an offer: what happened, and when."""

    name: str
    at: datetime | None = None


def way_of(offer: Offer, questions: Sequence[Question]) -> list[Stage]:
    """The way an offer has gone, for its team; nobody of the others is named."""
    way = [Stage(_("Offered"), offer.offered_at)]
    readers = getattr(offer, "reader_count", 0)
    if said := _was_read(readers) if offer.answer else being_read(readers):
        way.append(Stage(said[:1].upper() + said[1:]))
    way += [Stage(_("You answered") if each.is_from_team else _("Question for you"), each.at) for each in questions]
    return [*way, Stage(_outcome(offer), offer.answered_at)] if offer.answer else way


def _outcome(offer: Offer) -> str:
    match Answer(offer.answer):
        case Answer.DRAWN_IN if offer.is_named:
            return _("Drawn in, thanks to %(team)s") % {"team": whose(offer)}
        case Answer.DRAWN_IN:
            return _("Drawn in, thanks to a team that does not want to be named")
        case Answer.DECLINED:
            return _("Not drawn in; your team keeps it")
        case _:
            return _("Withdrawn")
