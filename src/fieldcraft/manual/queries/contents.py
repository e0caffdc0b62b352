"""Where pages stand: the contents from tags, folders or an order of its own, and the index A–Z."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from urllib.parse import quote
from uuid import UUID

from fieldcraft.engine.words import fold, slug_of
from fieldcraft.kept import Kept
from fieldcraft.manual.models import ContentsBy, Manual, Standing
from fieldcraft.manual.queries.layers import Held
from fieldcraft.manual.queries.resolve import Stack

_LAST = 1 << 30


@dataclass(slots=True)
class Node:
    """A heading or a page of the contents, with what stands below it.

    address: the page's part of its address, ready for a link; "" for a heading.
    count: pages at and below it.
    """

    title: str
    held: Held | None = None
    address: str = ""
    children: list["Node"] = field(default_factory=list)
    count: int = 0

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole tree, for each page the headings and pages above it, and every page once by its first letter.

    letters: signs and digits stand under "#".
    aside: what was set aside, by title; in none of the others.
    order: the pages as one reads on from one to the next; place: where in it each page first stands.
    """

    root: Node
    above: dict[UUID, tuple[Node, ...]]
    letters: list[tuple[str, list[Node]]]
    count: int
    order: list[Held]
    place: dict[UUID, int]
    aside: list[Node]


_kept: Kept[Contents] = Kept(24)


def contents(stack: Stack) -> Contents:
    """The manual's contents; made once for all manuals that show the same text in the same order."""
    ordering = _ordering(stack)
    key = (stack.text_state, ordering.contents_by, ordering.root_tag)
    return _kept.get(key) or _kept.keep(key, _made(stack))


def _ordering(stack: Stack) -> Manual:
    """The nearest manual that says how its contents are ordered; the manual itself when none does."""
    return next((manual for manual in stack.manuals if manual.contents_by), stack.manual)


def _made(stack: Stack) -> Contents:
    ordering = _ordering(stack)
    is_by_tags = ordering.contents_by == ContentsBy.TAGS
    root = _by_tags(stack, ordering.root_tag) if is_by_tags else _by_sections(stack)
    _count(root)
    above: dict[UUID, tuple[Node, ...]] = {}
    _place(root, (), above)
    letters = _letters(stack)
    order = [node.held for node in root.walk() if node.held]
    place = {held.page_id: at for at, held in reversed(list(enumerate(order)))}
    return Contents(root, above, letters, sum(len(pages) for _letter, pages in letters), order, place, _aside(stack))


def _page_node(stack: Stack, held: Held, children: list[Node] | None = None) -> Node:
    return Node(held.title, held, quote(stack.address(held)), children or [])


def _count(node: Node) -> int:
    node.count = (node.held is not None) + sum(_count(child) for child in node.children)
    return node.count


def _place(node: Node, path: tuple[Node, ...], above: dict[UUID, tuple[Node, ...]]) -> None:
    for child in node.children:
        if child.held is not None:
            above.setdefault(child.held.page_id, path)
        _place(child, (*path, child), above)


def _by_sections(stack: Stack) -> Node:
    root = Node("")
    sections: dict[tuple[str, ...], Node] = {(): root}
    for section, _position, held in sorted(_placed(stack), key=lambda placed: (placed[1], fold(placed[2].title))):
        _section(sections, section).children.append(_page_node(stack, held))
    return root


def _placed(stack: Stack) -> Iterator[tuple[tuple[str, ...], int, Held]]:
    """Each page with its place; an adaptation that names none stands where the page below stands."""
    for held in stack.read_pages():
        placed: Held | None = held
        while placed is not None and placed.section is None:
            placed = stack.below(placed)
        section = placed.section if placed and placed.section is not None else ()
        position = next(
            (each for each in (held.position, placed.position if placed else None) if each is not None), _LAST
        )
        yield section, position, held


def _section(sections: dict[tuple[str, ...], Node], path: tuple[str, ...]) -> Node:
    if path not in sections:
        node = sections[path] = Node(path[-1])
        _section(sections, path[:-1]).children.append(node)
    return sections[path]


def _by_tags(stack: Stack, root_tag: str) -> Node:
    """As TiddlyWiki has it: a page stands below the pages it is tagged with."""
    tagged: dict[str, list[Held]] = defaultdict(list)
    for held in sorted(stack.read_pages(), key=_as_tagged):
        for tag in _tags(stack, held):
            tagged[tag].append(held)
    root = Node("")
    if root_tag in tagged:
        root.children = _below_tag(stack, root_tag, tagged, frozenset())
    else:
        root.children = [
            Node(tag, children=[_page_node(stack, each) for each in tagged[tag]]) for tag in sorted(tagged, key=fold)
        ]
    return root


def _as_tagged(held: Held) -> tuple[int, str]:
    return _LAST if held.position is None else held.position, fold(held.title)


def _tags(stack: Stack, held: Held) -> tuple[str, ...]:
    """An adaptation that names none has those of the page below."""
    placed: Held | None = held
    while placed is not None and not placed.tags:
        placed = stack.below(placed)
    return placed.tags if placed else ()


def _below_tag(stack: Stack, tag: str, tagged: dict[str, list[Held]], seen: frozenset[str]) -> list[Node]:
    if tag in seen or len(seen) > 12:
        return []
    return [
        _page_node(stack, held, _below_tag(stack, held.title, tagged, seen | {tag})) for held in tagged.get(tag, ())
    ]


def _letters(stack: Stack) -> list[tuple[str, list[Node]]]:
    letters: dict[str, list[Node]] = defaultdict(list)
    for title, held in sorted(((fold(held.title), held) for held in stack.read_pages()), key=itemgetter(0)):
        first = title[:1].upper()
        letters[first if first.isalpha() else "#"].append(_page_node(stack, held))
    return sorted(letters.items())


def _aside(stack: Stack) -> list[Node]:
    found = [held for held in stack.pages() if held.standing is Standing.SET_ASIDE]
    return [_page_node(stack, held) for held in sorted(found, key=lambda held: fold(held.title))]


def has_headings(stack: Stack) -> bool:
    """Whether pages stand under headings of their own; elsewhere tags order them."""
    return _ordering(stack).contents_by != ContentsBy.TAGS


def headings(stack: Stack) -> list[tuple[str, ...]]:
    """Every heading of the contents as its path from the top, in reading order."""
    return list(_headings_below(contents(stack).root, ()))


def _headings_below(node: Node, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for child in node.children:
        if child.held is None:
            yield (*path, child.title)
            yield from _headings_below(child, (*path, child.title))


def place_in(found: Contents, path: tuple[str, ...], *, last: bool) -> int:
    """A position before or behind all that stands under the heading."""
    node = found.root
    for title in path:
        node = next((child for child in node.children if child.held is None and child.title == title), Node(""))
    taken = [child.held.position for child in node.children if child.held and child.held.position is not None]
    return max(taken, default=0) + 1 if last else min(taken, default=0) - 1


def neighbours(found: Contents, held: Held) -> tuple[Held | None, Held | None]:
    """The pages before and after in the contents."""
    at = found.place.get(held.page_id)
    if at is None:
        return None, None
    return (found.order[at - 1] if at else None), (found.order[at + 1] if at + 1 < len(found.order) else None)
