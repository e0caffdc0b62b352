"""Two texts → the new one as it is read, with what was added and what was removed shown inside each block."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from fieldcraft.engine.prose.diff import SentenceCounts, count_changes
from fieldcraft.engine.prose.pieces import Added, Equal, Paired, Piece
from fieldcraft.engine.prose.tokens import sentence_spans
from fieldcraft.ui.leaves import Box, Leads, Node, Target, Word, tree_of, words_of
from fieldcraft.ui.markdown import LinkTo, render, sanitised
from fieldcraft.ui.marking import aligned, shown, shows_change

_CLASSES = re.compile(r"compare-[\w-]+|visually-hidden|scroll|(?:contains-)?task-list[\w-]*|footnote[\w-]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the text as HTML, changes marked in it."""

    html: SafeString
    is_changed: bool
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Passages in a row; folded ones are unchanged and out of the way until asked for."""

    passages: tuple[Passage, ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A changed field beside the text (title, tags): what it is called, its old and its new words; "" for none."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What `ui/compare.html` shows. counts: in sentences; folds: whether unchanged passages are folded away."""

    passages: tuple[Passage, ...]
    counts: SentenceCounts
    fields: tuple[Field, ...] = ()
    folds: bool = False

    def only_changed(self) -> "Compared":
        """The same with unchanged passages folded, but for the heading that a change stands under."""
        return replace(self, folds=True)

    @property
    def is_changed(self) -> bool:
        """Whether anything is marked."""
        return bool(self.fields) or any(passage.is_changed for passage in self.passages)

    @property
    def summary(self) -> str:
        """What changed, in a sentence of the reader's language."""
        return _summary(self)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The passages in order, as they are shown and folded."""
        return tuple(_runs(self.passages)) if self.folds else (Run(self.passages, False),)


def compared(
    old: str,
    new: str,
    *,
    fields: Sequence[tuple[str, str, str]] = (),
    address_of: Callable[[LinkTo], str] = lambda link: "",
) -> Compared:
    """The new Markdown text with what changed since the old one.

    fields: (label, old, new) of what stands beside the text; only those that differ are shown.
    address_of: where a link of the new text to a page or file leads; "" shows its words alone, as in removed text.
    Never raises for any text; about linear. The words around changes are in the active language.
    """
    before, after = _tree(old, lambda link: ""), _tree(new, address_of)
    differing = tuple(Field(*one) for one in fields if one[1] != one[2])
    return Compared(tuple(_passages(before, after)), count_changes(_sentences(before), _sentences(after)), differing)


def _tree(body: str, address_of: Callable[[LinkTo], str]) -> tuple[Node, ...]:
    rendered = render(body)
    return tree_of(rendered.html, _leads(rendered.links, address_of))


def _leads(links: Sequence[LinkTo], address_of: Callable[[LinkTo], str]) -> Leads:
    def target(value: str) -> Target:
        number = value.removeprefix("fc:")
        if number == value:
            return Target(value, value)
        if not number.isdecimal() or int(number) >= len(links):
            return Target(value, "")
        link = links[int(number)]
        return Target(f"{link.by} {link.to} {link.fragment}", address_of(link))

    return target


def _passages(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Passage]:
    for step in aligned(old, new):
        html = shown(step, old, new)
        tag = new[step.new].tag if isinstance(step, Equal | Paired | Added) else ""
        yield Passage(
            mark_safe(sanitised(html, _CLASSES)),  # noqa: S308 — sanitised right here, on top of what both renderings passed
            is_changed=not isinstance(step, Equal | Paired) or shows_change(html),
            is_heading=tag[:1] == "h" and tag[1:].isdigit(),
        )


def _sentences(tree: Sequence[Node]) -> list[Piece]:
    return [piece for words in _said_at_once(tree) for piece in _sentences_of(words)]


def _said_at_once(tree: Sequence[Node]) -> Iterator[tuple[Word, ...]]:
    """The words of each leaf; those of a row together."""
    for node in tree:
        if isinstance(node, Box) and node.tag != "tr":
            yield from _said_at_once(node.children)
        elif words := tuple(words_of(node)):
            yield words


def _sentences_of(words: tuple[Word, ...]) -> Iterator[Piece]:
    """The words of a leaf cut at sentences; a word that only looks otherwise counts as another."""
    text = "".join(word.space + word.text for word in words)
    at = start = 0
    ends = iter(span.end for span in sentence_spans(text))
    end = next(ends, 0)
    for index, word in enumerate(words):
        at += len(word.space) + len(word.text)
        if at >= end or index == len(words) - 1 or at + len(words[index + 1].space) >= end:
            said = words[start : index + 1]
            yield Piece("sentence", tuple(one.text for one in said), tuple(one.key for one in said))
            start, end = index + 1, next(ends, len(text) + 1)


def _runs(passages: Sequence[Passage]) -> Iterator[Run]:
    """Passages in a row that are shown, and in a row that are folded."""
    shown = _to_show(passages)
    start = 0
    for index in range(1, len(passages) + 1):
        if index == len(passages) or (index in shown) != (start in shown):
            yield Run(tuple(passages[start:index]), is_folded=start not in shown)
            start = index


def _to_show(passages: Sequence[Passage]) -> set[int]:
    shown: set[int] = set()
    heading: int | None = None
    for index, passage in enumerate(passages):
        heading = index if passage.is_heading else heading
        if passage.is_changed:
            shown |= {index} if heading is None else {index, heading}
    return shown


def _summary(text: Compared) -> str:
    counts = text.counts
    if not text.is_changed and not counts:
        return gettext("Nothing changed")
    if not counts:
        return gettext("No sentence changed, but something beside the words did")
    parts = [
        ngettext("%(count)d sentence changed", "%(count)d sentences changed", counts.changed)
        % {"count": counts.changed}
        if counts.changed
        else gettext("No sentence changed"),
        ngettext("%(count)d added", "%(count)d added", counts.added) % {"count": counts.added}
        if counts.added
        else gettext("none added"),
        ngettext("%(count)d removed", "%(count)d removed", counts.removed) % {"count": counts.removed}
        if counts.removed
        else gettext("none removed"),
    ]
    if counts.moved:
        parts.append(ngettext("%(count)d moved", "%(count)d moved", counts.moved) % {"count": counts.moved})
    return ", ".join(parts)
