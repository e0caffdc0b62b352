"""Judging registered links at their dates, by what people let be counted; and nothing of it is kept but the verdict.

Answers come through the one door (`mastery/sharing.py`). The estimator needs NumPy, which only this loads, and only then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from statistics import fmean
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from fieldcraft.engine.causal import verdict as rule
from fieldcraft.engine.causal.effects import Fit, TooLittle
from fieldcraft.engine.disclosure import window_of
from fieldcraft.mastery.sharing import CountedIn, Row, Use, counted_in
from fieldcraft.measures.queries.packs import OWN_WEEK, pack_named
from fieldcraft.people.models import Membership
from fieldcraft.theory.models import Says, Sign, Test, Verdict
from fieldcraft.theory.queries.rooms import KEYS as OF_ROOMS
from fieldcraft.theory.queries.rooms import CountedByRooms, counted_by_rooms
from fieldcraft.theory.queries.tests import Step, dates_of
from fieldcraft.theory.reports import range_text

if TYPE_CHECKING:
    from fieldcraft.engine.causal.panel import Answers

LOOKS_BACK = timedelta(weeks=104)
A_WEEK = timedelta(weeks=1)
UNMOVED = "unmoved"
MORE_WOULD_HELP = frozenset({"few_people", "imprecise"})
_BLOCKS_NEED = 2
_SAYS = {
    rule.Says.SUPPORTS: Says.SUPPORTS,
    rule.Says.OTHER_WAY: Says.OTHER_WAY,
    rule.Says.NOT_NOTICEABLE: Says.NO_LINK,
    rule.Says.CANNOT_SAY_YET: Says.CANNOT_SAY,
}


def judge_due(today: date, *, organisation_id: UUID | None = None) -> None:
    """Judge every registered question whose date has come; doing it twice does no harm.

    organisation_id: of this one alone.
    """
    found: dict[_Asked, _Found] = {}
    tests = Test.objects.filter(ended_on=None).order_by("pk")
    for test in tests.filter(claim__theory__organisation=organisation_id) if organisation_id else tests:
        judged = set(test.verdicts.values_list("on", flat=True))
        for day in dates_of(test):
            if day <= today and day not in judged:
                _judge(test.pk, day, today, found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is opened the door for: links with the same variables on the same day are judged by one look."""

    organisation_id: UUID
    variables: tuple[str, ...]
    step: Step
    day: date

    @property
    def seed(self) -> int:
        """Deals people into groups, the same way whenever this is asked."""
        return int(sha256(f"{self.organisation_id} {self.day}".encode()).hexdigest()[:12], 16)


@transaction.atomic
def _judge(test_id: UUID, day: date, today: date, looked: dict[_Asked, "_Found"]) -> None:
    """By the weeks before the day, of those whose yes stands today: whoever took it back meanwhile is not in it at all."""
    test = Test.objects.select_for_update(of=("self",)).select_related("claim__theory").get(pk=test_id)
    if test.ended_on is not None or test.verdicts.filter(on=day).exists():
        return
    asked = test.registered
    variables = tuple(sorted(asked["variables"]))
    look = _Asked(test.claim.theory.organisation_id, variables, Step(asked["step"]), day)
    found = looked[look] = looked.get(look) or _found(look, today)
    both = found.both(
        asked["cause"]["measure"], asked["outcome"]["measure"], asked["sign"], asked["sign_of_the_way_back"]
    )
    _keep(test, day, both, found.fit)


def _keep(test: Test, day: date, both: rule.BothWays, fit: Fit | None) -> None:
    says, shown = both.stated, both.stated.shown
    reason = says.because.name.lower() if says.because else ""
    if fit is None and says.because is rule.Because.IMPRECISE:
        reason = UNMOVED
    far = f"{range_text(says.how_far.have)}/{says.how_far.needed}" if says.how_far and reason in MORE_WOULD_HELP else ""
    Verdict.objects.create(
        test=test,
        on=day,
        says=_SAYS[says.says],
        effect=shown.effect if shown else None,
        low=shown.low if shown else None,
        high=shown.high if shown else None,
        people=range_text(says.people),
        pairs=range_text(says.pairs),
        far=far,
        reverse=_SAYS[both.back.says],
        reason=reason,
        rule=test.registered["rule"],
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What the weeks say of all links; fit: None where nothing can be estimated."""

    fit: Fit | None = field(repr=False)
    basis: rule.Basis

    def both(self, cause: str, outcome: str, sign: str, sign_back: str) -> rule.BothWays:
        stated, back = _sign(sign), _sign(sign_back)
        if self.fit is None:
            return rule.BothWays(rule.judge(None, stated, self.basis), rule.judge(None, back, self.basis))
        links = self.fit.link(cause, outcome), self.fit.link(outcome, cause)
        return rule.judge_both_ways(*links, stated, self.basis, stated_back=back)


def _sign(kept: str) -> rule.Sign:
    return rule.Sign.MINUS if kept == Sign.LESS else rule.Sign.PLUS


def _found(asked: _Asked, today: date) -> _Found:
    from fieldcraft.engine.causal.lagged import fit, share_of_largest_team, sums_of

    monday, where = asked.day - timedelta(days=asked.day.weekday()), asked.organisation_id
    first, last = monday - LOOKS_BACK, monday - A_WEEK
    counted = counted_in(where, Use.THEORY, first=first, last=last, on=today, places=_places(where))
    rooms = {key: counted_by_rooms(where, key, first, last) for key in asked.variables if key in OF_ROOMS}
    try:
        answers, teams = _answers(counted, asked.variables, rooms, asked.step)
        sums = sums_of(answers)
    except TooLittle:
        return _Found(None, rule.Basis(0, 0, 0.0))
    basis = rule.Basis(len(sums.people), int((sums.pairs - 1).sum()), share_of_largest_team(sums, teams))
    try:
        return _Found(fit(sums, seed=asked.seed, together=teams if rooms else None), basis)
    except TooLittle:
        return _Found(None, basis)


def _places(organisation_id: UUID) -> dict[UUID, str]:
    """Everybody who belongs to the organisation now, with the team that they have belonged to for longest."""
    open_now = Membership.objects.filter(organisation=organisation_id, ended_at=None, team__closed_at=None)
    found: dict[UUID, str] = {}
    for person, team in open_now.order_by("started_at", "pk").values_list("person", "team"):
        if not found.get(person):
            found[person] = str(team or "")
    return found


Slot = Mapping[str, float]


def _answers(
    counted: CountedIn, variables: Sequence[str], rooms: Mapping[str, CountedByRooms], step: Step
) -> tuple["Answers", dict[int, str]]:
    """The panel of numbered people, and the team of each who has one. Raises TooLittle where there is nothing."""
    import numpy as np

    from fieldcraft.engine.causal.panel import Answers

    rows = [
        (number, slot, [said.get(name, np.nan) for name in variables])
        for number, row in enumerate(counted.rows)
        for slot, said in _slots(row, rooms, step)
    ]
    if not rows:
        raise TooLittle("nobody is counted")
    people, slots, values = zip(*rows, strict=True)
    sliders, turned = _sliders(variables)
    answers = Answers(np.array(people), np.array(slots), np.array(values), tuple(variables), sliders, turned)
    return answers, {number: row.team for number, row in enumerate(counted.rows) if row.team}


def _sliders(variables: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Which variables are items answered on the same line, and which of them are asked the other way round."""
    items = {f"{OWN_WEEK}:{item.key}": item for item in pack_named(OWN_WEEK).items}
    sliders = frozenset(name for name in variables if name in items)
    return sliders, frozenset(name for name in sliders if items[name].reversed)


def _slots(row: Row, rooms: Mapping[str, CountedByRooms], step: Step) -> Iterator[tuple[int, Slot]]:
    """Numbered weeks, or blocks of four weeks, with what is known of each."""
    if step is Step.WEEK:
        for week, said in row.weeks.items():
            yield week.toordinal() // 7, {**said, **{key: found.of(row.team, week) for key, found in rooms.items()}}
        return
    blocks: dict[int, list[Slot]] = defaultdict(list)
    for week, said in row.weeks.items():
        blocks[window_of(week).number].append(said)
    for block, weeks in sorted(blocks.items()):
        yield block, {**_block(weeks), **{key: _in_block(found, row.team, block) for key, found in rooms.items()}}


def _block(weeks: Sequence[Slot]) -> dict[str, float]:
    """The mean of what is asked weekly, from two weeks on; what is asked once a month as it is."""
    monthly = {f"{OWN_WEEK}:{item.key}" for item in pack_named(OWN_WEEK).items if item.monthly}
    found = {name: [said[name] for said in weeks if name in said] for name in {name for said in weeks for name in said}}
    return {name: fmean(said) for name, said in found.items() if len(said) >= (1 if name in monthly else _BLOCKS_NEED)}


def _in_block(found: CountedByRooms, team: str, block: int) -> float:
    first = window_of(date(2024, 1, 1)).first_day + timedelta(weeks=4) * block
    return sum(found.of(team, first + A_WEEK * number) for number in range(4))
