"""Sanitised HTML → a tree of blocks whose leaves are words, so that texts can be compared as a reader sees them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

from django.utils.translation import gettext as _

from fieldcraft.engine.prose.tokens import word_spans

_TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"|\b(checked|disabled)\b')
_INLINE_NAMES = """
    a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q rp rt ruby s samp small span strike strong sub sup
    time tt u var
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_ATOMS = frozenset({"br", "img", "input", "wbr"})
_VOID = frozenset({"hr", "col", *_ATOMS})
_OTHER_NAME = {"ins": "u", "del": "s", "strike": "s", "details": "div", "summary": "p"}
_KEPT = frozenset({"alt", "title", "lang", "dir", "colspan", "rowspan", "scope", "start", "type"})
_KEPT_CLASSES = re.compile(r"^(?:scroll|task-list-item|contains-task-list|task-list-item-checkbox|footnotes?-?[a-z]*)$")
_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Target:
    """What a link or picture stands for: its name, to compare it by, and its address, "" for nowhere."""

    name: str
    address: str


Leads = Callable[[str], Target]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a sign, a picture or a line break as HTML.

    text: what a reader sees of it; space: the white space before it; marks: the start tags around it, outermost first.
    key: equal for words that look and lead the same.
    """

    text: str
    html: str
    space: str
    marks: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block of words: a paragraph, a heading, a cell; tag is "" for words beside other blocks in one element."""

    tag: str
    start: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A block of blocks: a list, an item, a quote, a table, a row."""

    tag: str
    start: str
    children: "tuple[Leaf | Box, ...]"


Node = Leaf | Box


def end_of(node: Node) -> str:
    """The end tag; "" where there is none."""
    return f"</{node.tag}>" if node.tag and node.tag not in _VOID else ""


def words_of(node: Node) -> Iterator[Word]:
    """All words of a block, in order."""
    if isinstance(node, Leaf):
        yield from node.words
    else:
        for child in node.children:
            yield from words_of(child)


def leaves_of(node: Node) -> Iterator[Leaf]:
    """All leaves of a block, in order."""
    if isinstance(node, Leaf):
        yield node
    else:
        for child in node.children:
            yield from leaves_of(child)


def as_html(words: tuple[Word, ...]) -> str:
    """Words with their marks around them, without the space before the first one."""
    out: list[str] = []
    open_marks: tuple[str, ...] = ()
    for index, word in enumerate(words):
        shared = _shared(open_marks, word.marks)
        out += [_end(mark) for mark in reversed(open_marks[shared:])]
        out += [word.space if index else "", *word.marks[shared:], word.html]
        open_marks = word.marks
    return "".join([*out, *(_end(mark) for mark in reversed(open_marks))])


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def _end(mark: str) -> str:
    return f"</{mark[1:].partition(' ')[0].rstrip('>')}>"


@dataclass(frozen=True, slots=True)
class _Start:
    """A start tag: its name, its HTML, and what it is compared by."""

    name: str
    html: str
    key: str


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    tag: str
    start: str
    children: list[Node] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def tree_of(html: str, leads: Leads) -> tuple[Node, ...]:
    """The blocks of sanitised HTML.

    leads: where a link or picture leads, asked with what stands in `href` or `src`. Ids and links
    within the page are left out, so that nothing is there twice; so are classes that could hide words.
    Deeper than 24 blocks all further ones are read as one.
    """
    reader = _Reader(leads)
    at = 0
    for found in _TAG.finditer(html):
        reader.read_text(html[at : found.start()])
        reader.read_tag(found[2].lower(), found[3], is_end=bool(found[1]))
        at = found.end()
    reader.read_text(html[at:])
    return reader.all()


class _Reader:
    """Holds what is open while the HTML is read."""

    def __init__(self, leads: Leads) -> None:
        self._leads = leads
        self._stack = [_Open("", "")]
        self._marks: list[_Start] = []
        self._space = ""
        self._too_deep = 0

    def all(self) -> tuple[Node, ...]:
        while len(self._stack) > 1:
            self._close()
        self._flush()
        return tuple(self._stack[0].children)

    def read_text(self, html: str) -> None:
        text, at = unescape(html), 0
        is_exact = any(one.tag == "pre" for one in self._stack)
        for span in word_spans(text):
            self._space += text[at : span.start]
            word, at = span.of(text), span.end
            self._add(word, escape(word, quote=False), f"{word}\0{self._space}" if is_exact else word)
        self._space += text[at:]

    def read_tag(self, tag: str, attributes: str, *, is_end: bool) -> None:
        name = _OTHER_NAME.get(tag, tag)
        if tag in _ATOMS:
            self._add_atom(tag, attributes)
        elif tag in _INLINE:
            self._mark(name, attributes, is_end=is_end)
        elif is_end:
            self._leave()
        else:
            self._enter(name, self._start(name, attributes).html)

    def _enter(self, tag: str, start: str) -> None:
        if len(self._stack) > _DEEPEST and tag not in _VOID:
            self._too_deep += 1
            return
        self._flush()
        self._stack.append(_Open(tag, start))
        if tag in _VOID:
            self._close()

    def _leave(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._stack) > 1:
            self._close()

    def _close(self) -> None:
        done = self._stack.pop()
        self._space = ""
        if done.children:
            _flush(done)
            node: Node = Box(done.tag, done.start, tuple(done.children))
        else:
            node = Leaf(done.tag, done.start, tuple(done.words))
        self._stack[-1].children.append(node)

    def _flush(self) -> None:
        _flush(self._stack[-1])
        self._space = ""

    def _mark(self, name: str, attributes: str, *, is_end: bool) -> None:
        if not is_end:
            self._marks.append(self._start(name, attributes))
            return
        for index in range(len(self._marks) - 1, -1, -1):
            if self._marks[index].name == name:
                del self._marks[index]
                return

    def _start(self, name: str, attributes: str) -> _Start:
        """A start tag with the attributes that stay."""
        html, key = [name], [name]
        for found in _ATTRIBUTE.finditer(attributes):
            attribute, value = found[1] or found[3], unescape(found[2] or "")
            if attribute in {"href", "src"}:
                target = Target("", "") if value.startswith("#") else self._leads(value)
                key.append(target.name)
                html += [f'{attribute}="{escape(target.address)}"'] if target.address else []
            elif kept := _kept(attribute, value):
                html.append(kept)
                key.append(kept)
        return _Start(name, f"<{' '.join(html)}>", "\0".join(key))

    def _add_atom(self, tag: str, attributes: str) -> None:
        start = self._start(tag, attributes)
        if tag != "img":
            self._add(f"<{tag}>", start.html, start.key)
            return
        alt = next((unescape(found[2]) for found in _ATTRIBUTE.finditer(attributes) if found[1] == "alt"), "")
        shown = alt or _("picture")
        self._add(shown, start.html if " src=" in start.html else f"[{escape(shown, quote=False)}]", start.key)

    def _add(self, text: str, html: str, key: str) -> None:
        marks = tuple(mark.html for mark in self._marks)
        keys = "\0\0".join([key, *(mark.key for mark in self._marks)])
        self._stack[-1].words.append(Word(text, html, self._space, marks, keys))
        self._space = ""


def _kept(name: str, value: str) -> str:
    """An attribute as it stays; "" where it goes."""
    if name in {"checked", "disabled"}:
        return name
    if name == "class":
        value = " ".join(one for one in value.split() if _KEPT_CLASSES.match(one))
    elif name == "tabindex":
        value = "0"
    elif name not in _KEPT:
        return ""
    return f'{name}="{escape(value)}"' if value else ""


def _flush(place: _Open) -> None:
    """Words that stand beside blocks become a leaf of their own."""
    if place.words:
        place.children.append(Leaf("", "", tuple(place.words)))
        place.words = []
