"""Archives opened safely: no path leads outside, and nothing unpacks to more than it should."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from fieldcraft.engine.formats.document import BadSource, Fault

MOST_ENTRIES, MOST_BYTES, MOST_RATIO, RATIO_COUNTS_FROM = 20_000, 500_000_000, 200, 10_000_000


def is_archive(content: bytes) -> bool:
    """Whether the bytes begin as a zip or a gzip file does."""
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"} or content[:2] == b"\x1f\x8b"


def files_of_archive(content: bytes) -> dict[str, bytes]:
    """The files of a zip or tar.gz by their paths. Raises BadSource."""
    entries = _zip(content) if content[:2] == b"PK" else _tar(content)
    files: dict[str, bytes] = {}
    total = 0
    try:
        for path, stream in entries:
            _check_path(path)
            allowed = min(MOST_BYTES, max(len(content) * MOST_RATIO, RATIO_COUNTS_FROM)) - total
            unpacked = stream.read(allowed + 1)
            total += len(unpacked)
            if len(unpacked) > allowed or len(files) >= MOST_ENTRIES:
                raise BadSource(Fault.ZIP_BOMB, path)
            files[path] = unpacked
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        raise BadSource(Fault.BROKEN_ZIP, "") from None
    return files


def _zip(content: bytes) -> Iterator[tuple[str, io.BufferedIOBase]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    for entry in archive.infolist():
        if entry.flag_bits & 0x1:
            raise BadSource(Fault.ENCRYPTED, entry.filename)
        if (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise BadSource(Fault.UNSAFE_PATH, entry.filename)
        if not entry.is_dir():
            with archive.open(entry) as stream:
                yield entry.filename, stream  # type: ignore[misc]


def _tar(content: bytes) -> Iterator[tuple[str, io.BufferedIOBase]]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for entry in archive:
            if entry.issym() or entry.islnk():
                raise BadSource(Fault.UNSAFE_PATH, entry.name)
            if entry.isfile() and (stream := archive.extractfile(entry)):
                yield entry.name.removeprefix("./"), stream  # type: ignore[misc]


def _check_path(path: str) -> None:
    if path.startswith("/") or "\\" in path or ":" in path.split("/")[0] or ".." in path.split("/") or "\0" in path:
        raise BadSource(Fault.UNSAFE_PATH, path)
