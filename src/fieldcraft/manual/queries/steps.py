"""Pages to be brought into step: what is open, what is quiet, what was decided lately; each list in one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.crypto import salted_hmac

from fieldcraft.manual import policy
from fieldcraft.manual.models import Decision, Fit, Revision, Source, Standing, State, Step
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.reading import page_url
from fieldcraft.manual.queries.resolve import Stack
from fieldcraft.people.access import Actor

MOST_SHOWN, _DECIDED_SHOWN = 500, 100


@dataclass(frozen=True, slots=True)
class OpenStep:
    """An open step as lists show it.

    page_url: "" for a page that the manual does not have.
    draft: a change that waits for a yes and would settle it. is_quiet: the team hears nothing of it for now.
    """

    step: Step
    stack: Stack
    title: str
    url: str
    page_url: str
    draft: UUID | None
    is_quiet: bool

    @property
    def waits(self) -> bool:
        """Whether it is the team's turn: nothing is being agreed, and it is not quiet."""
        return self.draft is None and not self.is_quiet

    @property
    def is_turn(self) -> bool:
        """Whether it is the team's turn because the core has moved on."""
        return self.waits and self.step.source == Source.BELOW

    @property
    def fits(self) -> bool:
        """Whether it can be combined without a question."""
        return self.is_turn and self.step.fit == Fit.FITS and not is_guess(self.step)


@dataclass(frozen=True, slots=True)
class Group:
    """Steps of one kind; name: the fit they share, or "waits" or "quiet"."""

    name: str
    steps: tuple[OpenStep, ...]


_ORDER = (Fit.FITS, Fit.SUGGESTION, Fit.CHOICE, Fit.FAR, Fit.PLACE, Fit.WITHDRAWN, Fit.LEFT_OUT, "waits", "quiet")


def open_steps(actor: Actor, stack: Stack, today: date) -> list[OpenStep]:
    """What is open in the manual, as far as the actor may know of it; for the slot first, then by title; one query."""
    return _listed(policy.visible_steps(actor, stack.manual), [stack], today)


def _listed(steps: QuerySet[Step], stacks: Sequence[Stack], today: date) -> list[OpenStep]:
    by_manual = {stack.manual.pk: stack for stack in stacks}
    pending = Revision.objects.filter(step=OuterRef("pk"), state__in=[State.DRAFT, State.GATHERED]).order_by("id")
    rows = _told(steps.filter(settled_at=None))
    rows = rows.annotate(pending=Subquery(pending.values("pk")[:1]))[:MOST_SHOWN]
    found = [_open(by_manual[row.manual_id], row, today) for row in rows]
    return sorted(found, key=lambda each: (not each.step.is_for_slot, each.title.casefold()))


def moved_on(stacks: Sequence[Stack], today: date) -> list[OpenStep]:
    """Pages that the core has moved on from and that are the team's turn; one query for all manuals."""
    if not stacks:
        return []
    steps = Step.objects.filter(manual__in=[stack.manual.pk for stack in stacks], source=Source.BELOW)
    return [each for each in _listed(steps, stacks, today) if each.is_turn]


def _told(steps: QuerySet[Step]) -> QuerySet[Step]:
    """With what a line says of each, without the texts."""
    return (
        steps.select_related("ours", "theirs", "offer__manual__team", "settled_by")
        .only(
            *(field.attname for field in Step._meta.concrete_fields),
            "ours__title", "ours__base_inferred", "theirs__title", "offer__is_named", "offer__manual__title",
            "offer__manual__team__name", "settled_by__name",
        )
        .order_by("opened_at", "id")
    )  # fmt: skip


def _open(stack: Stack, step: Step, today: date) -> OpenStep:
    held = stack.covering(step.page_id)
    return OpenStep(
        step, stack, _title(held, step), step_url(stack, step), page_url(stack, held) if held else "",
        getattr(step, "pending", None), bool(step.quiet_until and step.quiet_until > today),
    )  # fmt: skip


def _title(held: Held | None, step: Step) -> str:
    texts = (held, step.ours, step.theirs)
    return next((each.title for each in texts if each), "")


def step_url(stack: Stack, step: Step) -> str:
    """The step's own screen."""
    return reverse("manual:step", args=[stack.manual.slug, step.pk])


def is_guess(step: Step) -> bool:
    """Whether nobody has confirmed what the team's text was made from."""
    return step.ours is not None and step.ours.base_inferred is not None


def grouped(steps: Iterable[OpenStep]) -> list[Group]:
    """By what is to be done with them; what waits for a yes and what is quiet comes last."""
    found: dict[str, list[OpenStep]] = {}
    for each in steps:
        name = "waits" if each.draft else "quiet" if each.is_quiet else each.step.fit
        found.setdefault(name, []).append(each)
    return [Group(str(name), tuple(found[name])) for name in _ORDER if name in found]


def state_of_steps(steps: Iterable[OpenStep]) -> tuple[object, ...]:
    """Changes whenever a list of them would read otherwise; part of the validator of pages that show one."""
    return tuple((each.step.pk, each.step.changed_at, each.step.fit, each.draft, each.is_quiet) for each in steps)


@dataclass(frozen=True, slots=True)
class DecidedStep:
    """A step that was decided; may_undo: what it led to still stands; is_undone: the text from before was put back."""

    step: Step
    title: str
    url: str
    may_undo: bool
    is_undone: bool


def decided_lately(actor: Actor, stack: Stack, since: datetime, page_id: UUID | None = None) -> list[DecidedStep]:
    """What was decided since then, of the whole manual or one page, newest first; one query."""
    known = policy.visible_steps(actor, stack.manual)
    rows = known.filter(settled_at__gte=since).exclude(decision=Decision.CAUGHT_UP)
    rows = rows.filter(page=page_id) if page_id else rows
    rows = (
        _told(rows)
        .annotate(in_use=Exists(_in_use().filter(step=OuterRef("pk"))))
        .annotate(undone=Exists(_undone().filter(step=OuterRef("pk"))))
        .order_by("-settled_at", "id")[:_DECIDED_SHOWN]
    )
    return [_decided(stack, step) for step in rows]


def _decided(stack: Stack, step: Step) -> DecidedStep:
    title = _title(stack.covering(step.page_id), step)
    stands, undone = (bool(getattr(step, name, False)) for name in ("in_use", "undone"))
    return DecidedStep(step, title, step_url(stack, step), stands, undone)


def _in_use() -> QuerySet[Revision]:
    """What readers have now, or have no more: changes after which nothing else was agreed on their page."""
    given_up = Q(standing=Standing.INHERITED, edition__ended_at__isnull=False)
    return Revision.objects.filter(Q(edition__current=F("pk")) | given_up, state=State.AGREED)


def _undone() -> QuerySet[Revision]:
    """Changes after which the text from before came back: agreed once more as it was, brought back, or taken out again."""
    later = Revision.objects.filter(parent=OuterRef("pk"), state=State.AGREED, step=None)
    as_before = Q(base=OuterRef("parent__base")) | Q(base=None, parent__parent__base=None)
    same = later.filter(as_before, title=OuterRef("parent__title"), body=OuterRef("parent__body"))
    back = Exists(same.filter(standing=OuterRef("parent__standing")))
    out = Q(Exists(later.filter(standing=Standing.INHERITED)), parent=None)
    brought_back = Q(standing=Standing.INHERITED, edition__ended_at=None)
    return Revision.objects.filter(back | out | brought_back, state=State.AGREED)


def is_undone(step: Step) -> bool:
    """Whether it was decided, and the text from before was put back since."""
    return step.settled_at is not None and _undone().filter(step=step).exists()


def may_undo(step: Step, since: datetime) -> bool:
    """Whether it was decided since then, and what it led to still stands."""
    is_late = step.settled_at is None or step.settled_at < since
    return not is_late and _in_use().filter(step=step).exists()


def step_in(actor: Actor, stack: Stack, step_id: UUID) -> Step | None:
    """A step of this manual with its texts, for whoever may know of it."""
    found = policy.visible_steps(actor, stack.manual).filter(pk=step_id)
    return found.select_related(
        "manual", "page", "ours__by", "ours__edition", "base__edition", "theirs__by", "theirs__edition__manual__team",
        "offer__manual__team", "settled_by",
    ).first()  # fmt: skip


def sight_of(step: Step) -> str:
    """Stands for the other text on a form, so that a decision is known to be about it; leads nobody to its team."""
    return salted_hmac("manual.step", f"{step.pk} {step.theirs_id}").hexdigest()[:32]


def open_step_of(stack: Stack, page_id: UUID) -> Step | None:
    """The open step of a page that the core has moved on from."""
    return Step.objects.filter(manual=stack.manual.pk, page=page_id, source=Source.BELOW, settled_at=None).first()


def is_behind(stack: Stack, step: Step) -> bool:
    """Whether one of its texts has changed since it was prepared, so that it must be prepared anew."""
    held = stack.covering(step.page_id)
    if (held.revision_id if held else None) != step.ours_id:
        return True
    if step.source != Source.BELOW:
        return False
    below = stack.below(held) if held else None
    theirs = below.revision_id if below and below.standing is not Standing.SET_ASIDE else None
    return theirs != step.theirs_id or (step.ours is not None and step.ours.base_id != step.base_id)


def drafts_of_step(step: Step) -> list[Revision]:
    """What it led to and waits for a yes, oldest first."""
    waiting = step.drafts.filter(state__in=[State.DRAFT, State.GATHERED])
    return list(waiting.select_related("by").defer("body").order_by("id"))


def drafts_to_agree(actor: Actor, stack: Stack) -> list[Revision]:
    """Open drafts by others that bring a page which fitted as it was into step, without the actor's yes so far."""
    found = Revision.objects.filter(
        edition__manual=stack.manual.pk, state=State.DRAFT, step__source=Source.BELOW, step__fit=Fit.FITS
    )
    found = found.exclude(by=actor.person_id).exclude(agreements__by=actor.person_id)
    return list(found.select_related("by").defer("body").order_by("title", "id")[:MOST_SHOWN])
