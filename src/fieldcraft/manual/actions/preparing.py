"""When a text changes: a step prepared for each manual that covers the page, and for no other."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from fieldcraft.manual.actions.dissolving import dissolve
from fieldcraft.manual.models import (
    Answer,
    Decision,
    Edition,
    Fit,
    Inclusion,
    Manual,
    Offer,
    Revision,
    Source,
    Standing,
    Step,
)
from fieldcraft.manual.queries.below import Covering, Graph, covering_in
from fieldcraft.manual.queries.combining import combined
from fieldcraft.rows import rows

_AT_ONCE = 10  # pages a task
_CONCERNS = """
SELECT EXISTS (SELECT 1 FROM manual_inclusion WHERE included_id = %s)
OR EXISTS (SELECT 1 FROM manual_step WHERE manual_id = %s AND settled_at IS NULL AND page_id IN (%s))
"""
_IS_BEHIND = "OR NOT EXISTS (SELECT 1 FROM manual_edition WHERE current_id = %s AND ended_at IS NULL)"


def tell(manual: Manual, page_ids: Collection[UUID], base_id: UUID | None = None) -> None:
    """Have steps prepared, once the change is committed, wherever it concerns somebody.

    base_id: what the change was made from; its page may have moved on while the change was being agreed.
    """
    if page_ids and _concerns_somebody(manual, page_ids, base_id):
        transaction.on_commit(partial(_enqueue, manual.pk, sorted(page_ids)))


def _concerns_somebody(manual: Manual, page_ids: Collection[UUID], base_id: UUID | None) -> bool:
    """Whether anybody is built on the manual, decides on one of the pages, or would have to: asked at every save."""
    asked, ids = (f"{_CONCERNS} {_IS_BEHIND}", [base_id]) if base_id else (_CONCERNS, [])
    return bool(rows(asked, manual.pk, manual.pk, list(page_ids)[:500], *ids)[0][0])


def tell_of_many(manual: Manual, page_ids: Collection[UUID]) -> None:
    """As `tell`, where many texts came from outside, made from who knows which."""
    if page_ids and Inclusion.objects.filter(Q(included=manual) | Q(manual=manual)).exists():
        transaction.on_commit(partial(_enqueue, manual.pk, sorted(page_ids)))


def tell_of_missed() -> None:
    """Steps that a task which was cut off or failed has left unprepared; twice does no harm."""
    behind = Edition.objects.filter(ended_at=None, current__base__isnull=False).exclude(standing=Standing.NOTED)
    behind = behind.exclude(Exists(Edition.objects.filter(current=OuterRef("current__base"), ended_at=None)))
    is_open = Step.objects.filter(
        manual=OuterRef("manual"), page=OuterRef("page"), source=Source.BELOW, settled_at=None
    )
    pages: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for manual_id, page_id in behind.exclude(Exists(is_open)).values_list("manual_id", "page_id"):
        pages[manual_id].append(page_id)
    for manual_id, page_ids in pages.items():
        _enqueue(manual_id, sorted(page_ids))


def tell_of_all(manual: Manual) -> None:
    """What lies below this manual is another: every page that it, or a manual built on it, covers."""
    above = Graph().readers(manual.pk)
    covers = Edition.objects.filter(manual__in=above, ended_at=None).exclude(standing=Standing.NOTED)
    page_ids = set(covers.values_list("page_id", flat=True))
    if page_ids:
        transaction.on_commit(partial(_enqueue, manual.pk, sorted(page_ids)))


def _enqueue(manual_id: UUID, page_ids: Sequence[UUID]) -> None:
    for some in _slices(page_ids, _AT_ONCE):
        prepare_later.enqueue(str(manual_id), [str(page_id) for page_id in some])


def _slices(ids: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


@task
def prepare_later(manual_id: str, page_ids: list[str]) -> None:
    """For all manuals that are built on this one, and for itself."""
    graph = Graph()
    prepare(graph, graph.readers(UUID(manual_id)), [UUID(page_id) for page_id in page_ids])


def prepare(graph: Graph, manual_ids: Collection[UUID], page_ids: Collection[UUID]) -> None:
    """Make, renew or close the step of each of these manuals on each of these pages that it covers.

    The texts are combined before anything is written, so that nobody waits for it.
    """
    known = _open_steps(page_ids)  # before the holds, so that none is missed which is made meanwhile
    holds = _from_what_was_offered(list(covering_in(graph, manual_ids, page_ids)))
    moved = [hold for hold in holds if _has_moved_on(hold)]
    fresh = list(_prepared([hold for hold in moved if _is_news(hold, known.get((hold.manual_id, hold.page_id)))]))
    same = [hold for hold, step in fresh if step is None]
    _write([(hold, step) for hold, step in fresh if step], known)
    _close([step for hold in holds if hold not in moved and (step := known.get((hold.manual_id, hold.page_id)))])
    _close(_of_no_page(manual_ids, known.values(), holds))
    for hold in same:
        if dissolve(hold.edition_id):  # its own step ends with it, and those built on it read the other text now
            prepare(graph, graph.readers(hold.manual_id), [hold.page_id])


def _of_no_page(manual_ids: Collection[UUID], known: Collection[Step], holds: Sequence[Covering]) -> list[Step]:
    """Open steps of pages that these manuals do not cover any more: given up, or dissolved."""
    manuals, held = set(manual_ids), {(hold.manual_id, hold.page_id) for hold in holds}
    return [step for step in known if step.manual_id in manuals and (step.manual_id, step.page_id) not in held]


def _from_what_was_offered(holds: Sequence[Covering]) -> list[Covering]:
    """A page of the team's own that was drawn in below comes from the text that the team offered."""
    bare = [hold for hold in holds if hold.base_id is None and hold.below]
    if not bare:
        return list(holds)
    drawn_in = Offer.objects.filter(page__in={hold.page_id for hold in bare}, answer=Answer.DRAWN_IN).order_by("id")
    columns = drawn_in.values_list("manual_id", "page_id", "revision_id")
    offered = {(manual_id, page_id): revision_id for manual_id, page_id, revision_id in columns}
    return [replace(hold, base_id=hold.base_id or offered.get((hold.manual_id, hold.page_id))) for hold in holds]


def _open_steps(page_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Step]:
    found = Step.objects.filter(page__in=page_ids, source=Source.BELOW, settled_at=None)
    return {(step.manual_id, step.page_id): step for step in found}


def _has_moved_on(hold: Covering) -> bool:
    """Whether the text below is not the one that this was last in step with, or is gone."""
    if hold.below is None or hold.below.standing is Standing.SET_ASIDE:
        return hold.base_id is not None
    return hold.below.revision_id != hold.base_id


def _theirs(hold: Covering) -> UUID | None:
    is_gone = hold.below is None or hold.below.standing is Standing.SET_ASIDE
    return None if is_gone or hold.below is None else hold.below.revision_id


def _is_news(hold: Covering, step: Step | None) -> bool:
    now = (hold.revision_id, hold.base_id, _theirs(hold))
    return step is None or (step.ours_id, step.base_id, step.theirs_id) != now


def _prepared(holds: Sequence[Covering]) -> Iterator[tuple[Covering, Step | None]]:
    """Each with its step as it is now; without one where the text is the same as the one below."""
    texts = _texts(holds)
    for hold in holds:
        theirs, base = texts.get(_theirs(hold)), texts.get(hold.base_id)
        yield hold, _step(hold, base, texts[hold.revision_id], theirs)


def _texts(holds: Sequence[Covering]) -> dict[UUID | None, Revision]:
    wanted = {each for hold in holds for each in (hold.revision_id, hold.base_id, _theirs(hold)) if each}
    found: dict[UUID | None, Revision] = {}
    for some in _slices(sorted(wanted), 500):
        rows = Revision.objects.only("title", "body", "tags", "publication_id")
        found |= rows.in_bulk(some)
    return found


def _step(hold: Covering, base: Revision | None, ours: Revision, theirs: Revision | None) -> Step | None:
    step = Step(
        manual_id=hold.manual_id, page_id=hold.page_id, source=Source.BELOW, ours=ours, base=base, theirs=theirs,
        publication_id=theirs.publication_id if theirs else None, changed_at=timezone.now(),
    )  # fmt: skip
    if theirs is None:
        step.fit = Fit.WITHDRAWN
    elif hold.standing is Standing.SET_ASIDE:
        step.fit = Fit.LEFT_OUT
    elif is_same_text(ours, theirs):
        return None
    elif base and is_same_text(base, theirs):
        step.fit = Fit.PLACE
    else:
        count(step, base, ours, theirs)
    return step


def count(step: Step, base: Revision | None, ours: Revision, theirs: Revision) -> None:
    """How far the two combine, for lists that show many steps."""
    found = combined(base, ours, theirs)
    step.fit, step.fits, step.needs, step.flags = found.fit, found.fits, len(found.needing), len(found.flags)


def is_same_text(one: Revision, other: Revision) -> bool:
    """Whether a reader would find the two the same."""
    return (one.title, one.body, sorted(one.tags)) == (other.title, other.body, sorted(other.tags))


_RENEWED = ("ours", "base", "theirs", "publication", "fit", "fits", "needs", "flags", "changed_at")


@transaction.atomic
def _write(fresh: Sequence[tuple[Covering, Step]], known: dict[tuple[UUID, UUID], Step]) -> None:
    """A newer text folds into the step that is open, with what was chosen so far."""
    new, renewed = [], []
    still_open = _still_open([old for hold, _step in fresh if (old := known.get((hold.manual_id, hold.page_id)))])
    for hold, step in fresh:
        old = known.get((hold.manual_id, hold.page_id))
        if old is None or old.pk not in still_open:
            new.append(step)
            continue
        for name in _RENEWED:
            if name != "changed_at" or old.theirs_id != step.theirs_id:
                setattr(old, name, getattr(step, name))
        renewed.append(old)
    Step.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)  # somebody else may have been faster
    Step.objects.bulk_update(renewed, _RENEWED, batch_size=100)


def _still_open(steps: Collection[Step]) -> set[UUID]:
    """What nobody has decided since it was looked up; one that is decided stays as it was then."""
    found = (Step.objects.filter(pk__in=some, settled_at=None) for some in _slices([step.pk for step in steps], 500))
    return {pk for some in found for pk in some.select_for_update().values_list("pk", flat=True)}


def _close(steps: Sequence[Step]) -> None:
    ids = [step.pk for step in steps]
    Step.objects.filter(pk__in=ids, settled_at=None).update(decision=Decision.CAUGHT_UP, settled_at=timezone.now())
