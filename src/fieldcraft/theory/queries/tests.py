"""Which links can be tested and how, what a registered question says, and what was found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fieldcraft.engine.causal.verdict import is_out_of_date
from fieldcraft.measures.queries.packs import OWN_WEEK, pack_named
from fieldcraft.people.models import Organisation
from fieldcraft.theory.models import Claim, ClaimText, Delay, Kind, Says, Test, Verdict
from fieldcraft.theory.queries.ranges import pairs_words, range_words
from fieldcraft.theory.queries.rooms import KEYS as OF_ROOMS


class Step(Enum):
    """How long one step of a test is."""

    WEEK = "week"
    FOUR_WEEKS = "four weeks"


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why a link cannot be tested, in the reader's words."""

    reason: str


def step_of(claim: Claim, text: ClaimText) -> Step | NotYet:
    """In which steps the link is tested; or why not yet."""
    if claim.source is None or claim.target is None:
        return NotYet(_("Only a link between two things can be tested."))
    measures = (claim.source.measure, claim.target.measure)
    missing = [end.name for end in (claim.source, claim.target) if not _is_weekly_or_monthly(end.measure)]
    if missing:
        return NotYet(_("Not measured in the check-in or by the rooms: %(names)s.") % {"names": ", ".join(missing)})
    if text.delay == Delay.QUARTER:
        return NotYet(_("After a quarter there are too few steps in a year. Weekly answers cannot judge it yet."))
    if text.delay == Delay.MONTH:
        return Step.FOUR_WEEKS
    if any(measure in _monthly() for measure in measures):
        return NotYet(_("One of the two is asked once a month, so a week apart cannot be judged. A month apart can."))
    return Step.WEEK


def _is_weekly_or_monthly(measure: str) -> bool:
    pack = pack_named(OWN_WEEK)
    here = {f"{OWN_WEEK}:{key}" for key in (*(item.key for item in pack.items), *(scale.key for scale in pack.scales))}
    return measure in here or measure in OF_ROOMS


def _is_weekly(measure: str) -> bool:
    return _is_weekly_or_monthly(measure) and measure not in OF_ROOMS and measure not in _monthly()


def _monthly() -> frozenset[str]:
    return frozenset(f"{OWN_WEEK}:{item.key}" for item in pack_named(OWN_WEEK).items if item.monthly)


def variables_of(claim: Claim) -> tuple[str, ...]:
    """The two, and everything else that the theory measures every week, which is held equal.

    A scale and its own items are never both among them: one would be made of the other. What the rooms count and what is
    asked once a month stands among them only as one of the two: it moves too seldom to hold it equal.
    """
    assert claim.source
    assert claim.target
    two = [claim.source.measure, claim.target.measure]
    links = Claim.objects.filter(theory=claim.theory_id, dropped_in=None, source__isnull=False)
    rows = links.order_by("since", "pk").values_list("source__measure", "target__measure")
    others = dict.fromkeys(measure for row in rows for measure in row if _is_weekly(measure or ""))
    taken = {item for measure in two for item in _items(measure)}
    for other in others:
        if other not in two and not _items(other) & taken:
            two.append(other)
            taken |= _items(other)
    return tuple(two)


def _items(measure: str) -> set[str]:
    """What a measure is made of."""
    short = measure.rpartition(":")[2]
    scale = next((scale for scale in pack_named(OWN_WEEK).scales if scale.key == short), None)
    if measure in OF_ROOMS or scale is None:
        return {measure}
    return {f"{OWN_WEEK}:{item}" for part in scale.parts for item in part.items}


BECAUSE: dict[str, str | Promise] = {
    "few_people": lazy(
        "Fewer than thirty people who let themselves be counted answered in weeks that follow each other."
    ),
    "one_team": lazy("More than half of the answers come from one team, so it would be a statement about that team."),
    "imprecise": lazy("The answers so far are too few to tell."),
    "unmoved": lazy("One of the two hardly moved, or moved for everybody at once, so nothing can be told from it."),
    "between": lazy("What was found lies between a link and none."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict in words. usual: of 100 steps, in how many the outcome was above usual after more of the cause, and after less."""

    verdict: Verdict
    says: str
    because: str | Promise
    far: str
    people: str
    pairs: str
    reverse: str
    usual: tuple[int, int] | None
    is_old: bool


def found_in(verdict: Verdict, today: date) -> Found:
    """The verdict as it is read on a day."""
    return Found(
        verdict,
        str(Says(verdict.says).label),
        BECAUSE.get(verdict.reason, ""),
        _far(verdict.far),
        range_words(verdict.people),
        pairs_words(verdict.pairs),
        str(Says(verdict.reverse).label) if verdict.reverse else "",
        _usual(verdict.effect),
        is_out_of_date(judged=verdict.on, today=today),
    )


def _far(kept: str) -> str:
    """“400 to 499 of about 850 …” for `400-499/850`."""
    have, _slash, needed = kept.partition("/")
    if not needed:
        return ""
    words = {"have": pairs_words(have), "needed": number_format(int(needed), force_grouping=True)}
    return _("So far: %(have)s pairs of steps that follow each other; about %(needed)s would be enough.") % words


def _usual(effect: float | None) -> tuple[int, int] | None:
    """For two swings that go together by so much: the share on the same side of usual (Sheppard 1899)."""
    if effect is None:
        return None
    share = 50 + 100 * math.asin(max(-1.0, min(1.0, effect))) / math.pi
    return round(share), 100 - round(share)


def open_test_of(claim: Claim) -> Test | None:
    """The question that is asked now."""
    return Test.objects.filter(claim=claim, ended_on=None).select_related("by", "text").first()


@dataclass(frozen=True, slots=True)
class Asked:
    """A test with what was found, the latest first. next_on: the next date; None when all have passed."""

    test: Test
    found: tuple[Found, ...]
    next_on: date | None


def questions_of(claim: Claim, today: date) -> list[Asked]:
    """Every question ever registered for a claim, the open one first; two queries."""
    tests = Test.objects.filter(claim=claim).select_related("by", "text").prefetch_related("verdicts").order_by("-at")
    return [_asked(test, today) for test in sorted(tests, key=lambda test: test.ended_on is not None)]


def _asked(test: Test, today: date) -> Asked:
    verdicts = sorted(test.verdicts.all(), key=lambda verdict: verdict.on, reverse=True)
    judged = {verdict.on for verdict in verdicts}
    left = [day for day in dates_of(test) if day not in judged]
    found = tuple(found_in(verdict, today) for verdict in verdicts)
    return Asked(test, found, min(left, default=None) if test.ended_on is None else None)


def dates_of(test: Test) -> Sequence[date]:
    """The days on which it is judged, as they were registered."""
    return [date.fromisoformat(day) for day in test.registered["dates"]]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is claimed now, its test and the latest verdict; why_not: where it cannot be tested."""

    claim: Claim
    text: ClaimText
    asked: Asked | None
    why_not: str

    @property
    def is_central(self) -> bool:
        """Whether it asks what all of this is for: can people change more after they were answered, or changed something?"""
        source, target = self.claim.source, self.claim.target
        return bool(source and target and source.measure in OF_ROOMS and target.measure in _monthly())


def links_tested(organisation: Organisation, today: date) -> list[Link]:
    """Every link of the theory of learning with how it stands, the central question first; three queries.

    The caller asked who may read it.
    """
    rows = Claim.objects.filter(theory__organisation=organisation, theory__kind=Kind.LEARNING, dropped_in=None)
    claims = list(rows.select_related("source", "target", "current").order_by("since", "pk"))
    tests = Test.objects.filter(claim__in=claims, ended_on=None).prefetch_related("verdicts")
    asked: dict[UUID, Asked] = {test.claim_id: _asked(test, today) for test in tests}
    links = [_link(claim, asked.get(claim.pk)) for claim in claims if claim.current]
    return sorted(links, key=lambda link: not link.is_central)


def _link(claim: Claim, asked: Asked | None) -> Link:
    assert claim.current
    step = step_of(claim, claim.current)
    return Link(claim, claim.current, asked, step.reason if isinstance(step, NotYet) else "")


def judged_in(organisation: Organisation, today: date) -> list[Found]:
    """The latest verdicts of the organisation's links, for the ledger; one query."""
    rows = Verdict.objects.filter(test__claim__theory__organisation=organisation)
    said = ("test__claim_id", "test__text__says")
    columns = ("on", "says", "effect", "low", "high", "people", "pairs", "far", "reverse", "reason")
    latest = rows.select_related("test__text").only(*columns, *said).order_by("-on", "pk")[:MOST_JUDGED]
    return [found_in(verdict, today) for verdict in latest]


MOST_JUDGED = 40
