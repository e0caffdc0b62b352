"""Joints between parts, so that whatever is chosen on both sides of one, words that were apart stay apart."""

from collections.abc import Iterable, Sequence

from fieldcraft.engine.prose.merging.changes import Change, Part, part_of
from fieldcraft.engine.prose.merging.regions import Three
from fieldcraft.engine.prose.merging.words import Units


def with_whole_words(found: Iterable[Part]) -> list[Part]:
    """The parts; where "foo" of one side could meet "bar" of the other with no space between, they are one part.

    Of an unchanged neighbour only the word at the joint goes along. About linear.
    """
    done: list[Part] = []
    for part in found:
        rest = part
        after: Part | None = None
        while done and _begins_with_word(rest.texts) and _may_end_in_word(done):
            if after is None and rest.change is Change.NONE and (cut := _cut_behind_first(rest)):
                rest, after = cut
            rest = _together(done, rest)
        done += [rest] if after is None else [rest, after]
    return done


def _begins_with_word(texts: Three) -> bool:
    return any(text[:1].isalnum() for text in (texts.base, texts.ours, texts.theirs))


def _may_end_in_word(found: Sequence[Part]) -> bool:
    """Whether what stands before may end in a letter or a digit; a part that may be empty lets the one before it show."""
    for part in reversed(found):
        ends = [text[-1:] for text in (part.texts.base, part.texts.ours, part.texts.theirs)]
        if any(end.isalnum() for end in ends):
            return True
        if all(ends):
            return False
    return False


def _together(done: list[Part], part: Part) -> Part:
    """The part with the one before it, which leaves `done`; of an unchanged one only the last word."""
    last = done.pop()
    if last.change is Change.NONE and (cut := _cut_before_last(last)):
        done.append(cut[0])
        last = cut[1]
    together = part_of(last.texts + part.texts)
    return Part(together.texts, together.change, last.within or part.within)


def _cut_before_last(part: Part) -> tuple[Part, Part] | None:
    return _cut(part, -1)


def _cut_behind_first(part: Part) -> tuple[Part, Part] | None:
    return _cut(part, 1)


def _cut(part: Part, at: int) -> tuple[Part, Part] | None:
    """An unchanged part cut at a word; None where it is a single word."""
    units = [Units.of(text).texts for text in (part.texts.base, part.texts.ours, part.texts.theirs)]
    if len({len(one) for one in units}) > 1 or len(units[0]) < 2:
        return None
    before, behind = (Three(*("".join(one[place]) for one in units)) for place in (slice(None, at), slice(at, None)))
    return part_of(before), part_of(behind)
