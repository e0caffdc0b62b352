"""What some of the sample community wrote in their compasses over months, with gaps; all of it made up."""

from fieldcraft.people.access import Actor
from fieldcraft.shell.sample.compasses.dee import DEE
from fieldcraft.shell.sample.compasses.entries import Compass
from fieldcraft.shell.sample.compasses.others import AMINA, JO, KOFI, TOM
from fieldcraft.shell.sample.compasses.writing import Writing

COMPASSES: dict[str, Compass] = {
    "Dee Okafor": DEE,
    "Amina Yusuf": AMINA,
    "Tom Hallett": TOM,
    "Kofi Mensah": KOFI,
    "Jo Brennan": JO,
}
"""By name; everybody else has none, so that an empty one can be seen, too."""


def build_compasses(people: dict[str, Actor]) -> None:
    """Write them, as their owners would have."""
    for name, compass in COMPASSES.items():
        Writing(people[name], people, compass).write()
