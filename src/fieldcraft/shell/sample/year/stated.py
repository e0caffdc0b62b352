"""What Tideway states of learning and of people: the starter, and what it made of it in its own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from fieldcraft.mastery.actions.switches import switch_off
from fieldcraft.shell.sample.year.days import moment
from fieldcraft.theory.actions.challenges import answer_challenge, challenge_claim
from fieldcraft.theory.actions.claims import add_link, add_statement, change_claim, drop_claim, start_from_starter
from fieldcraft.theory.actions.picture import name_loop
from fieldcraft.theory.actions.registering import register_test
from fieldcraft.theory.actions.sample import (
    LEARNING,
    PSYCHOLOGY,
    SOMETHING_ELSE,
    date_challenge_back,
    date_loop_names_back,
    date_test_back,
    date_version_back,
)
from fieldcraft.theory.queries.claims import stated_now
from fieldcraft.theory.queries.loops import rounds
from fieldcraft.theory.queries.saying import Named, Saying

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from fieldcraft.people.access import Actor
    from fieldcraft.shell.sample.year.days import Days
    from fieldcraft.theory.queries.claims import Stated

REGISTERED = (
    "reward-learning",
    "learning-reward",
    "purpose-learning",
    "belief-learning",
    "learning-belief",
    "answered-improve",
)
"""The links whose questions were registered, by the starter's keys."""
LOOP = ("enjoyment of the work itself", "learning")
LOOP_NAME = "What we like we get better at"
SWITCHED_OFF = "letter-from-the-day"


@dataclass(slots=True)
class Stating:
    """One theory as it grows. keeper: who writes it down; people: by name."""

    keeper: Actor
    people: dict[str, Actor]
    organisation_id: UUID
    theory: Any
    days: Days

    def claim(self, key: str) -> Stated:
        """What is claimed now under a starter's key."""
        return next(each for each in stated_now(self.theory) if each.claim.key == key)

    def date_back(self, on: date) -> None:
        """Put the latest version on a day."""
        self.theory.refresh_from_db()
        date_version_back(theory=self.theory, number=self.theory.version, at=moment(on))

    def change(self, key: str, reason: str, on: date, say: Callable[[Saying], Saying]) -> None:
        """Say something otherwise, beginning with what was said."""
        claim = self.claim(key).claim
        was = claim.current
        assert was
        said = Saying(
            because=was.because,
            source=was.source,
            would_see=was.would_see,
            would_change=was.would_change,
            review_on=was.review_on,
            sure=was.sure,
            critics=was.critics,
            sign=was.sign,
            delay=was.delay,
            says=was.says,
            follows=tuple(was.follows),
        )
        change_claim(actor=self.keeper, claim=claim, saying=say(said), based_on=was.pk, reason=reason)
        self.date_back(on)

    def challenge(self, key: str, name: str, words: str, on: date) -> Any:
        """Somebody says what speaks against it."""
        made = challenge_claim(actor=self.people[name], claim=self.claim(key).claim, words=words)
        date_challenge_back(challenge=made, at=moment(on))
        return made

    def answer(self, challenge: Any, outcome: str, words: str, on: date) -> None:
        """Once the claim was changed, or stands."""
        answer_challenge(actor=self.keeper, challenge=challenge, outcome=outcome, answer=words)
        challenge.refresh_from_db()
        date_challenge_back(challenge=challenge, at=challenge.at, answered_at=moment(on))


def state_learning(organisation_id: UUID, people: dict[str, Actor], days: Days) -> Any:
    """The theory of learning, in four versions before its questions were registered, and what is said of it now."""
    stating = _begun(LEARNING, organisation_id, people, days)
    _a_month_not_a_week(stating)
    stating.change(
        "learning-belief",
        "Our pictures are small, a quiet handover or a child at breakfast. If it moves, we would see it in a week.",
        days.stated + timedelta(days=24),
        lambda said: replace(said, delay="week"),
    )
    _our_own_link(stating)
    _name_the_loop(stating)
    for key in REGISTERED:
        made = register_test(actor=stating.keeper, claim=stating.claim(key).claim, today=days.registered)
        date_test_back(test=made, at=moment(days.registered))
    return stating.theory


def challenge_what_was_found(people: dict[str, Actor], theory: Any, days: Days) -> None:
    """After the last verdicts: the challenge that is open."""
    stating = Stating(people["Sam Whitcombe"], people, theory.organisation_id, theory, days)
    stating.challenge(
        "learning-belief",
        "Rosa Lindgren",
        "What we counted in says the other way, and I believe it. The week after I learnt to read a family plan I saw "
        "for the first time how far off ours was. Could we say so, instead of hoping otherwise?",
        days.ago(6),
    )


def _begun(kind: Any, organisation_id: UUID, people: dict[str, Actor], days: Days) -> Stating:
    keeper = people["Sam Whitcombe"]
    theory = start_from_starter(actor=keeper, organisation_id=organisation_id, kind=kind)
    stating = Stating(keeper, people, organisation_id, theory, days)
    stating.date_back(days.stated)
    return stating


def _a_month_not_a_week(stating: Stating) -> None:
    """A challenge that was answered by a change."""
    begun = stating.days.stated
    doubt = stating.challenge(
        "powerless-learning",
        "Kofi Mensah",
        "In our worst fortnight, when the housing office moved nothing, I learnt more than all summer, because I had to. "
        "It was later, when it went on, that I stopped trying things.",
        begun + timedelta(days=9),
    )
    stating.change(
        "powerless-learning",
        "Kofi's fortnight: at first having no hand in it can teach, and only when it lasts does it wear us down.",
        begun + timedelta(days=15),
        lambda said: replace(
            said,
            delay="month",
            sure="hunch",
            because="When nothing we do changes anything, some of us try harder at first. If it lasts, we stop trying, "
            "and what is not tried is not learnt. Mill Lane saw both in one winter.",
        ),
    )
    answer = "You are right that a week is too short to tell. We now say a month, and call it a hunch. Thank you for the fortnight."
    stating.answer(doubt, "changed", answer, begun + timedelta(days=15))


def _our_own_link(stating: Stating) -> None:
    add_link(
        actor=stating.keeper,
        organisation_id=stating.organisation_id,
        cause=Named("unhurried time with a colleague"),
        outcome=Named("compassion with oneself"),
        saying=Saying(
            because="After a hard visit it is ten minutes at the kettle that turn “I got it wrong” into “that was hard”.",
            source="Our own teams, most of all Harbour Street, who keep those ten minutes free.",
            would_see="After weeks with time for each other, notes on what went wrong read less like charges.",
            would_change="Teams with the time are as hard on themselves as teams without.",
            review_on=stating.days.today + timedelta(days=120),
            critics="Those who get on well find the time; then it is the getting on.",
            sign="more",
            delay="week",
        ),
        reason="What we would miss most was not in it.",
    )
    stating.date_back(stating.days.stated + timedelta(days=38))


def _name_the_loop(stating: Stating) -> None:
    found = rounds(stating.theory, stated_now(stating.theory)).found
    key = next(each.key for each in found if set(each.constructs) == set(LOOP))
    name_loop(actor=stating.keeper, theory=stating.theory, key=key, name=LOOP_NAME)
    date_loop_names_back(theory=stating.theory, at=moment(stating.days.stated + timedelta(days=40)))


def state_psychology(organisation_id: UUID, people: dict[str, Actor], days: Days) -> None:
    """What Tideway takes people to be like, changed three times; and one use of it that it does not want."""
    stating = _begun(PSYCHOLOGY, organisation_id, people, days)
    stating.change(
        "kinder-eye", "Said as we say it to new colleagues.", days.stated + timedelta(days=20), _as_we_say_it
    )
    _what_makes_no_difference(stating)
    _after_the_visit(stating)
    doubt = stating.challenge(
        "nobody-grows-by-grades",
        "Tom Hallett",
        "My daughter's school gives marks, and she likes them. Some of us might, too.",
        days.ago(150),
    )
    answer = (
        "It stands. Anybody may keep marks for themselves, on their own paper; we only promise that nobody else will keep "
        "any of you."
    )
    stating.answer(doubt, "stands", answer, days.ago(141))
    switch_off(
        actor=stating.keeper,
        organisation_id=organisation_id,
        key=SWITCHED_OFF,
        reason="Two of us wrote it in a week when somebody had died, and it hurt. Whoever wants to write such a letter "
        "still can, on any paper; the compass does not bring it up here.",
    )


def _as_we_say_it(said: Saying) -> Saying:
    return replace(
        said,
        says="Look at your own mistake as you would at a colleague's: kindly, and asking what made it likely.",
        because="Shame looks away. Who is not busy defending themselves can see what they were caught in, and what is the "
        "next step, their own or the house's.",
    )


def _what_makes_no_difference(stating: Stating) -> None:
    """It is not claimed any more; nothing that was written goes with it."""
    claim = stating.claim("direction-and-picture").claim
    assert claim.current_id
    reason = (
        "We read it aloud in three teams. Everybody nodded, and nobody could say what we would do otherwise without it."
    )
    drop_claim(actor=stating.keeper, claim=claim, based_on=claim.current_id, reason=reason)
    stating.date_back(stating.days.ago(160))


def _after_the_visit(stating: Stating) -> None:
    add_statement(
        actor=stating.keeper,
        organisation_id=stating.organisation_id,
        part=SOMETHING_ELSE,
        saying=Saying(
            says="People think best about a visit after they have been listened to about it, not before.",
            because="Who has just come through a door still carries it. First somebody hears it, then we ask what to do.",
            source="The way Harbour Street begins its case talks, as two other teams have taken it up.",
            would_see="Case talks that begin with two minutes of listening end with a clearer next step.",
            would_change="The two minutes become ten, and the next step is as vague as before.",
            review_on=stating.days.today + timedelta(days=150),
            sure="fairly",
            critics="Some people calm down by doing, and listening first keeps them from it.",
        ),
        reason="Harbour Street asked for it, and nobody objected.",
    )
    stating.date_back(stating.days.ago(155))
