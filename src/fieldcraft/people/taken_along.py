"""What a person said, for the file that they take along: each room says here what it adds, and the compass makes the file.

It stands below all rooms, so that none of them needs to know the compass for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldcraft.people.access import Actor

Lists = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows by the name of their list. unnamed: those that nobody but this person may know to be theirs."""

    named: Lists = field(default_factory=dict)
    unnamed: Lists = field(default_factory=dict)


_parts: list[Callable[[Actor], Part]] = []


def also_take(part_of: Callable[[Actor], Part]) -> None:
    """A room says here what it adds; called when it is ready."""
    if part_of not in _parts:
        _parts.append(part_of)


def parts_of(actor: Actor) -> list[Part]:
    """What every room has of the actor's own."""
    return [part_of(actor) for part_of in _parts]
