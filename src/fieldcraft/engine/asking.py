"""Short lists of words that let a form ask back, once and gently, about how a purpose or a vision is worded.

They notice three ways of putting it, in English and German: a purpose that reads like a target, a vision that reads
like a direction, a vision phrased as getting rid of something. They are often wrong, which is why the form only asks:
nothing is blocked, nothing is kept, nobody is told. Every list is short on purpose; a missed word costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 4_000  # characters that are looked through; more would cost time and tell nothing


class Asking(StrEnum):
    """What a form asks about."""

    TARGET = "target"
    DIRECTION = "direction"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What to ask about, and the words that were noticed, as they stand in the text."""

    asking: Asking
    words: str


def about_purpose(sentence: str) -> Noticed | None:
    """A purpose with a date, an amount or a measure in it reads like a target; None when nothing was noticed."""
    text = _plain(sentence)
    found = _TARGET.search(_AGES.sub(lambda age: " " * len(age[0]), text))
    return Noticed(Asking.TARGET, text[found.start() : found.end()].strip()) if found else None


def about_vision(picture: str) -> Noticed | None:
    """A picture that says only what is gone, or names only a way to go; None when nothing was noticed."""
    sentences = list(_sentences(_plain(picture)))
    if not sentences:
        return None
    away = [_AWAY.search(_HARMLESS.sub(lambda phrase: " " * len(phrase[0]), each)) for each in sentences]
    if all(away) and away[0]:
        return Noticed(Asking.AWAY, sentences[0][away[0].start() : away[0].end()].strip())
    words = _direction(sentences[0]) if len(sentences) == 1 else ""
    return Noticed(Asking.DIRECTION, words) if words else None


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].replace("’", "'").split())


def _sentences(text: str) -> Iterator[str]:
    return (each.strip() for each in re.split(r"[.!?;:…]+(?:\s|$)", text) if each.strip(" .!?;:…-–"))


def _direction(sentence: str) -> str:
    """The words that name a way to go: at its beginning, or all of them when each is an abstract noun."""
    if found := _WAY.match(sentence):
        return found["way"].strip()
    weighty = [word for word in re.findall(r"[^\W\d_]+", sentence.casefold()) if not _SMALL.fullmatch(word)]
    is_abstract = bool(weighty) and all(_ABSTRACT.fullmatch(word) for word in weighty)
    return sentence if is_abstract else ""


def _any_of(*phrases: str) -> str:
    """Any of these; each may be a pattern of its own."""
    return "(?:" + "|".join(phrases) + ")"


_MONTH = _any_of(
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
)  # fmt: skip
_PERIOD = _any_of("week", "month", "quarter", "year", "woche", "monat", "quartal", "jahr")
_DAY = _any_of(
    "monday", "friday", "montag", "freitag", "christmas", "easter", "summer", "weihnachten", "ostern", "sommer"
)

# Dates ("by June", "bis Ende des Jahres"), amounts ("20 %", "twice as many"), and verbs of measuring.
_TARGET = re.compile(
    _any_of(
        rf"\b(?:by|until|till|before|bis|vor|bis zum)\s+(?:the\s+end\s+of\s+|ende\s+|end\s+of\s+|next\s+|nächste[nrs]?\s+)*"
        rf"(?:the\s+|des\s+|der\s+|this\s+|dieses\s+|my\s+|our\s+)?(?:{_MONTH}|{_PERIOD}(?:e?s)?|{_DAY}|\d{{4}})\b",
        rf"\b(?:end|ende)\s+(?:of|des|der)\s+(?:the\s+|this\s+)?{_PERIOD}(?:e?s)?\b",
        rf"\b(?:next|this|nächste[nrs]?|diese[nrs]?)\s+(?:{_MONTH}|{_PERIOD})\b",
        rf"\b(?:within|innerhalb(?:\s+von)?)\s+(?:a|one|two|three|six|einem|einer|zwei|drei|sechs)\s+{_PERIOD}(?:s|e|en|n)?\b",
        r"\d+(?:[.,]\d+)?\s*(?:%|per\s?cent\b|prozent\b)",
        r"\b\d+(?:[.,]\d+)?\b",
        r"\b(?:[^\W\d_]+\s)?(?:per\s?cent|prozent)\b",
        r"\b(?:twice|three times|half|doppelt|dreimal|halb)\s+(?:as|so)\s+\w+",
        r"\b(?:increas|reduc|decreas|maximi[sz]|minimi[sz])(?:e|es|ed|ing)\b",
        r"\b(?:double|halve|targets?|kpis?)\b",
        r"\b(?:erhöhen|steigern|senken|reduzieren|verdoppeln|halbieren|maximieren|minimieren|zielwert|kennzahl(?:en)?)\b",
    ),
    re.I,
)

# How old somebody is, and hours of opening, are numbers but no amounts to arrive at.
_AGES = re.compile(
    r"\b24/7\b|\b(?:over|under|über|unter)[- ]\d+s?\b|\b\d+[- ](?:year|yr|jahre|jährige?)\w*(?:[- ]olds?)?\b"
    r"|\b\d+[- ]?(?:to|bis|–|-)[- ]?\d+[- ](?:year|jähr)\w*(?:[- ]olds?)?\b",
    re.I,
)

# Getting rid of something.
_AWAY = re.compile(
    r"\b"
    + _any_of(
        r"no\s+more", r"no\s+longer", r"not\s+any\s?more", r"never\s+again", r"never\s+have\s+to",
        r"(?:not|don't|doesn't)\s+have\s+to", r"(?:nobody|no\s+one|nothing)\b.{0,80}\bany\s?more", r"stop(?:s|ped|ping)?",
        r"without", r"less", r"fewer", r"(?:get|be|getting|being)\s+rid\s+of", r"free\s+(?:of|from)", r"avoid(?:s|ed|ing)?",
        r"an?\s+end\s+to", r"kein(?:e[nmrs]?)?\b.{0,80}\bmehr", r"nicht\s+mehr", r"nie\s+(?:wieder|mehr)", r"niemand\b.{0,80}\bmehr",
        r"nichts\b.{0,80}\bmehr", r"ohne", r"weniger", r"aufhör\w*", r"hört\b.{0,80}\bauf", r"schluss\s+mit", r"los\s?(?:werden|sein)",
        r"frei\s+von", r"vermeide\w*",
    )
    + r"\b",
    re.I,
)  # fmt: skip
_HARMLESS = re.compile(
    r"\bmore or less\b|\bno less\b|\bnothing less\b|\bnone the less\b|\bmehr oder weniger\b|\bnichtsdestoweniger\b"
    r"|\bbus stop\b|\bstop(?:s|ped)? (?:by|me|us|at)\b|\bohne weiteres\b",
    re.I,
)

# A way to go, at the beginning of the only sentence; what may stand before it does not matter.
_BEFORE = (
    r"(?:(?:my|our) vision is (?:to|that)\s+|(?:i|we) (?:want|would like|wish|hope|aim) to\s+|(?:i|we) will\s+|(?:i|we)\s+|to\s+"
    r"|(?:ich|wir) (?:möchten?|wollen|will|werden?)\s+|(?:ich|wir)\s+)?"
)
_WAY = re.compile(
    rf"{_BEFORE}(?P<way>"
    + _any_of(
        r"(?:am|are|be|being|become|becoming|get|getting|grow|feel)\s+(?:a\s+)?(?:better|more|even|stronger)\b(?:\s+(?:at|in|as)\b)?",
        r"(?:improve|strengthen|develop|enhance|foster|promote|optimi[sz]e|work\s+on|grow\s+in|learn\s+(?:more|to\s+be))\b",
        r"(?:better|more|improved|stronger)\b",
        r"(?:(?:noch\s+)?besser|bessere[nrs]?|mehr)\b",
        r".{0,200}\b(?:verbessern|stärken|entwickeln|fördern|optimieren|besser\s+werden|dazulernen)$",
    )
    + r")",
    re.I,
)

# Words that carry no picture by themselves, and nouns that name a quality and show nobody doing anything.
_SMALL = re.compile(
    _any_of(
        r"a|an|and|or|of|in|at|for|with|to|the|my|our|your|their|is|are|be|more|much|good|better|great|real|open|strong|true|"
        r"full|mutual|own|all|we|i|that|there|ein|eine|einen|einer|und|oder|von|im|in|für|mit|zu|der|die|das|den|mein|meine|unser|"
        r"unsere|ist|sind|mehr|viel|gut|gute|guter|gutes|bessere|echte|offene|starke|wahre|gegenseitige|alle|wir|ich|es|gibt",
    )
)
_ABSTRACT = re.compile(
    _any_of(
        r"\w{3,}(?:ness|ity|ism|ship|tion|sion|ment|ance|ence|heit|keit|ung|schaft|tät|nis)(?:e?s|en)?",
        r"(?:trust|respect|dialogue|teamwork|quality|hope|safety|success|growth|balance|peace|joy|love|care|support|change)",
        r"(?:vertrauen|respekt|dialog|teamarbeit|hoffnung|erfolg|wachstum|balance|frieden|freude|liebe|fürsorge|wandel|mut)",
    )
)
