"""YAML read safely: nothing is run, nothing goes too deep, and every value can become text."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import yaml

from fieldcraft.engine.formats.document import BadSource, Fault

MOST_CHARACTERS, MOST_ALIASES, DEEPEST = 100_000, 50, 100
_HALF_SIGNS = re.compile("[\ud800-\udfff]")
_NESTING = re.compile(r"[\[{]|^[ ]*[-?][ ]|(?<=[-?:] )[-?][ ]", re.MULTILINE)
_OPEN = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSED = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[misc]
    """Safe; a tag it does not know reads as nothing instead of running anything."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def load_yaml(path: str, text: str) -> Any:
    """The value of a YAML text. Raises BadSource naming the file and the line."""
    if len(text) > MOST_CHARACTERS or len(re.findall(r"(?<=[\s\[,])\*\w+", text)) > MOST_ALIASES:
        raise BadSource(Fault.TOO_LARGE, path)
    try:
        if _is_too_deep(text):
            raise BadSource(Fault.TOO_LARGE, path)
        return yaml.load(text, _Loader)  # noqa: S506 — a safe loader
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
        TypeError,
        LookupError,
        OverflowError,
        AttributeError,
    ) as problem:
        mark = getattr(problem, "problem_mark", None)
        raise BadSource(Fault.BROKEN_YAML, path, str(mark.line + 1) if mark else "") from None


def _is_too_deep(text: str) -> bool:
    """The quick loader calls itself for every level; without this a hostile file could end the whole process."""
    if len(_NESTING.findall(text)) < DEEPEST and len(text) < DEEPEST * DEEPEST // 2:
        return False
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, _OPEN) - isinstance(event, _CLOSED)
        if depth > DEEPEST:
            return True
    return False


def texts(value: Any) -> list[str]:
    """A value that may be one text or several: a list, or words parted by commas, else by spaces."""
    if value is None:
        return []
    if isinstance(value, str):
        parts = value.split(",") if "," in value else value.split()
        return [part.strip() for part in parts if part.strip()]
    if isinstance(value, list):
        return [spoken for part in value if part is not None and (spoken := text_of(part))]
    return [spoken for spoken in [text_of(value)] if spoken]


def text_of(value: Any) -> str:
    """Any value as text that can be stored, without spaces around it."""
    return whole_text_of(value).strip()


def whole_text_of(value: Any) -> str:
    """Any value as text that can be stored."""
    try:
        spoken = _flow(value) if isinstance(value, list | dict) else str(value)
    except ValueError:  # a number of thousands of digits
        return ""
    return (spoken if spoken.isascii() else _HALF_SIGNS.sub("\ufffd", spoken)).replace("\0", "")


def _flow(value: Any) -> str:
    return str(yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1 << 16))


def moment_of(value: Any) -> datetime | None:
    """A date or time; years that no manual was written in are not one."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), UTC)
    if not isinstance(value, datetime) or not 1900 <= value.year <= 2200:
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
