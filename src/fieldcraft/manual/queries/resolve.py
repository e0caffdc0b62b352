"""Which text a manual's reader gets, and from which manual: live, through any number of inclusions, nothing copied.

Own pages win, then the nearest inclusion; of two equally near, the one that was put first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fieldcraft.engine.words import name_key, slug_of
from fieldcraft.kept import Kept
from fieldcraft.manual.models import Inclusion, Manual, Standing
from fieldcraft.manual.queries.layers import Held, Layer, OpenDraft, layer_now, renewed
from fieldcraft.rows import id_of, rows

Frame = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """A manual as its reader sees it: its own layer first, then those it is built on, nearest first.

    frame: what the database held of the manuals and of what they are built on; empty when that is not known.
    """

    manuals: tuple[Manual, ...]
    layers: tuple[Layer, ...]
    frame: Frame = field(default=(), repr=False, compare=False)

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

    def drafts_of(self, held: Held) -> tuple[OpenDraft, ...]:
        """The manual's own drafts of the page that wait for a yes or to be published, oldest first."""
        return self.layers[0].drafts.get(held.page_id, ())

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
        page_id = self._named(title) or self._first("slugs", slug_of(title))
        return self.covering(page_id) if page_id else None

    def named(self, title: str) -> Held | None:
        """The page that has this title now, in any layer, or had it before."""
        page_id = self._named(title)
        return self.covering(page_id) if page_id else None

    def _named(self, title: str) -> UUID | None:
        key = name_key(title)
        return self._first("names", key) or self._first("old_names", key)

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
    stack = (kept and _renewed(kept)) or _found(slug)
    return _stacks.keep(slug, stack) if stack else None


def _renewed(kept: Stack) -> Stack | None:
    """The stack with what is newer in its layers; None when one of its manuals is no longer as it was, or elsewhere."""
    frame, versions = _frame_now(kept.manuals)
    if not kept.frame or frame != kept.frame:
        return None
    chain = tuple(_as_of(manual, versions[manual.pk]) for manual in kept.manuals)
    return Stack(chain, tuple(_layer(each) for each in chain), frame)


def _found(slug: str) -> Stack | None:
    manual = Manual.objects.filter(slug=slug).first()
    if manual is None:
        return None
    chain = chain_of(manual)
    frame, versions = _frame_now(chain)
    is_sure = versions == {each.pk: each.version for each in chain}  # nothing came between the two looks
    return Stack(chain, tuple(_layer(each) for each in chain), frame if is_sure else ())


_COLUMNS = [f"manual.{field.column}" for field in Manual._meta.concrete_fields if field.name not in {"id", "version"}]
_FRAME = f"""
SELECT manual.id, manual.version, {", ".join(_COLUMNS)}, below.included_id, below.position FROM manual_manual manual
LEFT JOIN manual_inclusion below ON below.manual_id = manual.id
WHERE manual.id IN (%s) ORDER BY manual.id, below.id
"""  # noqa: S608 — made of names of columns alone


def _frame_now(chain: Sequence[Manual]) -> tuple[Frame, dict[UUID, int]]:
    """All that is kept of the manuals themselves and of what they are built on, and their versions; one query."""
    found = rows(_FRAME, [manual.pk for manual in chain])
    return tuple((row[0], *row[2:]) for row in found), {id_of(row[0]): row[1] for row in found}


def _as_of(manual: Manual, version: int) -> Manual:
    """Another of the same row, for what is kept may be in somebody's hands."""
    values = {field.attname: getattr(manual, field.attname) for field in Manual._meta.concrete_fields}
    return Manual.from_db(manual._state.db, list(values), list({**values, "version": version}.values()))


def stacks_named(slugs: Sequence[str]) -> list[Stack]:
    """As `stack_named` for many; one query for all of them while nothing has changed."""
    known = {slug: kept for slug in slugs if (kept := _stacks.get(slug))}
    versions = _versions_now(known.values())
    found = (kept if (kept := known.get(slug)) and _is_at(kept, versions) else stack_named(slug) for slug in slugs)
    return [stack for stack in found if stack]


def _is_current(stack: Stack) -> bool:
    return _is_at(stack, _versions_now([stack]))


_VERSIONS = "SELECT id, version FROM manual_manual WHERE id IN (%s)"


def _versions_now(stacks: Iterable[Stack]) -> dict[UUID, int]:
    ids = {manual.pk for stack in stacks for manual in stack.manuals}
    return {id_of(manual): version for manual, version in rows(_VERSIONS, list(ids))} if ids else {}


def _is_at(stack: Stack, versions: dict[UUID, int]) -> bool:
    return all(versions.get(layer.manual_id) == layer.version for layer in stack.layers)


def _layer(manual: Manual) -> Layer:
    kept = _layers.get(manual.pk)
    if kept and kept.version == manual.version:
        return kept
    return _layers.keep(
        manual.pk, renewed(kept if kept and kept.version < manual.version else Layer(manual.pk), manual.version)
    )
