"""Ranges as they are kept, in the reader's words."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def range_words(kept: str) -> str:
    """“fewer than 30 people” for `0-29`, “30 to 49 people”, “500 people or more” for `500+`."""
    return _people(kept, get_language())


@lru_cache(maxsize=256)
def _people(kept: str, _language: str | None) -> str:
    """Kept in memory: there are few ranges, and a ledger has hundreds of them."""
    return _in_words(kept, _("fewer than %(end)s people"), _("%(low)s to %(high)s people"), _("%(low)s people or more"))


def pairs_words(kept: str) -> str:
    """The same of pairs of weeks."""
    return _pairs(kept, get_language())


@lru_cache(maxsize=256)
def _pairs(kept: str, _language: str | None) -> str:
    return _in_words(kept, _("fewer than %(end)s"), _("%(low)s to %(high)s"), _("%(low)s or more"))


def _in_words(kept: str, fewer: str, between: str, more: str) -> str:
    if kept.endswith("+"):
        return more % {"low": _grouped(kept[:-1])}
    low, _dash, high = kept.partition("-")
    if not high:
        return ""
    if low == "0":
        return fewer % {"end": _grouped(str(int(high) + 1))}
    return between % {"low": _grouped(low), "high": _grouped(high)}


def _grouped(number: str) -> str:
    """As the reader's language groups thousands."""
    return str(number_format(int(number), force_grouping=True))
