"""What waits for a team's yes, and how many yeses it takes."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fieldcraft.manual import policy
from fieldcraft.manual.models import Agreement, Manual, Revision, Standing, State
from fieldcraft.manual.queries.layers import Held, OpenDraft
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.people.access import Actor, Permission
from fieldcraft.people.queries import count_who_may, people_who_may, quorum_of


def yeses_needed(manual: Manual) -> int:
    """The team's reflective quorum, but never more than there are people who could agree; one for other manuals."""
    quorum = quorum_of(manual.team_id) if manual.team_id else 1  # afresh: manuals are kept in memory, with their team
    if not manual.team_id or quorum == 1:
        return 1
    return max(1, min(quorum, count_who_may(Permission.WRITE_TEAM_MANUAL, manual.team_id)))


def yeses_that_count(draft: Revision) -> QuerySet[Agreement]:
    """Of those who may still say yes: that of somebody who has left the team counts no longer."""
    return Agreement.objects.filter(_counts(draft.edition.manual), revision=draft)


def _counts(manual: Manual, to: str = "") -> Q:
    """As a condition on agreements, or on what they belong `to`."""
    if manual.team_id is None:
        return Q()
    return Q(**{f"{to}by__in": people_who_may(Permission.WRITE_TEAM_MANUAL, manual.team_id)})


def yeses_of(draft: Revision) -> int:
    """How many yeses count."""
    return yeses_that_count(draft).count()


def open_drafts(manual: Manual) -> QuerySet[Revision]:
    """The manual's drafts that wait for a yes, oldest first."""
    found = Revision.objects.filter(edition__manual=manual, state=State.DRAFT)
    counting = Count("agreements", filter=_counts(manual, "agreements__"))
    return found.select_related("edition", "by").annotate(yeses=counting).order_by("id")


def drafts_for(actor: Actor, manuals: Sequence[Manual]) -> QuerySet[Revision]:
    """Open drafts of these manuals that others wrote and the actor has not said yes to; one query."""
    own = [manual.pk for manual in manuals if policy.can_write(actor, manual)]
    found = Revision.objects.filter(edition__manual__in=own, state=State.DRAFT).exclude(by=actor.person_id)
    said = Agreement.objects.filter(revision=OuterRef("pk"), by=actor.person_id)
    waiting = found.exclude(Exists(said)).select_related("edition__manual", "by")
    return waiting.defer("body", "header", "fields").order_by("id")


def draft_in(stack: Stack, draft_id: UUID) -> Revision | None:
    """A draft of this manual, open or answered, with all that its screen shows."""
    found = Revision.objects.filter(pk=draft_id, edition__manual=stack.manual.pk)
    return found.select_related(
        "edition__manual__team",
        "edition__current",
        "by",
        "answered_by",
        "base",
        "parent",
        "rendering",
        "remark",
        "publication",
        "redone_from__by",
        "step__offer",
    ).first()


def drafts_of_text(stack: Stack, held: Held) -> list[OpenDraft]:
    """What waits of the manual's own text of the page; a note beside it is no change of it."""
    return [draft for draft in stack.drafts_of(held) if not draft.is_note]


def drafts_of_note(stack: Stack, note: Held) -> list[OpenDraft]:
    """What waits of one note."""
    return [draft for draft in stack.drafts_of(note) if draft.edition_id == note.edition_id]


def newest_of(draft: Revision) -> Revision:
    """The draft that took this one's place, and the one that took that one's, to the last; itself where none did."""
    redone = Revision.objects.filter(redone_from=draft.pk)
    found = redone.select_related("edition__manual", "edition__current", "by").first()
    return newest_of(found) if found else draft


def other_half_of(draft: Revision) -> Revision | None:
    """The draft that goes together with this one, because one page was split into both, while it waits."""
    found = Revision.objects.filter(Q(part=draft) | Q(pk=draft.part_id), state__in=[State.DRAFT, State.GATHERED])
    return found.defer("body", "header", "fields").first()


def text_below(stack: Stack, draft: Revision) -> Revision | None:
    """What readers would get once a draft that gives the manual's own text up is agreed; None where nothing is below."""
    if draft.edition.standing == Standing.NOTED:
        return None
    page_id = draft.edition.page_id
    below = next((layer.covers[page_id] for layer in stack.layers[1:] if page_id in layer.covers), None)
    if below is None or below.standing is Standing.SET_ASIDE:
        return None
    return Revision.objects.select_related("edition").get(pk=below.revision_id)


def is_overtaken(draft: Revision) -> bool:
    """Whether readers have had another text since the draft was written, so that it must be brought up to date."""
    edition = draft.edition
    return draft.state in {State.DRAFT, State.GATHERED} and draft.parent_id != (
        None if edition.ended_at else edition.current_id
    )
