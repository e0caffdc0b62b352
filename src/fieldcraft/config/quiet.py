"""What the log says when something breaks: where and what kind, never the words that somebody wrote."""

import logging
import traceback
from types import TracebackType


class PlacesOnly(logging.Formatter):
    """Tells the lines of code that led there and the kind of each exception, but not its message."""

    def formatException(  # noqa: N802 — the standard library's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        problem = ei[1]
        lines: list[str] = []
        while problem is not None:
            lines.append(f"{type(problem).__name__} at")
            lines += [line.rstrip() for line in traceback.format_tb(problem.__traceback__)]
            problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
        return "\n".join(lines)


def with_route(record: logging.LogRecord) -> bool:
    """Puts the address's pattern where the address stood, since addresses are made of titles and keys."""
    request = getattr(record, "request", None)
    if request is not None and isinstance(record.args, tuple) and len(record.args) == 2:
        match = getattr(request, "resolver_match", None)
        record.args = (record.args[0], match.route if match else "")
    return True
