"""Tags as a manual spells them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from fieldcraft.manual.queries.resolve import Stack


def as_spelled(stack: Stack, tags: Sequence[str], *, but: UUID | None = None) -> tuple[str, ...]:
    """Each tag as the manual's pages have it; new ones, and those that it has in this spelling too, as they are.

    but: the text that is being changed; what no other page has, its writer may spell anew.
    """
    missing: set[str] = set(tags)
    alike: dict[str, str] = {}
    keys = {tag.casefold() for tag in tags}
    for tag in _tags_of_others(stack, but):
        if not missing:  # every one is there as it was typed
            break
        missing.discard(tag)
        if (key := tag.casefold()) in keys:
            alike.setdefault(key, tag)
    return tuple(alike.get(tag.casefold(), tag) if tag in missing else tag for tag in tags)


def _tags_of_others(stack: Stack, but: UUID | None) -> Iterator[str]:
    return (tag for held in stack.pages() if held.revision_id != but for tag in held.tags)
