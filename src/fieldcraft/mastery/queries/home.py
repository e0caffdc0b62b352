"""What the first screen of the compass shows: a few things of each kind."""

from django.utils import timezone

from fieldcraft.mastery.queries.checkins import home_weeks
from fieldcraft.mastery.queries.compass import home_compass
from fieldcraft.mastery.queries.compass.visions import purpose_now
from fieldcraft.mastery.queries.counting_in import is_asked_anew
from fieldcraft.mastery.queries.keeping import home_keeping
from fieldcraft.mastery.queries.practice import back_from_sleep, home_practice
from fieldcraft.people.access import Actor


def today(actor: Actor) -> dict[str, object]:
    """The actor's purpose, whether this week is still without a check-in, what came back from sleep, and a new quarter."""
    return {
        "purpose": purpose_now(actor),
        "has_this_week": home_weeks(actor)["has_this_week"],
        "back": back_from_sleep(actor).first(),
        "is_asked_anew": is_asked_anew(actor, timezone.localdate()),
    }


def home(actor: Actor) -> dict[str, object]:
    """The actor's purpose and visions, what they try, their weeks, and how they keep it all."""
    return {**home_compass(actor), **home_practice(actor), **home_weeks(actor), **home_keeping(actor)}
