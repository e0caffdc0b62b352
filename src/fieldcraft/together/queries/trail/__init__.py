"""What became of everything that a person noticed, for themselves alone: no numbers, no levels, nobody else's."""

from fieldcraft.together.queries.trail.path import Path, path_of
from fieldcraft.together.queries.trail.traces import Trace, traces

__all__ = ["Path", "Trace", "path_of", "traces"]
