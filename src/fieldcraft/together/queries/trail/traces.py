"""One sentence for each thing a person did, with what became of it."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldcraft.manual import policy as manual_policy
from fieldcraft.manual.models import Answer, Kind, Manual, Offer, Outcome, Remark, Revision, Standing, State
from fieldcraft.manual.queries.resolve import chain_of
from fieldcraft.people.access import Actor
from fieldcraft.together.models import Stage, Voice
from fieldcraft.together.queries.raisings import Mine, my_raisings

AT_ONCE = 30
Row = TypeVar("Row", Remark, Revision)
Opens = Callable[[Manual], bool]


@dataclass(frozen=True, slots=True)
class Trace:
    """Something the actor did, and what became of it, in sentences.

    at: when; is_month: the month alone is known, as of what was raised unnamed.
    reason: the words with which it was answered, "" for none. url: "" for what the actor cannot open any more.
    """

    at: datetime
    did: str
    became: str
    reason: str = ""
    url: str = ""
    is_month: bool = False


def traces(actor: Actor, before: datetime | None = None) -> tuple[list[Trace], datetime | None]:
    """The actor's own, newest first, about a screenful at once; and the moment from which it goes on, None at the end."""
    if actor.person_id is None:
        return [], None
    is_open = _opens(actor)
    found = [
        *(_of_remark(actor, row, is_open) for row in _once(_remarks(actor.person_id), ("made_at", "body"), before)),
        *(
            _of_revision(actor, row, is_open)
            for row in _once(_revisions(actor.person_id), ("created_at", "title"), before)
        ),
        *(_of_offer(row, is_open) for row in _before(_offers(actor.person_id), "offered_at", before)),
        *_of_conditions(actor, before),
    ]
    latest = sorted(found, key=lambda trace: (trace.at, trace.did), reverse=True)
    if len(latest) <= AT_ONCE:
        return latest, None
    until = latest[AT_ONCE - 1].at  # what is of the same moment, as conditions of one day are, stands together
    shown = [trace for trace in latest if trace.at >= until]
    return shown, until if len(shown) < len(latest) else None


def _opens(actor: Actor) -> Opens:
    """Which manuals the actor may read, with all that they are built on; each is asked about once."""

    @cache
    def is_open(manual: Manual) -> bool:
        return manual_policy.is_of_the_house(actor, manual) or manual_policy.can_read(actor, chain_of(manual))

    return is_open


def _once(rows: QuerySet[Row], known_by: tuple[str, str], before: datetime | None) -> list[Row]:
    """As `_before`, each thing done once: a history that came in beside the original brings every row again.

    known_by: the columns of the moment and of the words, which a copy has in common; its id is a later one.
    """
    moment, words = known_by
    earlier = rows.filter(**{f"{moment}__lt": before}) if before else rows
    newest = earlier.order_by(f"-{moment}", words, "-pk").iterator(AT_ONCE + 1)
    alike = (deque(same, maxlen=1)[0] for _what, same in groupby(newest, attrgetter(*known_by)))
    return list(islice(alike, AT_ONCE + 1))


def _before(rows: QuerySet, column: str, before: datetime | None) -> QuerySet:  # type: ignore[type-arg]
    earlier = rows.filter(**{f"{column}__lt": before}) if before else rows
    return earlier.order_by(f"-{column}", "-pk")[: AT_ONCE + 1]


def _remarks(person_id: UUID) -> QuerySet[Remark]:
    return Remark.objects.filter(by=person_id).select_related("revision", "manual")


def _of_remark(actor: Actor, row: Remark, is_open: Opens) -> Trace:
    became = {
        "": _("It is open still."),
        Outcome.CHANGED: _("The page was changed."),
        Outcome.ANSWERED: _("It was answered."),
        Outcome.NOTHING: _("The page stays as it is."),
    }[row.outcome]
    did = _("You remarked on “%(title)s”.") % {"title": row.revision.title}
    reads = is_open(row.manual)
    opens = reads and manual_policy.can_know_of(actor, row)
    url = reverse("manual:remark", args=[row.manual.slug, row.pk]) if opens else ""
    return Trace(row.made_at, did, became if reads else _gone(), row.answer if reads else "", url)


def _gone() -> str:
    return _("You do not read this manual any more.")


def _revisions(person_id: UUID) -> QuerySet[Revision]:
    """What somebody wrote over again as another draft shows as that draft alone; what a colleague went on from stays."""
    redone = Revision.objects.filter(redone_from=OuterRef("pk"))
    found = Revision.objects.filter(~Exists(redone.filter(by=person_id)), by=person_id).annotate(went_on=Exists(redone))
    return found.select_related("edition__manual").defer("body", "header", "fields")


def _of_revision(actor: Actor, row: Any, is_open: Opens) -> Trace:
    manual = row.edition.manual
    title = {"title": row.title, "manual": manual.title}
    if manual.kind != Kind.TEAM:
        did = _("You wrote on “%(title)s” in %(manual)s.") % title
    else:
        did = _DID[Standing(row.standing)]() % title
    if not is_open(manual):
        return Trace(row.created_at, did, _gone())
    is_answered = row.state in {State.DECLINED, State.WITHDRAWN}
    answer = row.answer if is_answered and not row.went_on else ""
    return Trace(row.created_at, did, _became(row), answer, _where(actor, row, manual))


_DID = {
    Standing.NOTED: lambda: _("You put a note beside “%(title)s”."),
    Standing.ADAPTED: lambda: _("You wrote “%(title)s” as your team does it."),
    Standing.LOCAL: lambda: _("You wrote “%(title)s” for your team."),
    Standing.SET_ASIDE: lambda: _("You proposed to set “%(title)s” aside."),
    Standing.INHERITED: lambda: _("You proposed to return “%(title)s” to the core."),
}


def _became(row: Any) -> str:
    """row: a revision with `went_on`, whether a newer draft took its place."""
    if row.went_on:
        return _("A colleague went on from it.")
    if row.state == State.AGREED:
        is_read = row.edition.current_id == row.pk and row.edition.ended_at is None
        return _("It is what readers have today.") if is_read else _("Readers had it; it was changed since.")
    return {
        State.DRAFT: _("It waits for a yes."),
        State.GATHERED: _("It is agreed, and waits to be published."),
        State.DECLINED: _("It was declined."),
        State.WITHDRAWN: _("It was withdrawn."),
    }[State(row.state)]


def _where(actor: Actor, row: Revision, manual: Manual) -> str:
    """What came to nothing is known to the manual's own people alone, of whom its writer may be no longer."""
    if row.state in {State.DECLINED, State.WITHDRAWN} and not manual_policy.is_of_the_house(actor, manual):
        return ""
    name = "manual:revision" if row.state == State.AGREED else "manual:draft"
    return reverse(name, args=[manual.slug, row.pk])


def _offers(person_id: UUID) -> QuerySet[Offer]:
    mine = Q(by=person_id) | Q(revision__by=person_id)
    return Offer.objects.filter(mine).select_related("revision", "to", "manual")


def _of_offer(row: Offer, is_open: Opens) -> Trace:
    did = _("“%(title)s” was offered to %(manual)s.") % {"title": row.revision.title, "manual": row.to.title}
    if not is_open(row.manual):
        return Trace(row.offered_at, did, _gone())
    became = {
        "": _("It waits for an answer."),
        Answer.DRAWN_IN: _("It was drawn in."),
        Answer.DECLINED: _("It was not drawn in; your team keeps it."),
        Answer.WITHDRAWN: _("Your team took it back."),
    }[row.answer]
    url = reverse("manual:revision", args=[row.manual.slug, row.revision_id])
    return Trace(row.offered_at, did, became, row.reason_why, url)


def _of_conditions(actor: Actor, before: datetime | None) -> Iterator[Trace]:
    for mine in my_raisings(actor):
        trace = _of_condition(mine)
        if before is None or trace.at < before:
            yield trace


def _of_condition(mine: Mine) -> Trace:
    condition = mine.condition
    words = {"words": condition.words}
    did = {
        Voice.NAMED: _("You raised: “%(words)s”"),
        Voice.TEAM: _("Your team raised: “%(words)s”"),
        Voice.UNNAMED: _("You raised, unnamed: “%(words)s”"),
    }[Voice(condition.voice)] % words
    url = reverse("together:condition", args=[condition.pk]) if mine.is_shown else reverse("together:mine")
    return Trace(_noon(condition.raised_on), did, _answer(mine), url=url, is_month=condition.voice == Voice.UNNAMED)


def _answer(mine: Mine) -> str:
    if not mine.is_shown:
        return _("It waits for others, and nobody sees that it is yours.")
    return {
        Stage.WAITING: _("It is not answered yet."),
        Stage.HEARD: _("It was heard."),
        Stage.TRYING: _("Something is being tried."),
        Stage.CHANGED: _("It has changed."),
        Stage.CANNOT: _("It cannot change; the reason stands with it."),
    }[Stage(mine.condition.stage)]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone() or UTC)
