"""What the first screen of the compass shows of purpose, vision and what is in the way."""

from fieldcraft.mastery import policy
from fieldcraft.mastery.models import Purpose, Vision
from fieldcraft.mastery.queries.compass.obstacles import open_obstacles
from fieldcraft.mastery.queries.compass.visions import beside_now, open_visions, purpose_now
from fieldcraft.people.access import Actor

MOST_SHOWN = 3


def home_compass(actor: Actor) -> dict[str, object]:
    """The purpose, up to three visions beside what is so now, up to three things in the way, and whether there are more.

    has_begun: whether there is any purpose or vision, at rest or let go as well: the way to it must not be lost.
    """
    found, purpose = list(open_visions(actor)[: MOST_SHOWN + 1]), purpose_now(actor)
    in_the_way = list(open_obstacles(actor)[: MOST_SHOWN + 1])
    return {
        "purpose": purpose,
        "has_begun": bool(purpose or found) or any(policy.mine(actor, kind).exists() for kind in (Purpose, Vision)),
        "visions": beside_now(actor, found[:MOST_SHOWN]),
        "has_more_visions": len(found) > MOST_SHOWN,
        "in_the_way": in_the_way[:MOST_SHOWN],
        "has_more_in_the_way": len(in_the_way) > MOST_SHOWN,
    }
