"""Bytes → text, once and the same way for every format."""

from fieldcraft.engine.formats.document import BadSource, Fault

MOST_PAGE_BYTES = 2_000_000


def decoded(path: str, content: bytes, *, most: int = MOST_PAGE_BYTES) -> str:
    """UTF-8 text without NUL, at most `most` bytes. Raises BadSource naming the file."""
    if len(content) > most:
        raise BadSource(Fault.TOO_LARGE, path, f"{len(content):,} > {most:,}")
    if b"\0" in content:
        raise BadSource(Fault.NUL_BYTE, path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise BadSource(Fault.NOT_UTF8, path, str(problem.start)) from None
