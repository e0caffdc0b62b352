"""What the paths of a source have in common."""

from collections.abc import Iterable
from itertools import takewhile


def common_folders(paths: Iterable[str]) -> list[str]:
    """The folders that all these files lie in, outermost first."""
    folders = [path.split("/")[:-1] for path in paths]
    if not folders:
        return []
    # What the first and the last in order share, all between them share too.
    pairs = zip(min(folders), max(folders), strict=False)
    return [one for one, _other in takewhile(lambda pair: pair[0] == pair[1], pairs)]


def names(text: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(text.split())
