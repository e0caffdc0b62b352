"""Many steps at once: what fits is combined, what waits for a yes gets it; what is refused is left, and told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from fieldcraft.errors import FieldcraftError, Invalid
from fieldcraft.manual import policy
from fieldcraft.manual.actions.drafts import Text, agree
from fieldcraft.manual.actions.steps import combine
from fieldcraft.manual.models import Fit, Manual, Revision, Source, Step
from fieldcraft.manual.queries.combining import combined
from fieldcraft.manual.queries.happened import reason_to_give
from fieldcraft.people.access import Actor, require

Row = TypeVar("Row", Step, Revision)


@dataclass(frozen=True, slots=True)
class Together:
    """What came of doing one thing to many: what was made, and the titles of what was left as it is."""

    made: tuple[Revision, ...]
    left: tuple[str, ...]


def combine_all(*, actor: Actor, manual: Manual, step_ids: Iterable[UUID]) -> Together:
    """Each of these steps that fits as it is combined and put to the team, in a transaction of its own."""
    require(policy.can_write(actor, manual))
    steps = Step.objects.filter(pk__in=list(step_ids), manual=manual, source=Source.BELOW)
    return _each(steps.select_related("manual", "ours", "base", "theirs").order_by("id"), partial(_as_it_fits, actor))


def agree_all(*, actor: Actor, manual: Manual, draft_ids: Iterable[UUID]) -> Together:
    """A yes to each of these drafts that bring a page into step, in a transaction of its own."""
    require(policy.can_write(actor, manual))
    drafts = Revision.objects.filter(pk__in=list(draft_ids), edition__manual=manual, step__isnull=False)
    found = drafts.select_related("edition__manual__team").order_by("id")
    return _each(found, lambda draft: agree(actor=actor, draft=draft))


def _each(rows: Iterable[Row], act: Callable[[Row], Revision]) -> Together:
    """What is refused meanwhile is left; the others go on."""
    made, left = [], []
    for row in rows:
        try:
            made.append(act(row))
        except FieldcraftError:
            text = row.ours if isinstance(row, Step) else row
            left.append(text.title if text else "")
    return Together(tuple(made), tuple(left))


def _as_it_fits(actor: Actor, step: Step) -> Revision:
    ours, theirs = step.ours, step.theirs
    is_sure = step.fit == Fit.FITS and ours is not None and ours.base_inferred is None
    if theirs is None or ours is None or not is_sure:
        raise Invalid(_("This page has to be looked at by itself."))
    found = combined(step.base, ours, theirs)
    if found.needing:
        raise Invalid(_("This page has to be looked at by itself."))
    text = Text(found.title_now(), found.body_now(), found.tags, reason=reason_to_give(step))
    return combine(actor=actor, step=step, text=text, based_on=ours.pk)
