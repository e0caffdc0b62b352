"""Where files may stand in a tree: never outside it, never two at one place, on any system's disk."""

import re
import unicodedata
from collections.abc import Iterator, Set
from itertools import count

_BAD = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_DOTTED = frozenset({".gitbook"})
LONGEST_PART, LONGEST_ENDING = 200, 20  # bytes; a name on disk holds 255


def safe_path(path: str) -> str:
    """The path as it is where it can stand inside any folder; else the nearest one that can, "page" when none is left."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "/".join(_safe_part(part) for part in parts) or "page"


def _safe_part(part: str) -> str:
    part = _BAD.sub("-", part)
    bare = part.rstrip(". ").lstrip(" ") or "page"
    if bare.startswith(".") and bare not in _DOTTED:
        bare = f"_{bare}"  # hidden files are settings of other programs
    if _RESERVED.match(bare):
        bare = f"_{bare}"
    return _shortened(bare)


def _shortened(part: str) -> str:
    if len(part.encode()) <= LONGEST_PART:
        return part
    stem, dot, ending = part.rpartition(".")
    kept = f"{dot}{ending}" if dot and len(ending) <= LONGEST_ENDING else ""
    room = LONGEST_PART - len(kept.encode())
    return (stem if kept else part).encode()[:room].decode(errors="ignore").rstrip(". ") + kept


class Places:
    """The places of a tree that are taken; two that differ in case or accents' spelling alone count as one."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def take(self, wanted: str) -> str:
        """The safe path, or with a number before an ending where it is taken; it is taken from now on."""
        *folders, name = safe_path(wanted).split("/")
        path = ""
        for folder in folders:
            path = _first(_numbered(f"{path}{folder}"), self._files) + "/"
        path = _first(_numbered(f"{path}{name}"), self._files, self._folders)
        self._files.add(_key(path))
        self._folders.update(_folders(_key(path)))
        return path


def _numbered(path: str) -> Iterator[str]:
    yield path
    stem, dot, ending = path.rpartition(".") if "." in path.rpartition("/")[2] else (path, "", "")
    yield from (f"{stem}-{number}{dot}{ending}" for number in count(2))


def _first(paths: Iterator[str], *taken: Set[str]) -> str:
    return next(path for path in paths if not any(_key(path) in each for each in taken))


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]
