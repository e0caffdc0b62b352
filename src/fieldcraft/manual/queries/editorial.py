"""What an editorial group sees of its manual: where teams went their own way and why, and what waits for an answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from fieldcraft.manual import policy
from fieldcraft.manual.models import Answer, Edition, Kind, Manual, Offer, Remark, Standing
from fieldcraft.manual.queries.below import Graph
from fieldcraft.manual.queries.history import readable
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.people.access import Actor

MOST_PAGES, MOST_REASONS, MOST_REMARKS = 50, 1_000, 100
_OWN_WAY = (Standing.ADAPTED, Standing.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class OwnWay:
    """One team's own way with a page; reason: "" where nobody said why."""

    manual: Manual
    standing: Standing
    reason: str


@dataclass(frozen=True, slots=True)
class Adapted:
    """A page of the manual that teams adapted or set aside."""

    title: str
    url: str
    others_url: str
    teams: int
    ways: tuple[OwnWay, ...]


def adapted_pages(actor: Actor, stack: Stack) -> list[Adapted]:
    """Pages by how many teams went their own way with them, most first, as far as the actor may read those manuals.

    A team that offered the page without its name is left out there, as it is among the page's other versions.
    """
    teams = _teams_above(actor, stack)
    own_pages = Edition.objects.filter(manual=stack.manual, ended_at=None).exclude(standing=Standing.NOTED)
    held = Edition.objects.filter(manual__in=list(teams), ended_at=None, current__isnull=False, standing__in=_OWN_WAY)
    unnamed = Offer.objects.filter(page=OuterRef("page"), manual=OuterRef("manual"), is_named=False)
    held = held.exclude(Exists(unnamed.exclude(answer=Answer.WITHDRAWN)))
    counted = held.filter(page__in=own_pages.values("page")).values("page").annotate(teams=Count("manual"))
    pages = {row["page"]: row["teams"] for row in counted.order_by("-teams", "page")[:MOST_PAGES]}
    columns = ("page_id", "manual_id", "standing", "current__reason")
    ways: defaultdict[UUID, list[OwnWay]] = defaultdict(list)
    for page_id, manual_id, standing, reason in held.filter(page__in=list(pages)).values_list(*columns)[:MOST_REASONS]:
        ways[page_id].append(OwnWay(teams[manual_id], Standing(standing), reason))
    found = (_adapted(stack, page_id, number, ways[page_id]) for page_id, number in pages.items())
    return [each for each in found if each]


def _teams_above(actor: Actor, stack: Stack) -> dict[UUID, Manual]:
    """The team manuals built on this one that the actor may read."""
    above = set(Graph().readers(stack.manual.pk))
    visible = policy.visible_manuals(actor).filter(kind=Kind.TEAM)
    slugs = [slug for slug, pk in visible.order_by("title").values_list("slug", "pk") if pk in above]
    return {each.manual.pk: each.manual for each in readable(actor, slugs)}


def _adapted(stack: Stack, page_id: UUID, number: int, ways: Sequence[OwnWay]) -> Adapted | None:
    held = stack.covering(page_id)
    if held is None:
        return None
    others_url = reverse("manual:page-others", args=[stack.manual.slug, stack.address(held)])
    told = sorted(ways, key=lambda way: (not way.reason, way.manual.title.casefold()))
    return Adapted(held.title, page_url(stack, held), others_url, number, tuple(told))


def remarks_passed_on(actor: Actor, manual: Manual) -> list[Remark]:
    """What teams passed on to the manual and waits for an answer, oldest first."""
    found = policy.visible_remarks(actor, manual).filter(passed_from__isnull=False, outcome="")
    return list(found.select_related("revision", "by", "passed_from__manual__team").order_by("id")[:MOST_REMARKS])
