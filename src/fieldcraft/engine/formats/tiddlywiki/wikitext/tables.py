"""Tables of wikitext → pipe tables, or HTML where cells are joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldcraft.engine.formats.document import LossKind
from fieldcraft.engine.formats.tiddlywiki.wikitext.inline import Stop, line, run
from fieldcraft.engine.formats.tiddlywiki.wikitext.reading import Reading

ROW = re.compile(r"\|([^\n]*)\|([fhck]?)(?:\n|\Z)")
_JOINED = re.compile(r"\|([~<>])(?=\|)")
_ALIGNED = re.compile(r"(?:\^(?=[^^]|\^\^)|,(?=[^,]|,,))?( *)(!?)")
_MARKED = re.compile(r"[*_\\<&\[`~]|!\[")


@dataclass(slots=True)
class _Cell:
    text: str
    is_heading: bool
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]]
    caption: str = ""
    has_heading: bool = False


def table(text: str, at: int, reading: Reading) -> tuple[list[str], int]:
    """The blocks that the table beginning there becomes, and where it ends."""
    found = _Table([])
    above: dict[int, _Cell] = {}
    while row := ROW.match(text, at):
        at = row.end()
        if row[2] == "k":
            reading.losses.add(LossKind.STYLE, row[0])
        elif row[2] == "c":
            found.caption = line(row[1], reading)
        else:
            cells = _cells(f"|{row[1]}|", above, reading)
            is_heading = row[2] == "h" or (bool(cells) and all(cell.is_heading or not cell.text for cell in cells))
            found.has_heading = found.has_heading or (is_heading and not found.rows)
            for cell in cells:
                cell.is_heading = cell.is_heading or row[2] == "h"
            found.rows.append(cells)
    return list(_blocks(found)), at


def _cells(text: str, above: dict[int, _Cell], reading: Reading) -> list[_Cell]:
    """One row; `>` joins a cell to the next, `<` to the one before, `~` to the one above."""
    cells: list[_Cell] = []
    at = column = 0
    waiting = 1
    while at < len(text) - 1:
        if joined := _JOINED.match(text, at):
            at = joined.end()
            if joined[1] == ">":
                waiting += 1
            elif joined[1] == "<" and cells:
                cells[-1].columns += 1
            elif joined[1] == "~" and column in above:
                above[column].rows += 1
        else:
            aligned = _ALIGNED.match(text, at + 1)
            assert aligned
            words, at = run(text, aligned.end(), Stop.CELL, reading)
            cells.append(_Cell(words, bool(aligned[2]), waiting))
            above[column], waiting = cells[-1], 1
        column += 1
    return cells


def _blocks(found: _Table) -> Iterator[str]:
    if found.caption:
        yield f"**{found.caption}**" if "**" not in found.caption else found.caption
    if any(cell.columns > 1 or cell.rows > 1 for row in found.rows for cell in row):
        yield "\n".join(_html(found.rows))
    elif found.rows:
        yield "\n".join(_pipes(found))


def _pipes(found: _Table) -> Iterator[str]:
    width = max(1, *map(len, found.rows))
    head = [cell.text for cell in found.rows[0]] if found.has_heading else []
    yield _pipe_row([*head, *[""] * (width - len(head))])
    yield _pipe_row(["---"] * width)
    for row in found.rows[1:] if found.has_heading else found.rows:
        yield _pipe_row([_bold(cell) for cell in row] or [""])


def _pipe_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _bold(cell: _Cell) -> str:
    return f"**{cell.text}**" if cell.is_heading and cell.text and "**" not in cell.text else cell.text


def _html(rows: list[list[_Cell]]) -> Iterator[str]:
    yield "<table>"
    for row in rows:
        yield "<tr>"
        yield from map(_html_cell, row)
        yield "</tr>"
    yield "</table>"


def _html_cell(cell: _Cell) -> str:
    """Marks are read as Markdown only where a blank line parts them from the element."""
    name = "th" if cell.is_heading else "td"
    joined = "".join(
        f' {key}="{value}"' for key, value in (("colspan", cell.columns), ("rowspan", cell.rows)) if value > 1
    )
    inner = f"\n\n{cell.text}\n\n" if _MARKED.search(cell.text) else cell.text
    return f"<{name}{joined}>{inner}</{name}>"
