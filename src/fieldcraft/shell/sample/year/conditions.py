"""What Tideway's people raised in the year, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldcraft.people.queries import team_of_id
from fieldcraft.together.actions.answering import answer_condition
from fieldcraft.together.actions.judging import say_whether_it_helped
from fieldcraft.together.actions.raising import join_condition, raise_for_team, raise_unnamed, raise_with_name
from fieldcraft.together.actions.sample import date_condition_back, date_step_back
from fieldcraft.together.queries.pages import place_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldcraft.people.access import Actor
    from fieldcraft.shell.sample.year.days import Days

KEY_CUPBOARD = "Whoever is on the late shift cannot get into the car-key cupboard, so visits after six fall through."
HOUSING_FORM = "The form for the housing office takes an hour, and nobody there reads it."
QUIET_ROOM = "There is no room in which one can ring a family without the whole office listening."
CARELESS_LETTER = "The letter after a missed visit reads like a warning, and people do not open the next one."
NO_REFERRALS = "Every referral is a yes, because a no is noted against the team."
NEXT_VISIT = "After a death we go straight to the next visit."
LEAVE = "Leave is asked for, and weeks pass before anybody answers."
CORE = "working-alongside"
HELPED_A_LITTLE = "a_little"


@dataclass(slots=True)
class Raised:
    """Who raises and answers. quiet: those nobody can enter as. made: conditions by their words."""

    organisation: Any
    people: dict[str, Actor]
    quiet: Sequence[Actor]
    days: Days
    made: dict[str, Any]

    @property
    def sam(self) -> Actor:
        """Who answers for Tideway."""
        return self.people["Sam Whitcombe"]

    def by_name(self, name: str, words: str, ago: int, *pages: str) -> None:
        """By one of those who can be entered as."""
        places = self._places(pages)
        made = raise_with_name(actor=self.people[name], organisation=self.organisation, words=words, places=places)
        self._keep(made, words, ago)

    def by_team(self, name: str, words: str, ago: int, *pages: str) -> None:
        """In the name of a person's team."""
        (post,) = self.people[name].posts
        assert post.team_id
        team, places = team_of_id(post.team_id), self._places(pages)
        self._keep(raise_for_team(actor=self.people[name], team=team, words=words, places=places), words, ago)

    def unnamed(self, words: str, raisers: Sequence[Actor], ago: int, *pages: str) -> None:
        """By so many people; it shows from the Monday of that week where they are enough."""
        first, *others = raisers
        made = raise_unnamed(actor=first, organisation=self.organisation, words=words, places=self._places(pages))
        date_condition_back(
            actor=self.sam,
            condition=made,
            raised_on=self.days.ago(ago + 30),
            joinable_from=self.days.monday(ago + 14),
        )
        for actor in others:
            join_condition(actor=actor, condition_id=made.pk, organisation=self.organisation)
        made.refresh_from_db()
        if made.shown_on:
            date_condition_back(actor=self.sam, condition=made, shown_on=self.days.monday(ago))
        self.made[words] = made

    def answer(self, words: str, *steps: tuple[str, str, int]) -> None:
        """The steps on its path, each with what is said and how many days ago."""
        for number, (stage, said, ago) in enumerate(steps):
            named: Any = stage
            step = answer_condition(
                actor=self.sam, condition=self.made[words], stage=named, words=said, seen=str(number)
            )
            date_step_back(actor=self.sam, step=step, on=self.days.ago(ago))

    def _keep(self, made: Any, words: str, ago: int) -> None:
        day = self.days.ago(ago)
        date_condition_back(actor=self.sam, condition=made, raised_on=day, shown_on=day)
        self.made[words] = made

    def _places(self, addresses: Sequence[str]) -> list[Any]:
        found = [place_at(self.sam, CORE, address) for address in addresses]
        assert all(found)
        return found


def raise_conditions(raised: Raised) -> None:
    """One of each kind."""
    _open_ones(raised)
    _changed(raised)
    _cannot_change(raised)
    _unnamed_ones(raised)


def _open_ones(raised: Raised) -> None:
    """Heard, and being tried."""
    raised.by_name("Wendell Clarke", KEY_CUPBOARD, 24, "joint-visits")
    raised.answer(KEY_CUPBOARD, ("heard", "", 19))
    raised.by_team("Rosa Lindgren", HOUSING_FORM, 61, "plans-on-one-page")
    raised.answer(
        HOUSING_FORM,
        ("heard", "", 57),
        ("trying", "One page instead of seven, agreed with the housing office until the end of next month.", 36),
    )


def _changed(raised: Raised) -> None:
    """With what the one who raised it says of it."""
    raised.by_name("Tom Hallett", CARELESS_LETTER, 148, "missed-visits")
    raised.answer(
        CARELESS_LETTER,
        ("heard", "", 145),
        ("trying", "We write a new one with two people who have been sent the old one.", 120),
        ("changed", "The new letter is on the shared drive, and the old one is gone from it.", 83),
    )
    tom = raised.people["Tom Hallett"]
    say_whether_it_helped(actor=tom, condition_id=raised.made[CARELESS_LETTER].pk, helped=HELPED_A_LITTLE)


def _cannot_change(raised: Raised) -> None:
    raised.by_name("Kofi Mensah", QUIET_ROOM, 131)
    raised.answer(
        QUIET_ROOM,
        ("heard", "", 128),
        (
            "cannot",
            "The lease forbids walls, and there is no money for another floor. We ask again when the lease ends, in two "
            "years. Until then the board room may be used for calls whenever it is free.",
            101,
        ),
    )


def _unnamed_ones(raised: Raised) -> None:
    """One heard, one that waits for more than fourteen days, and one below the threshold, which nobody is shown."""
    raised.unnamed(NO_REFERRALS, raised.quiet[:11], 34, "nobody-carries-this-alone")
    raised.answer(NO_REFERRALS, ("heard", "", 23))
    raised.unnamed(NEXT_VISIT, raised.quiet[20:29], 20, "looking-after-each-other")
    raised.unnamed(LEAVE, raised.quiet[40:44], 9)
