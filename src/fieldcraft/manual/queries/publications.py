"""What a manual gathers, what it has published together, and what that means for the manuals built on it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fieldcraft.manual.models import Heard, Kind, Manual, Publication, Revision, Source, Standing, State
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.manual.queries.steps import OpenStep

NEWS_FOR = timedelta(days=30)
SHOWN = 10
_LIGHT = ("title", "standing", "state", "reason", "parent_id", "edition_id", "publication_id", "created_at")
_NAMED = ("edition__page_id", "edition__manual_id", "by__name")


def open_publication(manual: Manual) -> Publication | None:
    """The one that agreed changes of the manual wait for; a team's changes wait for none."""
    if manual.kind == Kind.TEAM:
        return None
    found = Publication.objects.filter(manual=manual.pk, published_at=None)
    return found.select_related("manual", "begun_by").first()


def gathered_in(publication: Publication) -> QuerySet[Revision]:
    """What waits for it, in the order of agreeing, with all that a list and the draft's own rules need."""
    found = Revision.objects.filter(publication=publication, state=State.GATHERED)
    return found.select_related("edition", "by").defer("body", "header", "fields").order_by("id")


def gathering(manual: Manual) -> tuple[str, int] | None:
    """Title of the manual's open publication and how many changes wait for it; one query."""
    if manual.kind == Kind.TEAM:
        return None
    rows = Publication.objects.filter(manual=manual.pk, published_at=None)
    waiting = Count("revisions", filter=Q(revisions__state=State.GATHERED))
    return rows.annotate(waiting=waiting).values_list("title", "waiting").first()


@dataclass(frozen=True, slots=True)
class Published:
    """One change of a publication as its readers find it: the page, what changed, and why.

    url: "" for a page that is not there any more; compare_url: "" for one that is new.
    """

    revision: Revision
    url: str
    compare_url: str

    @property
    def is_taken_out(self) -> bool:
        return self.revision.standing == Standing.INHERITED


@dataclass(frozen=True, slots=True)
class Past:
    """A publication with its note and its pages."""

    publication: Publication
    pages: tuple[Published, ...]


def past(stack: Stack, number: int = 1) -> tuple[list[Past], bool]:
    """What this manual and those below it published, newest first, some at a time, and whether there are more."""
    layers = [manual.pk for manual in stack.manuals]
    changes = Revision.objects.filter(state=State.AGREED).select_related("edition", "by").order_by("title")
    found = Publication.objects.filter(manual__in=layers, published_at__isnull=False)
    told = found.select_related("manual", "published_by").prefetch_related(
        Prefetch("revisions", changes.only(*_LIGHT, *_NAMED))
    )
    start = (max(number, 1) - 1) * SHOWN
    rows = list(told.order_by("-published_at")[start : start + SHOWN + 1])
    return [Past(row, tuple(_published(stack, row.revisions.all()))) for row in rows[:SHOWN]], len(rows) > SHOWN


def _published(stack: Stack, revisions: Collection[Revision]) -> list[Published]:
    return [_as_published(stack, revision) for revision in revisions]


def _as_published(stack: Stack, revision: Revision) -> Published:
    held = stack.covering(revision.edition.page_id)
    if held is None:
        return Published(revision, "", "")
    compare = ""
    if revision.parent_id and revision.standing != Standing.INHERITED:
        path = reverse("manual:page-compare", args=[stack.manual.slug, stack.address(held)])
        compare = f"{path}?{urlencode({'old': str(revision.parent_id), 'new': str(revision.pk), 'only': '1'})}"
    return Published(revision, page_url(stack, held), compare)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a manual below published lately, for the people of a manual built on it, until they have read it.

    steps: their own pages that it left out of step and that are their turn.
    """

    stack: Stack
    publication: Publication
    steps: tuple[OpenStep, ...]

    @property
    def steps_url(self) -> str:
        """Where the note stands above what is to be brought into step."""
        return reverse("manual:step-list", args=[self.stack.manual.slug])

    @property
    def url(self) -> str:
        """Where it stands with all its pages, for as long as there is the manual."""
        return f"{reverse('manual:publications', args=[self.stack.manual.slug])}#{self.publication.pk}"


def notices(stacks: Sequence[Stack], steps: Sequence[OpenStep]) -> list[Notice]:
    """For each of these manuals what lies below it published in the last thirty days and nobody has read; newest first.

    steps: what `moved_on` gives for the same manuals. One query where there is nothing; never more than three.
    """
    published = _lately({manual.pk for stack in stacks for manual in stack.manuals[1:]})
    if not published:
        return []
    said = Heard.objects.filter(publication__in=published, manual__in=[stack.manual.pk for stack in stacks])
    heard = set(said.values_list("manual_id", "publication_id"))
    concerned = _concerned(steps, published)
    return [
        Notice(stack, each, tuple(concerned.get((stack.manual.pk, each.pk), ())))
        for each in published
        for stack in stacks
        if each.manual in stack.manuals[1:] and (stack.manual.pk, each.pk) not in heard
    ]


def notices_of_steps(stacks: Sequence[Stack], steps: Sequence[OpenStep]) -> list[Notice]:
    """Those that left pages out of step; no query where no step can have come with one."""
    if not any(each.step.publication_id or each.step.theirs_id is None for each in steps):
        return []
    return [notice for notice in notices(stacks, steps) if notice.steps]


def _lately(manual_ids: Collection[UUID]) -> list[Publication]:
    if not manual_ids:
        return []
    found = Publication.objects.filter(manual__in=manual_ids, published_at__gte=timezone.now() - NEWS_FOR)
    return list(found.select_related("manual").order_by("-published_at"))


def _concerned(
    steps: Sequence[OpenStep], published: Sequence[Publication]
) -> Mapping[tuple[UUID, UUID | None], Sequence[OpenStep]]:
    """By manual and publication: the steps that came with it."""
    below = [each for each in steps if each.step.source == Source.BELOW]
    taken_out = _taken_out(published) if any(each.step.theirs_id is None for each in below) else {}
    found: defaultdict[tuple[UUID, UUID | None], list[OpenStep]] = defaultdict(list)
    for each in below:
        step = each.step
        came_with = step.publication_id or (taken_out.get(step.page_id) if step.theirs_id is None else None)
        found[step.manual_id, came_with].append(each)
    return found


def _taken_out(published: Sequence[Publication]) -> dict[UUID, UUID | None]:
    """By page: the publication that took it out."""
    rows = Revision.objects.filter(publication__in=published, state=State.AGREED, standing=Standing.INHERITED)
    return dict(rows.values_list("edition__page_id", "publication_id"))


def publication_below(stack: Stack, publication_id: str) -> Publication | None:
    """Something that was published by a manual that this one is built on."""
    try:
        wanted = UUID(publication_id)
    except ValueError:
        return None
    below = [manual.pk for manual in stack.manuals[1:]]
    return Publication.objects.filter(pk=wanted, manual__in=below, published_at__isnull=False).first()
