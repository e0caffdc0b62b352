"""Conditions as everybody of the organisation reads them: the same screen for all, whoever raised them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fieldcraft.engine.words import fold
from fieldcraft.people.access import Actor, Permission
from fieldcraft.people.models import Membership, Organisation, Person
from fieldcraft.together import policy
from fieldcraft.together.models import ANSWERED, Condition, ConditionStep, Helped, Raising, Said, Stage, Voice
from fieldcraft.together.queries.pages import PageLink, pages_of
from fieldcraft.together.queries.threshold import range_of

SHARE_OF_MOST, SHARE_OF_FEW = 2 / 3, 1 / 3
LEAST_OF_A_TEAM = 3


@dataclass(frozen=True, slots=True)
class AsRead:
    """A condition as its reader sees it.

    by: whose words they are, "" where the reader does not see it.
    few, many: the range of how many raised an unnamed one; many is None for an open end. Both None for the others.
    is_silent: nobody has said anything for fourteen days since it was shown.
    said: what those who raised it say of the answer; "" while nothing can be said.
    """

    condition: Condition
    by: str
    few: int | None
    many: int | None
    is_silent: bool
    is_open: bool
    said: object

    @property
    def whose(self) -> str:
        """Who raised it and when, as far as the reader may know."""
        return _whose(self)

    @property
    def stands(self) -> str:
        """How far it has come, and since when."""
        return self.condition.stands

    @property
    def judged(self) -> str:
        """What those who raised it say of the answer; "" while nothing can be said."""
        return _judged(self)


def _whose(read: AsRead) -> str:
    row = read.condition
    if row.voice == Voice.NAMED:
        return _("raised by %(name)s, %(day)s") % {"name": read.by, "day": date_format(row.raised_on)}
    if row.voice == Voice.TEAM:
        said = _("raised by the team %(team)s, %(day)s") % {"team": row.team, "day": date_format(row.raised_on)}
        written = _("written by %(name)s, as your team sees") % {"name": read.by}
        return f"{said} · {written}" if read.by else said
    if read.many:
        return _("raised by %(few)s to %(many)s people, unnamed") % {"few": read.few, "many": read.many}
    return _("raised by %(few)s people or more, unnamed") % {"few": read.few}


def _judged(read: AsRead) -> str:
    match read.said:
        case NamedSays(name, helped):
            return _("Is it better? %(name)s says: %(helped)s.") % {"name": name, "helped": helped}
        case TeamAnswer(TeamSays.BETTER):
            return _("Is it better? Most of the team who answered say so, at least a little.")
        case TeamAnswer(TeamSays.BOTH):
            return _("Is it better? Some of the team say so, and some say that it is not.")
        case TeamAnswer():
            return _("Is it better? Most of the team who answered say that it is not.")
        case said:
            return str(said)


@dataclass(frozen=True, slots=True)
class Whole:
    """A condition with its path and the pages it points to; seen: what tells this state from a later one."""

    read: AsRead
    steps: tuple[ConditionStep, ...]
    pages: tuple[PageLink, ...]
    seen: str


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """What is open, waiting longest first and then what is being tried; and what is answered, the latest first."""

    open: tuple[AsRead, ...]
    answered: tuple[AsRead, ...]


def conditions_of(actor: Actor, organisation: Organisation) -> OfOrganisation:
    """All that the organisation's people see; three queries however many there are."""
    found = told(policy.visible_conditions(actor).filter(organisation=organisation))
    rows = as_read(actor, found)
    return OfOrganisation(
        open=tuple(sorted((row for row in rows if row.is_open), key=_waiting_first)),
        answered=tuple(sorted((row for row in rows if not row.is_open), key=_latest_first)),
    )


def to_be_heard(actor: Actor) -> list[AsRead]:
    """What waits to be heard by the actor: named as who answers, or of those who answer where nobody is named."""
    answers = actor.organisations_where(Permission.ANSWER_CONDITIONS)
    is_for = Q(owner=actor.person_id) | Q(owner=None, organisation__in=answers)
    found = told(policy.visible_conditions(actor).filter(is_for, stage=Stage.WAITING))
    return sorted(as_read(actor, found), key=_waiting_first)


_IN_TURN = (Stage.WAITING, Stage.HEARD, Stage.TRYING)


def _waiting_first(row: AsRead) -> tuple[int, date, str, str]:
    """Never by the order in which they were kept: of one day by their words, and by lot where these are the same."""
    condition = row.condition
    day = condition.shown_on or date.max
    return _IN_TURN.index(Stage(condition.stage)), day, fold(condition.words), condition.pk.hex


def _latest_first(row: AsRead) -> tuple[int, str, str]:
    condition = row.condition
    return -(condition.stage_on or date.min).toordinal(), fold(condition.words), condition.pk.hex


def told(conditions: QuerySet[Condition]) -> QuerySet[Condition]:
    """With whose they are and how many raised them."""
    return conditions.select_related("organisation", "team", "by", "owner").annotate(raisers=Count("raisings"))


def as_read(actor: Actor, conditions: Iterable[Condition]) -> list[AsRead]:
    """Each as the actor reads it; one query more."""
    rows = list(conditions)
    with_name = [row.pk for row in rows if row.voice != Voice.UNNAMED]
    judged: dict[UUID, list[str]] = {pk: [] for pk in with_name}
    for condition_id, helped in Raising.objects.filter(condition__in=with_name).values_list("condition_id", "helped"):
        judged[condition_id].append(helped)
    return [_as_read(actor, row, judged.get(row.pk, [])) for row in rows]


def _as_read(actor: Actor, row: Condition, judged: list[str]) -> AsRead:
    few, many = range_of(_raisers(row)) if row.voice == Voice.UNNAMED else (None, None)
    return AsRead(
        row,
        by=row.by.name if row.by and policy.sees_who_wrote(actor, row) else "",
        few=few,
        many=many,
        is_silent=row.is_silent,
        is_open=row.stage not in ANSWERED,
        said=_said(row, judged),
    )


def _raisers(row: Condition) -> int:
    """At least eight once it shows; a raised threshold or a lost row never makes it tell of fewer."""
    return max(8, getattr(row, "raisers", 0))


@dataclass(frozen=True, slots=True)
class NamedSays:
    """What the one who raised it by name says of the answer."""

    name: str
    helped: object


class TeamSays:
    """What a team says of the answer, by the majority of those who answered."""

    BETTER = "better"
    BOTH = "both"
    NOT_BETTER = "not_better"


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """A team's answer, as one of `TeamSays`."""

    says: str


def _said(row: Condition, judged: list[str]) -> object:
    answers = [helped for helped in judged if helped]
    if row.voice == Voice.UNNAMED:
        is_shown = row.said_on is not None and row.said_on <= timezone.localdate()
        return Said(row.said).label if row.said and is_shown else ""
    if row.voice == Voice.NAMED:
        return NamedSays(row.by.name if row.by else "", Helped(answers[0]).label) if answers else ""
    return TeamAnswer(_majority(answers)) if len(answers) >= LEAST_OF_A_TEAM else ""


def _majority(answers: list[str]) -> str:
    better = sum(helped != Helped.NO for helped in answers)
    if better * 2 == len(answers):
        return TeamSays.BOTH
    return TeamSays.BETTER if better * 2 > len(answers) else TeamSays.NOT_BETTER


def said_together(answers: list[str]) -> Said:
    """What many say, by the share of them who find it better; answers: at least one, each a `Helped`."""
    share = sum(helped != Helped.NO for helped in answers) / len(answers)
    if share >= SHARE_OF_MOST:
        return Said.MOST
    return Said.FEW if share <= SHARE_OF_FEW else Said.HALF


def condition_as_read(actor: Actor, condition_id: UUID) -> Whole | None:
    """One condition with its path; None when it is not there for the actor."""
    found = told(policy.visible_conditions(actor).filter(pk=condition_id)).first()
    if found is None:
        return None
    steps = tuple(found.steps.select_related("by"))
    (read,) = as_read(actor, [found])
    return Whole(read, steps, tuple(pages_of(actor, found)), seen=str(len(steps)))


def organisation_of(actor: Actor, slug: str) -> Organisation | None:
    """The organisation of this name, where the actor belongs to it."""
    ids = actor.organisations_where(Permission.SEE_ORGANISATION)
    return Organisation.objects.filter(pk__in=ids, slug=slug).first()


def people_who_could_answer(condition: Condition) -> QuerySet[Person]:
    """Everybody of the organisation, by name: any of them can be asked to answer."""
    of_it = Membership.objects.filter(organisation=condition.organisation_id, ended_at=None)
    return Person.objects.filter(pk__in=of_it.values("person"), is_active=True).order_by("name", "pk")
