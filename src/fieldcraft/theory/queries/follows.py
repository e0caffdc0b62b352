"""What in this tool follows from a psychology, and whether the organisation still wants it offered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from fieldcraft.mastery.queries.switches import Off, Switch, switched_off_by, switches
from fieldcraft.theory.queries.claims import Stated


@dataclass(frozen=True, slots=True)
class Follows:
    """Something of the compass. off: since when and why it is not offered; none where it is."""

    switch: Switch
    off: Off | None


@dataclass(frozen=True, slots=True)
class Following:
    """All that there is, by key, as it stands in one organisation."""

    by_key: dict[str, Follows]

    def of(self, keys: Iterable[str]) -> list[Follows]:
        """Those that a claim names, as far as they are there."""
        return [self.by_key[key] for key in keys if key in self.by_key]


def following_in(organisation_id: UUID) -> Following:
    """Everything that a claim can name; one query. The caller has asked who may see the organisation."""
    off = switched_off_by(organisation_id)
    return Following({key: Follows(each, off.get(key)) for key, each in switches().items()})


def not_explained(following: Following, stated: Iterable[Stated]) -> Iterator[Follows]:
    """What is in the tool although no claim says why."""
    named = {key for each in stated for key in each.text.follows}
    return (each for key, each in following.by_key.items() if key not in named)
