"""What Tideway asked its people about their purposes: half a year ago, answered; and again now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from fieldcraft.shell.sample.year.conditions import KEY_CUPBOARD, NEXT_VISIT, NO_REFERRALS
from fieldcraft.shell.sample.year.days import moment
from fieldcraft.theory.actions.purposes import Question, open_invitation, publish_reply, release_due
from fieldcraft.theory.actions.purposes_offering import offer_purpose
from fieldcraft.theory.actions.purposes_sorting import point_at_purpose
from fieldcraft.theory.actions.sample import date_invitation_back, date_reply_back
from fieldcraft.theory.queries.purposes import Offered, Stands
from fieldcraft.theory.queries.purposes_map import purpose_map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldcraft.people.access import Actor
    from fieldcraft.shell.sample.year.days import Days

SOMEBODY_STAYS = "Somebody who stays"
SAFE_AT_HOME = "Safe where they live"
GOING_HOME = "Going home with something left"
TOO_FEW = "Music"
THEMES: dict[str, tuple[str, ...]] = {
    SOMEBODY_STAYS: (
        "To be the one who comes back after the door was shut.",
        "That nobody has to tell their story from the beginning again.",
        "I want to be there on the dull days, too.",
        "That a young person can be angry with me and still ring on Monday.",
        "To be known by name on one staircase.",
        "Staying long enough to see it turn.",
        "That people who were passed on all their lives are not passed on by us.",
        "To keep the promise about Thursday.",
        "Being somebody's first call, and not their last.",
        "That trust is allowed to take a year.",
        "To sit through the silence without filling it.",
        "That the goodbye is said, and not only the hello.",
        "To hold the thread when everybody else changes jobs.",
    ),
    SAFE_AT_HOME: (
        "That a child sleeps in their own bed, and sleeps.",
        "Families who ask before it breaks.",
        "To notice early, and to say so kindly.",
        "That home is a place one wants to go to.",
        "Keeping people out of hospital who need a kitchen table.",
        "That a mother does not have to choose between the truth and her children.",
        "To make one room a little safer.",
        "That the neighbours know whom to ring, and that it is not the police.",
        "Heating, a lock, and somebody to talk to: in this order.",
        "That nobody is afraid of the post.",
        "To see the danger without seeing only danger.",
        "That grandparents are asked.",
    ),
    GOING_HOME: (
        "Work that I can tell my daughter about.",
        "To have some patience left for my own people.",
        "That colleagues last here, and laugh.",
        "To learn something every month, and to notice it.",
        "That we can say “I do not know” in front of each other.",
        "To write it down so well that the next one need not find it out alone.",
        "Doing a thing properly, even if it is small.",
        "That we stop for a moment when somebody dies.",
        "To be able to say no, and to be thanked for it.",
        "Not to become somebody who only fills in forms.",
        "That the new ones are better than I was.",
    ),
    TOO_FEW: (
        "A band in the cellar, open to anybody.",
        "To bring the piano back.",
        "Singing with people who think they cannot.",
    ),
    "": (
        "That the waiting list is told the truth.",
        "To stand up in the meeting where it is decided.",
        "Less fear of the council.",
        "That small places are not forgotten.",
        "To be of use, no more and no less.",
        "A garden where the skip is.",
        "That somebody counts the ones we never reach.",
        "To do by hand what a letter cannot do.",
    ),
}
"""What was offered unnamed, by theme; "" for none. One theme is too small to be shown."""
NAMED = (
    ("Amina Yusuf", "That nobody in my team carries a family alone.", GOING_HOME),
    ("Kofi Mensah", "To be a steady man in lives that have not had one.", SOMEBODY_STAYS),
    ("Edith Marlow", "That what one team has learnt at night is on everybody's page in the morning.", ""),
)
COUNTED_ONLY = 6
"""Each so manieth sentence is counted in its theme and not read by anybody."""
ASKED = "When a day here goes well, what were you here for?"
REPLY = (
    "It took the whole afternoon, and some of us had to go outside for a moment.\n\n"
    "We read that you are here to stay with people, and that we make it hard: we move you between teams each spring, and we "
    "call you in on Monday mornings, when most calls come. Two things change within the quarter. Nobody is moved without "
    "being asked first. And Monday mornings are free of meetings.\n\n"
    "The waiting list we cannot shorten with the people we have. We have said so to the council, in your words."
)
AGAIN = "What would you miss most if it were gone tomorrow?"
NOW_OFFERED = ("Wendell Clarke", "The ten minutes at the kettle, before anybody asks what the plan is.")


def ask_half_a_year_ago(organisation: Any, people: dict[str, Actor], quiet: Sequence[Actor], days: Days) -> Any:
    """Asked, offered to, released by the daily work on the day after the last one; not yet answered."""
    sam, opened, closed = people["Sam Whitcombe"], days.ago(172), days.ago(144)
    asked = Question(
        ASKED,
        "The board and the leads of all teams, in one afternoon.",
        "We read every sentence aloud. Then we choose two things to change, and say plainly which we cannot.",
        days.today + timedelta(days=28),
    )
    invitation = open_invitation(actor=sam, organisation=organisation, asked=asked)
    for name, sentence, theme in NAMED:
        offer_purpose(actor=people[name], invitation=invitation, offered=Offered(sentence, Stands.NAMED, theme))
    offered = [(words, theme) for theme, all_words in THEMES.items() for words in all_words]
    for number, (actor, (words, theme)) in enumerate(zip(quiet, offered, strict=False), 1):
        stands = Stands.READ if number % COUNTED_ONLY else Stands.COUNTED
        offer_purpose(actor=actor, invitation=invitation, offered=Offered(words, stands, theme))
    date_invitation_back(invitation=invitation, opened_on=opened, closes_on=closed)
    release_due(closed + timedelta(days=1))
    invitation.refresh_from_db()
    return invitation


def answer_and_ask_again(
    organisation: Any, people: dict[str, Actor], invitation: Any, conditions: dict[str, Any], days: Days
) -> None:
    """What is in the way of what was offered; the published reply; and the invitation that is open."""
    sam, (name, sentence) = people["Sam Whitcombe"], NOW_OFFERED
    for theme, words in ((GOING_HOME, NEXT_VISIT), (GOING_HOME, NO_REFERRALS), (SAFE_AT_HOME, KEY_CUPBOARD)):
        _point(sam, invitation, theme, conditions[words])
    publish_reply(actor=sam, invitation=invitation, reply=REPLY)
    date_reply_back(invitation=invitation, at=moment(days.ago(121)))
    asked = Question(
        AGAIN,
        "The leads of all teams, and whoever wants to come.",
        "What you name we will protect in next year's plan, before anything new comes in.",
        days.today + timedelta(days=24),
    )
    again = open_invitation(actor=sam, organisation=organisation, asked=asked)
    offer_purpose(actor=people[name], invitation=again, offered=Offered(sentence, Stands.NAMED))
    date_invitation_back(invitation=again, opened_on=days.ago(5), closes_on=asked.closes_on)


def _point(sam: Actor, invitation: Any, theme: str, condition: Any) -> None:
    found = purpose_map(sam, invitation)
    assert found
    group = next(each for each in found.groups if each.theme and each.theme.name == theme)
    offering = group.sentences[0].offering_id
    point_at_purpose(actor=sam, invitation=invitation, offering_id=offering, condition_id=condition.pk)
