"""What became of the other text since the team's was made from it: changes with their reasons, a new name or place, parts split off."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fieldcraft.manual import policy
from fieldcraft.manual.models import Revision, Source, Standing, State, Step
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack, chain_of
from fieldcraft.people.access import Actor

_MOST = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """What the page below went through since the base, for a team to read before it decides.

    changes: its agreed texts, newest first, each with who, when and why.
    renamed: its old and its new title. moved_to: the headings it stands under now; () for none, None where it did not move.
    parts: (title, address) of pages that were made from it.
    given_up: the change that took it out, where one did.
    """

    changes: tuple[Revision, ...] = ()
    renamed: tuple[str, str] | None = None
    moved_to: tuple[str, ...] | None = None
    parts: tuple[tuple[str, str], ...] = ()
    given_up: Revision | None = None


def happened(stack: Stack, step: Step) -> Happened:
    """Of a step that comes from below; two queries. Of another, nothing: its history is its own team's."""
    if step.source != Source.BELOW:
        return Happened()
    changes = list(_changes(stack, step))
    theirs, base = step.theirs, step.base
    is_renamed = theirs and base and theirs.title != base.title
    return Happened(
        changes=tuple(changes),
        renamed=(base.title, theirs.title) if is_renamed and base and theirs else None,
        moved_to=_moved_to(changes, base),
        parts=tuple(_parts(stack, step)),
        given_up=_given_up(changes) if theirs is None else None,
    )


def _below(stack: Stack) -> list[UUID]:
    return [manual.pk for manual in stack.manuals[1:]]


def _changes(stack: Stack, step: Step) -> QuerySet[Revision]:
    """Agreed texts of the page below, after the base; where nobody knows the base, the newest alone."""
    found = Revision.objects.filter(edition__manual__in=_below(stack), edition__page=step.page_id, state=State.AGREED)
    found = found.exclude(standing=Standing.NOTED).select_related("by", "edition__manual").defer("header", "fields")
    base, theirs = step.base, step.theirs
    if base is None:
        return found.filter(pk__in=[step.theirs_id])
    found = found.filter(Q(agreed_at__gt=base.agreed_at) | Q(agreed_at=base.agreed_at, id__gt=base.pk))
    if theirs:
        found = found.filter(edition__in={base.edition_id, theirs.edition_id}, agreed_at__lte=theirs.agreed_at)
    return found.order_by("-agreed_at", "-id")[:_MOST]


def _moved_to(changes: Sequence[Revision], base: Revision | None) -> tuple[str, ...] | None:
    """Under which headings it was put last; None where it was not moved."""
    placed = next((each for each in changes if each.section is not None or each.position is not None), None)
    if placed is None:
        return None
    section = placed.section if placed.section is not None else placed.edition.section
    if base and section == base.section and placed.position == base.position:
        return None
    return tuple(section or ())


def _given_up(changes: Sequence[Revision]) -> Revision | None:
    gone = {Standing.INHERITED, Standing.SET_ASIDE}
    return next((each for each in changes if each.standing in gone), None)


def _parts(stack: Stack, step: Step) -> list[tuple[str, str]]:
    """Pages below whose first text was made from this one, after the base."""
    if step.base is None:
        return []
    made = Revision.objects.filter(
        edition__manual__in=_below(stack), parent=None, state=State.AGREED, id__gt=step.base.pk,
        copied_from__edition__page=step.page_id, copied_from__edition__manual__in=_below(stack),
    ).exclude(edition__page=step.page_id)  # fmt: skip
    pages = dict.fromkeys(made.order_by("id").values_list("edition__page_id", flat=True)[:_MOST])
    held = [each for page_id in pages if (each := stack.covering(page_id))]
    return [(each.title, page_url(stack, each)) for each in held]


def name_of_theirs(actor: Actor, step: Step) -> str:
    """Whose the other text is, as far as the reader may know; "" for the core's, and where nobody may."""
    if step.source == Source.OFFER and step.offer:
        return _called(step.offer.manual) if step.offer.is_named else ""
    if step.source == Source.NEIGHBOUR and step.theirs:
        manual = step.theirs.edition.manual
        return _called(manual) if policy.can_read(actor, chain_of(manual)) else ""
    return ""


def _called(manual: object) -> str:
    team = getattr(manual, "team", None)
    return str(team or getattr(manual, "title", ""))


def reason_of_theirs(step: Step) -> str:
    """Why the other text is as it is: the offer's reason for an offered one, whose own history is its team's."""
    if step.offer:
        return step.offer.reason
    return step.theirs.reason if step.theirs else ""


def reason_to_give(step: Step) -> str:
    """What a team may say when it combines; the other text's own reason with it, for that is what it lets in."""
    begun = {
        Source.BELOW: _("Brought into step with the core."),
        Source.OFFER: _("Drawn in, because the other team saw what is better here."),
        Source.NEIGHBOUR: _("Borrowed from another team."),
    }[Source(step.source)]
    because = reason_of_theirs(step) if step.source == Source.BELOW else ""
    return f"{begun} {because}".strip()[:300]
