"""A manual's whole history in one JSON file: written, and recognised again."""

import json
import re
from typing import Any

from fieldcraft.engine.formats.document import BadSource, Fault
from fieldcraft.engine.formats.text import decoded

FORMAT = "fieldcraft/1"
MOST_BYTES = 500_000_000
_MARK = re.compile(rb'\s*\{\s*"format"\s*:\s*"fieldcraft/(\d{1,6})"')
_HALF_SIGNS = re.compile("[\ud800-\udfff]")


def history_json(history: dict[str, Any]) -> bytes:
    """The history as a file; its first name is `format`, by which it is known."""
    return json.dumps({"format": FORMAT, **history}, ensure_ascii=False, indent=1).encode()


def is_history(content: bytes) -> bool:
    """Whether the file says that it is such a history, of whichever version."""
    return _MARK.match(content[:200]) is not None


def history_in(path: str, content: bytes) -> dict[str, Any]:
    """The values of a file that is a history. Raises BadSource; a newer version is an unknown one."""
    text = decoded(path, content, most=MOST_BYTES)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadSource(Fault.BROKEN_JSON, path, str(getattr(problem, "lineno", ""))) from None
    if "\\u0000" in text and _holds(loaded, "\0"):
        raise BadSource(Fault.NUL_BYTE, path)
    if re.search(r"\\u[dD][89a-fA-F]", text) and _HALF_SIGNS.search(json.dumps(loaded, ensure_ascii=False)):
        raise BadSource(Fault.NOT_UTF8, path)
    return dict(loaded)


def _holds(value: Any, sign: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(part, sign) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return any(_holds(part, sign) for part in value)
    return isinstance(value, str) and sign in value
