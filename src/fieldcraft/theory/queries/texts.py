"""Claims as text: the sentence of a link, and a version as it is compared with another."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fieldcraft.mastery.queries.switches import switches
from fieldcraft.theory.models import Claim, ClaimText, Delay, Sign, Sure
from fieldcraft.theory.queries.claims import Stated


def sentence_of(cause: str, outcome: str, sign: str, delay: str) -> str:
    """What a link says, in one sentence of the active language."""
    said = _LESS[Delay(delay)]() if sign == Sign.LESS else _MORE[Delay(delay)]()
    return said % {"cause": cause, "outcome": outcome}


#: Whole sentences, since languages put the words in another order.
_MORE = {
    Delay.WEEK: lambda: _("When there is more %(cause)s, there is more %(outcome)s, after about a week."),
    Delay.MONTH: lambda: _("When there is more %(cause)s, there is more %(outcome)s, after about a month."),
    Delay.QUARTER: lambda: _("When there is more %(cause)s, there is more %(outcome)s, after about a quarter."),
}
_LESS = {
    Delay.WEEK: lambda: _("When there is more %(cause)s, there is less %(outcome)s, after about a week."),
    Delay.MONTH: lambda: _("When there is more %(cause)s, there is less %(outcome)s, after about a month."),
    Delay.QUARTER: lambda: _("When there is more %(cause)s, there is less %(outcome)s, after about a quarter."),
}


def version_as_text(stated: Sequence[Stated]) -> str:
    """All claims of a version, one heading each, as Markdown for a comparison."""
    return "\n\n".join(claim_as_text(each.claim, each.text) for each in stated)


def claim_as_text(claim: Claim, text: ClaimText) -> str:
    """What one claim says, as Markdown."""
    head = f"## {_plain(text.says)}"
    return "\n\n".join([head, *(f"**{label}** {said}" for label, said in _said(claim, text) if said)])


def _said(claim: Claim, text: ClaimText) -> Iterator[tuple[str, str]]:
    if claim.part:
        yield _("It is about"), str(claim.get_part_display())
    yield _("Because"), _plain(text.because)
    yield _("Source"), _plain(text.source)
    yield _("What those who doubt it say"), _plain(text.critics)
    yield _("We would see"), _plain(text.would_see)
    yield _("We would change our mind if"), _plain(text.would_change)
    yield _("What follows from it here"), ", ".join(_titles(text.follows))
    yield _("How sure"), str(Sure(text.sure).label)
    yield _("To be looked at again on"), _day(text.review_on)


def _titles(keys: Sequence[str]) -> list[str]:
    known = switches()
    return [str(known[key].title) for key in keys if key in known]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})


def _plain(text: str) -> str:
    """Words that stay words: nothing in them is read as markup."""
    return " ".join(text.split()).translate(_MARKS)
