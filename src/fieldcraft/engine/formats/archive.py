"""Archives opened safely: no path leads outside, and nothing unpacks to more than it should."""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import normpath
from typing import IO

from fieldcraft.engine.formats.document import BadSource, Fault

MOST_ENTRIES, MOST_BYTES, MOST_RATIO, RATIO_COUNTS_FROM = 20_000, 500_000_000, 200, 10_000_000
LONGEST_PATH, LONGEST_HEADER = 1000, 20_000
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
"""Whatever the standard library raises for an archive that is not whole."""


def is_archive(content: bytes) -> bool:
    """Whether the bytes begin as a zip or a gzip file does."""
    return content[:4] in {b"PK\x03\x04", b"PK\x05\x06"} or content[:2] == b"\x1f\x8b"


def files_of_archive(content: bytes) -> dict[str, bytes]:
    """The files of a zip or tar.gz by their paths. Raises BadSource."""
    allowed = min(MOST_BYTES, max(len(content) * MOST_RATIO, RATIO_COUNTS_FROM))
    entries = _zip(content) if content[:2] == b"PK" else _tar(content, allowed)
    files: dict[str, bytes] = {}
    total = seen = 0
    try:
        for path, stream in entries:
            seen += 1
            unpacked = stream.read(allowed - total + 1) if stream else b""
            total += len(unpacked)
            if total > allowed or seen > MOST_ENTRIES:
                raise BadSource(Fault.ZIP_BOMB, path)
            if stream:
                files[normpath(path)] = unpacked
    except _BROKEN:
        raise BadSource(Fault.BROKEN_ZIP, "") from None
    return files


def _zip(content: bytes) -> Iterator[tuple[str, IO[bytes] | None]]:
    """(path, stream) of every entry; a folder has no stream."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    for entry in archive.infolist():
        _check_path(entry.filename)
        if entry.flag_bits & 0x1:
            raise BadSource(Fault.ENCRYPTED, entry.filename)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise BadSource(Fault.BROKEN_ZIP, entry.filename)  # of the others, a damaged one can be read for ever
        if (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise BadSource(Fault.UNSAFE_PATH, entry.filename)
        if entry.is_dir():
            yield entry.filename, None
        else:
            with archive.open(entry) as stream:
                yield entry.filename, stream


def _tar(content: bytes, allowed: int) -> Iterator[tuple[str, IO[bytes] | None]]:
    """As `_zip`, read as a stream: what is passed over or stands in headers counts as unpacked too."""
    bounded = _Bounded(gzip.GzipFile(fileobj=io.BytesIO(content)), allowed + MOST_ENTRIES * 1024)
    with tarfile.open(fileobj=bounded, mode="r|", tarinfo=_Entry) as archive:  # type: ignore[call-overload]
        for entry in archive:
            _check_path(entry.name)
            if entry.issym() or entry.islnk():
                raise BadSource(Fault.UNSAFE_PATH, entry.name)
            yield entry.name, archive.extractfile(entry) if entry.isfile() else None


class _Entry(tarfile.TarInfo):
    """An entry whose header is short; the library takes the square of its length to read a long one."""

    def _proc_member(self, archive: tarfile.TarFile) -> object:
        is_header = self.type in {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, *tarfile.GNU_TYPES}
        if is_header and self.size > LONGEST_HEADER:
            raise BadSource(Fault.ZIP_BOMB, self.name[:200])
        return super()._proc_member(archive)  # type: ignore[misc]


class _Bounded:
    """A stream that is refused as a bomb once more has come out of it than should."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, allowed: int) -> None:
        self.stream, self.left = stream, allowed

    def read(self, size: int) -> bytes:
        found = self.stream.read(size)
        self.left -= len(found)
        if self.left < 0:
            raise BadSource(Fault.ZIP_BOMB, "")
        return found


def _check_path(path: str) -> None:
    parts = path.split("/")
    is_outside = path.startswith("/") or "\\" in path or ":" in parts[0] or ".." in parts or "\0" in path
    if is_outside or len(path) > LONGEST_PATH:
        raise BadSource(Fault.UNSAFE_PATH, path[:200])
