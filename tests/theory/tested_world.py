"""A convenor who claims and registers, a year of check-ins behind it, and the days on which it is judged."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.theory.counted_world import World, check_ins, join, say_yes, world
from tests.theory.test_claims import SAYING

from fieldcraft.mastery.sharing import Use
from fieldcraft.people.consent import withdraw
from fieldcraft.people.models import Person, Role
from fieldcraft.theory.actions.claims import add_link
from fieldcraft.theory.actions.registering import register_test
from fieldcraft.theory.models import Claim, Verdict
from fieldcraft.theory.models import Test as Registered
from fieldcraft.theory.queries.saying import Named

START = date(2025, 1, 6)  # a Monday
REGISTERED = date(2025, 1, 2)
FIRST, SECOND, THIRD, FOURTH = (date(2025, 1, 15), date(2025, 4, 15), date(2025, 7, 15), date(2025, 10, 15))


class Theorist:
    """A world with a convenor who claims and registers."""

    def __init__(self, made: World) -> None:
        self.made = made
        self.head = join(made, None, f"head-{made.organisation.slug}", date(2024, 1, 1), Role.CONVENOR)

    def link(self, cause: str = "own-week:purpose", outcome: str = "own-week:better", **said: Any) -> Claim:
        ends = {"cause": Named(f"c {cause}", cause), "outcome": Named(f"o {outcome}", outcome)}
        of = {"actor": self.made.actor(self.head), "organisation_id": self.made.organisation.pk}
        return add_link(**of, **ends, saying=replace(SAYING, **said))

    def register(self, claim: Claim, today: date = REGISTERED) -> Registered:
        return register_test(actor=self.made.actor(self.head), claim=claim, today=today)

    def withdraws(self, person: Person, on: date) -> None:
        withdraw(person_id=person.pk, organisation_id=self.made.organisation.pk, use=Use.THEORY, on=on)


def year(sizes: list[int], *, effect: float = 0.0, weeks: int = 52, name: str = "Quay Trust") -> Theorist:
    """A year of check-ins of everybody, who all said yes to all of it."""
    made = world(sizes, since=date(2024, 1, 1), name=name)
    check_ins(made.everybody, START, weeks, effect=effect)
    say_yes(made, made.everybody, START, date(2026, 3, 1))
    return Theorist(made)


def said(verdict: Verdict) -> dict[str, object]:
    names = ("on", "says", "effect", "low", "high", "people", "pairs", "far", "reverse", "reason", "rule")
    return {name: getattr(verdict, name) for name in names}
