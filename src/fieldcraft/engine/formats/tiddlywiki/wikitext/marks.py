"""Bold, italic and the like: pairs of marks in a line → Markdown that a reader of Markdown takes the same way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_SIGNS = {"bold": "**", "italic": "*", "strike": "~~"}
_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "under": "u", "super": "sup", "sub": "sub", "mark": "mark"}
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "*_~"})
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark as it stands in the text; whether it opens or closes is told by its neighbours."""

    kind: str
    source: str


Piece = str | Mark


@dataclass(slots=True)
class _Run:
    """What stands between two marks of one kind."""

    kind: str
    source: str
    pieces: list["str | _Run"] = field(default_factory=list)


def joined(pieces: Sequence[Piece]) -> str:
    """The pieces as Markdown; a mark without its partner stays as the signs it is."""
    if not any(isinstance(piece, Mark) for piece in pieces):
        return "".join(str(piece) for piece in pieces)
    open_runs = [_Run("", "")]
    for piece in pieces:
        if isinstance(piece, str):
            open_runs[-1].pieces.append(piece)
        elif any(run.kind == piece.kind for run in open_runs):
            while open_runs[-1].kind != piece.kind:
                _undo(open_runs)
            done = open_runs.pop()
            open_runs[-1].pieces.append(done)
        else:
            open_runs.append(_Run(piece.kind, piece.source))
    while len(open_runs) > 1:
        _undo(open_runs)
    return _text(open_runs[0], "")


def _undo(open_runs: list[_Run]) -> None:
    """The innermost open mark had no partner."""
    run = open_runs.pop()
    open_runs[-1].pieces += [run.source.translate(_ESCAPED), *run.pieces]


def _text(run: _Run, before: str) -> str:
    out: list[str] = []
    last = before
    for index, piece in enumerate(run.pieces):
        after = run.pieces[index + 1] if index + 1 < len(run.pieces) else ""
        following = after[:1] if isinstance(after, str) else "*"
        text = piece if isinstance(piece, str) else _wrapped(piece, last, following)
        out.append(text)
        last = text[-1:] or last
    return "".join(out)


def _wrapped(run: _Run, before: str, after: str) -> str:
    """White space goes outside; where Markdown's signs would not be taken as a pair, elements are used."""
    found = _EDGES.fullmatch(_text(run, ""))
    assert found
    lead, inner, tail = found.groups()
    if not inner:
        return lead + tail
    sign = _SIGNS.get(run.kind)
    if sign and _holds(inner, lead or before, tail or after, sign):
        return f"{lead}{sign}{inner}{sign}{tail}"
    return f"{lead}<{_TAGS[run.kind]}>{inner}</{_TAGS[run.kind]}>{tail}"


def _holds(inner: str, before: str, after: str, sign: str) -> bool:
    """CommonMark's rule: beside a punctuation mark inside, outside must be white space, punctuation or nothing."""
    if "\n\n" in inner or inner.startswith(sign) or inner.endswith(sign) or sign[0] in (before[-1:], after[:1]):
        return False
    return _is_side_fine(inner[0], before[-1:]) and _is_side_fine(inner[-1], after[:1])


def _is_side_fine(inside: str, outside: str) -> bool:
    return inside.isalnum() or not outside or outside.isspace() or not outside.isalnum()
