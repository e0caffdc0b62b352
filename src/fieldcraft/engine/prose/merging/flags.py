"""What a careful reader looks at: negations, numbers, doses, ages, telephone numbers, addresses, dates, duties.

Flags never decide; they say where to look, whatever the kind of the region.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fieldcraft.engine.prose.merging.regions import Region

_AROUND = 60  # signs beside a region that may belong to what it changes: "5" became "10", the " mg" behind it stayed
_MONTH = (
    r"(?:jan(?:uary|uar|\.)?|jänner|feb(?:ruary|ruar|\.)?|march|märz|mar\.|apr(?:il|\.)?|may|mai|june?|juni|july?|juli|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|o[ck]t(?:ober|\.)?|nov(?:ember|\.)?|de[cz](?:ember|\.)?)"
)
_NUMBER = r"\d{1,15}(?:[.,:/–-]\d{1,15}){0,4}"
_DOSE_UNIT = (
    r"(?:[mµμk]?g|mcg|m?l|mmol|mval|i\.?[ue]\.?|units?|einheiten|tablets?|tabletten?|capsules?|kapseln?|drops?|tropfen|"
    r"puffs?|hübe?|ampoules?|ampullen?|doses?|dosen|dosis|times\s+(?:a|per)\s+day|times\s+daily|mal\s+(?:am\s+tag|täglich))"
)
_PATTERNS = {
    "negation": r"\b(?:no|not|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t|nicht|nichts|nie|"
    r"niemals|niemand|nirgends|kein\w*|ohne|weder)\b",
    "must": r"\b(?:must|shall|should|ought|may|required?|requires|mandatory|obliged|prohibited|forbidden|liable|consent|"
    r"(?:has|have|need)\s+to|muss|müssen|musst|müsst|darf|dürfen|darfst|soll\w*|pflicht\w*|verpflichte\w*|verboten|"
    r"untersagt|zwingend|haftet|haftung|einwilligung)\b(?:\s+(?:not|never|nicht|nie|niemals|kein\w*)\b)?",
    "dose": rf"\b{_NUMBER}\s*{_DOSE_UNIT}(?!\w)",
    "age": r"\b\d+(?:\s*[–-]\s*\d+)?[\s-]*(?:years?|months?|weeks?|jahren?|monaten?|wochen)?[\s-]*(?:olds?|of\s+age|alt\w*|"
    r"jährige?\w*|lebensjahr\w*)\b|\b(?:age[ds]?|alter)\s+(?:of\s+|von\s+|ab\s+)?\d+|"
    r"\b(?:under|over|above|below|unter|über|ab)\s+(?:the\s+age\s+of\s+)?\d+(?:\s*(?:years?|jahren?))?\b(?!\s*(?:%|[mµk]?g\b|ml))",
    "phone": r"(?<![\w/.-])(?:\+\d{1,3}[\s./()-]*|\(?0\d{1,5}\)?[\s./-]*|\(\d{3}\)\s*)\d(?:[\s./()-]{0,2}\d){4,12}(?![\w/])|"
    r"(?<![\w/.-])\d{3}-\d{3}-\d{4}\b|\b(?:911|999|112|116\s?\d{3})\b|\btel:\S+",
    "address": r"\bhttps?://[^\s<>()\[\]\"]+|\bwww\.\S+|\bmailto:\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|\]\([^)\s]+|"
    r"\b\d+\w?\s+(?:[A-Z]\w+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Drive|Way)\b|"
    r"\b[A-ZÄÖÜ]\w*(?:straße|strasse|str\.|weg|platz|gasse|allee)\s+\d+",
    "date": rf"\b\d{{4}}-\d\d?-\d\d?\b|\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:\d{{4}}|\d\d)?|{_MONTH}\b)|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?\b|\b{_MONTH}\s+\d{{1,4}}(?:st|nd|rd|th)?\b(?:,?\s*\d{{4}})?|"
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}\s*[ap]\.?m\.?|\b\d{1,2}\s*uhr\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b",
    "number": rf"(?<!\w){_NUMBER}\s*(?:%|‰|°\s?[CF]?|[€$£]|[A-Za-zµμ]+)?|[€$£]\s?\d+|"
    r"\b(?:once|twice|einmal|zweimal|dreimal|one|two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
    r"zwölf|hundert)\b",
}
_FOUND = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_DIGIT = re.compile(r"\d")
_ONLY_WITH_DIGITS = frozenset({"age", "phone", "dose"})
_ITEM_NUMBER = re.compile(r"^[ \t>]*\d{1,9}[.)](?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A region's text in one of the three with what stands around it, and where in it the region is."""

    text: str
    start: int
    end: int


def flagged(regions: Sequence[Region]) -> list[Region]:
    """The regions with flags for what the sides changed. About linear."""
    seen = list(
        zip(*(_seen([getattr(one, side) for one in regions]) for side in ("base", "ours", "theirs")), strict=True)
    )
    return [
        region if region.base == region.ours == region.theirs else replace(region, flags=_flags(*three))
        for region, three in zip(regions, seen, strict=True)
    ]


def _seen(texts: Sequence[str]) -> Iterator[_Seen]:
    whole = "".join(texts)
    at = 0
    for text in texts:
        start, end = at, at + len(text)
        first = max(0, start - _AROUND)
        yield _Seen(whole[first : end + _AROUND], start - first, end - first)
        at = end


def _flags(*three: _Seen) -> tuple[str, ...]:
    """The kinds of words that are not the same in the three."""
    different = set(three)
    with_digits = any(_DIGIT.search(one.text) for one in different)
    names = _PATTERNS if with_digits else _PATTERNS.keys() - _ONLY_WITH_DIGITS
    return tuple(name for name in _FOUND if name in names and len({_marks(name, one) for one in different}) > 1)


def _marks(name: str, seen: _Seen) -> frozenset[tuple[str, int]]:
    """The words of a kind in a region or at its edge, and how often each stands there."""
    text = _ITEM_NUMBER.sub(lambda found: " " * len(found[0]), seen.text) if name == "number" else seen.text
    times: dict[str, int] = {}
    for one in _FOUND[name].finditer(text):
        if one.start() <= seen.end and one.end() >= seen.start:
            words = " ".join(one[0].lower().split())
            times[words] = times.get(words, 0) + 1
    return frozenset(times.items())
