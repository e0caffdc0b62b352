"""Purpose, vision, what is so now, and what is in the way: reading one's own."""

from fieldcraft.mastery.queries.compass.home import home_compass

__all__ = ["home_compass"]
