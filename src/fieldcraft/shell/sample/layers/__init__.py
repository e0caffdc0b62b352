"""What the sample's four teams made of the core, in the order in which they did it."""

from fieldcraft.shell.sample.layers.elm_house import ELM_HOUSE
from fieldcraft.shell.sample.layers.harbour_street import HARBOUR_STREET
from fieldcraft.shell.sample.layers.mill_lane import MILL_LANE
from fieldcraft.shell.sample.layers.quayside import QUAYSIDE
from fieldcraft.shell.sample.steps import Step

LAYERS: dict[str, tuple[Step, ...]] = {
    "Elm House": ELM_HOUSE,
    "Harbour Street": HARBOUR_STREET,
    "Mill Lane": MILL_LANE,
    "Quayside": QUAYSIDE,
}
"""Harbour Street copies a page of Elm House, which therefore comes first."""
