"""For the sample community alone: entries of months ago, and a note that became something which is in the manual already.

Only mastery writes its tables, and its other actions write today. Whoever is not of the sample community is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from fieldcraft.errors import Invalid, NotAllowed, NotFound
from fieldcraft.manual.models import Remark, Revision
from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Answer, CheckIn, PracticeNote, Share, ShareRead
from fieldcraft.measures.queries.packs import OWN_WEEK
from fieldcraft.people.access import Actor
from fieldcraft.people.models import Membership, Organisation

_MOMENTS = frozenset({"made_at", "at", "ended_at", "gone_at", "wakes_on", "woken_at"})


@transaction.atomic
def date_back(*, actor: Actor, thing: Model, **moments: date) -> None:
    """Put something of the actor's own where it would stand in time; moments: its columns, each with its day or moment."""
    _require_sample(actor)
    if not moments or not _MOMENTS.issuperset(moments):
        raise Invalid(_("Only the day on which something was, ended or comes back can be moved."))
    looks = ShareRead.objects.filter(share__in=policy.mine(actor, Share))
    rows = looks if isinstance(thing, ShareRead) else policy.mine(actor, type(thing))
    if not rows.filter(pk=thing.pk).update(**moments):
        raise NotFound()


@transaction.atomic
def say_what_it_became(
    *, actor: Actor, note: PracticeNote, draft: Revision | None = None, remark: Remark | None = None
) -> None:
    """A note of the actor's became this draft or this remark, which they wrote themselves."""
    _require_sample(actor)
    if not all(made.by_id == actor.person_id for made in (draft, remark) if made):
        raise NotFound()
    if not policy.mine(actor, PracticeNote).filter(pk=note.pk).update(became_draft=draft, became_remark=remark):
        raise NotFound()


@dataclass(frozen=True, slots=True)
class SampleWeek:
    """A check-in of a made-up person. week: its Monday; answers: by item, 1 to 7."""

    person_id: UUID
    week: date
    answers: Mapping[str, int]


@transaction.atomic
def keep_sample_weeks(*, organisation_id: UUID, weeks: Iterable[SampleWeek]) -> None:
    """Keep many weeks at once of people of a sample organisation who have said nothing of these weeks. Refuses anybody else."""
    told = list(weeks)
    there = Membership.objects.filter(organisation=organisation_id).values_list("person", flat=True)
    is_sample = Organisation.objects.filter(pk=organisation_id, is_sample=True).exists()
    if not is_sample or not {each.person_id for each in told}.issubset(there):
        raise NotAllowed(_("This is for the sample community alone. What you write has the day on which you write it."))
    rows = [CheckIn(owner_id=each.person_id, pack=OWN_WEEK, pack_version=1, week=each.week) for each in told]
    CheckIn.objects.bulk_create(rows, batch_size=_AT_ONCE)
    answers = (
        Answer(owner_id=row.owner_id, checkin=row, item=item, value=value)
        for row, each in zip(rows, told, strict=True)
        for item, value in each.answers.items()
    )
    Answer.objects.bulk_create(answers, batch_size=_AT_ONCE)


_AT_ONCE = 2_000


def _require_sample(actor: Actor) -> None:
    if not (actor.person_id and actor.is_sample):
        raise NotAllowed(_("This is for the sample community alone. What you write has the day on which you write it."))
