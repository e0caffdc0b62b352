"""What the first screen of the compass shows of purpose, vision and what is in the way."""

from fieldcraft.mastery.queries.compass.obstacles import open_obstacles
from fieldcraft.mastery.queries.compass.visions import beside_now, open_visions, purpose_now
from fieldcraft.people.access import Actor

MOST_SHOWN = 3


def home_compass(actor: Actor) -> dict[str, object]:
    """The purpose, up to three visions beside what is so now, up to three things in the way, and whether there are more."""
    found = list(open_visions(actor)[: MOST_SHOWN + 1])
    in_the_way = list(open_obstacles(actor)[: MOST_SHOWN + 1])
    return {
        "purpose": purpose_now(actor),
        "visions": beside_now(actor, found[:MOST_SHOWN]),
        "has_more_visions": len(found) > MOST_SHOWN,
        "in_the_way": in_the_way[:MOST_SHOWN],
        "has_more_in_the_way": len(in_the_way) > MOST_SHOWN,
    }
