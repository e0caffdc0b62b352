"""To be written."""

from fieldcraft.people.access import Actor


def home_compass(actor: Actor) -> dict[str, object]:
    """What the first screen of the compass shows of this."""
    return {}
