"""Blocks of two texts → HTML of the new one, with what was added and removed marked in each block's own element."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from django.utils.translation import gettext

from fieldcraft.engine.prose.align import Match, align_words
from fieldcraft.engine.prose.pieces import Added, Equal, Paired, Piece, Removed, Step, align_pieces
from fieldcraft.ui.leaves import Box, Leaf, Node, Word, as_html, end_of, leaves_of, words_of

Sign = Literal["ins", "del"]
_MOVED_WORDS = 8
_CLASS = "class" + '="'
_NOTE = '<span class="compare-note">'
_SIGNS = ("<ins>", "<del>", _NOTE, '="compare-added', '="compare-removed')


def aligned(old: Sequence[Node], new: Sequence[Node]) -> list[Step]:
    """Which blocks belong together, in reading order."""
    return align_pieces([_piece(node) for node in old], [_piece(node) for node in new])


def shows_change(html: str) -> bool:
    """Whether anything is marked in HTML that `shown` made."""
    return any(sign in html for sign in _SIGNS)


def shown(step: Step, old: Sequence[Node], new: Sequence[Node]) -> str:
    """One step as HTML: the block as it is, changed, added, struck, or moved. Made of sanitised HTML, but sanitise it again."""
    match step:
        case Equal(_one, other):
            return _plain(new[other])
        case Paired(one, other):
            return _changed(old[one], new[other])
        case Removed(one, None):
            return _whole(old[one], "del", "compare-removed")
        case Removed(one, _):
            return _moved_away(old[one])
        case Added(other, None):
            return _whole(new[other], "ins", "compare-added")
        case Added(other, _):
            return _moved_here(new[other])


def _piece(node: Node) -> Piece:
    kind = node.tag or "p"
    return Piece(kind, tuple(word.text for word in words_of(node)), _exact(node))


def _exact(node: Node) -> tuple[object, ...]:
    inside = node.words if isinstance(node, Leaf) else node.children
    return (node.start, *(one.key if isinstance(one, Word) else _exact(one) for one in inside))


def _children(old: Sequence[Node], new: Sequence[Node], steps: Sequence[Step]) -> str:
    return "".join(shown(step, old, new) for step in steps)


def _plain(node: Node) -> str:
    inside = as_html(node.words) if isinstance(node, Leaf) else "".join(_plain(child) for child in node.children)
    space = node.words[0].space if isinstance(node, Leaf) and node.words else ""
    return f"{node.start}{space}{inside}{end_of(node)}"


def _changed(old: Node, new: Node) -> str:
    """The new block in its own element, with the changes of its words or of the blocks in it."""
    if isinstance(old, Leaf) and isinstance(new, Leaf):
        return f"{new.start}{_marked(old.words, new.words)}{end_of(new)}"
    before, after = _inside(old), _inside(new)
    return f"{new.start}{_children(before, after, _steps(new.tag, before, after))}{end_of(new)}"


def _inside(node: Node) -> tuple[Node, ...]:
    return node.children if isinstance(node, Box) else (Leaf("", "", node.words),)


def _steps(tag: str, old: Sequence[Node], new: Sequence[Node]) -> list[Step]:
    """Cells stay in their columns, a table's head and body in their places; other blocks are aligned."""
    is_fixed = tag in {"tr", "table"} or len(new) == 1
    if is_fixed and [node.tag for node in old] == [node.tag for node in new]:
        return [Paired(index, index) for index in range(len(new))]
    return aligned(old, new)


def _marked(old: tuple[Word, ...], new: tuple[Word, ...]) -> str:
    """The new words with the removed ones struck where they stood."""
    out: list[str] = []
    old_at = new_at = 0
    matches = align_words([word.key for word in old], [word.key for word in new])
    for match in [*matches, Match(len(old), len(new), 0)]:
        out += [_sign(old[old_at : match.old], "del"), _sign(new[new_at : match.new], "ins")]
        old_at, new_at = match.old + match.length, match.new + match.length
        same = new[match.new : new_at]
        out += [same[0].space, as_html(same)] if same else []
    return "".join(out)


def _sign(words: tuple[Word, ...], sign: Sign) -> str:
    """Words as added or removed, said so to those who hear the text."""
    if not words:
        return ""
    return f"{words[0].space}<{sign}>{_said(sign)}{as_html(words)}{_said_end(sign)}</{sign}>"


def _said(sign: Sign) -> str:
    return _hidden(gettext("added:") if sign == "ins" else gettext("removed:"), after=" ")


def _said_end(sign: Sign) -> str:
    return _hidden(
        gettext("end of what was added") if sign == "ins" else gettext("end of what was removed"), before=" "
    )


def _hidden(words: str, *, before: str = "", after: str = "") -> str:
    return f'<span class="visually-hidden">{before}[{words}]{after}</span>'


def _whole(node: Node, sign: Sign, css_class: str, note: str = "") -> str:
    """A block that is added or removed as a whole: every word marked, said once at its start and at its end."""
    html = _struck(node, sign)
    head, found, rest = html.partition(f"<{sign}>")
    if not found:
        return _with_class(html, node, css_class)
    head, found = f"{head}{note}", f"<{sign}>{_said(sign)}"
    body, end, tail = rest.rpartition(f"</{sign}>")
    return _with_class(f"{head}{found}{body}{_said_end(sign)}{end}{tail}", node, css_class)


def _struck(node: Node, sign: Sign) -> str:
    if isinstance(node, Box):
        inside = "".join(_struck(child, sign) for child in node.children)
    else:
        inside = f"<{sign}>{as_html(node.words)}</{sign}>" if node.words else ""
    return f"{node.start}{inside}{end_of(node)}"


def _with_class(html: str, node: Node, css_class: str) -> str:
    if not node.start:
        return html
    name, rest = html[1 : 1 + len(node.tag)], html[1 + len(node.tag) :]
    start, _end, after = rest.partition(">")
    has_class = _CLASS in start
    start = start.replace(_CLASS, f"{_CLASS}{css_class} ") if has_class else f' {_CLASS}{css_class}"{start}'
    return f"<{name}{start}>{after}"


def _moved_here(node: Node) -> str:
    """A block that stood elsewhere, said so in words that all can see."""
    first = next((leaf for leaf in leaves_of(node) if leaf.words), None)
    return _with_class(_noted(node, first, _note(gettext("Moved here:"))), node, "compare-moved")


def _noted(node: Node, first: Leaf | None, note: str) -> str:
    if isinstance(node, Box):
        return f"{node.start}{''.join(_noted(child, first, note) for child in node.children)}{end_of(node)}"
    return f"{node.start}{note if node is first else ''}{as_html(node.words)}{end_of(node)}"


def _moved_away(node: Node) -> str:
    """The first words of a block that stands elsewhere now; the whole block where it is made of others."""
    if isinstance(node, Leaf) and len(node.words) > _MOVED_WORDS:
        last = node.words[_MOVED_WORDS - 1]
        node = replace(node, words=(*node.words[:_MOVED_WORDS], Word("…", "…", "", last.marks, "…")))
    return _whole(node, "del", "compare-moved", _note(gettext("Moved from here:")))


def _note(words: str) -> str:
    return f"{_NOTE}{words}</span> "
