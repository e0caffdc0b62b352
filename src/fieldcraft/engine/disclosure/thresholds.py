"""From how many people on something may be shown. An organisation may ask for more people, never for fewer."""

from dataclasses import dataclass, fields

from fieldcraft.engine.disclosure.ranges import Range, in_range

_FLOORS = {"team": 8, "above": 11, "bands": 20, "change": 11, "links": 30}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """team: for a team's own picture. above: for whatever holds more than one team. bands: for shares of people.

    change: on both sides of "up", "down" and "about the same". links: for the theory's links.
    Raises ValueError where one is below its floor, or a group of teams needs fewer people than a team.
    """

    team: int = 8
    above: int = 11
    bands: int = 20
    change: int = 11
    links: int = 30

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < _FLOORS[field.name]:
                raise ValueError(f"{field.name} may be raised from {_FLOORS[field.name]}, never lowered")
        if self.above < self.team:
            raise ValueError("what holds several teams needs as many people as a team at least")

    def people(self, count: int) -> Range:
        """A count of people as shown. The ranges change where what is shown changes, so that it tells no more."""
        return in_range(count, sorted({self.team, self.above, self.bands, self.links}))
