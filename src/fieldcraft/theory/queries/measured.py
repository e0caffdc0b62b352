"""What a construct can be measured by: the check-in, other packs that are open here, and what the rooms count.

A key is `pack:item` or `pack:scale` of the check-in and other packs, or `rooms:` with what the rooms count. More of the
construct is always a higher answer as it was given: a reversed item measures its own words, not their opposite.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fieldcraft.measures.queries.asked import Asked, open_packs
from fieldcraft.measures.queries.packs import OWN_WEEK, Pack, in_my_language, pack_named
from fieldcraft.people.access import Actor


@dataclass(frozen=True, slots=True)
class Measured:
    """Something that is measured. name: as a theory would call it; by: the sentence or pack that asks it."""

    key: str
    name: str
    by: str


def measured(actor: Actor) -> dict[str, Measured]:
    """All there is to choose from for this actor, by key; one query."""
    others = [asked for asked in open_packs(actor) if asked.pack.id != OWN_WEEK]
    found = [*_of_checkin(pack_named(OWN_WEEK)), *(each for asked in others for each in _of_pack(asked)), *_of_rooms()]
    return {each.key: each for each in found}


def _of_checkin(pack: Pack) -> Iterator[Measured]:
    title = in_my_language(pack.title)
    for item in pack.items:
        yield Measured(f"{pack.id}:{item.key}", in_my_language(item.construct), in_my_language(item.text))
    items = {item.key for item in pack.items}
    for scale in pack.scales:
        if scale.key not in items:
            yield Measured(f"{pack.id}:{scale.key}", in_my_language(scale.title), title)


def _of_pack(asked: Asked) -> Iterator[Measured]:
    title = in_my_language(asked.pack.title)
    for scale in asked.pack.scales:
        yield Measured(f"{asked.pack.id}:{scale.key}", in_my_language(scale.title), title)


def _of_rooms() -> tuple[Measured, ...]:
    return (
        Measured("rooms:answered", _("movement on conditions"), _("conditions answered, for all to see")),
        Measured("rooms:agreed", _("contributing to the manual"), _("changes of the manual agreed, for all to see")),
    )


def measured_by(key: str) -> str:
    """What stands beside a construct: the words that measure it; "" for one that nobody measures."""
    if not key:
        return ""
    found = {each.key: each.by for each in (*_of_checkin(pack_named(OWN_WEEK)), *_of_rooms())}
    return found.get(key, key.partition(":")[0])
