"""From reading to tending the core: which steps a person has taken, since when, and which could be the next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fieldcraft.manual.models import Agreement, Answer, Kind, Offer, Remark, Revision, Standing, State
from fieldcraft.people.access import Actor

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and the first day on which it was taken; None for one that was not taken."""

    key: str
    done: Words
    ahead: Words
    invitation: Words
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """taken: in the path's order; next: an invitation, None where every step was taken; ahead: what lies beyond it."""

    taken: tuple[Step, ...]
    next: Step | None
    ahead: tuple[Step, ...]


REMARK = ("remark", _("You remarked on something"), _("remark on something"),
          _("If something on a page does not fit what you see, mark the passage and say so."))  # fmt: skip
NOTE = ("note", _("You put a note beside a page"), _("put a note beside a page"),
        _("If your colleagues should know something where they read, put a note beside it; the page stays as it is."))  # fmt: skip
ADAPT = ("adapt", _("You wrote a page in your team's words"), _("write a page in your team's words"),
         _("If a page does not fit your work, write it as your team does it, and put it to them."))  # fmt: skip
OFFER = ("offer", _("You offered what your team found"), _("offer what your team found"),
         _("If others could use what your team found, offer it to the core."))  # fmt: skip
DRAWN = ("drawn", _("Words of yours were drawn in"), _("have words of yours drawn in"),
         _("What was offered is answered by those who keep the core. When it is drawn in, you see it here."))  # fmt: skip
TEND = ("tend", _("You helped to tend the core"), _("help to tend the core"),
        _("If you would like to look after the core with others, tell one of its editors."))  # fmt: skip
_ORDER = (REMARK, NOTE, ADAPT, OFFER, DRAWN, TEND)


def path_of(actor: Actor) -> Path:
    """The actor's own path; four queries. Reading comes first and leaves no trace, so it has no date."""
    first = _first_days(actor.person_id) if actor.person_id else {}
    steps = [Step(*each, first_on=first.get(each[0])) for each in _ORDER]
    untaken = [step for step in steps if step.first_on is None]
    return Path(
        taken=tuple(step for step in steps if step.first_on is not None),
        next=untaken[0] if untaken else None,
        ahead=tuple(untaken[1:]),
    )


def _first_days(person_id: UUID) -> dict[str, date | None]:
    mine = Q(by=person_id)
    remarked = Remark.objects.filter(mine).aggregate(at=Min("made_at"))
    wrote = (
        Revision.objects.filter(mine)
        .exclude(state=State.WITHDRAWN)
        .aggregate(
            note=Min("created_at", filter=Q(standing=Standing.NOTED)),
            adapt=Min("created_at", filter=_of_team() & Q(standing__in=[Standing.ADAPTED, Standing.LOCAL])),
            tend=Min("agreed_at", filter=~_of_team() & Q(state=State.AGREED)),
        )
    )
    said_yes = Agreement.objects.filter(mine, revision__state=State.AGREED).exclude(
        revision__edition__manual__kind=Kind.TEAM
    )
    offered = Offer.objects.filter(mine | Q(revision__by=person_id)).aggregate(
        offer=Min("offered_at"), drawn=Min("answered_at", filter=Q(answer=Answer.DRAWN_IN))
    )
    tended = _earliest(wrote["tend"], said_yes.aggregate(at=Min("at"))["at"])
    first = {"remark": remarked["at"], "note": wrote["note"], "adapt": wrote["adapt"], **offered, "tend": tended}
    return {key: _day(at) for key, at in first.items()}


def _of_team() -> Q:
    return Q(edition__manual__kind=Kind.TEAM)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at), default=None)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
