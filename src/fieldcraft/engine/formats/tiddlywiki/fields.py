"""How TiddlyWiki writes values: headers, lists of titles, moments."""

import re
from datetime import UTC, datetime

Fields = dict[str, str]
_ITEM = re.compile(r"(?:(?<=[^\S\u00a0])|\A)\[\[(.*?)\]\](?=[^\S\u00a0]|\Z)|((?:\S|\u00a0)+)")
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(\d{3})?)?)?")


def header(lines: list[str]) -> Fields:
    """`name: value` lines; one that begins with `#` is a comment."""
    fields: Fields = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip() and not line.startswith("#"):
            fields[name.strip()] = value.strip()
    return fields


def items(text: str) -> list[str]:
    """A title list: separated by white space, `[[…]]` around items that contain some; each item once.

    A no-break space does not separate.
    """
    found = (bracketed or bare for bracketed, bare in _ITEM.findall(text))
    return list(dict.fromkeys(item for item in found if item))


def listed(titles: list[object]) -> str:
    """Titles as a title list."""
    return " ".join(f"[[{title}]]" if re.search(r"\s", str(title)) else str(title) for title in titles)


def moment(text: str) -> datetime | None:
    """UTC `YYYYMMDD[HHMM[SS[mmm]]]`; None for anything else."""
    found = _MOMENT.fullmatch(text.strip())
    if not found or not found[0].isascii():
        return None
    year, month, day, hour, minute, second, thousandths = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, thousandths * 1000, UTC)
    except ValueError:
        return None


def spelled(at: datetime | None) -> str:
    """A moment as TiddlyWiki writes it, to the thousandth of a second; "" for none."""
    if at is None:
        return ""
    there = at.astimezone(UTC)
    return f"{there:%Y%m%d%H%M%S}{there.microsecond // 1000:03d}"
