"""What the first screen of the compass shows: a few things of each kind."""

from fieldcraft.mastery.queries.checkins import home_weeks
from fieldcraft.mastery.queries.compass import home_compass
from fieldcraft.mastery.queries.keeping import home_keeping
from fieldcraft.mastery.queries.practice import home_practice
from fieldcraft.people.access import Actor


def home(actor: Actor) -> dict[str, object]:
    """The actor's purpose and visions, what they try, their weeks, and how they keep it all."""
    return {**home_compass(actor), **home_practice(actor), **home_weeks(actor), **home_keeping(actor)}
