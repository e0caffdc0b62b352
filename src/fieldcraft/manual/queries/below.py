"""Which text lies below an edition, for many manuals at once: what a change of one page means for a thousand teams."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from fieldcraft.manual.models import Edition, Inclusion, Standing


@dataclass(frozen=True, slots=True)
class Covering:
    """A manual's text of a page, and the text that its readers would get without it; below: none where there is none."""

    manual_id: UUID
    edition_id: UUID
    page_id: UUID
    standing: Standing
    revision_id: UUID
    base_id: UUID | None
    below: "Covering | None" = None


class Graph:
    """Which manual is built on which; one query."""

    def __init__(self) -> None:
        self._below: defaultdict[UUID, list[UUID]] = defaultdict(list)
        self._above: defaultdict[UUID, list[UUID]] = defaultdict(list)
        rows = Inclusion.objects.order_by("position").values_list("manual_id", "included_id")
        for manual_id, included_id in rows:
            self._below[manual_id].append(included_id)
            self._above[included_id].append(manual_id)

    def chain(self, manual_id: UUID) -> list[UUID]:
        """The manual and all it is built on, nearest first; as `resolve.chain_of`."""
        return _reached(self._below, manual_id)

    def readers(self, manual_id: UUID) -> list[UUID]:
        """The manual and all that are built on it."""
        return _reached(self._above, manual_id)


def _reached(edges: dict[UUID, list[UUID]], start: UUID) -> list[UUID]:
    found = dict.fromkeys([start])
    nearest = [start]
    while nearest:
        fresh = dict.fromkeys(each for at in nearest for each in edges.get(at, ()) if each not in found)
        found |= fresh
        nearest = list(fresh)
    return list(found)


def covering_in(graph: Graph, manual_ids: Collection[UUID], page_ids: Collection[UUID]) -> Iterator[Covering]:
    """The holds of these manuals on these pages, each with what lies below it; one query."""
    by_page: defaultdict[UUID, dict[UUID, Covering]] = defaultdict(dict)
    for held in _held(page_ids):
        by_page[held.page_id][held.manual_id] = held
    wanted = set(manual_ids)
    for holds in by_page.values():
        for manual_id in holds.keys() & wanted:
            yield _on_top(holds, graph.chain(manual_id))


def _on_top(holds: dict[UUID, Covering], chain: list[UUID]) -> Covering:
    own, *lower = [holds[manual_id] for manual_id in chain if manual_id in holds]
    return Covering(
        own.manual_id, own.edition_id, own.page_id, own.standing, own.revision_id, own.base_id, next(iter(lower), None)
    )  # fmt: skip


def _held(page_ids: Collection[UUID]) -> Iterator[Covering]:
    rows = Edition.objects.filter(page__in=page_ids, ended_at=None, current__isnull=False)
    columns = ("manual_id", "id", "page_id", "standing", "current_id", "current__base_id")
    for manual_id, edition_id, page_id, standing, revision_id, base_id in rows.exclude(
        standing=Standing.NOTED
    ).values_list(*columns):
        yield Covering(manual_id, edition_id, page_id, Standing(standing), revision_id, base_id)
