"""Texts with what does not matter to a quotation evened out, and the way back into the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from fieldcraft.engine.prose.tokens import Span
from fieldcraft.engine.words import fold


def single_spaced(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


class _Evened(dict[int, str]):
    """Each sign as one sign without case and accent, typographic quotes and dashes as plain ones."""

    def __missing__(self, sign: int) -> str:
        plain = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
        letter = chr(sign)
        even = self[sign] = plain.get(letter) or (folded if len(folded := fold(letter)) == 1 else letter)
        return even


_EVENED = _Evened()


def evened(text: str) -> str:
    """The text sign by sign in lower case, without accents, with plain quotation marks and dashes; as long as before."""
    return text.translate(_EVENED)


@dataclass(frozen=True, slots=True)
class Flat:
    """A text with single spaces, and where each stretch of it stands in the text as it was."""

    text: str
    flat_starts: list[int]
    text_starts: list[int]

    @classmethod
    def of(cls, text: str) -> "Flat":
        """The flat text of `text`. Linear."""
        pieces, flat_starts, text_starts = [], [0], [0]
        at = length = 0
        for space in re.finditer(r"\s{2,}|[^\S ]", text):
            pieces += [text[at : space.start()], " "]
            length += space.start() - at + 1
            at = space.end()
            flat_starts.append(length)
            text_starts.append(at)
        return cls("".join([*pieces, text[at:]]), flat_starts, text_starts)

    def text_at(self, at: int) -> int:
        """The place in the text of a place in the flat text."""
        stretch = bisect_right(self.flat_starts, at) - 1
        return self.text_starts[stretch] + at - self.flat_starts[stretch]

    def flat_at(self, at: int) -> int:
        """The place in the flat text of a place in the text."""
        stretch = bisect_right(self.text_starts, at) - 1 if at > 0 else 0
        return self.flat_starts[stretch] + max(0, at) - self.text_starts[stretch]

    def span_in_text(self, place: Span) -> Span:
        """The span in the text; it ends with the last sign, not with the white space behind it."""
        return Span(self.text_at(place.start), self.text_at(place.end - 1) + 1 if place else self.text_at(place.end))
