"""Which text a manual's reader gets, and from which manual: live, through any number of inclusions, nothing copied.

Own pages win, then the nearest inclusion; of two equally near, the one that was put first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.kept import Kept
from fieldcraft.manual.models import Inclusion, Manual, Standing
from fieldcraft.manual.queries.layers import Held, Layer, layer_now, renewed


@dataclass(frozen=True, slots=True)
class Stack:
    """A manual as its reader sees it: its own layer first, then those it is built on, nearest first."""

    manuals: tuple[Manual, ...]
    layers: tuple[Layer, ...]

    @property
    def manual(self) -> Manual:
        return self.manuals[0]

    @property
    def state(self) -> tuple[tuple[UUID, int], ...]:
        """Changes whenever a reader of this manual could notice anything."""
        return tuple((layer.manual_id, layer.version) for layer in self.layers)

    @property
    def text_state(self) -> tuple[tuple[UUID, int], ...]:
        """As `state`, without layers that hold nothing: equal for all teams that add nothing of their own."""
        return tuple((layer.manual_id, layer.version) for layer in self.layers if not layer.is_empty)

    def manual_of(self, held: Held) -> Manual:
        return next(manual for manual in self.manuals if manual.pk == held.manual_id)

    def covering(self, page_id: UUID) -> Held | None:
        """The hold that readers get: the nearest that covers the page."""
        return next((layer.covers[page_id] for layer in self.layers if page_id in layer.covers), None)

    def below(self, held: Held) -> Held | None:
        """What the held page would be without this layer's hold."""
        at = next(index for index, layer in enumerate(self.layers) if layer.manual_id == held.manual_id)
        return next(
            (layer.covers[held.page_id] for layer in self.layers[at + 1 :] if held.page_id in layer.covers), None
        )

    def notes(self, page_id: UUID) -> tuple[Held, ...]:
        """Local notes beside the page, of the layers at or above the one whose text is shown, nearest first."""
        found: list[Held] = []
        for layer in self.layers:
            found += layer.notes.get(page_id, ())
            if page_id in layer.covers:
                break
        return tuple(found)

    def pages(self) -> Iterator[Held]:
        """Every page its reader has, set-aside ones included, each once."""
        seen: set[UUID] = set()
        for layer in self.layers:
            for page_id, held in layer.covers.items():
                if page_id not in seen:
                    seen.add(page_id)
                    yield held

    def read_pages(self) -> Iterator[Held]:
        """Every page that is in use: not set aside."""
        return (held for held in self.pages() if held.standing is not Standing.SET_ASIDE)

    def address(self, held: Held) -> str:
        """The page's part of its address; where two pages of different layers share one, the farther adds its id."""
        if self._first("slugs", held.slug) == held.page_id:
            return held.slug
        return f"{held.slug}~{held.page_id.hex[-8:]}"

    def at(self, address: str) -> Held | None:
        """The page at an address, a former address, an alias or a path; compare `address` to see if it has moved."""
        slug, _tilde, digits = address.partition("~")
        if digits:
            return next(
                (held for held in self.pages() if held.page_id.hex.endswith(digits) and held.slug == slug), None
            )
        page_id = self._first("slugs", slug) or self._first("old_names", address.strip("/")) or self._at_path(address)
        return self.covering(page_id) if page_id else None

    def titled(self, title: str) -> Held | None:
        """The page that `[[title]]` leads to: by title in any layer, then by former name."""
        key = name_key(title)
        page_id = self._first("names", key) or self._first("old_names", key) or self._first("slugs", slug_of(title))
        return self.covering(page_id) if page_id else None

    def at_path(self, path: str) -> Held | None:
        """The page that a relative link leads to, with or without its file ending."""
        page_id = self._at_path(path)
        return self.covering(page_id) if page_id else None

    def _at_path(self, path: str) -> UUID | None:
        bare = path.strip("/").removesuffix(".html")
        for tried in (
            bare,
            f"{bare}.md",
            f"{bare}/index.md",
            f"{bare}/README.md",
            f"pages/{bare}.md",
            f"docs/{bare}.md",
        ):
            if found := self._first("paths", tried) or self._first("old_names", tried):
                return found
        return None

    def _first(self, index: str, key: str) -> UUID | None:
        for layer in self.layers:
            found: dict[str, UUID] = getattr(layer, index)
            if key in found:
                return found[key]
        return None


def chain_of(manual: Manual) -> tuple[Manual, ...]:
    """The manual and all it is built on, nearest first; each once. One query a step of distance."""
    chain, nearest = [manual], [manual.pk]
    seen = {manual.pk}
    while nearest:
        found = Inclusion.objects.filter(manual__in=nearest).select_related("included")
        rank = {manual_id: index for index, manual_id in enumerate(nearest)}
        ordered = sorted(found, key=lambda inclusion: (rank[inclusion.manual_id], inclusion.position))
        fresh = {
            inclusion.included_id: inclusion.included for inclusion in ordered if inclusion.included_id not in seen
        }
        seen |= fresh.keys()
        nearest = list(fresh)
        chain += fresh.values()
    return tuple(chain)


def stack_now(manual: Manual) -> Stack:
    """Read afresh, for actions; keeps nothing, since what it sees may yet be rolled back."""
    chain = chain_of(Manual.objects.get(pk=manual.pk))
    return Stack(chain, tuple(layer_now(each) for each in chain))


_stacks: Kept[Stack] = Kept(2000)
_layers: Kept[Layer] = Kept(4000)


def stack_named(slug: str) -> Stack | None:
    """The manual of this name as its reader sees it; one query while nothing has changed."""
    kept = _stacks.get(slug)
    if kept and _is_current(kept):
        return kept
    chain = _chain_again(kept) if kept else ()
    if not chain or chain[0].slug != slug:
        manual = Manual.objects.filter(slug=slug).first()
        chain = chain_of(manual) if manual else ()
    return _stacks.keep(slug, Stack(chain, tuple(_layer(each) for each in chain))) if chain else None


def _chain_again(kept: Stack) -> tuple[Manual, ...]:
    """As `chain_of`, in two queries, for a stack that was known; empty when it stands on something new by now."""
    ids = [manual.pk for manual in kept.manuals]
    manuals = Manual.objects.in_bulk(ids)  # first, so that an inclusion that is newer shows in the next version
    inclusions = Inclusion.objects.filter(manual__in=ids).values_list("manual_id", "included_id", "position")
    chain = [kept.manual.pk]
    for above in chain:  # which grows as it goes: nearest first, each once
        below = sorted((position, included) for manual, included, position in inclusions if manual == above)
        chain += [included for _position, included in below if included not in chain]
    return tuple(manuals[each] for each in chain) if manuals.keys() >= set(chain) else ()


def stacks_named(slugs: Sequence[str]) -> list[Stack]:
    """As `stack_named` for many; one query for all of them while nothing has changed."""
    known = {slug: kept for slug in slugs if (kept := _stacks.get(slug))}
    versions = _versions_now(known.values())
    found = (kept if (kept := known.get(slug)) and _is_at(kept, versions) else stack_named(slug) for slug in slugs)
    return [stack for stack in found if stack]


def _is_current(stack: Stack) -> bool:
    return _is_at(stack, _versions_now([stack]))


def _versions_now(stacks: Iterable[Stack]) -> dict[UUID, int]:
    ids = {manual.pk for stack in stacks for manual in stack.manuals}
    return dict(Manual.objects.filter(pk__in=ids).values_list("pk", "version"))


def _is_at(stack: Stack, versions: dict[UUID, int]) -> bool:
    return all(versions.get(layer.manual_id) == layer.version for layer in stack.layers)


def _layer(manual: Manual) -> Layer:
    kept = _layers.get(manual.pk)
    if kept and kept.version == manual.version:
        return kept
    return _layers.keep(
        manual.pk, renewed(kept if kept and kept.version < manual.version else Layer(manual.pk), manual.version)
    )
