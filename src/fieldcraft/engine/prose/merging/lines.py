"""Three texts compared line by line."""

from collections.abc import Sequence

from fieldcraft.engine.prose.align import Match, joined
from fieldcraft.engine.prose.merging.chunks import Sizes, chunks
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.merging.shortest import changed_items
from fieldcraft.engine.prose.merging.sliding import slide
from fieldcraft.engine.prose.tokens import Span


def lines_of(text: str) -> list[str]:
    """The lines with their line feeds; only a line feed ends a line."""
    found = text.split("\n")
    return [*(line + "\n" for line in found[:-1]), *found[-1:]] if found[-1] else [line + "\n" for line in found[:-1]]


def by_line(texts: Three) -> list[Three]:
    """The stretches of the three texts: unchanged lines, and changed lines that no unchanged line parts."""
    base, ours, theirs = lines_of(texts.base), lines_of(texts.ours), lines_of(texts.theirs)
    found = chunks(Sizes(len(base), len(ours), len(theirs)), line_matches(base, ours), line_matches(base, theirs))
    return [
        Three(_joined(base, chunk.base), _joined(ours, chunk.ours), _joined(theirs, chunk.theirs)) for chunk in found
    ]


def line_matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Which lines of `old` stand in `new`, as git sees it."""
    numbers: dict[str, int] = {}
    mine = [numbers.setdefault(line, len(numbers)) for line in old]
    yours = [numbers.setdefault(line, len(numbers)) for line in new]
    gone, come = changed_items(mine, yours)
    slide(mine, gone, come)
    slide(yours, come, gone)
    stay = zip(
        (at for at, one in enumerate(gone) if not one), (at for at, one in enumerate(come) if not one), strict=True
    )
    return list(joined(stay))


def _joined(lines: Sequence[str], place: Span) -> str:
    return "".join(lines[place.start : place.end])
